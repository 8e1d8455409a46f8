import type { TrunkFault } from './target-health.ts'

/** What the registrar's answer means for what is done next. */
export type RegisterVerdict =
  | { readonly kind: 'registered'; readonly expiresSeconds: number }
  /** 423: again at once with at least so long (RFC 3261 §10.2.8). */
  | { readonly kind: 'tooBrief'; readonly leastSeconds: number }
  /** This registrar cannot now; the next target may. */
  | { readonly kind: 'elsewhere'; readonly fault: TrunkFault; readonly retryAfterSeconds?: number }
  /** It will not, as things are: name, password or account are wrong. */
  | { readonly kind: 'refused'; readonly fault: TrunkFault; readonly retryAfterSeconds?: number }

/** What is known of where we register. */
export type RegistrationState =
  | { readonly name: 'trying'; readonly sinceMs: number }
  | { readonly name: 'registered'; readonly sinceMs: number; readonly expiresAtMs: number; readonly target: string }
  | { readonly name: 'failed'; readonly sinceMs: number; readonly retryAtMs: number; readonly fault: TrunkFault }

const longestExpirySeconds = 86_400

/**
 * Reads an answer to REGISTER that no challenge is left in.
 * @param answer `expiresSeconds` of our own Contact, else of Expires; `minExpires` and `retryAfterSeconds` as they came
 */
export function registerVerdict(answer: {
  readonly status: number
  readonly reason: string
  readonly expiresSeconds?: number
  readonly minExpires?: number
  readonly retryAfterSeconds?: number
}): RegisterVerdict {
  const { status, reason, expiresSeconds, minExpires } = answer
  const fault: TrunkFault = { kind: 'refused', status, text: reason }
  const retry = answer.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: answer.retryAfterSeconds }
  if (status >= 200 && status < 300) {
    if (expiresSeconds === 0) return { kind: 'refused', fault: { ...fault, text: 'it has not kept our registration' } }
    return { kind: 'registered', expiresSeconds: Math.min(expiresSeconds ?? 3600, longestExpirySeconds) }
  }
  if (status === 423 && minExpires !== undefined && minExpires > 0 && minExpires <= longestExpirySeconds)
    return { kind: 'tooBrief', leastSeconds: minExpires }
  const isAbout = [408, 430, 480].includes(status) || (status >= 500 && status < 600) || (status >= 300 && status < 400)
  return { kind: isAbout ? 'elsewhere' : 'refused', fault, ...retry }
}

/**
 * When to register anew: well before the end, so that a lost datagram or a registrar that restarts does not end it (as RFC 5626 §4.4.1),
 * and not all trunks at once.
 * @example refreshAfterMs(600, () => 0) // 480_000
 */
export function refreshAfterMs(expiresSeconds: number, random: () => number): number {
  const share = expiresSeconds <= 60 ? 0.5 : 0.8
  return Math.max(1, Math.round(expiresSeconds * (share + random() * 0.1) * 1000))
}

const shortestWaitMs = 5_000
const longestWaitMs = 300_000

/**
 * How long to wait after so many failures in a row: doubling, at random between half and all of it (RFC 5626 §4.5, with shorter times:
 * without its registration a company is not reached).
 */
export function backOffMs(failures: number, random: () => number): number {
  const most = Math.min(longestWaitMs, shortestWaitMs * 2 ** Math.min(failures, 10))
  return Math.round(most * (0.5 + random() * 0.5))
}
