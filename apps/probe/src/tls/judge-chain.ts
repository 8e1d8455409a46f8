import type { FaultOwner, Measured, Outcome, Said, TlsBody } from '@vaxel/site'
import type { Clockwork } from '../time/compare-clocks.ts'
import { type CertificateFacts, oneLine } from './certificate-facts.ts'
import type { Handshake } from './handshake.ts'
import { hasWildcard, type NameRule, tellsWrongName } from './name-rules.ts'

/** What is held against a certificate and its TLS, or in its favour. */
export interface ChainFinding {
  readonly outcome: Outcome
  readonly finding: Said
  readonly faultOwner?: FaultOwner
  readonly measured?: readonly Measured[]
}

export interface ChainQuestion {
  readonly host: string
  readonly rule: NameRule
  readonly needs: Pick<TlsBody, 'versions' | 'issuer' | 'wildcard' | 'extendedKeyUsages' | 'names'>
  readonly nowMs: number
  readonly clockwork: Pick<Clockwork, 'state'>
  /** Oldest version that the server also takes, where that was tried. */
  readonly takesOld?: string
  /** The root of the service's own authority was given: whoever else signs is not that service. */
  readonly knowsRoot: boolean
  /** Whose the fault is when the certificate is wrong. */
  readonly owner: FaultOwner
}

const dayMs = 86_400_000
/** Certificates of the own authority and of ACME are renewed earlier than that; whoever is later has forgotten it. */
const shortDays = 14
const leastRsaBits = 2048
const mostCertificateBytes = 32_768

const usages: Readonly<Record<'serverAuth' | 'clientAuth', string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
}
const anyUsage = '2.5.29.37.0'

/** Everything that is wrong, worst first; one finding that says that all is well when nothing is. */
export function judgeChain(handshake: Handshake, question: ChainQuestion): readonly ChainFinding[] {
  const { host, rule, needs, owner } = question
  const [leaf] = handshake.chain
  if (!leaf) return [{ outcome: 'fail', finding: { key: 'tls-no-certificate', values: { host } }, faultOwner: owner }]
  const found: ChainFinding[] = []
  const fail = (key: string, values: Said['values'], faultOwner: FaultOwner = owner): void =>
    void found.push({ outcome: 'fail', finding: { key, values: { host, ...values } }, faultOwner })
  const limit = (key: string, values: Said['values'], faultOwner: FaultOwner = owner): void =>
    void found.push({ outcome: 'limit', finding: { key, values: { host, ...values } }, faultOwner })

  if (handshake.chain.some(({ sizeBytes }) => sizeBytes > mostCertificateBytes))
    fail('tls-huge', { bytes: leaf.sizeBytes })
  const dated = thatCount(handshake, question.nowMs)
  const dates = judgeDates(dated, question)
  if (dates) found.push(dates)
  for (const name of needs.names?.length ? needs.names : [host]) {
    if (tellsWrongName(leaf, name, rule)) {
      const isWildcardOnly = rule === 'sip' && !tellsWrongName(leaf, name, 'browser')
      fail(isWildcardOnly ? 'tls-wildcard-sip' : 'tls-wrong-name', { name, names: namesOf(leaf) })
    }
  }
  if (
    needs.wildcard === 'forbidden' &&
    hasWildcard(leaf) &&
    !found.some(({ finding }) => finding.key === 'tls-wildcard-sip')
  )
    fail('tls-wildcard', { names: namesOf(leaf) })
  const distrusted = judgeTrust(handshake, question)
  if (distrusted) found.push(distrusted)
  for (const usage of needs.extendedKeyUsages ?? ['serverAuth'])
    if (!allows(leaf, usage)) fail('tls-usage', { usage, usages: leaf.extendedKeyUsages.join(' ') })
  const version = handshake.protocol.replace('TLSv', '').replace(/^1$/, '1.0')
  const wanted = needs.versions ?? ['1.2', '1.3']
  if (!wanted.some((one) => one === version)) fail('tls-version', { version, wanted: wanted.join(', ') })
  else if (question.takesOld !== undefined && !wanted.some((one) => one === question.takesOld))
    limit('tls-takes-old', { version: question.takesOld })
  if (leaf.keyType === 'rsa' && leaf.keyBits !== undefined && leaf.keyBits < leastRsaBits)
    limit('tls-weak-key', { bits: leaf.keyBits })
  const days = Math.floor((Math.min(...dated.map(({ notAfterMs }) => notAfterMs)) - question.nowMs) / dayMs)
  const measured: readonly Measured[] = Number.isFinite(days)
    ? [{ name: 'certificate-days-left', value: days, unit: 'days' }]
    : []
  if (found.length > 0) return found.toSorted((a, b) => rank(a) - rank(b)).map((one) => ({ ...one, measured }))
  if (days < shortDays)
    return [
      { outcome: 'limit', finding: { key: 'tls-expires-soon', values: { host, days } }, faultOwner: owner, measured },
    ]
  return [
    {
      outcome: 'pass',
      finding: { key: 'tls-good', values: { host, version, days, issuer: shortName(leaf.issuer) } },
      measured,
    },
  ]
}

