import type { CallId } from '@vaxel/base'
import type { MediaEngine, MediaLegId, MixId, MixManner } from '@vaxel/core'

/** Which calls are in which conference. A mix costs work 50 times a second, so it is there only while somebody is in it. */
export class Conferences {
  readonly #engine: Pick<MediaEngine, 'createMix' | 'joinMix' | 'releaseMix'>
  readonly #calls = new Map<MixId, Set<CallId>>()
  readonly #mixOf = new Map<CallId, MixId>()

  constructor(engine: Pick<MediaEngine, 'createMix' | 'joinMix' | 'releaseMix'>) {
    this.#engine = engine
  }

  /** A leg of the call joins; the first one opens the conference. */
  join(call: CallId, mix: MixId, leg: MediaLegId, { isMuted = false, as, heardBy }: MixManner = {}): void {
    if (this.#mixOf.get(call) !== mix) this.left(call)
    const calls = this.#calls.get(mix) ?? new Set()
    if (calls.size === 0) this.#engine.createMix(mix)
    this.#calls.set(mix, calls.add(call))
    this.#mixOf.set(call, mix)
    this.#engine.joinMix(mix, leg, {
      muted: isMuted,
      ...(as === undefined ? {} : { as }),
      ...(heardBy === undefined ? {} : { heardBy }),
    })
  }

  /** The call is over, or elsewhere; the last one closes the conference. Nothing happens for a call that is in none. */
  left(call: CallId): void {
    const mix = this.#mixOf.get(call)
    if (mix === undefined) return
    this.#mixOf.delete(call)
    const calls = this.#calls.get(mix)
    calls?.delete(call)
    if (calls === undefined || calls.size > 0) return
    this.#calls.delete(mix)
    this.#engine.releaseMix(mix)
  }
}
