import type { Clock } from '@vaxel/base'

const windowMs = 60_000
const mostOfOne = 30
const mostAddresses = 10_000

/** Each start may make us ask a provider, so an address has only so many a minute. */
export class SsoStarts {
  readonly #clock: Clock
  readonly #counts = new Map<string, number>()
  #sinceMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  mayStart(address: string): boolean {
    const nowMs = this.#clock.monotonicMs()
    if (nowMs - this.#sinceMs >= windowMs || this.#counts.size >= mostAddresses) {
      this.#counts.clear()
      this.#sinceMs = nowMs
    }
    const count = (this.#counts.get(address) ?? 0) + 1
    this.#counts.set(address, count)
    return count <= mostOfOne
  }
}
