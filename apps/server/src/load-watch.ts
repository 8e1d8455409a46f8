import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import type { Clock, Timer } from '@vaxel/base'

const everyMs = 2_000
/** Of the time, the main thread was at work. */
const mostUtilization = 0.9
/** Looks in a row: a start, or another program's moment, is no lack of processor. */
const looksUntilBusy = 3
const mostShareOfCalls = 0.9

export interface LoadWatchOptions {
  readonly clock: Clock
  readonly isDraining: () => boolean
  readonly calls: () => number
  readonly maxCalls: number
  /** For tests: since when it began, as `performance.eventLoopUtilization` counts. */
  readonly utilization?: (before?: EventLoopUtilization) => EventLoopUtilization
}

/** Whether the machine needs all that it has for its calls, so that everything else waits. */
export class LoadWatch {
  readonly #options: LoadWatchOptions
  readonly #look: NonNullable<LoadWatchOptions['utilization']>
  #before: EventLoopUtilization
  #busyLooks = 0
  #timer: Timer | undefined

  constructor(options: LoadWatchOptions) {
    this.#options = options
    this.#look = options.utilization ?? ((before) => performance.eventLoopUtilization(before))
    this.#before = this.#look()
    this.#arm()
  }

  /** A sentence for who has to wait; undefined: nobody has. */
  busyWith(): string | undefined {
    const { isDraining, calls, maxCalls } = this.#options
    if (isDraining()) return 'The server is about to stop and begins nothing new. Try again when it has restarted.'
    if (calls() >= maxCalls * mostShareOfCalls)
      return 'The server carries nearly as many calls as it may, and keeps the rest for calls. Try again later.'
    if (this.#busyLooks >= looksUntilBusy)
      return 'The server is at the limit of its processor, and keeps what it has for calls. Try again in a few minutes.'
    return undefined
  }

  close(): void {
    this.#timer?.stop()
  }

  #arm(): void {
    this.#timer = this.#options.clock.startTimer(everyMs, () => {
      const now = this.#look()
      this.#busyLooks = this.#look(this.#before).utilization > mostUtilization ? this.#busyLooks + 1 : 0
      this.#before = now
      this.#arm()
    })
  }
}
