import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'

/** What is said of one certificate, cut to what a report can hold; everything of it was written by a stranger. */
export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  /** DNS names, in lower case. */
  readonly names: readonly string[]
  /** `sip:` URIs (RFC 5922 §7.1), without the scheme. */
  readonly sipNames: readonly string[]
  readonly addresses: readonly string[]
  readonly commonName?: string
  readonly notBeforeMs: number
  readonly notAfterMs: number
  /** Object identifiers; empty: no such extension, which allows every use (RFC 5280 §4.2.1.12). */
  readonly extendedKeyUsages: readonly string[]
  readonly fingerprint256: string
  readonly isCa: boolean
  /** It says where its issuer's certificate is fetched from: there is one between it and its root. */
  readonly namesIssuerUrl: boolean
  readonly sizeBytes: number
  readonly keyBits?: number
  readonly keyType?: string
}

const mostChain = 10
const mostNames = 200
const mostText = 300

/** The chain as the peer sent it, as long as it is reasonable. Throws for a certificate that cannot be read. */
export function readChain(tls: TLSSocket): readonly CertificateFacts[] {
  const facts: CertificateFacts[] = []
  const seen = new Set<string>()
  let next: DetailedPeerCertificate | undefined = tls.getPeerCertificate(true)
  while (next?.raw && !seen.has(next.fingerprint256) && facts.length < mostChain) {
    seen.add(next.fingerprint256)
    facts.push(readCertificate(next.raw, next.ext_key_usage))
    next = next.issuerCertificate
  }
  return facts
}

/** @param extendedKeyUsages object identifiers, where the caller has them; else they are read */
export function readCertificate(der: Uint8Array, extendedKeyUsages?: readonly string[]): CertificateFacts {
  const certificate = new X509Certificate(der)
  const { names, sipNames, addresses } = alternativeNames(certificate.subjectAltName ?? '')
  const common = /(?:^|\n)CN=([^\n]*)/.exec(certificate.subject)?.[1]
  const key = keyOf(certificate)
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names,
    sipNames,
    addresses,
    ...(common !== undefined && { commonName: oneLine(common).toLowerCase() }),
    notBeforeMs: Date.parse(certificate.validFrom),
    notAfterMs: Date.parse(certificate.validTo),
    extendedKeyUsages: (extendedKeyUsages ?? (certificate.keyUsage as readonly string[] | undefined) ?? []).slice(
      0,
      20,
    ),
    fingerprint256: certificate.fingerprint256,
    isCa: certificate.ca,
    namesIssuerUrl: /CA Issuers/.test(certificate.infoAccess ?? ''),
    sizeBytes: der.length,
    ...key,
  }
}

function keyOf(certificate: X509Certificate): { keyBits?: number; keyType?: string } {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
    const bits = asymmetricKeyDetails?.modulusLength
    return { ...(asymmetricKeyType && { keyType: asymmetricKeyType }), ...(bits !== undefined && { keyBits: bits }) }
  } catch {
    return {}
  }
}

/** Entries whose text had to be quoted hold characters that no name has; they are left out (CVE-2021-44532). */
function alternativeNames(text: string): { names: string[]; sipNames: string[]; addresses: string[] } {
  const found = { names: [] as string[], sipNames: [] as string[], addresses: [] as string[] }
  for (const entry of text.split(', ').slice(0, mostNames)) {
    if (entry.includes('"')) continue
    if (entry.startsWith('DNS:')) found.names.push(oneLine(entry.slice(4)).toLowerCase())
    else if (entry.startsWith('IP Address:')) found.addresses.push(oneLine(entry.slice(11)).toLowerCase())
    else {
      const uri = /^URI:sips?:([^@;?/:]+)$/i.exec(entry)
      if (uri) found.sipNames.push(oneLine(uri[1]!).toLowerCase())
    }
  }
  return found
}

/** What a stranger wrote, fit for a report: no control characters, no turned direction, not endless. */
export const oneLine = (text: string): string => {
  const clean = text.replace(/\n/g, ', ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
  return clean.length > mostText ? `${clean.slice(0, mostText)}…` : clean
}
