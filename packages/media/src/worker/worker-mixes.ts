import { TransientMap } from '@vaxel/base'
import type { MediaLegId, MixId, MixSpeaker, Source } from '@vaxel/core'
import { WatchedConference } from '../mix/watched-conference.ts'
import { openSource } from '../play/open-source.ts'
import type { WorkerMessage } from './protocol.ts'
import { tellUnplayable } from './tell-trouble.ts'
import type { WorkerLeg } from './worker-leg.ts'

/** The conferences that a worker mixes. */
export class WorkerMixes {
  readonly #legs: ReadonlyMap<MediaLegId, WorkerLeg>
  readonly #tell: (message: WorkerMessage) => void
  readonly #gone: (id: MixId) => void
  readonly #mixes = new TransientMap<MixId, WatchedConference>()

  /** @param parts `gone`: told of a conference that is no more because it failed */
  constructor(parts: {
    legs: ReadonlyMap<MediaLegId, WorkerLeg>
    tell: (message: WorkerMessage) => void
    gone: (id: MixId) => void
  }) {
    this.#legs = parts.legs
    this.#tell = parts.tell
    this.#gone = parts.gone
  }

  get isIdle(): boolean {
    return this.#mixes.size === 0
  }

  get byId(): ReadonlyMap<MixId, WatchedConference> {
    return this.#mixes
  }

  tick(): void {
    for (const [id, mix] of this.#mixes) {
      try {
        mix.tick(() => this.#speakersOf(id, mix))
      } catch (error) {
        this.broke(id, error)
      }
    }
  }

  /** Whoever is in a conference that failed is told so, and its recording ends; the others go on. */
  broke(id: MixId, error: unknown): void {
    for (const { hearing, audio } of this.#legs.values())
      if (hearing.kind === 'mix' && hearing.mix === id) audio.broke(error)
    try {
      this.release(id)
    } catch {
      // What failed is told already.
    }
    this.#gone(id)
  }

  create(id: MixId): void {
    if (this.#mixes.has(id)) return
    const tell = (speakers: readonly MixSpeaker[]): void =>
      this.#tell({ tell: 'event', event: { kind: 'mixLevels', mix: id, speakers } })
    this.#mixes.set(id, new WatchedConference(tell))
  }

  play(id: MixId, source: Source): void {
    const mix = this.#mixes.get(id)
    const onUnplayable = (reason: string): void => tellUnplayable(this.#tell, id, source, reason)
    mix?.play(openSource(source, mix.sampleRate, { onUnplayable }))
  }

  /** Whether it is told who speaks. */
  watch(id: MixId, isWatched: boolean): void {
    this.#mixes.get(id)?.watch(isWatched)
  }

  /** Nobody is in it any more. */
  release(id: MixId): void {
    const mix = this.#mixes.get(id)
    this.#mixes.delete(id)
    mix?.close()
  }

  close(): void {
    for (const mix of this.#mixes.values()) mix.close()
    this.#mixes.clear()
  }

  /** Who speaks in a mix, by leg. */
  #speakersOf(id: MixId, mix: WatchedConference): MixSpeaker[] {
    const levels = new Map(mix.speakers().map(({ member, levelDbov }) => [member, levelDbov]))
    if (levels.size === 0) return []
    const speakers: MixSpeaker[] = []
    for (const leg of this.#legs.values()) {
      if (leg.hearing.kind !== 'mix' || leg.hearing.mix !== id || !leg.member) continue
      const levelDbov = levels.get(leg.member)
      if (levelDbov !== undefined) speakers.push({ leg: leg.id, levelDbov: Math.round(levelDbov) })
    }
    return speakers.toSorted((a, b) => b.levelDbov - a.levelDbov)
  }
}
