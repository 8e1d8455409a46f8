import type { Clock } from '@vaxel/base'

const mostKnown = 50_000

/** A bucket of tokens for each key: so many at once, so many a second. Buckets that are full again are forgotten. */
export class RateLimit {
  readonly #clock: Clock
  readonly #burst: number
  readonly #perSecond: number
  readonly #used = new Map<string, { tokens: number; atMs: number }>()

  constructor(options: { clock: Clock; burst: number; perSecond: number }) {
    this.#clock = options.clock
    this.#burst = options.burst
    this.#perSecond = options.perSecond
  }

  /** @returns seconds to wait; 0: go on */
  take(key: string): number {
    const nowMs = this.#clock.monotonicMs()
    const known = this.#used.get(key) ?? { tokens: this.#burst, atMs: nowMs }
    const tokens = Math.min(this.#burst, known.tokens + ((nowMs - known.atMs) / 1000) * this.#perSecond)
    if (tokens < 1) return Math.ceil((1 - tokens) / this.#perSecond)
    this.#used.delete(key)
    this.#used.set(key, { tokens: tokens - 1, atMs: nowMs })
    if (this.#used.size > mostKnown) this.#used.delete(this.#used.keys().next().value!)
    return 0
  }
}
