const shortestDelayMs = 40
export const longestDelayMs = 200
/** A slow change of the network's fastest path (or a clock that drifts) is followed within twice this time. */
const windowMs = 5000
/** A transit time so far from all others is another clock, not a late packet. */
const otherClockMs = 2000
const marginMs = 20
/** After a stall of the line, what it held back comes within so long; what does not is late because the sender paused its clock. */
const catchUpMs = 300
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
  #isNewSpurt = false
  /** Until then it is open whether a talk spurt that began late had a stall before it; how late that was, and what it would make of the peak. */
  #openUntilMs = Number.NEGATIVE_INFINITY
  #fastestOfOldMs = Number.POSITIVE_INFINITY
  #lateOfFirstMs = 0
  #peakOfStallMs = 0
  readonly #fixedMs: number | undefined

  /** @param fixedMs this delay whatever is measured */
  constructor(fixedMs?: number) {
    this.#fixedMs = fixedMs
  }

  /** The wanted delay of the fastest packets, {@link shortestDelayMs} to {@link longestDelayMs}. */
  get targetMs(): number {
    return this.#fixedMs ?? Math.min(longestDelayMs, Math.max(shortestDelayMs, this.#peakMs + marginMs))
  }

  /** The next packet begins a talk spurt: it is measured by itself, as not every sender's clock goes on while it pauses. */
  beginSpurt(): void {
    this.#isNewSpurt = true
  }

  /**
   * Takes note of a packet.
   * @param arrivalMs our monotonic clock
   * @param mediaMs   its timestamp in milliseconds, any origin
   * @returns how much later than the fastest it came, milliseconds, ≥ 0
   */
  measure(arrivalMs: number, mediaMs: number): number {
    const transitMs = arrivalMs - mediaMs
    if (this.#isNewSpurt) this.#openSpurt(arrivalMs, transitMs)
    if (arrivalMs < this.#openUntilMs) this.#judgeSpurt(transitMs)
    const fastestMs = Math.min(this.#fastestMs, this.#fastestBeforeMs)
    if (Math.abs(transitMs - fastestMs) > otherClockMs) this.#begin(arrivalMs, transitMs)
    else if (arrivalMs >= this.#windowEndMs) {
      this.#fastestBeforeMs = this.#fastestMs
      this.#fastestMs = transitMs
      this.#windowEndMs = arrivalMs + windowMs
    } else if (transitMs < this.#fastestMs) this.#fastestMs = transitMs
    const lateMs = transitMs - Math.min(this.#fastestMs, this.#fastestBeforeMs)
    this.#peakMs = follow(this.#peakMs, lateMs)
    return lateMs
  }

  reset(): void {
    this.#fastestMs = Number.POSITIVE_INFINITY
    this.#fastestBeforeMs = Number.POSITIVE_INFINITY
    this.#windowEndMs = Number.NEGATIVE_INFINITY
    this.#peakMs = 0
    this.#isNewSpurt = false
    this.#openUntilMs = Number.NEGATIVE_INFINITY
  }

  #openSpurt(arrivalMs: number, transitMs: number): void {
    this.#isNewSpurt = false
    if (arrivalMs >= this.#openUntilMs) this.#fastestOfOldMs = Math.min(this.#fastestMs, this.#fastestBeforeMs)
    this.#lateOfFirstMs = transitMs - this.#fastestOfOldMs
    if (!(this.#lateOfFirstMs > 0)) return
    this.#peakOfStallMs = this.#peakMs
    this.#openUntilMs = arrivalMs + catchUpMs
    this.#begin(arrivalMs, transitMs)
  }

  /** What catches up was held back by the line: it is to be expected again. */
  #judgeSpurt(transitMs: number): void {
    const lateMs = transitMs - this.#fastestOfOldMs
    this.#peakOfStallMs = follow(this.#peakOfStallMs, lateMs)
    if (lateMs > this.#lateOfFirstMs / 2) return
    this.#openUntilMs = Number.NEGATIVE_INFINITY
    this.#peakMs = Math.max(this.#peakMs, this.#peakOfStallMs)
  }

  #begin(arrivalMs: number, transitMs: number): void {
    this.#fastestMs = transitMs
    this.#fastestBeforeMs = Number.POSITIVE_INFINITY
    this.#windowEndMs = arrivalMs + windowMs
  }
}

function follow(peakMs: number, lateMs: number): number {
  return peakMs + (lateMs - peakMs) * (lateMs > peakMs ? attack : decay)
}
