import type { Clock } from '@vaxel/base'

/** Addresses that are remembered at once; the oldest are forgotten. */
const mostAddresses = 10_000

/** Counts what comes without login, for each address, so that one cannot take the time of all. */
export class PerAddress {
  readonly #clock: Clock
  readonly #most: number
  readonly #windowMs: number
  readonly #seen = new Map<string, { fromMs: number; count: number }>()

  constructor(options: { clock: Clock; most: number; windowMs: number }) {
    this.#clock = options.clock
    this.#most = options.most
    this.#windowMs = options.windowMs
  }

  /** Counts one; false when the address has had enough for now. */
  admits(address: string): boolean {
    const nowMs = this.#clock.monotonicMs()
    const seen = this.#seen.get(address)
    if (seen && nowMs - seen.fromMs < this.#windowMs) return ++seen.count <= this.#most
    this.#seen.delete(address)
    if (this.#seen.size >= mostAddresses) this.#seen.delete(this.#seen.keys().next().value ?? '')
    this.#seen.set(address, { fromMs: nowMs, count: 1 })
    return true
  }
}
