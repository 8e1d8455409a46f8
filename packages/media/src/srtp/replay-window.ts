const windowSize = 128

/**
 * Packet indexes of one SSRC: which one a sequence number stands for, and whether it was there already
 * (RFC 3711 §3.3.1, §3.3.2, appendix A). An index that is further back than 128 counts as seen.
 */
export class ReplayWindow {
  /** Highest index so far; −1 before the first. */
  highest = -1
  // The window, 32 indexes each: in four fields it is in the same lines of a cache as the rest.
  #seen0 = 0
  #seen1 = 0
  #seen2 = 0
  #seen3 = 0

  /**
   * The index that is nearest to the highest one: roll-over counter · 2^16 + sequence number.
   * @returns −1 for one before the beginning
   */
  indexOf(sequence: number): number {
    if (this.highest < 0) return sequence
    const index = this.highest + (((sequence - this.highest) << 16) >> 16)
    return index < 0 ? -1 : index
  }

  isFresh(index: number): boolean {
    if (index > this.highest) return true
    if (index < 0 || index <= this.highest - windowSize) return false
    const bit = index % windowSize
    return (this.#word(bit >> 5) & (1 << (bit & 31))) === 0
  }

  /** Marks an index as seen; only after the packet is authenticated. */
  accept(index: number): void {
    if (index > this.highest) {
      const from = Math.max(this.highest + 1, index - windowSize + 1)
      for (let i = from; i < index; i++) this.#clear(i % windowSize)
      this.highest = index
    }
    const bit = index % windowSize
    this.#setWord(bit >> 5, this.#word(bit >> 5) | (1 << (bit & 31)))
  }

  #clear(bit: number): void {
    this.#setWord(bit >> 5, this.#word(bit >> 5) & ~(1 << (bit & 31)))
  }

  #word(at: number): number {
    if (at < 2) return at === 0 ? this.#seen0 : this.#seen1
    return at === 2 ? this.#seen2 : this.#seen3
  }

  #setWord(at: number, word: number): void {
    if (at === 0) this.#seen0 = word
    else if (at === 1) this.#seen1 = word
    else if (at === 2) this.#seen2 = word
    else this.#seen3 = word
  }
}
