import { RecentMap } from './recent-map.ts'

/** When those who answer wrongly are slowed and locked out. */
export interface SuspectRule {
  readonly slowedAfter: number
  readonly lockedAfter: number
  readonly slowedMs: number
  readonly lockedMs: number
  readonly lockedMostMs: number
  readonly forgiveMs: number
  readonly forgetMs: number
  readonly remembered: number
}

interface Suspect {
  /** Wrong answers that are not forgiven yet. */
  wrong: number
  /** All of them since the last lock-out. */
  count: number
  lastMs: number
  /** Not looked at before. */
  nextMs: number
  lockedUntilMs: number
  lockOuts: number
}

/** A lock-out that has just begun. */
export interface LockOut {
  /** Wrong answers since the one before. */
  readonly count: number
  readonly lockedMs: number
}

/** Counts wrong answers by a key, the same way whatever the key stands for. Times are monotonic. */
export class Suspects {
  readonly #rule: SuspectRule
  readonly #suspects: RecentMap<Suspect>

  constructor(rule: SuspectRule) {
    this.#rule = rule
    this.#suspects = new RecentMap(rule.remembered)
  }

  get size(): number {
    return this.#suspects.size
  }

  isLocked(key: string, nowMs: number): boolean {
    return (this.#suspects.get(key)?.lockedUntilMs ?? 0) > nowMs
  }

  /** Neither locked out nor to wait. */
  mayTry(key: string, nowMs: number): boolean {
    const suspect = this.#suspects.get(key)
    return suspect === undefined || (suspect.lockedUntilMs <= nowMs && suspect.nextMs <= nowMs)
  }

  /** @returns the lock-out, if this answer began one */
  wrong(key: string, nowMs: number): LockOut | undefined {
    const { slowedAfter, lockedAfter, slowedMs, lockedMs, lockedMostMs, forgiveMs, forgetMs } = this.#rule
    let suspect = this.#suspects.get(key)
    if (suspect !== undefined && suspect.lockedUntilMs > nowMs) return undefined
    if (suspect === undefined || nowMs - Math.max(suspect.lastMs, suspect.lockedUntilMs) > forgetMs)
      suspect = { wrong: 0, count: 0, lastMs: nowMs, nextMs: 0, lockedUntilMs: 0, lockOuts: 0 }
    suspect.wrong = Math.max(0, suspect.wrong - (nowMs - suspect.lastMs) / forgiveMs) + 1
    suspect.count++
    suspect.lastMs = nowMs
    if (suspect.wrong > slowedAfter) suspect.nextMs = nowMs + slowedMs
    this.#suspects.set(key, suspect)
    if (suspect.wrong < lockedAfter) return undefined
    const lasts = Math.min(lockedMs * 2 ** Math.min(suspect.lockOuts, 30), lockedMostMs)
    const { count } = suspect
    // What comes after it is slowed from the first wrong answer on.
    Object.assign(suspect, { wrong: slowedAfter, count: 0, lockedUntilMs: nowMs + lasts, lastMs: nowMs + lasts })
    suspect.lockOuts++
    return { count, lockedMs: lasts }
  }
}
