const lookAheadMs = 5
const ceiling = 32000
/** Gain won back in each block: from half to full in 125 ms. */
const recovery = 0.02

/**
 * Keeps a sum of voices within 16 bits by turning it down smoothly just before it gets too loud; it never clips.
 * It looks one block of 5 ms ahead, so its output is that much late. Sound that fits passes unchanged.
 */
export class Limiter {
  readonly #blockSamples: number
  readonly #held: Float64Array
  #heldGain = 1
  #gain = 1

  constructor(sampleRate: number) {
    this.#blockSamples = (sampleRate * lookAheadMs) / 1000
    this.#held = new Float64Array(this.#blockSamples)
  }

  /** Goes on as if it had been the other one all along. */
  follow(other: Limiter): void {
    this.#held.set(other.#held)
    this.#heldGain = other.#heldGain
    this.#gain = other.#gain
  }

  /** Takes a whole number of 5 ms blocks and writes as many samples. */
  process(sum: Float64Array, out: Int16Array): void {
    const length = this.#blockSamples
    for (let start = 0; start + length <= sum.length; start += length) {
      const needed = neededGain(sum, start, length)
      // Both ends of the line from the last gain to this one lie under what the held block bears.
      const next = Math.min(this.#heldGain, needed, this.#gain + recovery)
      const step = (next - this.#gain) / length
      for (let i = 0; i < length; i++) {
        out[start + i] = Math.round((this.#held[i] as number) * (this.#gain + step * (i + 1)))
        this.#held[i] = sum[start + i] as number
      }
      this.#gain = next
      this.#heldGain = needed
    }
  }
}

function neededGain(sum: Float64Array, start: number, length: number): number {
  let peak = 0
  for (let i = start; i < start + length; i++) peak = Math.max(peak, Math.abs(sum[i] as number))
  return peak <= ceiling ? 1 : ceiling / peak
}
