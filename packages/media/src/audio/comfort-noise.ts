const mostCoefficients = 10

/**
 * Comfort noise as a peer describes it (RFC 3389): a level and, optionally, reflection coefficients of the spectrum.
 * The same noise for the same seed, so that tests are exact.
 */
export class ComfortNoise {
  #amplitude = 0
  #order = 0
  readonly #reflections = new Float64Array(mostCoefficients)
  readonly #state = new Float64Array(mostCoefficients + 1)
  #random: number

  constructor(seed = 0x2545f491) {
    this.#random = seed | 0 || 1
  }

  /** Takes a level of white noise, dBov (0 is the loudest, −127 silence; RFC 3389 §3). */
  setLevel(levelDbov: number): void {
    this.#order = 0
    // Uniform noise of peak a has an RMS of a / √3; 0 dBov is a full-scale square wave.
    this.#amplitude = levelDbov <= -127 ? 0 : 32768 * 10 ** (Math.min(0, levelDbov) / 20) * Math.sqrt(3)
  }

  /** Takes a comfort noise payload. An empty one changes nothing; coefficients beyond ten are ignored. */
  receive(payload: Uint8Array): void {
    const level = payload[0]
    if (level === undefined) return
    this.setLevel(-(level & 127))
    this.#order = Math.min(payload.length - 1, mostCoefficients)
    for (let i = 0; i < this.#order; i++) {
      const reflection = ((payload[i + 1] as number) - 127) / 128
      const bounded = Math.max(-0.98, Math.min(0.98, reflection))
      this.#reflections[i] = bounded
      // A lattice raises the level of what it colours by 1 / (1 − k²) per stage.
      this.#amplitude *= Math.sqrt(1 - bounded * bounded)
    }
  }

  /** Writes `count` samples of noise from `offset` on. */
  fill(out: Int16Array, offset: number, count: number): void {
    if (this.#amplitude === 0) {
      out.fill(0, offset, offset + count)
      return
    }
    for (let i = offset; i < offset + count; i++) {
      const sample = this.#colour(this.#next() * this.#amplitude)
      out[i] = sample > 32767 ? 32767 : sample < -32768 ? -32768 : Math.round(sample)
    }
  }

  /** All-pole lattice filter. */
  #colour(excitation: number): number {
    let forward = excitation
    const state = this.#state
    for (let i = this.#order - 1; i >= 0; i--) {
      const reflection = this.#reflections[i] as number
      const backward = state[i] as number
      forward -= reflection * backward
      state[i + 1] = backward + reflection * forward
    }
    state[0] = forward
    return forward
  }

  /** Uniform in [−1, 1): xorshift32. */
  #next(): number {
    let x = this.#random
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#random = x
    return x / 0x8000_0000
  }
}
