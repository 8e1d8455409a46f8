/** So much a second, and a second's worth at once. */
export class Allowance {
  readonly #perSecond: number
  #left: number
  #atMs = Number.NEGATIVE_INFINITY

  constructor(perSecond: number) {
    this.#perSecond = perSecond
    this.#left = perSecond
  }

  /** Takes an amount, if so much is left. */
  takes(amount: number, nowMs: number): boolean {
    const earned = Math.max(0, nowMs - this.#atMs) * (this.#perSecond / 1000)
    this.#left = Math.min(this.#perSecond, this.#left + earned)
    this.#atMs = nowMs
    if (this.#left < amount) return false
    this.#left -= amount
    return true
  }
}
