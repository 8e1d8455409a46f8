/** Whole numbers from `first` to `last`, both included: addresses or ports. */
export interface Interval {
  readonly first: bigint
  readonly last: bigint
}

/** Whether both have a number in common. */
export const overlap = (a: Interval, b: Interval): boolean => a.first <= b.last && b.first <= a.last

/** Everything that some intervals hold together; asked in the logarithm of their number. */
export class Cover {
  /** Rising, apart from each other. */
  readonly #parts: readonly Interval[]

  constructor(intervals: readonly Interval[]) {
    const parts: { first: bigint; last: bigint }[] = []
    const rising = [...intervals].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
    for (const { first, last } of rising) {
      const previous = parts.at(-1)
      if (previous && first <= previous.last + 1n) previous.last = last > previous.last ? last : previous.last
      else parts.push({ first, last })
    }
    this.#parts = parts
  }

  /** Whether it has a number in common with the cover. */
  touches(interval: Interval): boolean {
    const part = this.#parts[this.#from(interval.first)]
    return part !== undefined && part.first <= interval.last
  }

  /** What of it the cover does not hold, rising; nothing if it holds all. */
  *outside({ first, last }: Interval): Generator<Interval> {
    let next = first
    for (let at = this.#from(first); next <= last; at += 1) {
      const part = this.#parts[at]
      if (!part || part.first > last) {
        yield { first: next, last }
        return
      }
      if (part.first > next) yield { first: next, last: part.first - 1n }
      next = part.last + 1n
    }
  }

  /** Index of the first part that ends at or after a number. */
  #from(number: bigint): number {
    let low = 0
    let high = this.#parts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#parts[middle]!.last < number) low = middle + 1
      else high = middle
    }
    return low
  }
}
