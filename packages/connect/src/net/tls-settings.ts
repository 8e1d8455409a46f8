import { checkServerIdentity, type PeerCertificate, type SecureContextOptions, type TLSSocket } from 'node:tls'

/** A certificate chain and its key, as PEM texts. */
export interface ServerCertificate {
  readonly certPem: string
  readonly keyPem: string
}

/** TLS 1.2 with forward secrecy and authenticated encryption, and TLS 1.3; nothing older (RFC 8996, RFC 9325). */
export const tlsVersions = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers:
    'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!eNULL',
} as const satisfies SecureContextOptions

/**
 * The names a verified certificate speaks for (RFC 5922 §7.1): SIP URIs without user part, then DNS names, of its subjectAltName;
 * the common name only when there is neither. Undefined when there was no certificate or it was not verified.
 */
export function verifiedPeerNames(socket: TLSSocket): readonly string[] | undefined {
  if (!socket.authorized) return undefined
  const certificate = socket.getPeerCertificate()
  if (certificate.subject === undefined) return undefined
  return certificateNames(certificate)
}

/** @example certificateNames({ subjectaltname: 'DNS:a.example, URI:sip:b.example' }) // ['b.example', 'a.example'] */
export function certificateNames(certificate: {
  subjectaltname?: string
  subject?: { CN?: string | string[] }
}): readonly string[] {
  const uris: string[] = []
  const hosts: string[] = []
  for (const entry of (certificate.subjectaltname ?? '').split(', ')) {
    if (entry.includes('"')) continue
    const uri = /^URI:sip:([^@;?/:]+)$/i.exec(entry)
    if (uri !== null) uris.push(uri[1]!.toLowerCase())
    else if (entry.startsWith('DNS:')) hosts.push(entry.slice(4).toLowerCase())
  }
  if (uris.length > 0 || hosts.length > 0) return [...uris, ...hosts]
  const common = certificate.subject?.CN
  return typeof common === 'string' ? [common.toLowerCase()] : []
}

/** As Node checks a server's name, and a `sip:` URI of that very domain counts too (RFC 5922 §7.2). */
export function checkSipIdentity(serverName: string, certificate: PeerCertificate): Error | undefined {
  const refused = checkServerIdentity(serverName, certificate)
  if (refused === undefined || sipUris(certificate).includes(serverName.toLowerCase())) return undefined
  return refused
}

function sipUris({ subjectaltname }: PeerCertificate): readonly string[] {
  const names: string[] = []
  for (const entry of (subjectaltname ?? '').split(', ')) {
    const uri = /^URI:sip:([^@;?/:"]+)$/i.exec(entry)
    if (uri !== null) names.push(uri[1]!.toLowerCase())
  }
  return names
}
