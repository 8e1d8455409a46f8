import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { before, describe, it } from 'node:test'
import {
  issueCertificate,
  type KeyedCertificate,
  makeAuthority,
  makeSelfSigned,
} from '../certificates/certificate-issuer.ts'
import { leadsTo, pinOf } from './vouched-names.ts'

const nowMs = Date.now()
const lifetimeMs = 86_400_000

describe('whether a client certificate comes from an authority that a trunk trusts', () => {
  let authority: KeyedCertificate
  const issue = async (
    by: KeyedCertificate,
    uses: readonly ('serverAuth' | 'clientAuth')[] = ['clientAuth'],
    more: { lifetimeMs?: number } = {},
  ) => {
    const names = ['peer.test']
    const { certPem } = await issueCertificate(by, { commonName: 'peer', names, nowMs, lifetimeMs, uses, ...more })
    return new X509Certificate(certPem)
  }
  const x509 = ({ certPem }: KeyedCertificate) => new X509Certificate(certPem)
  const make = (commonName: string) => makeAuthority({ commonName, nowMs, lifetimeMs })
  before(async () => {
    authority = await make('Carrier')
  })

  it('yes, where it has signed it for clients and both are in time', async () => {
    assert.equal(leadsTo(await issue(authority), [x509(authority)], [], nowMs), true)
  })

  it('no, where it is for servers only, too old, too new, or nobody is trusted', async () => {
    const trusted = [x509(authority)]
    assert.equal(leadsTo(await issue(authority, ['serverAuth']), trusted, [], nowMs), false)
    assert.equal(leadsTo(await issue(authority), trusted, [], nowMs + 2 * lifetimeMs), false)
    assert.equal(leadsTo(await issue(authority), trusted, [], nowMs - 30 * lifetimeMs), false)
    assert.equal(leadsTo(await issue(authority), [], [], nowMs), false)
  })

  it('no, where another authority of the same name has signed it', async () => {
    const impostor = await make('Carrier')
    assert.equal(leadsTo(await issue(impostor), [x509(authority)], [x509(impostor)], nowMs), false)
  })

  it('no, where what has signed it may not issue certificates, trusted or sent along', async () => {
    const plain = await makeSelfSigned({
      commonName: 'Plain',
      names: ['plain.test'],
      nowMs,
      lifetimeMs,
      uses: ['clientAuth', 'serverAuth'],
    })
    const certificate = await issue(plain)
    assert.equal(leadsTo(certificate, [x509(plain)], [], nowMs), false)
    assert.equal(leadsTo(certificate, [x509(authority)], [x509(plain)], nowMs), false)
  })

  it('a pin is the fingerprint without colons', () => {
    assert.match(pinOf(x509(authority)), /^[0-9a-f]{64}$/)
  })
})
