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
/** Not of all legs at once, which would hold up the audio of all of them: of some each time, so often. */
const partMs = 100

/** Tells how good each leg's audio is, and that it goes on. */
export class QualityWatch {
  readonly #parts: QualityWatchParts
  readonly #partMs: number
  readonly #audioParts: number
  /** By the part of the interval in which they are scored; some may have ended. */
  readonly #scored: MediaLegId[][]
  #timer: Timer | undefined
  #part = 0
  #isClosed = false

  constructor(parts: QualityWatchParts) {
    this.#parts = parts
    this.#partMs = Math.min(partMs, parts.intervalMs)
    this.#audioParts = Math.max(1, Math.round(audioIntervalMs / this.#partMs))
    this.#scored = Array.from({ length: Math.max(1, Math.round(parts.intervalMs / this.#partMs)) }, () => [])
  }

  /** Watches a leg for as long as it is there. */
  add({ id, number }: MediaLeg): void {
    this.#scored.at(-(number % this.#scored.length))!.push(id)
    this.#arm()
  }

  #arm(): void {
    this.#timer ??= this.#isClosed ? undefined : this.#parts.clock.startTimer(this.#partMs, () => this.#pass())
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.stop()
  }

  #pass(): void {
    this.#timer = undefined
    if (this.#isClosed) return
    const { legs, planes } = this.#parts
    const part = ++this.#part
    const place = part % this.#scored.length
    this.#scored[place] = this.#scored[place]!.filter((id) => legs.has(id))
    for (const id of this.#scored[place]) {
      const leg = legs.get(id)
      if (leg?.agreed) void this.#tellQuality(leg)
    }
    for (const plane of planes) if (plane) void this.#tellAudio(plane, part % this.#audioParts)
    if (legs.size > 0) this.#arm()
  }

  /** Between two scores the last one is told again, for legs whose audio went on: one question for this part of a plane's legs. */
  async #tellAudio(plane: MediaPlane, part: number): Promise<void> {
    for (const [id, lastAudioAtMs] of (await plane.lastAudio(part, this.#audioParts)) ?? []) {
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
