/**
 * Ports for data connections. Each is given to one connection at a time, chosen at random (RFC 2577 §6: who can guess the next port could
 * take somebody's file), and given back.
 */
export class PassivePorts {
  readonly #from: number
  readonly #count: number
  readonly #inUse = new Set<number>()

  /** @param range both included */
  constructor([from, to]: readonly [from: number, to: number]) {
    this.#from = from
    this.#count = to - from + 1
  }

  get inUse(): number {
    return this.#inUse.size
  }

  /** A port that nobody has, undefined when all are in use. @param random below 1 */
  take(random: number): number | undefined {
    if (this.#inUse.size >= this.#count) return undefined
    let at = Math.floor(random * this.#count)
    while (this.#inUse.has(this.#from + at)) at = (at + 1) % this.#count
    const port = this.#from + at
    this.#inUse.add(port)
    return port
  }

  giveBack(port: number): void {
    this.#inUse.delete(port)
  }
}
