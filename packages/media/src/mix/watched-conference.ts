import type { MixSpeaker } from '@vaxel/core'
import { Conference } from './conference.ts'

/** Ticks between two tellings: a quarter of a second. */
const tellEvery = 12

/** A conference that tells who speaks in it while somebody watches, at most four times a second. */
export class WatchedConference extends Conference {
  readonly #tell: (speakers: readonly MixSpeaker[]) => void
  #isWatched = false
  #ticks = 0
  #wasSilent = true

  constructor(tell: (speakers: readonly MixSpeaker[]) => void) {
    super()
    this.#tell = tell
  }

  watch(isWatched: boolean): void {
    this.#isWatched = isWatched
    this.#wasSilent = true
  }

  /** @param speakers who speaks now, by leg; asked only when it is time to tell */
  override tick(speakers?: () => readonly MixSpeaker[]): void {
    super.tick()
    if (!this.#isWatched || !speakers || ++this.#ticks % tellEvery !== 0) return
    const now = speakers()
    if (now.length > 0 || !this.#wasSilent) this.#tell(now)
    this.#wasSilent = now.length === 0
  }
}