const rank = ({ outcome }: ChainFinding): number => (outcome === 'fail' ? 0 : outcome === 'inconclusive' ? 1 : 2)

/**
 * The certificates whose dates count, peer first. A server may send more than is needed, as an old root that once signed
 * today's: where OpenSSL found a way to a root with what is valid, browsers and phones find it too (RFC 4158 §2.3).
 */
const thatCount = ({ chain, distrust }: Handshake, nowMs: number): readonly CertificateFacts[] =>
  distrust === undefined
    ? chain.filter(({ notBeforeMs, notAfterMs }, i) => i === 0 || (notBeforeMs <= nowMs && notAfterMs >= nowMs))
    : chain

/** A date is believed only where this machine's clock is: else it is told, and nothing concluded. */
function judgeDates(
  chain: readonly CertificateFacts[],
  { host, nowMs, clockwork, owner }: ChainQuestion,
): ChainFinding | undefined {
  const unreadable = chain.find(({ notBeforeMs, notAfterMs }) => Number.isNaN(notBeforeMs) || Number.isNaN(notAfterMs))
  if (unreadable)
    return { outcome: 'fail', finding: { key: 'tls-dates-unreadable', values: { host } }, faultOwner: owner }
  const late = chain.find(({ notAfterMs }) => notAfterMs < nowMs)
  const early = chain.find(({ notBeforeMs }) => notBeforeMs > nowMs)
  const one = late ?? early
  if (!one) return undefined
  const whose = one === chain[0] ? host : shortName(one.subject)
  const day = new Date(late ? one.notAfterMs : one.notBeforeMs).toISOString().slice(0, 10)
  if (clockwork.state !== 'right')
    return {
      outcome: 'inconclusive',
      finding: { key: late ? 'tls-expired-or-clock' : 'tls-early-or-clock', values: { host, whose, day } },
      faultOwner: 'unknown',
    }
  return {
    outcome: 'fail',
    finding: { key: late ? 'tls-expired' : 'tls-early', values: { host, whose, day } },
    faultOwner: owner,
  }
}

/** Dates have been judged, with better reasons: what OpenSSL says of them is left out. */
function judgeTrust(
  { distrust, chain }: Handshake,
  { host, needs, owner, knowsRoot }: ChainQuestion,
): ChainFinding | undefined {
  if (distrust === undefined || /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|INVALID_PURPOSE/.test(distrust)) return undefined
  const leaf = chain[0]!
  const issuer = shortName(leaf.issuer)
  const isAlone = chain.length === 1 && leaf.issuer !== leaf.subject && leaf.namesIssuerUrl
  if (/LEAF_SIGNATURE|GET_ISSUER/.test(distrust) && isAlone)
    return { outcome: 'fail', finding: { key: 'tls-incomplete', values: { host, issuer } }, faultOwner: owner }
  if (/SELF_SIGNED|LEAF_SIGNATURE|GET_ISSUER/.test(distrust)) {
    const mayBePrivate = needs.issuer === 'private' || needs.issuer === 'either'
    const outcome = mayBePrivate && !knowsRoot ? 'limit' : 'fail'
    return {
      outcome,
      finding: { key: outcome === 'fail' ? 'tls-not-public' : 'tls-private', values: { host, issuer } },
      faultOwner: 'unknown',
    }
  }
  return {
    outcome: 'fail',
    finding: { key: 'tls-untrusted', values: { host, reason: oneLine(distrust) } },
    faultOwner: owner,
  }
}

/** Whether a certificate may be used so; without the extension it may be used for everything (RFC 5280 §4.2.1.12). */
const allows = ({ extendedKeyUsages }: CertificateFacts, usage: 'serverAuth' | 'clientAuth'): boolean =>
  extendedKeyUsages.length === 0 || extendedKeyUsages.includes(usages[usage]) || extendedKeyUsages.includes(anyUsage)

const mostNamesTold = 5
function namesOf({ names, sipNames, addresses, commonName }: CertificateFacts): string {
  const all = [...sipNames.map((name) => `sip:${name}`), ...names, ...addresses]
  if (all.length === 0) return commonName ?? '–'
  return all.length > mostNamesTold ? `${all.slice(0, mostNamesTold).join(', ')} …` : all.join(', ')
}

/** The common name, or organisation, of a distinguished name. */
export const shortName = (name: string): string =>
  /(?:^|, )CN=([^,]+)/.exec(name)?.[1] ?? /(?:^|, )O=([^,]+)/.exec(name)?.[1] ?? name
