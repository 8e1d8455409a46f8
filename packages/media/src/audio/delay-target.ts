const shortestDelayMs = 40
export const longestDelayMs = 200
/** A slow change of the network's fastest path (or a clock that drifts) is followed within twice this time. */
const windowMs = 5000
/** A transit time so far from all others is another clock, not a late packet. */
const otherClockMs = 2000
const marginMs = 20
const attack = 0.5
const decay = 0.002

/**
 * How long audio should wait before it is played so that hardly a packet comes too late: quick to rise, slow to fall.
 * Lateness is measured against the fastest packet of the last seconds, so that no clocks need to agree.
 */
export class DelayTarget {
  #fastestMs = Number.POSITIVE_INFINITY
  #fastestBeforeMs = Number.POSITIVE_INFINITY
  #windowEndMs = Number.NEGATIVE_INFINITY
  #peakMs = 0
  readonly #fixedMs: number | undefined

  /** @param fixedMs this delay whatever is measured */
  constructor(fixedMs?: number) {
    this.#fixedMs = fixedMs
  }

  /** The wanted delay of the fastest packets, {@link shortestDelayMs} to {@link longestDelayMs}. */
  get targetMs(): number {
    return this.#fixedMs ?? Math.min(longestDelayMs, Math.max(shortestDelayMs, this.#peakMs + marginMs))
  }

  /**
   * Takes note of a packet.
   * @param arrivalMs our monotonic clock
   * @param mediaMs   its timestamp in milliseconds, any origin
   * @returns how much later than the fastest it came, milliseconds, ≥ 0
   */
  measure(arrivalMs: number, mediaMs: number): number {
    const transitMs = arrivalMs - mediaMs
    const fastestMs = Math.min(this.#fastestMs, this.#fastestBeforeMs)
    if (Math.abs(transitMs - fastestMs) > otherClockMs) this.#begin(arrivalMs, transitMs)
    else if (arrivalMs >= this.#windowEndMs) {
      this.#fastestBeforeMs = this.#fastestMs
      this.#fastestMs = transitMs
      this.#windowEndMs = arrivalMs + windowMs
    } else if (transitMs < this.#fastestMs) this.#fastestMs = transitMs
    const lateMs = transitMs - Math.min(this.#fastestMs, this.#fastestBeforeMs)
    this.#peakMs += (lateMs - this.#peakMs) * (lateMs > this.#peakMs ? attack : decay)
    return lateMs
  }

  reset(): void {
    this.#fastestMs = Number.POSITIVE_INFINITY
    this.#fastestBeforeMs = Number.POSITIVE_INFINITY
    this.#windowEndMs = Number.NEGATIVE_INFINITY
    this.#peakMs = 0
  }

  #begin(arrivalMs: number, transitMs: number): void {
    this.#fastestMs = transitMs
    this.#fastestBeforeMs = Number.POSITIVE_INFINITY
    this.#windowEndMs = arrivalMs + windowMs
  }
}
