import { hash } from 'node:crypto'

/** Algorithms of RFC 7616 §6.1 that SIP uses (RFC 8760 §2), by the token on the wire. */
export type DigestAlgorithm = 'SHA-256' | 'SHA-512-256' | 'MD5'

const nodeNames = { 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256', MD5: 'md5' } as const

/** The algorithm of a header parameter, in any case; a missing one means MD5; undefined for one that is not known here. */
export function algorithmOf(parameter: string | undefined): DigestAlgorithm | undefined {
  if (parameter === undefined) return 'MD5'
  const upper = parameter.toUpperCase()
  return upper === 'SHA-256' || upper === 'MD5' || upper === 'SHA-512-256' ? upper : undefined
}

/** Lower-case hexadecimal hash of the text as UTF-8. */
export const digestHash = (algorithm: DigestAlgorithm, text: string): string => hash(nodeNames[algorithm], text)

/** H(username:realm:password), all that a server keeps of a password (RFC 7616 §3.4.2). */
export const makeHa1 = (algorithm: DigestAlgorithm, username: string, realm: string, password: string): string =>
  digestHash(algorithm, `${username}:${realm}:${password}`)

/** The response value with qop=auth (RFC 7616 §3.4.1), or without qop (RFC 2069) when `qop` is undefined. */
export function digestResponse(
  algorithm: DigestAlgorithm,
  ha1: string,
  of: { method: string; uri: string; nonce: string; qop?: string | undefined; nc?: string; cnonce?: string },
): string {
  const ha2 = digestHash(algorithm, `${of.method}:${of.uri}`)
  return of.qop === undefined
    ? digestHash(algorithm, `${ha1}:${of.nonce}:${ha2}`)
    : digestHash(algorithm, `${ha1}:${of.nonce}:${of.nc}:${of.cnonce}:${of.qop}:${ha2}`)
}
