import { type CallId, type Clock, type CompanyId, TransientMap, type UserId } from '@vaxel/base'
import type { BindingStore, Call, CallState, PeopleNow, PresenceState, UserSettings } from '@vaxel/core'
import type { KnownCallers } from './known-callers.ts'
import { LastTalks } from './last-talks.ts'

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
  readonly #bindings: Pick<BindingStore, 'ofUser'>
  readonly #presenceOf: ((userId: UserId) => PresenceState | undefined) | undefined
  readonly #known: KnownCallers
  readonly lastTalks = new LastTalks()
  /** Answered calls that were made to a number of several people, by company and number. */
  readonly #onLine = new TransientMap<string, Set<CallId>>()
  readonly #lineOf = new Map<CallId, string>()
  /** Calls in which a person talks. */
  readonly #talking = new TransientMap<UserId, Set<CallId>>()
  readonly #ofCall = new TransientMap<CallId, readonly UserId[]>()
  readonly #emergencies = new Map<UserId, number>()

  constructor(options: {
    clock: Clock
    bindings: Pick<BindingStore, 'ofUser'>
    settings?: Pick<UserSettings, 'get'>
    presenceOf?: (userId: UserId) => PresenceState | undefined
    known: KnownCallers
  }) {
    this.#clock = options.clock
    this.#bindings = options.bindings
    this.#settings = options.settings
    this.#presenceOf = options.presenceOf
    this.#known = options.known
  }

  /** A call is now as it is. */
  update({ name, call }: CallState): void {
    const now: UserId[] = []
    if (name !== 'ended')
      for (const { party, answeredAtMs, endedAtMs } of call.legs.values())
        if (party.userId && answeredAtMs !== undefined && endedAtMs === undefined && !now.includes(party.userId))
          now.push(party.userId)
    const before = this.#ofCall.get(call.id) ?? []
    for (const userId of before) if (!now.includes(userId)) this.#left(userId, call.id)
    for (const userId of now) if (!before.includes(userId)) this.#joined(userId, call.id)
    if (now.length > 0) this.#ofCall.set(call.id, now)
    else this.#ofCall.delete(call.id)
    this.#followLine(call, now.length > 0)
    if (name === 'ended') this.#known.forget(call.id)
    if (call.isEmergency && call.caller.userId) this.#remember(call.caller.userId)
  }

  /** As one call sees them: a person's part in it does not make them busy for it. */
  seenFrom(callId: CallId, companyId: CompanyId): PeopleNow {
    const nowMs = this.#clock.now()
    const settings = this.#settings
    return {
      nowMs,
      handling: (userId) => settings?.get(userId, 'handling'),
      allowsIntercom: (userId) => settings?.get(userId, 'intercom')?.isAllowed ?? false,
      profiles: (userId) => settings?.get(userId, 'profiles'),
      filter: (userId) => settings?.get(userId, 'filter'),
      memberships: (userId) => settings?.get(userId, 'memberships'),
      shortDials: (userId) => settings?.get(userId, 'shortDials'),
      presence: (userId) => this.#presenceOf?.(userId),
      isContact: (userId) => this.#known.isContact(callId, userId),
      isReachable: (userId) => this.#bindings.ofUser(userId).some(({ expiresAtMs }) => expiresAtMs > nowMs),
      lastTalkEndedMs: (userId) => this.lastTalks.of(userId),
      isLineBusy: (number, userIds) => this.#isLineBusy(lineKey(companyId, number), userIds, callId),
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

  /** The calls to a number in which one of these people talks. */
  callsOnLine(companyId: CompanyId, number: string, userIds: readonly UserId[]): readonly CallId[] {
    return this.#talksOn(lineKey(companyId, number), userIds)
  }

  #isLineBusy(line: string, userIds: readonly UserId[], except: CallId): boolean {
    return this.#talksOn(line, userIds).some((callId) => callId !== except)
  }

  #talksOn(line: string, userIds: readonly UserId[]): CallId[] {
    return [...(this.#onLine.get(line) ?? [])].filter((callId) => {
      const people = this.#ofCall.get(callId)
      return people !== undefined && userIds.some((userId) => people.includes(userId))
    })
  }

  /** Remembers a call under the number that was called, or the line that it is made on, as long as somebody talks in it. */
  #followLine({ id, companyId, called, callerLine }: Call, isTalking: boolean): void {
    const before = this.#lineOf.get(id)
    const line = callerLine ?? (called.userId === undefined ? called.number : undefined)
    const now = isTalking && line !== undefined ? lineKey(companyId, line) : undefined
    if (before === now) return
    if (before !== undefined) {
      const calls = this.#onLine.get(before)
      calls?.delete(id)
      if (calls?.size === 0) this.#onLine.delete(before)
      this.#lineOf.delete(id)
    }
    if (now === undefined) return
    this.#lineOf.set(id, now)
    const calls = this.#onLine.get(now)
    if (calls) calls.add(id)
    else this.#onLine.set(now, new Set([id]))
  }

  #joined(userId: UserId, callId: CallId): void {
    const calls = this.#talking.get(userId)
    if (calls) calls.add(callId)
    else this.#talking.set(userId, new Set([callId]))
  }

  #left(userId: UserId, callId: CallId): void {
    const calls = this.#talking.get(userId)
    calls?.delete(callId)
    this.lastTalks.ended(userId, this.#clock.now())
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

const lineKey = (companyId: CompanyId, number: string): string => `${companyId} ${number}`
