import type { AudioSource } from '../audio/audio-source.ts'
import type { Cadence, CadenceStep } from './cadence.ts'

/** Each sound swells and fades for so long, so that it does not click. */
const rampMs = 4

/** Plays a cadence. Pure sines added, ramped at both ends; phases run on through pauses of a continuous tone. */
export class ToneSource implements AudioSource {
  readonly #cadence: Cadence
  readonly #sampleRate: number
  readonly #amplitude: number
  readonly #ramp: number
  #step = 0
  #at = 0

  constructor(cadence: Cadence, sampleRate: number) {
    this.#cadence = cadence
    this.#sampleRate = sampleRate
    this.#amplitude = amplitudeOf(cadence.levelDbov)
    this.#ramp = Math.round((sampleRate * rampMs) / 1000)
  }

  read(out: Int16Array): boolean {
    let filled = 0
    while (filled < out.length) {
      const step = this.#cadence.steps[this.#step]
      if (step === undefined) {
        out.fill(0, filled)
        return false
      }
      const length = Math.round((step.durationMs * this.#sampleRate) / 1000)
      const count = Math.min(out.length - filled, length - this.#at)
      this.#write(out, filled, count, step, length)
      filled += count
      this.#at += count
      if (this.#at >= length) this.#advance()
    }
    return this.#step < this.#cadence.steps.length
  }

  #advance(): void {
    this.#at = 0
    this.#step++
    if (this.#cadence.isRepeated && this.#step === this.#cadence.steps.length) this.#step = 0
  }

  #write(out: Int16Array, offset: number, count: number, step: CadenceStep, length: number): void {
    const frequencies = step.frequenciesHz
    const turn = (2 * Math.PI) / this.#sampleRate
    for (let i = 0; i < count; i++) {
      const at = this.#at + i
      let sample = 0
      for (let k = 0; k < frequencies.length; k++) {
        // One second holds a whole number of turns of a whole frequency: the argument stays small and exact.
        const hz = frequencies[k] as number
        sample += Math.sin(turn * hz * (Number.isInteger(hz) ? at % this.#sampleRate : at))
      }
      const edge = Math.min(at, length - 1 - at)
      const gain = edge < this.#ramp ? (edge + 0.5) / this.#ramp : 1
      const level = sample * gain * this.#amplitude
      out[offset + i] = level > 32767 ? 32767 : level < -32768 ? -32768 : Math.round(level)
    }
  }
}

/** A sine that goes on until it is stopped, for tests of lines. */
export function sineCadence(frequencyHz: number, levelDbov: number): Cadence {
  return {
    steps: [{ frequenciesHz: [frequencyHz], durationMs: Number.POSITIVE_INFINITY }],
    isRepeated: true,
    levelDbov: Math.min(-3.1, levelDbov),
  }
}

/** Peak of a sine whose RMS has that level. */
function amplitudeOf(levelDbov: number): number {
  return 32768 * Math.SQRT2 * 10 ** (levelDbov / 20)
}
