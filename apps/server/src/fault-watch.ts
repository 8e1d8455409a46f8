import type { Clock, Logger } from '@vaxel/base'

/** More faults than this in a minute are one that comes again and again. */
const mostInMinute = 10
const minuteMs = 60_000
/** How long a fault is told. */
const toldMs = 86_400_000

/**
 * Faults of ours that nothing caught where they happened. Each part guards what it calls, so none should come here; one that does must not end the
 * calls of everybody else. Faults without an end do end the server: whoever manages it starts it anew.
 */
export class FaultWatch {
  readonly #clock: Clock
  readonly #log: Logger
  readonly #giveUp: (sentence: string) => void
  /** Monotonic; the last ones. */
  #atMs: number[] = []
  #lastAt = ''

  constructor(options: { clock: Clock; log: Logger; giveUp(sentence: string): void }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#giveUp = options.giveUp
  }

  /** @param origin `uncaughtException` or `unhandledRejection` */
  note(error: unknown, origin: string): void {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.#log.error('a fault that nothing caught', { origin, error: what })
    const nowMs = this.#clock.monotonicMs()
    this.#lastAt = new Date(this.#clock.now()).toISOString()
    this.#atMs.push(nowMs)
    const inMinute = this.#atMs.filter((atMs) => nowMs - atMs < minuteMs)
    if (inMinute.length > mostInMinute) return this.#giveUp(`faults come without an end; the last one: ${what}`)
    this.#atMs = this.#atMs.slice(-mostInMinute)
  }

  warnings(): readonly string[] {
    const sinceMs = this.#clock.monotonicMs() - toldMs
    if (!this.#atMs.some((atMs) => atMs > sinceMs)) return []
    return [
      `Something went wrong in the server itself at ${this.#lastAt}; calls go on. The log says where ("a fault that nothing caught"): please send that line to Vaxel's makers.`,
    ]
  }
}
