import type { Clock } from '@vaxel/base'
import type { AbuseLimits } from './abuse-limits.ts'
import { RecentMap } from './recent-map.ts'
import { type LockOut, Suspects } from './suspects.ts'

/** Who was locked out: a source, or an account from all sources that do not know its password. */
export type LockOutReason = 'address' | 'account'

/** A lock-out that an answer has begun. */
export interface BegunLockOut extends LockOut {
  readonly reason: LockOutReason
}

const nothing: readonly BegunLockOut[] = []
/** A right answer so soon after the one before changes nothing that counts in days. */
const sameRightMs = 60_000
/** Longer names share their count. */
const nameLength = 64

/**
 * Slows and locks out those who guess SIP passwords, by source and by account. A source that lately gave the right password
 * of an account goes on with that account, whatever others do. An account counts the same whether it exists or not.
 */
export class GuessGuard {
  readonly #clock: Clock
  readonly #limits: AbuseLimits
  readonly #sources: Suspects
  readonly #accounts: Suspects
  readonly #trusted: RecentMap<{ rightMs: number; wrong: number }>
  readonly #trustedSources: RecentMap<number>

  constructor(clock: Clock, limits: AbuseLimits) {
    this.#clock = clock
    this.#limits = limits
    const { forgiveMs, forgetMs, suspectsRemembered: remembered } = limits
    this.#sources = new Suspects({
      slowedAfter: limits.sourceSlowedAfter,
      lockedAfter: limits.sourceLockedAfter,
      slowedMs: limits.sourceSlowedMs,
      lockedMs: limits.sourceLockedMs,
      lockedMostMs: limits.sourceLockedMostMs,
      forgiveMs,
      forgetMs,
      remembered,
    })
    this.#accounts = new Suspects({
      slowedAfter: limits.accountSlowedAfter,
      lockedAfter: limits.accountLockedAfter,
      slowedMs: limits.accountSlowedMs,
      lockedMs: limits.accountLockedMs,
      lockedMostMs: limits.accountLockedMostMs,
      forgiveMs,
      forgetMs,
      remembered,
    })
    this.#trusted = new RecentMap(limits.trustedRemembered)
    this.#trustedSources = new RecentMap(limits.trustedRemembered)
  }

  /** How much is remembered, for tests of its bound. */
  get remembered(): { readonly sources: number; readonly accounts: number; readonly trusted: number } {
    return { sources: this.#sources.size, accounts: this.#accounts.size, trusted: this.#trusted.size }
  }

  /** A phone at this source gave a right password lately. */
  isKnown(source: string): boolean {
    const rightMs = this.#trustedSources.get(source)
    return rightMs !== undefined && this.#isLately(rightMs)
  }

  /** Locked out, and no phone that we know is there. */
  isShut(source: string): boolean {
    return this.#sources.isLocked(source, this.#clock.monotonicMs()) && !this.isKnown(source)
  }

  /** Whether an answer to a challenge is to be looked at now. */
  mayTry(source: string, realm: string, username: string): boolean {
    const account = accountOf(realm, username)
    if (this.#pair(source, account) !== undefined) return true
    const nowMs = this.#clock.monotonicMs()
    return this.#sources.mayTry(source, nowMs) && this.#accounts.mayTry(account, nowMs)
  }

  right(source: string, realm: string, username: string): void {
    const rightMs = this.#clock.monotonicMs()
    const key = `${source} ${accountOf(realm, username)}`
    const pair = this.#trusted.get(key)
    if (pair === undefined || pair.wrong > 0 || rightMs - pair.rightMs >= sameRightMs)
      this.#trusted.set(key, { rightMs, wrong: 0 })
    const lastMs = this.#trustedSources.get(source)
    if (lastMs === undefined || rightMs - lastMs >= sameRightMs) this.#trustedSources.set(source, rightMs)
  }

  /** @returns the lock-outs that this answer has begun, each of which is told once */
  wrong(source: string, realm: string, username: string): readonly BegunLockOut[] {
    const account = accountOf(realm, username)
    const pair = this.#pair(source, account)
    if (pair !== undefined && ++pair.wrong < this.#limits.trustedWrong) return nothing
    if (pair !== undefined) this.#trusted.delete(`${source} ${account}`)
    const nowMs = this.#clock.monotonicMs()
    const bySource = this.#sources.wrong(source, nowMs)
    const byAccount = this.#accounts.wrong(account, nowMs)
    if (bySource === undefined && byAccount === undefined) return nothing
    return [
      ...(bySource === undefined ? [] : [{ reason: 'address' as const, ...bySource }]),
      ...(byAccount === undefined ? [] : [{ reason: 'account' as const, ...byAccount }]),
    ]
  }

  #pair(source: string, account: string): { rightMs: number; wrong: number } | undefined {
    const pair = this.#trusted.get(`${source} ${account}`)
    return pair !== undefined && this.#isLately(pair.rightMs) ? pair : undefined
  }

  #isLately(rightMs: number): boolean {
    return this.#clock.monotonicMs() - rightMs < this.#limits.trustedMs
  }
}

const accountOf = (realm: string, username: string): string => `${realm} ${username.slice(0, nameLength)}`
