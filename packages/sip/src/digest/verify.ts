import { timingSafeEqual } from 'node:crypto'
import { parseUri } from '../message/uri.ts'
import { type AuthHeader, parseAuthHeader } from './auth-header.ts'
import type { Challenger } from './challenge.ts'
import { algorithmOf, type DigestAlgorithm, digestResponse } from './digest-hash.ts'

/** One kept secret: H(username:realm:password) in lower-case hexadecimal. */
export interface Ha1 {
  readonly algorithm: DigestAlgorithm
  readonly ha1: string
}

/** Credentials of a request, read but not checked. */
export interface DigestCredentials {
  readonly username: string
  readonly realm: string
  readonly nonce: string
  readonly uri: string
  readonly algorithm: DigestAlgorithm
  readonly response: string
  readonly cnonce: string
  /** Eight hexadecimal digits. */
  readonly nc: string
}

/**
 * `ok`: right and fresh. `stale`: the digest is right, but the nonce is not ours, too old, or this count was used: challenge
 * again with stale=true. `wrong`: the digest is not right, or is for another URI. `malformed`: cannot be checked.
 */
export type DigestVerdict = 'ok' | 'stale' | 'wrong' | 'malformed'

/**
 * Reads Authorization or Proxy-Authorization. Undefined when it is not Digest with qop=auth and one of our algorithms:
 * without nonce count there is no guard against replay (RFC 8760 §2.7).
 */
export function parseCredentials(header: string): DigestCredentials | undefined {
  const parsed = parseAuthHeader(header)
  if (parsed === undefined || parsed.scheme !== 'digest') return undefined
  const algorithm = algorithmOf(parsed.parameters.get('algorithm'))
  const read = readStrings(parsed)
  if (algorithm === undefined || read === undefined) return undefined
  const isSound =
    parsed.parameters.get('qop')?.toLowerCase() === 'auth' &&
    /^[0-9a-f]{8}$/i.test(read.nc) &&
    /^[0-9a-f]{32,64}$/i.test(read.response)
  return isSound ? { ...read, algorithm } : undefined
}

const names = ['username', 'realm', 'nonce', 'uri', 'response', 'cnonce', 'nc'] as const

function readStrings(parsed: AuthHeader): Record<(typeof names)[number], string> | undefined {
  const read: Partial<Record<(typeof names)[number], string>> = {}
  for (const name of names) {
    const value = parsed.parameters.get(name)
    if (value === undefined || value.length > 1024) return undefined
    read[name] = value
  }
  return read as Record<(typeof names)[number], string>
}

/**
 * Checks credentials (RFC 7616 §3.4.6). The digest is computed whatever else is wrong, and compared in constant time.
 * @param secrets those of the user, or those of makeFakeSecrets for one who does not exist
 * @param source what the challenge was made for
 */
export function verifyDigest(
  credentials: DigestCredentials | undefined,
  of: {
    method: string
    requestUri: string
    realm: string
    secrets: readonly Ha1[]
    source: string
    nowMs: number
    challenger: Challenger
  },
): DigestVerdict {
  if (credentials === undefined) return 'malformed'
  const secret = of.secrets.find((one) => one.algorithm === credentials.algorithm)
  if (secret === undefined) return 'wrong'
  const expected = digestResponse(credentials.algorithm, secret.ha1, { ...credentials, method: of.method, qop: 'auth' })
  const isRight = sameText(expected, credentials.response.toLowerCase())
  if (!isRight || credentials.realm !== of.realm || !meansSameTarget(credentials.uri, of.requestUri)) return 'wrong'
  const madeAtMs = of.challenger.madeAt(credentials.nonce, of.source, of.nowMs)
  if (madeAtMs === undefined) return 'stale'
  const count = Number.parseInt(credentials.nc, 16)
  return of.challenger.useCount(credentials.nonce, madeAtMs, count, of.nowMs) ? 'ok' : 'stale'
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'))
}

/**
 * Whether the `uri` that was signed means the Request-URI. Phones leave out or add port and parameters, some (and SIPp)
 * sign the address that they send to instead of the domain, and some leave the user out, so only another user is refused.
 * A copied answer is of no use for another target all the same: each count of a nonce is taken once.
 */
export function meansSameTarget(signed: string, requestUri: string): boolean {
  if (signed === requestUri) return true
  const a = parseUri(signed)
  const b = parseUri(requestUri)
  if (a === undefined || b === undefined || a.opaque !== undefined || b.opaque !== undefined) return false
  return a.user === undefined || a.user === b.user
}
