import type { UserId } from '@vaxel/base'
import type { CallState } from '@vaxel/core'

/** Somebody of the company whom a person has tried in vain. */
export interface FailedCall {
  readonly userId: UserId
  readonly name: string
  /** As it is dialled. */
  readonly number: string
  /** `busy`: they were on the phone; else nobody answered. */
  readonly reason: 'busy' | 'noAnswer'
  readonly atMs: number
}

/** People whose last call in vain is remembered. */
const mostRemembered = 5000
const freshMs = 15 * 60_000
const busyReasons = new Set(['busy', 'user-busy', 'declined', 'user-do-not-disturb'])

/** Whom people have tried to reach in vain, the last one each, for a quarter of an hour. */
export class LastCalls {
  readonly #of = new Map<UserId, FailedCall>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Takes a call that has ended. */
  take(state: CallState): void {
    if (state.name !== 'ended') return
    const { call, termination } = state
    const { caller, called } = call
    if (!caller.userId || !called.userId || called.userId === caller.userId) return
    this.#of.delete(caller.userId)
    const wasAnswered = [...call.legs.values()].some((leg) => leg.role === 'callee' && leg.answeredAtMs !== undefined)
    // Who hung up while it rang has not been answered either.
    if (wasAnswered || call.answeredAtMs !== undefined) return
    const reason = busyReasons.has(termination.reason) || termination.sip === 486 ? 'busy' : 'noAnswer'
    const name = called.name ?? called.number
    this.#of.set(caller.userId, { userId: called.userId, name, number: called.number, reason, atMs: this.#now() })
    if (this.#of.size <= mostRemembered) return
    for (const oldest of this.#of.keys()) {
      this.#of.delete(oldest)
      return
    }
  }

  of(userId: UserId): FailedCall | undefined {
    const last = this.#of.get(userId)
    return last && this.#now() - last.atMs <= freshMs ? last : undefined
  }
}
