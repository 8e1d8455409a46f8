import type { DigestSecret } from '@vaxel/core'

type Algorithm = DigestSecret['algorithm']

/** They read every challenge and take the strongest that they know: seen, or written in their history. */
const readsAll = /^(Linphone[-\w]*\/([5-9]|\d\d)|baresip v([2-9]|\d\d)|PJSUA v2\.(1[1-9]|[2-9]\d)|Vaxel\b)/i
/** They look at the first challenge only, and know MD5 only. */
const firstOnly = /^SIPp\b/i

/**
 * Algorithms to challenge with, in order. RFC 8760 §2.4 has the strongest first and lets a phone pick the first it knows, but
 * many stacks do not read on after one that they do not know, keep the last one, or give up when any names another algorithm than MD5
 * (sofia-sip 1.12, libre before 2.0, pjsip before 2.11, JsSIP). So MD5 stands alone, as with every other server that they were tried with,
 * for all but those that are known by their User-Agent to read more. Who says nothing of itself gets both, MD5 first.
 * This tells a listener nothing: the answer depends on what the request says, not on the user.
 */
export function digestAlgorithms(userAgent: string | undefined): readonly Algorithm[] {
  if (userAgent === undefined || firstOnly.test(userAgent)) return ['MD5', 'SHA-256']
  return readsAll.test(userAgent) ? ['SHA-256', 'MD5'] : ['MD5']
}
