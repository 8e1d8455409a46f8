import type { Clock, Logger, Timer } from '@vaxel/base'
import type { DnsAnswer } from './dns-records.ts'

/** How often a question that failed is asked again while DNS fails, so that its end is seen without a call. */
const probeMs = 5_000
/** One lost datagram is no fault. */
const leastFailures = 2

/** Since when questions fail, wall clock, and how. */
export interface DnsFault {
  readonly sinceMs: number
  readonly reason: string
}

/**
 * Whether DNS answers. Questions that nobody answers soundly make a fault, the first sound answer ends it ("there is no such
 * name" is one). While it lasts the last question that failed and the last one that did not are asked again every few seconds:
 * one domain whose servers are broken must not look like the end of DNS for long.
 */
export class DnsHealth {
  readonly #clock: Clock
  readonly #log: Logger
  #failures = 0
  #fault: DnsFault | undefined
  #endedMs = Number.NEGATIVE_INFINITY
  #probe: Timer | undefined
  #failedLast: (() => Promise<unknown>) | undefined
  #soundLast: (() => Promise<unknown>) | undefined
  #isClosed = false

  constructor({ clock, log }: { clock: Clock; log: Logger }) {
    this.#clock = clock
    this.#log = log
  }

  get fault(): DnsFault | undefined {
    return this.#fault
  }

  /** When the last fault was over, on the monotonic clock. */
  get endedMs(): number {
    return this.#endedMs
  }

  /** @param question for the log; @param again asks it anew, and tells the answer here */
  told(question: string, answer: DnsAnswer<unknown>, again: () => Promise<unknown>): void {
    if (answer.kind === 'failed') this.#failed(question, answer.reason, again)
    else {
      this.#soundLast = again
      this.#answered()
    }
  }

  close(): void {
    this.#isClosed = true
    this.#probe?.stop()
  }

  #failed(question: string, reason: string, again: () => Promise<unknown>): void {
    this.#failedLast = again
    if (++this.#failures < leastFailures) return this.#arm()
    if (this.#fault === undefined) {
      this.#log.warn('DNS fails; names that were known are used as they were', { question, reason })
      this.#fault = { sinceMs: this.#clock.now(), reason }
    } else this.#fault = { ...this.#fault, reason }
    this.#arm()
  }

  #answered(): void {
    this.#failures = 0
    this.#probe?.stop()
    this.#probe = this.#failedLast = undefined
    if (this.#fault === undefined) return
    this.#fault = undefined
    this.#endedMs = this.#clock.monotonicMs()
    this.#log.info('DNS answers again')
  }

  #arm(): void {
    if (this.#isClosed) return
    this.#probe ??= this.#clock.startTimer(probeMs, () => {
      this.#probe = undefined
      void this.#failedLast?.()
      if (this.#fault !== undefined) void this.#soundLast?.()
    })
  }
}
