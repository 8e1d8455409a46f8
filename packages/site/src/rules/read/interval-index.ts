import type { Span } from './range-set.ts'

/** Finds which of many spans meet a span: sorted by their starts, with the greatest end of each half kept beside. */
export class IntervalIndex {
  readonly #ids: Int32Array
  readonly #starts: bigint[]
  readonly #ends: bigint[]
  readonly #sortedEnds: bigint[]
  /** Greatest end in the node's part of the sorted spans; node 1 is the root. */
  readonly #greatest: bigint[] = []

  constructor(spans: readonly Span[]) {
    const order = spans.map((_, id) => id).sort((a, b) => compare(spans[a]![0], spans[b]![0]))
    this.#ids = Int32Array.from(order)
    this.#starts = order.map((id) => spans[id]![0])
    this.#ends = order.map((id) => spans[id]![1])
    this.#sortedEnds = [...this.#ends].sort(compare)
    if (order.length > 0) this.#build(1, 0, order.length)
  }

  /** How many meet it; logarithmic. */
  count([first, last]: Span): number {
    return below(this.#starts, last + 1n) - below(this.#sortedEnds, first)
  }

  /** Which meet it, in no order; logarithmic for each that does. */
  find(span: Span): number[] {
    const found: number[] = []
    if (this.#starts.length > 0)
      this.#collect(1, 0, below(this.#starts, span[1] + 1n), this.#starts.length, span[0], found)
    return found
  }

  #build(node: number, from: number, to: number): bigint {
    let greatest: bigint
    if (to - from === 1) greatest = this.#ends[from]!
    else {
      const middle = (from + to) >> 1
      const left = this.#build(2 * node, from, middle)
      const right = this.#build(2 * node + 1, middle, to)
      greatest = left > right ? left : right
    }
    this.#greatest[node] = greatest
    return greatest
  }

  #collect(node: number, from: number, limit: number, to: number, first: bigint, found: number[]): void {
    if (from >= limit || this.#greatest[node]! < first) return
    if (to - from === 1) {
      found.push(this.#ids[from]!)
      return
    }
    const middle = (from + to) >> 1
    this.#collect(2 * node, from, limit, middle, first, found)
    this.#collect(2 * node + 1, middle, limit, to, first, found)
  }
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

/** How many of the rising values are less. */
function below(values: readonly bigint[], limit: bigint): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}
