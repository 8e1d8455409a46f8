import { countBefore } from '../dispatcher/sorted.ts'
import type { Chance } from '../simulator/chance.ts'

/**
 * How long customers wait before they hang up, learned from a day on which most were answered before they did: the share that still waits after t, as
 * Kaplan and Meier estimate it from who left and who was served meanwhile (JASA 53, 1958).
 */
export class Patience {
  /** When somebody hung up, the earliest first, with the share of all who would still wait then. */
  readonly #leftAtMs: Float64Array
  readonly #remain: Float64Array

  /**
   * @param leftMs waits that ended by hanging up
   * @param servedMs waits that ended otherwise: these customers would have waited longer
   */
  constructor(leftMs: readonly number[], servedMs: readonly number[]) {
    this.#leftAtMs = Float64Array.from(leftMs).sort()
    this.#remain = new Float64Array(this.#leftAtMs.length)
    const served = Float64Array.from(servedMs).sort()
    let [gone, share] = [0, 1]
    for (let at = 0; at < this.#leftAtMs.length; at++) {
      while (gone < served.length && served[gone]! < this.#leftAtMs[at]!) gone++
      const waiting = this.#leftAtMs.length - at + served.length - gone
      share *= 1 - 1 / waiting
      this.#remain[at] = share
    }
  }

  get size(): number {
    return this.#leftAtMs.length
  }

  /** How long somebody would wait who has waited for so long already; Infinity: longer than anybody was seen to. */
  beyond(waitedMs: number, chance: Chance): number {
    const passed = countUpTo(this.#leftAtMs, waitedMs)
    const remaining = passed === 0 ? 1 : this.#remain[passed - 1]!
    const wanted = remaining * (1 - chance.next())
    for (let [low, high] = [passed, this.#remain.length]; ; ) {
      if (low === high) return low === this.#remain.length ? Infinity : Math.max(waitedMs, this.#leftAtMs[low]!)
      const middle = (low + high) >> 1
      if (this.#remain[middle]! > wanted) low = middle + 1
      else high = middle
    }
  }
}

const countUpTo = (sorted: Float64Array, value: number): number =>
  countBefore(sorted as unknown as readonly number[], (one) => one <= value)
