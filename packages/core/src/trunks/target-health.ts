import type { TrunkHealth } from '../ports/trunk.ts'

/** Why a target or a registration does not work. */
export interface TrunkFault {
  /** `silent`: no answer came. `unreachable`: no connection, no name, no trust. `refused`: it answered, with `status`. */
  readonly kind: 'silent' | 'unreachable' | 'refused'
  readonly status?: number
  /** In words of whoever said it. */
  readonly text?: string
}

export interface TargetHealth {
  readonly state: 'unknown' | 'up' | 'down'
  /** Since when it is so. */
  readonly sinceMs: number
  readonly fault?: TrunkFault
  readonly checkedAtMs?: number
  readonly roundTripMs?: number
}

const usualCheckSeconds = 60
/** A target that is down is asked more often, so that it is used again soon. */
const downCheckSeconds = 10
const usualDead: readonly number[] = [408, 502, 503, 504]

/** What an answer to OPTIONS says; undefined: it is alive. Any other answer shows that somebody is there (RFC 3261 §11). */
export function faultOfAnswer(status: number, reason: string, health: TrunkHealth | undefined): TrunkFault | undefined {
  const dead = health?.deadStatuses ?? usualDead
  return dead.includes(status) ? { kind: 'refused', status, text: reason } : undefined
}

/** The health after something was seen of a target; `isNews` when it went up or down. */
export function seen(
  before: TargetHealth | undefined,
  fault: TrunkFault | undefined,
  nowMs: number,
  roundTripMs?: number,
): { health: TargetHealth; isNews: boolean } {
  const state = fault ? 'down' : 'up'
  const isNews = before?.state !== state
  return {
    isNews,
    health: {
      state,
      sinceMs: isNews || !before ? nowMs : before.sinceMs,
      checkedAtMs: nowMs,
      ...(fault ? { fault } : {}),
      ...(fault || roundTripMs === undefined ? {} : { roundTripMs }),
    },
  }
}

/** How long to wait for the next OPTIONS, with a tenth of jitter so that trunks are not all asked at once; undefined: never. */
export function nextCheckMs(
  health: TrunkHealth | undefined,
  state: TargetHealth['state'],
  random: () => number,
): number | undefined {
  const seconds = health?.intervalSeconds ?? usualCheckSeconds
  if (seconds === 0) return undefined
  const usual = state === 'down' ? Math.min(seconds, downCheckSeconds) : seconds
  return Math.round(usual * 1000 * (0.95 + random() * 0.1))
}
