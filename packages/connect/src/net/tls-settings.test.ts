import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PeerCertificate } from 'node:tls'
import { certificateNames, checkSipIdentity } from './tls-settings.ts'

describe('the identity in a SIP certificate (RFC 5922 §7)', () => {
  it('is the SIP URI without user part, then the DNS names', () => {
    assert.deepEqual(
      certificateNames({
        subjectaltname: 'DNS:A.example, URI:sip:B.example, URI:sip:user@c.example, IP Address:192.0.2.1',
      }),
      ['b.example', 'a.example'],
    )
  })

  it('is the common name only when there is neither', () => {
    assert.deepEqual(certificateNames({ subject: { CN: 'Old.example' } }), ['old.example'])
    assert.deepEqual(certificateNames({ subjectaltname: 'DNS:new.example', subject: { CN: 'old.example' } }), [
      'new.example',
    ])
  })

  it('leaves out names that hold what no name can hold', () => {
    assert.deepEqual(certificateNames({ subjectaltname: 'DNS:"a.example, DNS:b.example", DNS:c.example' }), [
      'c.example',
    ])
  })

  it('lets a server pass by a SIP URI of the very domain', () => {
    const certificate = { subjectaltname: 'URI:sip:example.org', subject: {} } as PeerCertificate
    assert.equal(checkSipIdentity('example.org', certificate), undefined)
    assert.ok(checkSipIdentity('sub.example.org', certificate))
  })
})
