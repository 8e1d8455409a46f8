import type { Clock } from '@vaxel/base'

interface Tries {
  failures: number
  /** Monotonic. */
  blockedUntilMs: number
  lastMs: number
}

interface Rule {
  /** Failures before waiting begins. */
  readonly free: number
  readonly firstWaitMs: number
  readonly longestWaitMs: number
}

/** Failures are forgotten after this long without one. */
const forgetAfterMs = 15 * 60_000
const mostKeys = 20_000
/** Somebody who mistypes; the same from many places; one place that tries many logins. */
const both: Rule = { free: 5, firstWaitMs: 1000, longestWaitMs: 5 * 60_000 }
const login: Rule = { free: 50, firstWaitMs: 1000, longestWaitMs: 60_000 }
const address: Rule = { free: 50, firstWaitMs: 1000, longestWaitMs: 5 * 60_000 }

/**
 * Slows down guessing. Counts failures by login, by address and by both, the same way whether the login exists or not;
 * the wait doubles with each failure.
 */
export class LoginLimiter {
  readonly #clock: Clock
  readonly #tries = new Map<string, Tries>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Milliseconds to wait before the next try counts; 0 when it may go on. */
  waitMs(loginName: string, from: string): number {
    const nowMs = this.#clock.monotonicMs()
    let waitMs = 0
    for (const [key] of keysOf(loginName, from))
      waitMs = Math.max(waitMs, (this.#tries.get(key)?.blockedUntilMs ?? 0) - nowMs)
    return waitMs
  }

  /** @returns how often in a row this login has failed from there */
  failed(loginName: string, from: string): number {
    const nowMs = this.#clock.monotonicMs()
    let inARow = 0
    for (const [key, rule] of keysOf(loginName, from)) {
      const known = this.#tries.get(key)
      const failures = known && nowMs - known.lastMs < forgetAfterMs ? known.failures + 1 : 1
      const doublings = Math.min(failures - rule.free, 20)
      const waitMs = doublings < 0 ? 0 : Math.min(rule.firstWaitMs * 2 ** doublings, rule.longestWaitMs)
      this.#tries.delete(key)
      this.#tries.set(key, { failures, blockedUntilMs: nowMs + waitMs, lastMs: nowMs })
      if (rule === both) inARow = failures
    }
    this.#forgetOldest()
    return inARow
  }

  succeeded(loginName: string, from: string): void {
    this.#tries.delete(bothKey(loginName, from))
  }

  #forgetOldest(): void {
    for (const key of this.#tries.keys()) {
      if (this.#tries.size <= mostKeys) return
      this.#tries.delete(key)
    }
  }
}

const bothKey = (loginName: string, from: string): string => `both ${loginName} ${from}`

function keysOf(loginName: string, from: string): readonly (readonly [string, Rule])[] {
  return [
    [bothKey(loginName, from), both],
    [`login ${loginName}`, login],
    [`address ${from}`, address],
  ]
}
