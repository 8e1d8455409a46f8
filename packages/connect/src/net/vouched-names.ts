import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { TlsTrust } from './network.ts'
import { revocationOf } from './revoked.ts'
import { certificateNames } from './tls-settings.ts'

const mostIssuers = 5
const clientUse = '1.3.6.1.5.5.7.3.2'

/**
 * The names of the client certificate that a peer has proven to own in the handshake, if it is one of the pinned ones, or comes from one of
 * the authorities and was not taken back; for authorities that a single trunk trusts, which the listener, shared by all companies, must not trust for anybody
 * else. Undefined otherwise.
 */
export function vouchedNames(socket: TLSSocket, trust: TlsTrust, nowMs: number): readonly string[] | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return undefined
  const isPinned = trust.pins?.includes(pinOf(certificate)) ?? false
  // A trunk that only says what was taken back believes whom this machine believes.
  const hasOnlyLists = !trust.ca?.length && !trust.pins?.length
  const isVouched =
    isPinned ||
    (hasOnlyLists ? socket.authorized : leadsTo(certificate, parsedAll(trust.ca), parsedChain(certificate), nowMs))
  if (!isVouched) return undefined
  if (!isPinned && revocationOf(socket, trust.revocationLists, trust.ca) !== undefined) return undefined
  const { subject, subjectAltName } = certificate
  const common = /^CN=(.+)$/m.exec(subject ?? '')?.[1]
  return certificateNames({
    ...(subjectAltName === undefined ? {} : { subjectaltname: subjectAltName }),
    ...(common === undefined ? {} : { subject: { CN: common } }),
  })
}

/** SHA-256 of a certificate, lower-case hexadecimal without colons. */
export const pinOf = ({ fingerprint256 }: X509Certificate): string => fingerprint256.replaceAll(':', '').toLowerCase()

/**
 * Whether a certificate for clients was issued, directly or through authorities that the peer sent along, by one of these (RFC 5280 §6.1 as
 * far as it is needed: signatures, times, who may issue, what for).
 */
export function leadsTo(
  certificate: X509Certificate,
  authorities: readonly X509Certificate[],
  sentAlong: readonly X509Certificate[],
  nowMs: number,
): boolean {
  const { keyUsage: extendedUses } = certificate
  if (extendedUses !== undefined && !extendedUses.includes(clientUse)) return false
  let current = certificate
  for (let depth = 0; depth <= mostIssuers; depth++) {
    if (!isInTime(current, nowMs)) return false
    const anchor = authorities.find((issuer) => hasIssued(issuer, current))
    if (anchor) return isInTime(anchor, nowMs)
    const next = sentAlong.find((issuer) => issuer !== current && hasIssued(issuer, current))
    if (!next) return false
    current = next
  }
  return false
}

function hasIssued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

const isInTime = ({ validFromDate, validToDate }: X509Certificate, nowMs: number): boolean =>
  validFromDate.getTime() <= nowMs && nowMs <= validToDate.getTime()

function parsedAll(pems: readonly string[] | undefined): X509Certificate[] {
  return (pems ?? []).map((pem) => new X509Certificate(pem))
}

function parsedChain(certificate: X509Certificate): X509Certificate[] {
  const chain: X509Certificate[] = []
  for (let next = certificate.issuerCertificate; next && chain.length < mostIssuers; next = next.issuerCertificate) {
    if (chain.some(({ fingerprint256 }) => fingerprint256 === next!.fingerprint256)) break
    chain.push(next)
  }
  return chain
}
