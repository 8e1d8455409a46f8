const shortestPeriodMs = 2.5
const longestPeriodMs = 15
const fadeMs = 10
const mergeMs = 4
/** Full level for the first 10 ms of a loss, then down to silence at 60 ms (the shape of ITU-T G.711 Appendix I). */
const holdMs = 10
const silentMs = 60

const nothingHeard = new Int16Array(0)
const noPeriod = new Float64Array(0)

/**
 * Hides lost packets of a waveform codec: the last pitch period is repeated and faded out, and the first good
 * samples after the loss are blended in, so that neither edge clicks.
 */
export class WaveformConcealer {
  /** Not there before the first sound: what is only sent has none to hide. */
  #past = nothingHeard
  #period = noPeriod
  readonly #rate: number
  readonly #mergeSamples: number
  #periodSamples = 0
  #phase = 0
  #concealedSamples = 0

  /** @param sampleRate 8000 or 16000 Hz */
  constructor(sampleRate: number) {
    this.#rate = sampleRate
    this.#mergeSamples = (sampleRate * mergeMs) / 1000
  }

  /** Takes note of good samples; right after a loss their beginning is blended with the continuation, in place. */
  receive(samples: Int16Array, count: number): void {
    if (this.#past === nothingHeard) this.#begin()
    if (this.#concealedSamples > 0) this.#merge(samples, count)
    this.#remember(samples, count)
  }

  /** Writes `samples` of continuation. Returns how many it wrote. */
  conceal(out: Int16Array, samples: number): number {
    const count = Math.min(samples, out.length)
    if (this.#past === nothingHeard) this.#begin()
    if (this.#concealedSamples === 0) this.#takePeriod()
    for (let i = 0; i < count; i++) out[i] = this.#nextSample()
    this.#remember(out, count)
    return count
  }

  #begin(): void {
    this.#past = new Int16Array(Math.ceil((this.#rate * (2 * longestPeriodMs + fadeMs)) / 1000))
    this.#period = new Float64Array(Math.ceil((this.#rate * longestPeriodMs) / 1000) + 1)
  }

  #merge(samples: Int16Array, count: number): void {
    const length = Math.min(this.#mergeSamples, count)
    for (let i = 0; i < length; i++) {
      const weight = (i + 0.5) / length
      samples[i] = Math.round((samples[i] as number) * weight + this.#nextSample() * (1 - weight))
    }
    this.#concealedSamples = 0
  }

  #nextSample(): number {
    const ms = (this.#concealedSamples++ * 1000) / this.#rate
    if (this.#periodSamples === 0 || ms >= silentMs) return 0
    const gain = ms <= holdMs ? 1 : (silentMs - ms) / (silentMs - holdMs)
    const sample = this.#period[this.#phase] as number
    this.#phase = this.#phase + 1 === this.#periodSamples ? 0 : this.#phase + 1
    return Math.round(sample * gain)
  }

  /** Cuts the last period out of the past; its end is blended towards what came before its start, so that repeating it is smooth. */
  #takePeriod(): void {
    const past = this.#past
    const period = this.#findPeriod()
    const start = past.length - period
    const blend = Math.min(period >> 2, start)
    for (let i = 0; i < period; i++) this.#period[i] = past[start + i] as number
    for (let i = 0; i < blend; i++) {
      const weight = (i + 0.5) / blend
      const at = period - blend + i
      const before = past[start - blend + i] as number
      this.#period[at] = (this.#period[at] as number) * (1 - weight) + before * weight
    }
    this.#periodSamples = period
    this.#phase = 0
  }

  /**
   * The lag at which the newest stretch of the past looks most like an earlier one (normalised correlation): looked for among
   * every other lag and sample, then around what was found. Losses come when everything is late already; this must be quick.
   */
  #findPeriod(): number {
    const shortest = Math.floor((this.#rate * shortestPeriodMs) / 1000)
    const longest = Math.floor((this.#rate * longestPeriodMs) / 1000)
    let best = longest
    let bestScore = 0
    for (let lag = shortest; lag <= longest; lag += 2) {
      const score = this.#likeness(lag, longest, 2)
      if (score > bestScore * 1.0001) {
        bestScore = score
        best = lag
      }
    }
    const around = best
    bestScore = this.#likeness(around, longest, 1)
    for (const lag of [around - 1, around + 1]) {
      const score = lag < shortest || lag > longest ? 0 : this.#likeness(lag, longest, 1)
      if (score > bestScore * 1.0001) {
        bestScore = score
        best = lag
      }
    }
    return best
  }

  #likeness(lag: number, window: number, step: number): number {
    const past = this.#past
    const end = past.length
    let product = 0
    let energy = 1
    for (let i = end - window; i < end; i += step) {
      const earlier = past[i - lag] as number
      product += (past[i] as number) * earlier
      energy += earlier * earlier
    }
    return product <= 0 ? 0 : (product * product) / energy
  }

  #remember(samples: Int16Array, count: number): void {
    const past = this.#past
    const length = past.length
    if (count >= length) {
      for (let i = 0; i < length; i++) past[i] = samples[count - length + i] as number
      return
    }
    past.copyWithin(0, count)
    for (let i = 0; i < count; i++) past[length - count + i] = samples[i] as number
  }
}
