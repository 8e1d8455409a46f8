import type { CallId, Clock, UserId } from '@vaxel/base'
import type { CallState, PeopleNow, UserSettings } from '@vaxel/core'

/** An emergency centre may call back so long (RFC 7090 leaves it to policy; NENA and EENA say half an hour and more). */
const callBackMs = 60 * 60 * 1000
/** Emergency calls that are remembered. */
const mostRemembered = 10_000

/**
 * What routing wants to know of people now: who talks, who has called an emergency number, and what they want done with their calls.
 * Costs as much as a call has legs, not as many calls as there are.
 */
export class CallPeople {
  readonly #clock: Clock
  readonly #settings: Pick<UserSettings, 'get'> | undefined
  /** Calls in which a person talks. */
  readonly #talking = new Map<UserId, Set<CallId>>()
  readonly #ofCall = new Map<CallId, ReadonlySet<UserId>>()
  readonly #emergencies = new Map<UserId, number>()

  constructor(options: { clock: Clock; settings?: Pick<UserSettings, 'get'> }) {
    this.#clock = options.clock
    this.#settings = options.settings
  }

  /** A call is now as it is. */
  update({ name, call }: CallState): void {
    const now = new Set<UserId>()
    if (name !== 'ended')
      for (const { party, answeredAtMs, endedAtMs } of call.legs.values())
        if (party.userId && answeredAtMs !== undefined && endedAtMs === undefined) now.add(party.userId)
    const before = this.#ofCall.get(call.id)
    for (const userId of before ?? []) if (!now.has(userId)) this.#left(userId, call.id)
    for (const userId of now) if (!before?.has(userId)) this.#joined(userId, call.id)
    if (now.size > 0) this.#ofCall.set(call.id, now)
    else this.#ofCall.delete(call.id)
    if (call.isEmergency && call.caller.userId) this.#remember(call.caller.userId)
  }

  /** As one call sees them: a person's part in it does not make them busy for it. */
  seenFrom(callId: CallId): PeopleNow {
    const nowMs = this.#clock.now()
    return {
      nowMs,
      handling: (userId) => this.#settings?.get(userId, 'handling'),
      isOnPhone: (userId) => {
        const calls = this.#talking.get(userId)
        return calls !== undefined && (calls.size > 1 || !calls.has(callId))
      },
      awaitsEmergencyCallBack: (userId) => {
        const atMs = this.#emergencies.get(userId)
        return atMs !== undefined && this.#clock.monotonicMs() - atMs < callBackMs
      },
    }
  }

  #joined(userId: UserId, callId: CallId): void {
    const calls = this.#talking.get(userId)
    if (calls) calls.add(callId)
    else this.#talking.set(userId, new Set([callId]))
  }

  #left(userId: UserId, callId: CallId): void {
    const calls = this.#talking.get(userId)
    calls?.delete(callId)
    if (calls?.size === 0) this.#talking.delete(userId)
  }

  #remember(userId: UserId): void {
    this.#emergencies.delete(userId)
    this.#emergencies.set(userId, this.#clock.monotonicMs())
    if (this.#emergencies.size <= mostRemembered) return
    for (const oldest of this.#emergencies.keys()) {
      this.#emergencies.delete(oldest)
      return
    }
  }
}
