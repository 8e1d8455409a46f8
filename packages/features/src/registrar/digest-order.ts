import type { DigestSecret } from '@vaxel/core'

type Algorithm = DigestSecret['algorithm']

const strongestFirst: readonly Algorithm[] = ['SHA-256', 'MD5']
/** They look at the first challenge only, and know MD5 only. */
const firstOnly = /^SIPp\b/i
/**
 * They know MD5 only, and fail when any challenge names another algorithm (libre before 2.0) or when the last one does
 * (JsSIP up to 3.13 keeps one challenge, the last).
 */
const md5Only = /^(baresip v?[01]\.|JsSIP\b)/i

/**
 * Algorithms to challenge with, in order. RFC 8760 §2.4 has the strongest first and lets a phone pick the first it knows, but
 * several phones do not read on after one that they do not know; they are known by their User-Agent. Who says nothing of
 * itself is taken for such a phone. This tells a listener nothing: the answer depends on what the request says, not on the user.
 */
export function digestAlgorithms(userAgent: string | undefined): readonly Algorithm[] {
  if (userAgent !== undefined && md5Only.test(userAgent)) return ['MD5']
  return userAgent === undefined || firstOnly.test(userAgent) ? ['MD5', 'SHA-256'] : strongestFirst
}
