import { type CallId, TransientMap, type UserId } from '@vaxel/base'
import type { CallState, MediaEngine, MixId } from '@vaxel/core'
import type { CallOwner } from './call-owner.ts'

interface Opened {
  readonly mix: MixId
  readonly agentId: UserId
  count: number
}

/**
 * Calls whose two parties hear each other in a mix instead of directly, so that a supervisor can be with them. Whatever joins the two anew
 * (they were on hold, a browser came back) puts them into the mix again.
 */
export class Monitors {
  readonly #engine: Pick<MediaEngine, 'createMix' | 'joinMix' | 'releaseMix' | 'connect'>
  readonly #opened = new TransientMap<CallId, Opened>()

  constructor(engine: Pick<MediaEngine, 'createMix' | 'joinMix' | 'releaseMix' | 'connect'>) {
    this.#engine = engine
  }

  /** @returns undefined when no two talk there */
  open(owner: CallOwner, agentId: UserId): MixId | undefined {
    if (owner.state.name !== 'connected') return undefined
    const opened = this.#opened.get(owner.id) ?? { mix: `monitor-${owner.id}` as MixId, agentId, count: 0 }
    opened.count++
    this.#opened.set(owner.id, opened)
    this.joined(owner)
    return opened.mix
  }

  /** The last one who was with the call has left: the two hear each other directly again. */
  close(callId: CallId, owner: CallOwner | undefined): void {
    const opened = this.#opened.get(callId)
    if (!opened || --opened.count > 0) return
    this.#opened.delete(callId)
    const legs = owner && talking(owner)
    if (legs) this.#engine.connect(legs[0].media, legs[1].media)
    this.#engine.releaseMix(opened.mix)
  }

  /** The two of a call were joined. */
  joined(owner: CallOwner): void {
    const opened = this.#opened.get(owner.id)
    const legs = opened && talking(owner)
    if (!opened || !legs) return
    this.#engine.createMix(opened.mix)
    for (const leg of legs) {
      const isAgent = owner.state.call.legs.get(leg.id)?.party.userId === opened.agentId
      this.#engine.joinMix(opened.mix, leg.media, isAgent ? { as: 'agent' } : {})
    }
  }
}

/** The two who hear each other; undefined while one of them is on hold. */
function talking({ state, legs }: CallOwner) {
  if (state.name !== 'connected' || isOnHold(state)) return undefined
  const [a, b] = [legs.get(state.a), legs.get(state.b)]
  return a && b ? ([a, b] as const) : undefined
}

const isOnHold = ({ call, a, b }: Extract<CallState, { name: 'connected' }>): boolean =>
  [a, b].some((leg) => call.legs.get(leg)?.connection === 'hold')
