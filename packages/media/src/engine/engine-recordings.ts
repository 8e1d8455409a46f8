import type { Clock, Refusal } from '@vaxel/base'
import type { MediaEvent, MediaLegId, RecordingId } from '@vaxel/core'
import type { MediaPlane } from './media-plane.ts'
import { MediaLegGone, RecordingImpossible } from './media-refusals.ts'

/** Which recordings run, and on which plane. */
export class EngineRecordings {
  readonly #clock: Clock
  readonly #planeAt: (home: number) => MediaPlane | undefined
  /** `home`: the plane that writes it; `leg` absent: of a mix. */
  readonly #recordings = new Map<RecordingId, { leg?: MediaLegId; home: number; path: string; startedAtMs: number }>()

  constructor(clock: Clock, planeAt: (home: number) => MediaPlane | undefined) {
    this.#clock = clock
    this.#planeAt = planeAt
  }

  /**
   * @param what `home`: plane of what is recorded; undefined: it is gone
   * @param start resolves with why it cannot be written
   */
  async start(
    what: {
      readonly id: RecordingId
      readonly leg?: MediaLegId
      readonly home: number | undefined
      readonly path: string
    },
    start: (plane: MediaPlane) => Promise<string | undefined>,
  ): Promise<Refusal | undefined> {
    const { id, home, path, leg } = what
    const plane = home === undefined ? undefined : this.#planeAt(home)
    if (!plane || home === undefined || this.#recordings.has(id)) return MediaLegGone()
    this.#recordings.set(id, { home, path, startedAtMs: this.#clock.monotonicMs(), ...(leg && { leg }) })
    const failure = await start(plane)
    if (failure === undefined) return undefined
    this.#recordings.delete(id)
    return RecordingImpossible(`The recording cannot be written: ${failure}.`)
  }

  /** Whether any is of the leg. */
  areOf(leg: MediaLegId): boolean {
    return [...this.#recordings.values()].some((recording) => recording.leg === leg)
  }

  planeOf(id: RecordingId): MediaPlane | undefined {
    const recording = this.#recordings.get(id)
    return recording && this.#planeAt(recording.home)
  }

  ended(id: RecordingId): void {
    this.#recordings.delete(id)
  }

  /** What the plane wrote ends as it is; returns what is to be told of it. */
  planeDied(index: number): MediaEvent[] {
    const events: MediaEvent[] = []
    for (const [id, { home, path, startedAtMs }] of this.#recordings) {
      if (home !== index) continue
      this.#recordings.delete(id)
      const durationMs = this.#clock.monotonicMs() - startedAtMs
      events.push({ kind: 'recordingEnded', recording: id, path, durationMs, reason: 'failed' })
    }
    return events
  }
}
