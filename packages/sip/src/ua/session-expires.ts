/** Value of Session-Expires (RFC 4028 §4). */
export interface SessionExpires {
  readonly seconds: number
  readonly refresher: 'uac' | 'uas' | undefined
}

/** Undefined when absent or malformed. */
export function parseSessionExpires(value: string | undefined): SessionExpires | undefined {
  const match = value === undefined ? null : /^\s*(\d{1,9})\s*(;.*)?$/.exec(value)
  if (!match) return undefined
  const refresher = /;\s*refresher\s*=\s*(uac|uas)\b/i.exec(match[2] ?? '')?.[1]?.toLowerCase()
  return { seconds: Number(match[1]), refresher: refresher as SessionExpires['refresher'] }
}

/** Seconds of Min-SE (RFC 4028 §5); undefined when absent or malformed. */
export function parseMinSe(value: string | undefined): number | undefined {
  const match = value === undefined ? null : /^\s*(\d{1,9})\s*(;.*)?$/.exec(value)
  return match ? Number(match[1]) : undefined
}

/** Interval that we ask for when nobody else does, seconds (RFC 4028 §4). */
export const usualSessionSeconds = 1800

/**
 * What the UAS puts into its 2xx (RFC 4028 §9, table 2): a session interval only for a peer that knows session timers;
 * the refresher that the UAC chose, else the UAC if it asked for an interval, else we. An interval that was asked for is never made longer, also
 * where Min-SE contradicts it: who waits for the shorter one would take the call for dead.
 * @param minSeconds Min-SE of the request
 */
export function answerSessionExpires(
  wanted: SessionExpires | undefined,
  peerKnowsTimers: boolean,
  minSeconds: number,
): { seconds: number; refresher: 'uac' | 'uas' } | undefined {
  if (!peerKnowsTimers) return undefined
  if (!wanted) return { seconds: Math.max(usualSessionSeconds, minSeconds), refresher: 'uas' }
  return { seconds: wanted.seconds, refresher: wanted.refresher ?? 'uac' }
}
