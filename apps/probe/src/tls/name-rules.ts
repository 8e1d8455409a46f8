import { isIP } from 'node:net'
import type { CertificateFacts } from './certificate-facts.ts'

/**
 * How strictly a name is looked for. `browser`: RFC 9525, a `*` may stand for the first label. `sip`: RFC 5922 §7.2, no
 * wildcards, and a `sip:` URI counts before DNS names.
 */
export type NameRule = 'browser' | 'sip'

/** Whether a certificate does not speak for a host name or address. */
export function tellsWrongName(certificate: CertificateFacts, host: string, rule: NameRule): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (isIP(name) !== 0) return !certificate.addresses.some((address) => sameAddress(address, name))
  const { names, sipNames, commonName } = certificate
  if (rule === 'sip' && sipNames.length > 0) return !sipNames.includes(name)
  if (names.length > 0) return !names.some((one) => one === name || (rule === 'browser' && matchesWildcard(one, name)))
  // RFC 5922 §7.1: the common name only where there is no subjectAltName at all; browsers look at it no more.
  return rule === 'browser' || certificate.addresses.length > 0 || commonName !== name
}

/** @example matchesWildcard('*.example.com', 'a.example.com') // true, and false for 'a.b.example.com' and 'example.com' */
function matchesWildcard(pattern: string, name: string): boolean {
  if (!pattern.startsWith('*.')) return false
  const at = name.indexOf('.')
  return at > 0 && name.slice(at) === pattern.slice(1) && pattern.split('.').length > 2
}

/** The names that only a wildcard speaks for. */
export const hasWildcard = ({ names }: CertificateFacts): boolean => names.some((name) => name.includes('*'))

/** IPv6 has many spellings; a URL's parser knows the one. */
function sameAddress(one: string, other: string): boolean {
  const plain = (text: string): string => {
    const url = `http://${text.includes(':') ? `[${text}]` : text}/`
    return URL.canParse(url) ? new URL(url).hostname : text
  }
  return plain(one) === plain(other)
}
