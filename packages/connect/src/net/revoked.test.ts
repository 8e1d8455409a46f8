import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { readRevocationList } from '@vaxel/core'
import { issueCertificate, type KeyedCertificate, makeAuthority } from '../certificates/certificate-issuer.ts'
import { makeRevocationList } from './revocation-list.fixture.ts'
import { revocationIn } from './revoked.ts'

const nowMs = Date.UTC(2026, 10, 21)
const lifetimeMs = 86_400_000

describe('whether a certificate was taken back', () => {
  let authority: KeyedCertificate
  let root: X509Certificate
  let good: X509Certificate
  let bad: X509Certificate

  const issue = async (name: string, by = authority) => {
    const uses = ['serverAuth', 'clientAuth'] as const
    const { certPem } = await issueCertificate(by, { commonName: name, names: [name], nowMs, lifetimeMs, uses })
    return new X509Certificate(certPem)
  }
  const lists = (...pems: string[]) =>
    pems.map((pem) => {
      const read = readRevocationList(pem)
      assert.ok(read.ok)
      return read.list
    })
  const verdict = (certificate: X509Certificate, ...pems: string[]) =>
    revocationIn([certificate, root], [root], lists(...pems))

  before(async () => {
    authority = await makeAuthority({ commonName: 'Carrier', nowMs, lifetimeMs })
    root = new X509Certificate(authority.certPem)
    good = await issue('good.test')
    bad = await issue('bad.test')
  })

  it('it was when its authority’s list names it; the others stay good', () => {
    const list = makeRevocationList(authority, [bad], nowMs)
    assert.equal(verdict(bad, list), 'its certificate was taken back on 2026-11-21 by Carrier')
    assert.equal(verdict(good, list), undefined)
    assert.equal(verdict(bad), undefined)
    assert.equal(verdict(bad, makeRevocationList(authority, [], nowMs)), undefined)
  })

  it('lists of other authorities say nothing of it, whatever they name', async () => {
    const other = await makeAuthority({ commonName: 'Somebody', nowMs, lifetimeMs })
    assert.equal(verdict(bad, makeRevocationList(other, [bad], nowMs)), undefined)
  })

  it('an authority that was taken back takes all below it along', () => {
    const reason = revocationIn([good, root], [], lists(makeRevocationList(authority, [root], nowMs)))
    assert.equal(reason, 'the certificate of an authority above it was taken back on 2026-11-21 by Carrier')
  })

  it('a list that somebody else has signed lets nobody in: it may have lost a name on its way', async () => {
    const impostor = await makeAuthority({ commonName: 'Carrier', nowMs, lifetimeMs })
    const forged = makeRevocationList(authority, [], nowMs, impostor)
    assert.equal(verdict(good, forged), 'the revocation list of Carrier that the trunk has is not signed by it')
    assert.equal(
      verdict(good, forged, makeRevocationList(authority, [bad], nowMs)),
      undefined,
      'one of its own is enough: authorities change their keys',
    )
  })

  it('an authority of the same name that the peer sends along cannot hide it', async () => {
    const impostor = new X509Certificate((await makeAuthority({ commonName: 'Carrier', nowMs, lifetimeMs })).certPem)
    const list = lists(makeRevocationList(authority, [bad], nowMs))
    assert.match(revocationIn([bad, impostor], [impostor], list) ?? '', /was taken back/)
    assert.match(revocationIn([good, impostor], [impostor], list) ?? '', /is not signed by it/)
  })
})
