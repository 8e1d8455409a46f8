import { type CallId, TransientMap, type UserId } from '@vaxel/base'
import type { EventFeed, LineLeg } from '@vaxel/core'

/** The calls that go on, by call; those that have ended have no legs. */
export interface LegsOfCalls {
  ofCall(callId: CallId): readonly LineLeg[]
}

/** In which calls people speak or dial, so that an agent who is on the telephone anyway is not asked for a call. Ringing is not speaking. */
export class OwnCalls {
  readonly #live: LegsOfCalls
  readonly #ofCall = new TransientMap<CallId, ReadonlySet<UserId>>()
  readonly #ofUser = new TransientMap<UserId, Set<CallId>>()
  readonly #changed: (userId: UserId) => void
  readonly #stop: () => void

  /** @param changed told of each person whose calls are not as they were */
  constructor(live: LegsOfCalls, feed: EventFeed, changed: (userId: UserId) => void) {
    this.#live = live
    this.#changed = changed
    this.#stop = feed.subscribe((events) => {
      for (const callId of new Set(events.map((event) => event.callId))) if (callId !== undefined) this.#update(callId)
    })
  }

  close(): void {
    this.#stop()
  }

  of(userId: UserId): ReadonlySet<CallId> {
    return this.#ofUser.get(userId) ?? none
  }

  #update(callId: CallId): void {
    const before = this.#ofCall.get(callId) ?? none
    const now = new Set(
      this.#live
        .ofCall(callId)
        .filter(({ phase }) => phase !== 'ringing')
        .map(({ userId }) => userId),
    )
    if (now.size > 0) this.#ofCall.set(callId, now)
    else this.#ofCall.delete(callId)
    for (const userId of before as ReadonlySet<UserId>) if (!now.has(userId)) this.#leave(userId, callId)
    for (const userId of now) if (!(before as ReadonlySet<UserId>).has(userId)) this.#enter(userId, callId)
  }

  #enter(userId: UserId, callId: CallId): void {
    const calls = this.#ofUser.get(userId) ?? new Set()
    this.#ofUser.set(userId, calls.add(callId))
    this.#changed(userId)
  }

  #leave(userId: UserId, callId: CallId): void {
    const calls = this.#ofUser.get(userId)
    calls?.delete(callId)
    if (calls?.size === 0) this.#ofUser.delete(userId)
    this.#changed(userId)
  }
}

const none: ReadonlySet<never> = new Set()
