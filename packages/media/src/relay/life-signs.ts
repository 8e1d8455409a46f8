/** Quiet for so long is told, and once more when it has become long; while no audio is due, only ICE checks are left to wait for. */
const dueMs: readonly number[] = [1000, 3000]
const undueMs: readonly number[] = [8000]

/** When a peer with ICE was heard of last, by any packet that proved itself, and how quiet it has become. */
export class LifeSigns {
  /** NaN before the first one. */
  #heardMs = Number.NaN
  #told = 0

  /** A packet of the peer came. @returns whether it had been told as quiet */
  heard(nowMs: number): boolean {
    this.#heardMs = nowMs
    if (this.#told === 0) return false
    this.#told = 0
    return true
  }

  /** @returns for how long it has been quiet, milliseconds, when that is to be told now; 0 otherwise */
  pass(nowMs: number, isAudioDue: boolean): number {
    const limits = isAudioDue ? dueMs : undueMs
    const limit = limits[this.#told]
    const quietMs = nowMs - this.#heardMs
    if (limit === undefined || !(quietMs >= limit)) return 0
    this.#told++
    return Math.round(quietMs)
  }
}
