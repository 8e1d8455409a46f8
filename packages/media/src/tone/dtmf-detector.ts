import { dtmfColumnsHz, dtmfKey, dtmfRowsHz } from './dtmf.ts'
import { goertzelPower, meanPower } from './goertzel.ts'

/** Half of the shortest digit that ITU-T Q.24 wants heard (40 ms), less a margin. */
const blockMs = 13
/** RMS below −42 dBov is no digit. */
const quietest = (32768 * 10 ** (-42 / 20)) ** 2
/** The two frequencies may differ by 8 dB, whichever is louder. */
const mostTwist = 6.3
/** Each must be louder than the others of its group by so much. */
const leastMargin = 4
/** Share of the energy that the two together hold: speech that sounds like a digit holds less. */
const leastShare = 0.7

/** Hears digits in the sound itself (ITU-T Q.24), for peers that send them neither by RFC 4733 nor by INFO. */
export class DtmfDetector {
  readonly #sampleRate: number
  readonly #block: Int16Array
  readonly #onDigit: (digit: string, durationMs: number) => void
  #filled = 0
  #candidate = ''
  #digit = ''
  #blocks = 0
  #misses = 0

  /** @param onDigit called when a digit has ended, with how long it sounded */
  constructor(sampleRate: number, onDigit: (digit: string, durationMs: number) => void) {
    this.#sampleRate = sampleRate
    this.#block = new Int16Array(Math.round((sampleRate * blockMs) / 1000))
    this.#onDigit = onDigit
  }

  receive(samples: Int16Array): void {
    const block = this.#block
    for (let i = 0; i < samples.length; i++) {
      block[this.#filled++] = samples[i] as number
      if (this.#filled < block.length) continue
      this.#filled = 0
      this.#judge(this.#recognise())
    }
  }

  /** Two blocks alike begin a digit, two that differ from it end it. */
  #judge(heard: string): void {
    if (this.#digit === '') {
      if (heard !== '' && heard === this.#candidate) {
        this.#digit = heard
        this.#blocks = 2
        this.#misses = 0
      }
    } else if (heard === this.#digit) {
      this.#blocks += 1 + this.#misses
      this.#misses = 0
    } else if (++this.#misses === 2) {
      this.#onDigit(this.#digit, this.#blocks * blockMs)
      this.#digit = ''
    }
    this.#candidate = heard
  }

  #recognise(): string {
    const whole = meanPower(this.#block)
    if (whole < quietest) return ''
    const row = this.#loudest(dtmfRowsHz)
    const column = this.#loudest(dtmfColumnsHz)
    if (row < 0 || column < 0) return ''
    const rowPower = this.#power(dtmfRowsHz[row] as number)
    const columnPower = this.#power(dtmfColumnsHz[column] as number)
    if (columnPower > rowPower * mostTwist || rowPower > columnPower * mostTwist) return ''
    if (rowPower + columnPower < whole * leastShare) return ''
    return dtmfKey(row, column)
  }

  /** Index of the frequency that stands out of its group, or −1. */
  #loudest(group: readonly number[]): number {
    let best = -1
    let most = 0
    let second = 0
    for (let i = 0; i < group.length; i++) {
      const power = this.#power(group[i] as number)
      if (power > most) {
        second = most
        most = power
        best = i
      } else if (power > second) second = power
    }
    return most > second * leastMargin ? best : -1
  }

  #power(frequencyHz: number): number {
    return goertzelPower(this.#block, 0, this.#block.length, frequencyHz, this.#sampleRate)
  }
}
