import { TransientMap } from '@vaxel/base'
import type { MediaLegId, MixId, MixSpeaker, Source } from '@vaxel/core'
import { CrossPlaneLinks } from './cross-plane-links.ts'
import type { MediaLeg } from './media-leg.ts'
import type { Hearing, MediaPlane } from './media-plane.ts'
import type { PortPool } from './port-pool.ts'

/** How a leg is in a mix. */
type InMix = Pick<Extract<Hearing, { kind: 'mix' }>, 'muted' | 'as' | 'heardBy'>

/**
 * What each leg's peer hears: bridges, one-way listening, echo and mixes, over all planes. It is kept here so that it can be
 * told again when a leg changes its plane or a plane dies. Playing stands above it and is not its business.
 */
export class WhoHearsWhom {
  readonly #legs: ReadonlyMap<MediaLegId, MediaLeg>
  readonly #planeAt: (home: number) => MediaPlane | undefined
  readonly #links: CrossPlaneLinks
  /** Both ways; a leg is in one bridge at most. */
  readonly #bridges = new Map<MediaLegId, MediaLegId>()
  /** Who hears a leg, by that leg. */
  readonly #hearers = new TransientMap<MediaLegId, Set<MediaLeg>>()
  readonly #mixes = new Map<MixId, { home: number | undefined; isWatched: boolean }>()

  constructor(
    legs: ReadonlyMap<MediaLegId, MediaLeg>,
    planeAt: (home: number) => MediaPlane | undefined,
    ports: PortPool,
  ) {
    this.#legs = legs
    this.#planeAt = planeAt
    this.#links = new CrossPlaneLinks(ports, planeAt)
  }

  bridge(a: MediaLeg, b: MediaLeg): void {
    for (const leg of [a, b]) this.#unbridge(leg)
    this.#bridges.set(a.id, b.id).set(b.id, a.id)
    this.#hear(a, { kind: 'leg', leg: b.id })
    this.#hear(b, { kind: 'leg', leg: a.id })
  }

  /** Ends a bridge of the leg and lets it hear this instead; monitors of the leg stay. */
  set(leg: MediaLeg, hearing: Exclude<Hearing, { kind: 'mix' }>): void {
    this.#unbridge(leg)
    this.#hear(leg, hearing)
  }

