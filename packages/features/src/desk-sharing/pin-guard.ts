/** Wrong attempts before nothing is taken any more for a while. */
const mostWrong = 5
const lockedMs = 15 * 60_000
/** Names that are remembered; who tries more of them is locked out by the device. */
const mostRemembered = 2000

/** Counts wrong PINs, for a person and for a phone alike. The clock is monotonic. */
export class PinGuard {
  readonly #wrong = new Map<string, { count: number; sinceMs: number }>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  isLocked(name: string): boolean {
    const found = this.#wrong.get(name)
    if (!found) return false
    if (this.#nowMs() - found.sinceMs >= lockedMs) this.#wrong.delete(name)
    else return found.count >= mostWrong
    return false
  }

  /** The time begins anew with each. */
  wrong(name: string): void {
    const count = (this.isLocked(name) ? mostWrong : (this.#wrong.get(name)?.count ?? 0)) + 1
    this.#wrong.delete(name)
    this.#wrong.set(name, { count, sinceMs: this.#nowMs() })
    if (this.#wrong.size <= mostRemembered) return
    for (const oldest of this.#wrong.keys()) {
      this.#wrong.delete(oldest)
      return
    }
  }

  right(name: string): void {
    this.#wrong.delete(name)
  }
}
