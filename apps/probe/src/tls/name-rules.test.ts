import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CertificateFacts } from './certificate-facts.ts'
import { tellsWrongName } from './name-rules.ts'

const certificate = (more: Partial<CertificateFacts>): CertificateFacts => ({
  subject: 'CN=x',
  issuer: 'CN=y',
  names: [],
  sipNames: [],
  addresses: [],
  notBeforeMs: 0,
  notAfterMs: 1,
  extendedKeyUsages: [],
  fingerprint256: '',
  isCa: false,
  namesIssuerUrl: false,
  sizeBytes: 1000,
  ...more,
})

/** What a certificate holds, who is looked for, and whether browsers and SIP peers find it. */
const table: readonly (readonly [Partial<CertificateFacts>, host: string, browser: boolean, sip: boolean])[] = [
  [{ names: ['a.example'] }, 'a.example', true, true],
  [{ names: ['a.example'] }, 'A.Example.', true, true],
  [{ names: ['*.example.com'] }, 'a.example.com', true, false],
  [{ names: ['*.example.com'] }, 'a.b.example.com', false, false],
  [{ names: ['*.example.com'] }, 'example.com', false, false],
  [{ names: ['*.com'] }, 'example.com', false, false],
  [{ names: ['a*.example.com'] }, 'ab.example.com', false, false],
  [{ names: ['b.example'], sipNames: ['a.example'] }, 'a.example', false, true],
  [{ names: ['a.example'], sipNames: ['b.example'] }, 'a.example', true, false],
  [{ commonName: 'a.example' }, 'a.example', false, true],
  [{ commonName: 'a.example', addresses: ['192.0.2.1'] }, 'a.example', false, false],
  [{ addresses: ['192.0.2.1'] }, '192.0.2.1', true, true],
  [{ addresses: ['2001:db8:0:0:0:0:0:1'] }, '2001:db8::1', true, true],
  [{ names: ['192.0.2.1'], commonName: '192.0.2.1' }, '192.0.2.1', false, false],
]

describe('whose certificate it is (RFC 9525, RFC 5922 §7)', () => {
  for (const [holds, host, browser, sip] of table)
    it(`${JSON.stringify(holds)} for ${host}: browsers ${browser}, SIP ${sip}`, () => {
      assert.equal(!tellsWrongName(certificate(holds), host, 'browser'), browser)
      assert.equal(!tellsWrongName(certificate(holds), host, 'sip'), sip)
    })
})
