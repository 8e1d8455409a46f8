const shortestLagMs = 2.5
const blendMs = 4
/** Below this level (RMS) any place is as good as another. */
const quiet = 30

/**
 * Makes a stretch of sound shorter or longer by about one pitch period without a change of pitch and without a click
 * (overlap-add where the wave is most like itself). Used when a jitter buffer must change its delay.
 */
export class TimeStretch {
  readonly #shortest: number
  readonly #blend: number
  readonly #scratch: Float64Array

  constructor(sampleRate: number) {
    this.#shortest = Math.round((sampleRate * shortestLagMs) / 1000)
    this.#blend = Math.round((sampleRate * blendMs) / 1000)
    this.#scratch = new Float64Array(this.#blend)
  }

  /**
   * Shortens `line[start..end)` in place.
   * @param likeness how alike the two sides of the seam must be, up to 1
   * @returns how many samples it is shorter; 0 if no place is smooth enough
   */
  shorten(line: Int16Array, start: number, end: number, likeness: number): number {
    const lag = this.#findLag(line, start, end, likeness)
    if (lag === 0) return 0
    const blend = this.#blend
    for (let i = 0; i < blend; i++) {
      const weight = (i + 0.5) / blend
      const now = line[start + i] as number
      line[start + i] = Math.round(now * (1 - weight) + (line[start + lag + i] as number) * weight)
    }
    line.copyWithin(start + blend, start + lag + blend, end)
    return lag
  }

  /**
   * Lengthens `line[start..end)` in place; `line` must have room for as much again behind `end`.
   * @returns how many samples it is longer; 0 if no place is smooth enough
   */
  lengthen(line: Int16Array, start: number, end: number, likeness: number): number {
    const lag = this.#findLag(line, start, end, likeness)
    if (lag === 0) return 0
    const blend = this.#blend
    const turn = start + lag
    for (let i = 0; i < blend; i++) {
      const weight = (i + 0.5) / blend
      this.#scratch[i] = (line[turn + i] as number) * (1 - weight) + (line[start + i] as number) * weight
    }
    line.copyWithin(turn + blend, start + blend, end)
    for (let i = 0; i < blend; i++) line[turn + i] = Math.round(this.#scratch[i] as number)
    return lag
  }

  /** The lag at which the start of the stretch looks most like what follows. */
  #findLag(line: Int16Array, start: number, end: number, likeness: number): number {
    const blend = this.#blend
    const longest = end - start - blend
    let energy = 0
    for (let i = start; i < start + blend; i++) energy += (line[i] as number) ** 2
    let best = 0
    let bestScore = likeness
    let other = 0
    for (let i = start + this.#shortest; i < start + this.#shortest + blend; i++) other += (line[i] as number) ** 2
    for (let lag = this.#shortest; lag <= longest; lag++) {
      let product = 0
      for (let i = start; i < start + blend; i++) product += (line[i] as number) * (line[i + lag] as number)
      const isQuiet = Math.max(energy, other) < quiet * quiet * blend
      const score = isQuiet ? likeness + 0.01 : (2 * product) / (energy + other)
      if (score > bestScore) {
        bestScore = score
        best = lag
      }
      other += (line[start + lag + blend] as number) ** 2 - (line[start + lag] as number) ** 2
    }
    return best
  }
}
