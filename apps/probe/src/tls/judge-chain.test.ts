import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CertificateFacts } from './certificate-facts.ts'
import { type ChainQuestion, judgeChain } from './judge-chain.ts'

const nowMs = Date.parse('2026-06-01T00:00:00Z')
const question: ChainQuestion = {
  host: 'voice.example',
  rule: 'browser',
  needs: {},
  nowMs,
  clockwork: { state: 'right' },
  knowsRoot: false,
  owner: 'service',
}

const certificate = (cn: string, issuer: string, notAfter: string): CertificateFacts => ({
  subject: `CN=${cn}`,
  issuer: `CN=${issuer}`,
  names: ['voice.example'],
  sipNames: [],
  addresses: [],
  notBeforeMs: Date.parse('2015-01-01T00:00:00Z'),
  notAfterMs: Date.parse(notAfter),
  extendedKeyUsages: [],
  fingerprint256: cn,
  isCa: cn !== 'voice.example',
  namesIssuerUrl: true,
  sizeBytes: 1200,
})

const leaf = certificate('voice.example', 'Issuing', '2026-08-01T00:00:00Z')
const issuing = certificate('Issuing', 'New Root', '2030-01-01T00:00:00Z')
const crossSigned = certificate('New Root', 'Old Root', '2024-09-30T00:00:00Z')
const judge = (chain: readonly CertificateFacts[], distrust?: string) =>
  judgeChain(
    { protocol: 'TLSv1.3', cipher: '', chain, asksForCertificate: false, ...(distrust !== undefined && { distrust }) },
    question,
  ).map(({ finding, outcome, measured }) => [outcome, finding.key, measured?.[0]?.value])

test('an old root sent along does not spoil a chain that is trusted without it', () => {
  assert.deepEqual(judge([leaf, issuing, crossSigned]), [['pass', 'tls-good', 61]])
})

test('what is on the only way to a root has to be valid, and the certificate itself always', () => {
  assert.deepEqual(judge([leaf, crossSigned], 'CERT_HAS_EXPIRED'), [['fail', 'tls-expired', -609]])
  const old = { ...leaf, notAfterMs: Date.parse('2026-05-01T00:00:00Z') }
  assert.deepEqual(judge([old, issuing]), [['fail', 'tls-expired', -31]])
})

test('dates that cannot be read are told', () => {
  assert.deepEqual(judge([{ ...leaf, notAfterMs: NaN }, issuing]), [['fail', 'tls-dates-unreadable', undefined]])
})
