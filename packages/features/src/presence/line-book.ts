import { type CallId, TransientMap, type UserId } from '@vaxel/base'
import type { LineLeg } from '@vaxel/core'

/** The calls that go on now, as the presence of people needs them. */
export interface LiveLegs {
  /** None of a call that has ended. */
  ofCall(callId: CallId): readonly LineLeg[]
  /** One entry a call. */
  all(): Iterable<{ readonly callId: CallId; readonly legs: readonly LineLeg[] }>
}

const nobody: readonly LineLeg[] = []

/** Which calls each user is in. A change costs as much as its call has legs. */
export class LineBook {
  readonly #ofCall = new TransientMap<CallId, readonly LineLeg[]>()
  readonly #ofUser = new TransientMap<UserId, readonly LineLeg[]>()
  readonly #changed: (userId: UserId, before: readonly LineLeg[], now: readonly LineLeg[]) => void

  /** @param changed told of each user whose legs are not as they were */
  constructor(changed: (userId: UserId, before: readonly LineLeg[], now: readonly LineLeg[]) => void) {
    this.#changed = changed
  }

  ofUser(userId: UserId): readonly LineLeg[] {
    return this.#ofUser.get(userId) ?? nobody
  }

  /** A call is now as it is; no legs: it is over. */
  update(callId: CallId, legs: readonly LineLeg[]): void {
    const before = this.#ofCall.get(callId) ?? nobody
    if (isSame(before, legs)) return
    if (legs.length > 0) this.#ofCall.set(callId, legs)
    else this.#ofCall.delete(callId)
    const concerned = new Set([...before, ...legs].map(({ userId }) => userId))
    for (const userId of concerned) {
      const was = this.ofUser(userId)
      const now = [...was.filter((leg) => leg.callId !== callId), ...legs.filter((leg) => leg.userId === userId)]
      if (now.length > 0) this.#ofUser.set(userId, now)
      else this.#ofUser.delete(userId)
      if (!isSame(was, now)) this.#changed(userId, was, now)
    }
  }

  /** Makes it equal to the calls that go on, whatever was missed. @returns calls that were not as told */
  repair(live: LiveLegs): number {
    let wrong = 0
    const going = new Set<CallId>()
    for (const { callId, legs } of live.all()) {
      going.add(callId)
      if (isSame(this.#ofCall.get(callId) ?? nobody, legs)) continue
      wrong++
      this.update(callId, legs)
    }
    for (const callId of [...this.#ofCall.keys()]) {
      if (going.has(callId)) continue
      wrong++
      this.update(callId, nobody)
    }
    return wrong
  }
}

function isSame(before: readonly LineLeg[], now: readonly LineLeg[]): boolean {
  return (
    before.length === now.length &&
    before.every((leg, i) => {
      const other = now[i]!
      const isSamePart = leg.id === other.id && leg.phase === other.phase && leg.userId === other.userId
      return isSamePart && leg.isHeld === other.isHeld
    })
  )
}
