import type { Clock, Logger } from '@vaxel/base'

const quietMs = 10_000

/** Says that connections are refused at most once in ten seconds, with how many there were, so that a flood fills no disk. */
export class RefusalLog {
  readonly #clock: Clock
  readonly #log: Logger
  #sinceLast = 0
  #quietUntilMs = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock
    this.#log = log
  }

  refused(address: string, reason: string): void {
    this.#sinceLast++
    const now = this.#clock.monotonicMs()
    if (now < this.#quietUntilMs) return
    this.#quietUntilMs = now + quietMs
    this.#log.warn('connections are refused', { address, reason, count: this.#sinceLast })
    this.#sinceLast = 0
  }
}
