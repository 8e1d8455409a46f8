import type { SeededRandom } from '../seeded-random.ts'

/** What a line does to packets, each direction alike; what is absent does not happen. Ratios are 0 to 1. */
export interface LineImpairment {
  readonly seed: number
  readonly lossRatio?: number
  readonly delayMs?: number
  /** The delay varies evenly by so much, more or less; order is kept. */
  readonly jitterMs?: number
  /** These are let pass before those that wait. */
  readonly reorderRatio?: number
  readonly duplicateRatio?: number
  /** Bits a second; packets wait their turn, and those that would wait over a second are lost. */
  readonly rateBits?: number
}

/** Longest queue of a line with a rate. */
const mostWaitMs = 1000

/** Decides what becomes of each packet of one direction, the same for the same seed. It owns no clock. */
export class LineFate {
  readonly #line: LineImpairment
  readonly #random: SeededRandom
  #lastAtMs = 0
  #freeAtMs = 0

  constructor(line: LineImpairment, random: SeededRandom) {
    this.#line = line
    this.#random = random
  }

  /** @returns when the packet arrives, once or twice; empty when it is lost */
  next(sizeBytes: number, nowMs: number): readonly number[] {
    const { lossRatio = 0, delayMs = 0, jitterMs = 0, reorderRatio = 0, duplicateRatio = 0, rateBits } = this.#line
    // Every number is drawn for every packet, so that one ratio does not change what the others hit.
    const [loss, jitter, reorder, duplicate] = [0, 1, 2, 3].map(() => this.#random.next()) as [
      number,
      number,
      number,
      number,
    ]
    if (loss < lossRatio) return []
    let leavesMs = nowMs
    if (rateBits !== undefined) {
      const startMs = Math.max(nowMs, this.#freeAtMs)
      if (startMs - nowMs > mostWaitMs) return []
      this.#freeAtMs = startMs + (sizeBytes * 8000) / rateBits
      leavesMs = this.#freeAtMs
    }
    const dueMs = leavesMs + delayMs + jitterMs * (2 * jitter - 1)
    const overtakes = reorder < reorderRatio
    const atMs = overtakes ? leavesMs + Math.max(0, delayMs - jitterMs) / 2 : Math.max(dueMs, this.#lastAtMs)
    if (!overtakes) this.#lastAtMs = atMs
    return duplicate < duplicateRatio ? [atMs, atMs] : [atMs]
  }
}
