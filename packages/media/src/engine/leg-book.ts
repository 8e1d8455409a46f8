import { type CallId, TransientMap } from '@vaxel/base'
import type { MediaLegId } from '@vaxel/core'
import type { MediaLeg } from './media-leg.ts'
import type { MediaPlane } from './media-plane.ts'

/** The legs of an engine, by id, by call and by plane. */
export class LegBook {
  readonly #legs = new TransientMap<MediaLegId, MediaLeg>()
  readonly #ofCall = new TransientMap<CallId, Set<MediaLeg>>()
  /** How many legs each plane has. */
  readonly #at: number[]

  constructor(planes: number) {
    this.#at = new Array<number>(planes).fill(0)
  }

  get byId(): ReadonlyMap<MediaLegId, MediaLeg> {
    return this.#legs
  }

  countAt(home: number): number {
    return this.#at[home]!
  }

  add(leg: MediaLeg): void {
    this.#legs.set(leg.id, leg)
    this.#at[leg.home]!++
    const others = this.#ofCall.get(leg.callId)
    if (others) others.add(leg)
    else this.#ofCall.set(leg.callId, new Set([leg]))
  }

  remove(leg: MediaLeg): void {
    this.#legs.delete(leg.id)
    this.#at[leg.home]!--
    const others = this.#ofCall.get(leg.callId)
    if (others?.delete(leg) && others.size === 0) this.#ofCall.delete(leg.callId)
  }

  move(leg: MediaLeg, home: number): void {
    this.#at[leg.home]!--
    this.#at[home]!++
    leg.home = home
  }

  /**
   * Legs of one call share a plane, so that audio need not change threads; a new call goes where fewest legs are, and there is room.
   * @param full places of planes that have none
   */
  chooseHome(callId: CallId, planes: readonly (MediaPlane | undefined)[], full: ReadonlySet<number>): number {
    const legs = this.#ofCall.get(callId)
    if (legs) for (const leg of legs) return leg.home
    const isBetter = (one: number, than: number): boolean =>
      full.has(one) === full.has(than) ? this.#at[one]! < this.#at[than]! : full.has(than)
    let home = -1
    for (let i = 0; i < this.#at.length; i++) if (planes[i] && (home < 0 || isBetter(i, home))) home = i
    return Math.max(0, home)
  }
}
