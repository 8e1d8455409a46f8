/** What is ticked. */
export interface Ticked {
  /** Where it is in the table; the table's own. */
  place: number
  /** @returns when it wants the next tick, monotonic milliseconds; 0: as soon as there is one */
  tick(nowMs: number): number
}

/**
 * Who is to be ticked when. The times lie side by side, so that one who rests costs the look at a number and not at an object that is in no cache: with
 * a thousand calls a twentieth of a media thread's time went into looking at legs that had nothing to do.
 */
export class TickTable {
  readonly #all: Ticked[] = []
  #dueMs = new Float64Array(64)

  get size(): number {
    return this.#all.length
  }

  add(one: Ticked): void {
    one.place = this.#all.length
    this.#all.push(one)
    if (this.#all.length > this.#dueMs.length) {
      const longer = new Float64Array(2 * this.#dueMs.length)
      longer.set(this.#dueMs)
      this.#dueMs = longer
    }
    this.#dueMs[one.place] = 0
  }

  /** Idempotent. */
  remove(one: Ticked): void {
    const { place } = one
    if (this.#all[place] !== one) return
    const last = this.#all.pop()!
    if (last === one) return
    this.#all[place] = last
    this.#dueMs[place] = this.#dueMs[last.place]!
    last.place = place
  }

  /** It wants the next tick. */
  wake(one: Ticked): void {
    if (this.#all[one.place] === one) this.#dueMs[one.place] = 0
  }

  /** Ticks those for whom it is time. Who is removed meanwhile is not ticked any more; who takes its place may have to wait for the next time. */
  pass(nowMs: number): void {
    for (let i = 0; i < this.#all.length; i++) {
      if (nowMs < this.#dueMs[i]!) continue
      const one = this.#all[i]!
      const nextMs = one.tick(nowMs)
      if (this.#all[one.place] === one) this.#dueMs[one.place] = nextMs
    }
  }
}