  /** The leg hears the other one, and nobody else hears it. */
  isAloneWith(leg: MediaLeg, other: MediaLegId): boolean {
    const hearers = [...(this.#hearers.get(leg.id) ?? [])]
    return leg.hearing.kind === 'leg' && leg.hearing.leg === other && hearers.every(({ id }) => id === other)
  }

  createMix(id: MixId): void {
    if (!this.#mixes.has(id)) this.#mixes.set(id, { home: undefined, isWatched: false })
  }

  hasMix(id: MixId): boolean {
    return this.#mixes.has(id)
  }

  joinMix(leg: MediaLeg, id: MixId, manner: InMix): void {
    this.#unbridge(leg)
    this.#enterMix(leg, id, manner)
  }

  /** Whether the others in the mix hear the leg; nothing else changes for anybody. */
  muteInMix(leg: MediaLeg, id: MixId, muted: boolean): void {
    const { hearing } = leg
    if (hearing.kind === 'mix' && hearing.mix === id && hearing.muted !== muted)
      this.#changeInMix(leg, { ...hearing, muted })
  }

  /** Which of the others in the mix hear the leg; nothing else changes for anybody. */
  heardInMix(leg: MediaLeg, id: MixId, heardBy: string | undefined): void {
    const { hearing } = leg
    if (hearing.kind !== 'mix' || hearing.mix !== id || hearing.heardBy === heardBy) return
    const { heardBy: _, ...rest } = hearing
    this.#changeInMix(leg, { ...rest, ...(heardBy === undefined ? {} : { heardBy }) })
  }

  #changeInMix(leg: MediaLeg, next: Hearing): void {
    leg.hearing = next
    if (!this.#links.hearingChanged(leg.id, next)) this.#planeAt(leg.home)?.hear(leg.id, next)
  }

  /** Everybody in the mix hears it; in one that nobody is in yet, nobody does. */
  playInMix(id: MixId, source: Source): void {
    const home = this.#mixes.get(id)?.home
    if (home !== undefined) this.#planeAt(home)?.playInMix(id, source)
  }

  /** The plane that a mix is on; undefined before anybody is in it. */
  homeOfMix(id: MixId): number | undefined {
    return this.#mixes.get(id)?.home
  }

  watchMix(id: MixId, isWatched: boolean): void {
    const mix = this.#mixes.get(id)
    if (!mix) return
    mix.isWatched = isWatched
    if (mix.home !== undefined) this.#planeAt(mix.home)?.watchMix(id, isWatched)
  }

  /** Speakers as a plane knows them, by their own legs where they speak over a link. */
  namedSpeakers(speakers: readonly MixSpeaker[]): MixSpeaker[] {
    return speakers.map(({ leg, levelDbov }) => ({ leg: this.#links.listenerAt(leg) ?? leg, levelDbov }))
  }

  releaseMix(id: MixId): void {
    const mix = this.#mixes.get(id)
    if (!mix) return
    for (const leg of this.#legs.values())
      if (leg.hearing.kind === 'mix' && leg.hearing.mix === id) this.#hear(leg, { kind: 'nothing' })
    if (mix.home !== undefined) this.#planeAt(mix.home)?.releaseMix(id)
    this.#mixes.delete(id)
  }

  /** The leg speaks another codec perhaps. */
  reconfigured(leg: MediaLeg): void {
    this.#links.codecChanged(leg)
  }

  /** The leg has a new home: all that it hears, and all who hear it, are told there. */
  moved(leg: MediaLeg): void {
    if (leg.hearing.kind !== 'nothing') this.#hear(leg, leg.hearing)
    for (const other of [...(this.#hearers.get(leg.id) ?? [])]) this.#hear(other, other.hearing)
  }

  /** The leg is no longer among the legs: whoever heard it hears nothing. */
  forget(leg: MediaLeg): void {
    this.#unbridge(leg)
    this.#links.drop(leg.id)
    this.#note(leg, { kind: 'nothing' })
    for (const other of [...(this.#hearers.get(leg.id) ?? [])]) this.#hear(other, { kind: 'nothing' })
    this.#hearers.delete(leg.id)
  }

  /** Links that ran over the plane are gone. */
  planeDied(home: number): void {
    this.#links.planeDied(home)
  }

  /** Mixes of the dead plane begin anew where their remaining legs live. */
  saveMixes(home: number): void {
    for (const mix of this.#mixes.values()) if (mix.home === home) mix.home = undefined
    for (const leg of this.#legs.values())
      if (leg.hearing.kind === 'mix') this.#enterMix(leg, leg.hearing.mix, leg.hearing)
  }

  #unbridge(leg: MediaLeg): void {
    const other = this.#bridges.get(leg.id)
    this.#bridges.delete(leg.id)
    if (other === undefined) return
    this.#bridges.delete(other)
    const partner = this.#legs.get(other)
    if (partner) this.#hear(partner, { kind: 'nothing' })
  }

  /** A mix lives on the plane of whoever enters it first. */
  #enterMix(leg: MediaLeg, id: MixId, { muted, as, heardBy }: InMix): void {
    const mix = this.#mixes.get(id)
    if (!mix) return
    if (mix.home === undefined) {
      mix.home = leg.home
      this.#planeAt(mix.home)?.createMix(id)
      if (mix.isWatched) this.#planeAt(mix.home)?.watchMix(id, true)
    }
    const named = { ...(as === undefined ? {} : { as }), ...(heardBy === undefined ? {} : { heardBy }) }
    this.#hear(leg, { kind: 'mix', mix: id, muted, ...named })
  }

  #hear(leg: MediaLeg, hearing: Hearing): void {
    this.#note(leg, hearing)
    this.#links.drop(leg.id)
    const home = this.#homeOf(hearing) ?? leg.home
    if (home === leg.home) this.#planeAt(leg.home)?.hear(leg.id, hearing)
    else this.#links.make(leg, hearing, home)
  }

  #note(leg: MediaLeg, hearing: Hearing): void {
    if (leg.hearing.kind === 'leg') {
      const others = this.#hearers.get(leg.hearing.leg)
      if (others?.delete(leg) && others.size === 0) this.#hearers.delete(leg.hearing.leg)
    }
    leg.hearing = hearing
    if (hearing.kind !== 'leg') return
    const others = this.#hearers.get(hearing.leg)
    if (others) others.add(leg)
    else this.#hearers.set(hearing.leg, new Set([leg]))
  }

  #homeOf(hearing: Hearing): number | undefined {
    if (hearing.kind === 'leg') return this.#legs.get(hearing.leg)?.home
    return hearing.kind === 'mix' ? this.#mixes.get(hearing.mix)?.home : undefined
  }
}
