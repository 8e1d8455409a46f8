/** Filter length in periods of the lower of the two rates: 2 ms of delay at 8 kHz. */
const spanSamples = 32
/** Where the filter is half-way down, as a share of the lower rate's Nyquist frequency. */
const cutoffShare = 0.93
const kaiserBeta = 7.5

/**
 * Converts between sampling rates (8, 16 and 48 kHz, and those of files) by a polyphase windowed-sinc filter (between 8 and 16 kHz: −0.6 dB at 3.4 kHz, aliases below −70 dB from 4.6 kHz on).
 * It keeps its past from frame to frame, so that edges between frames are inaudible, and loses or adds no sample over time.
 */
export class Resampler {
  readonly from: number
  readonly to: number
  readonly #up: number
  readonly #down: number
  readonly #phases: readonly Float64Array[]
  readonly #taps: number
  /** The last `taps` − 1 samples of the past, then the samples of this call. */
  #line: Float64Array
  /** Position of the next output in the line, in units of input sample / up, counted from the first new sample. */
  #position = 0

  /** @param from, to hertz; their ratio in lowest terms should have small numbers, as the filter has that many branches */
  constructor(from: number, to: number) {
    this.from = from
    this.to = to
    const divisor = greatestCommonDivisor(from, to)
    this.#up = to / divisor
    this.#down = from / divisor
    this.#phases = polyphases(this.#up, this.#down)
    this.#taps = (this.#phases[0] as Float64Array).length
    this.#line = new Float64Array(this.#taps - 1 + Math.ceil((from * 60) / 1000))
  }

  /** Most samples that `process` writes for so many read. */
  outputLength(samples: number): number {
    return Math.ceil((samples * this.#up) / this.#down) + 1
  }

  /**
   * Converts `count` samples of `input`.
   * @param out at least {@link outputLength} long
   * @returns samples written; on average exactly count · to / from
   */
  process(input: Int16Array, count: number, out: Int16Array): number {
    const past = this.#taps - 1
    if (past + count > this.#line.length) this.#grow(past + count)
    const line = this.#line
    for (let i = 0; i < count; i++) line[past + i] = input[i] as number
    const written = this.#filter(count, out)
    line.copyWithin(0, count, count + past)
    return written
  }

  reset(): void {
    this.#line.fill(0)
    this.#position = 0
  }

  #filter(count: number, out: Int16Array): number {
    const line = this.#line
    const taps = this.#taps
    const end = count * this.#up
    let written = 0
    let position = this.#position
    for (; position < end; position += this.#down) {
      const start = Math.floor(position / this.#up)
      const phase = this.#phases[position - start * this.#up] as Float64Array
      let sum = 0
      for (let tap = 0; tap < taps; tap++) sum += (line[start + tap] as number) * (phase[tap] as number)
      out[written++] = sum > 32767 ? 32767 : sum < -32768 ? -32768 : Math.round(sum)
    }
    this.#position = position - end
    return written
  }

  #grow(length: number): void {
    const line = new Float64Array(length)
    line.set(this.#line)
    this.#line = line
  }
}

const phasesByRatio = new Map<string, readonly Float64Array[]>()

/** The filter, cut into `up` branches, each reversed for a running line and normalised to unity gain at 0 Hz. Shared by all legs. */
function polyphases(up: number, down: number): readonly Float64Array[] {
  const key = `${up}/${down}`
  const known = phasesByRatio.get(key)
  if (known !== undefined) return known
  const tapsPerPhase = Math.ceil(spanSamples * Math.max(1, down / up))
  const length = tapsPerPhase * up
  const cutoff = (cutoffShare * 0.5) / Math.max(up, down)
  const centre = (length - 1) / 2
  const prototype = Float64Array.from({ length }, (_, i) => sinc(2 * cutoff * (i - centre)) * kaiser(i, length))
  const phases = Array.from({ length: up }, (_, phase) => {
    const taps = Float64Array.from(
      { length: tapsPerPhase },
      (_, i) => prototype[phase + (tapsPerPhase - 1 - i) * up] as number,
    )
    const gain = taps.reduce((sum, tap) => sum + tap, 0)
    return taps.map((tap) => tap / gain)
  })
  phasesByRatio.set(key, phases)
  return phases
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

function kaiser(index: number, length: number): number {
  const x = (2 * index) / (length - 1) - 1
  return bessel(kaiserBeta * Math.sqrt(Math.max(0, 1 - x * x))) / bessel(kaiserBeta)
}

/** Modified Bessel function of order zero, by its power series. */
function bessel(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
