import type { ListedTimer, TimerLists, TimerTarget } from '../transaction/timer-lists.ts'

const longestSeconds = 86_400

/** The session timer of one dialog (RFC 4028 §10): refreshed at half the interval by the refresher, given up shortly before its end. */
export class SessionTimer implements TimerTarget {
  readonly #timers: TimerLists
  readonly #onRefreshDue: () => void
  readonly #onExpired: () => void
  #refresh: ListedTimer | undefined
  #expiry: ListedTimer | undefined
  #seconds: number | undefined
  #weRefresh = false

  constructor(timers: TimerLists, onRefreshDue: () => void, onExpired: () => void) {
    this.#timers = timers
    this.#onRefreshDue = onRefreshDue
    this.#onExpired = onExpired
  }

  /** Interval agreed on; undefined when there is no session timer. */
  get seconds(): number | undefined {
    return this.#seconds
  }

  get weRefresh(): boolean {
    return this.#weRefresh
  }

  /** A refresh has succeeded, ours or the peer's: everything counts from now. */
  restart(seconds: number, weRefresh: boolean): void {
    this.stop()
    this.#seconds = seconds
    this.#weRefresh = weRefresh
    const lasting = Math.min(seconds, longestSeconds)
    if (weRefresh) this.#refresh = this.#timers.start((lasting * 1000) / 2, this, 'refresh')
    const expirySeconds = lasting - Math.min(32, lasting / 3)
    this.#expiry = this.#timers.start(expirySeconds * 1000, this, 'expiry')
  }

  stop(): void {
    this.#refresh?.stop()
    this.#expiry?.stop()
    this.#seconds = undefined
  }

  timerFired(name: string): void {
    if (name === 'refresh') this.#onRefreshDue()
    else this.#onExpired()
  }
}
