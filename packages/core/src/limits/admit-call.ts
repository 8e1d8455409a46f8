import type { CompanyId, Refusal, TrunkId, UserId } from '@vaxel/base'
import type { CallLimits } from '../ports/directory.ts'
import { SpendLimitReached, TooManyCalls, TooManyCallsPerMinute } from './errors.ts'

/** What one company or user has in use. */
export interface Usage {
  readonly callsNow: number
  /** Starts of calls within the last 60 s, on the monotonic clock, oldest first. */
  readonly startsMs: readonly number[]
  /** Money spent today on ended and running calls, millionths. */
  readonly spentTodayMicros: number
}

/**
 * Whether one more call fits the limits; undefined = yes. Pure.
 * @param nowMs of the monotonic clock: a limit of a minute is one whatever the wall clock is set to
 * @param costs the call may cost money (it goes over a priced trunk)
 */
export function admitCall(limits: CallLimits, usage: Usage, nowMs: number, costs: boolean): Refusal | undefined {
  if (limits.callsAtOnce !== undefined && usage.callsNow >= limits.callsAtOnce) {
    const is = (count: number): string => (count === 1 ? 'is' : 'are')
    const { callsNow } = usage
    const most = limits.callsAtOnce
    return TooManyCalls(
      `${callsNow} ${callsNow === 1 ? 'call' : 'calls'} ${is(callsNow)} up; at most ${most} ${is(most)} allowed at once.`,
    )
  }
  if (limits.callsPerMinute !== undefined) {
    const recent = usage.startsMs.filter((start) => start > nowMs - 60_000)
    if (recent.length >= limits.callsPerMinute) {
      const oldest = recent[0] ?? nowMs
      return TooManyCallsPerMinute(undefined, {
        retryAfterSeconds: Math.max(1, Math.ceil((oldest + 60_000 - nowMs) / 1000)),
      })
    }
  }
  if (costs && limits.spendPerDayMicros !== undefined && usage.spentTodayMicros >= limits.spendPerDayMicros)
    return SpendLimitReached()
  return undefined
}

/**
 * Price of a call by the longest E.164 prefix of the number, millionths a minute.
 * @example pricePerMinute({ '': 100_000, '+46': 20_000 }, '+46846500401') // 20000
 */
export function pricePerMinute(prices: Readonly<Record<string, number>>, number: string): number {
  let best = ''
  let found = prices[''] ?? 0
  for (const [prefix, price] of Object.entries(prices)) {
    if (prefix.length > best.length && number.startsWith(prefix)) {
      best = prefix
      found = price
    }
  }
  return found
}

/** Cost of a talk time, by started second, millionths. */
export function costOf(pricePerMinuteMicros: number, talkMs: number): number {
  return Math.ceil((pricePerMinuteMicros * Math.ceil(Math.max(0, talkMs) / 1000)) / 60)
}

interface Meter {
  callsNow: number
  startsMs: number[]
  day: number
  spentMicros: number
}

const dayMs = 86_400_000

/** Counts what companies, users and trunks have in use; one per process. */
export class UsageMeters {
  readonly #meters = new Map<string, Meter>()

  /** @param nowMs of the wall clock, which says what day it is */
  usage(id: CompanyId | UserId | TrunkId, nowMs: number, runningMicros = 0): Usage {
    const meter = this.#meters.get(id)
    if (!meter) return { callsNow: 0, startsMs: [], spentTodayMicros: runningMicros }
    const spent = meter.day === Math.floor(nowMs / dayMs) ? meter.spentMicros : 0
    return { callsNow: meter.callsNow, startsMs: meter.startsMs, spentTodayMicros: spent + runningMicros }
  }

  /** @param nowMs of the monotonic clock */
  callStarted(id: CompanyId | UserId | TrunkId, nowMs: number): void {
    const meter = this.#meter(id)
    meter.callsNow++
    while (meter.startsMs.length > 0 && meter.startsMs[0]! <= nowMs - 60_000) meter.startsMs.shift()
    meter.startsMs.push(nowMs)
  }

  callEnded(id: CompanyId | UserId | TrunkId): void {
    const meter = this.#meter(id)
    meter.callsNow = Math.max(0, meter.callsNow - 1)
  }

  spent(id: CompanyId | UserId | TrunkId, micros: number, nowMs: number): void {
    const meter = this.#meter(id)
    const day = Math.floor(nowMs / dayMs)
    if (meter.day !== day) {
      meter.day = day
      meter.spentMicros = 0
    }
    meter.spentMicros += micros
  }

  #meter(id: string): Meter {
    let meter = this.#meters.get(id)
    if (!meter) {
      meter = { callsNow: 0, startsMs: [], day: 0, spentMicros: 0 }
      this.#meters.set(id, meter)
    }
    return meter
  }
}
