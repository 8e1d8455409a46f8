import type { Clock, Timer } from '@vaxel/base'
import type { MediaEvent, MediaLegId } from '@vaxel/core'
import { legQuality, recentQuality } from './leg-quality.ts'
import type { MediaLeg } from './media-leg.ts'
import type { MediaPlane } from './media-plane.ts'

interface QualityWatchParts {
  readonly clock: Clock
  /** Between two scores of a leg. */
  readonly intervalMs: number
  readonly legs: ReadonlyMap<MediaLegId, MediaLeg>
  readonly planes: readonly (MediaPlane | undefined)[]
  readonly tell: (event: MediaEvent) => void
}

/** How often it is told that a leg's audio goes on: what a killed process does not know of a call is about so long. */
const audioIntervalMs = 1_000

/** Tells how good each leg's audio is, and that it goes on. */
export class QualityWatch {
  readonly #parts: QualityWatchParts
  #qualityTimer: Timer | undefined
  #audioTimer: Timer | undefined
  #isClosed = false

  constructor(parts: QualityWatchParts) {
    this.#parts = parts
  }

  start(): void {
    this.#armQuality()
    this.#armAudio()
  }

  close(): void {
    this.#isClosed = true
    this.#qualityTimer?.stop()
    this.#audioTimer?.stop()
  }

  #armQuality(): void {
    const { clock, intervalMs, legs } = this.#parts
    this.#qualityTimer = clock.startTimer(intervalMs, () => {
      if (this.#isClosed) return
      for (const leg of legs.values()) if (leg.agreed) void this.#tellQuality(leg)
      this.#armQuality()
    })
  }

  #armAudio(): void {
    const { clock, planes } = this.#parts
    this.#audioTimer = clock.startTimer(audioIntervalMs, () => {
      if (this.#isClosed) return
      for (const plane of planes) if (plane) void this.#tellAudio(plane)
      this.#armAudio()
    })
  }

  /** Between two scores the last one is told again, for legs whose audio went on: one question for all of a plane. */
  async #tellAudio(plane: MediaPlane): Promise<void> {
    for (const [id, lastAudioAtMs] of (await plane.lastAudio()) ?? []) {
      const leg = this.#parts.legs.get(id)
      if (!leg?.agreed || leg.lastAudioAtMs === lastAudioAtMs) continue
      leg.lastAudioAtMs = lastAudioAtMs
      if (leg.quality) this.#parts.tell({ kind: 'quality', leg: id, quality: leg.quality, lastAudioAtMs })
      else await this.#tellQuality(leg)
    }
  }

  async #tellQuality(leg: MediaLeg): Promise<void> {
    const counters = await this.#parts.planes[leg.home]?.counters(leg.id)
    if (!counters || !this.#parts.legs.has(leg.id)) return
    const { lastAudioAtMs } = counters
    const quality = legQuality(leg, counters)
    const recent = leg.countersBefore && recentQuality(leg, leg.countersBefore, counters)
    leg.quality = quality
    leg.countersBefore = counters
    leg.lastAudioAtMs = lastAudioAtMs
    const audio = lastAudioAtMs !== undefined && { lastAudioAtMs }
    this.#parts.tell({ kind: 'quality', leg: leg.id, quality, ...(recent && { recent }), ...audio })
  }
}
