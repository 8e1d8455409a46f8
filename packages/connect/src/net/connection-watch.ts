import type { Clock, Timer } from '@vaxel/base'
import type { NetworkLimits } from './network-limits.ts'

/**
 * The time limits of one connection. Each is a deadline; one timer runs for the nearest, and is set anew only when it fires
 * or when a nearer one comes, so that a busy connection costs no timer per message.
 * - `first`: something whole must come soon after the connection.
 * - `message`: a message that has begun must be whole in time (slow-loris).
 * - `stranger`: until it is somebody's, something must be worth an answer of ours now and then; keep-alives are not.
 * - `idle`: something must come now and then.
 * - `stall`: what is written must leave.
 */
export class ConnectionWatch {
  readonly #clock: Clock
  readonly #limits: NetworkLimits
  readonly #idleMs: number
  readonly #onExpired: (reason: string) => void
  readonly #deadlines = { first: Infinity, message: Infinity, stranger: Infinity, idle: Infinity, stall: Infinity }
  #timer: Timer | undefined
  #dueMs = Infinity
  #isStopped = false

  constructor(clock: Clock, limits: NetworkLimits, onExpired: (reason: string) => void, isIncoming: boolean) {
    this.#clock = clock
    this.#limits = limits
    this.#onExpired = onExpired
    const now = clock.monotonicMs()
    this.#idleMs = isIncoming ? limits.idleMs : limits.outgoingIdleMs
    if (isIncoming) {
      this.#deadlines.first = now + limits.firstMessageMs
      this.#deadlines.stranger = now + limits.strangerMs
    }
    this.#deadlines.idle = now + this.#idleMs
    this.#arm()
  }

  /** Bytes came that complete nothing. */
  partArrived(): void {
    if (this.#deadlines.message !== Infinity) return
    this.#deadlines.message = this.#clock.monotonicMs() + this.#limits.messageMs
    this.#arm()
  }

  /** A whole message or keep-alive came. */
  wholeArrived(): void {
    this.#deadlines.first = Infinity
    this.#deadlines.message = Infinity
    this.#deadlines.idle = this.#clock.monotonicMs() + this.#idleMs
  }

  /** What came was worth a message of ours. */
  answered(): void {
    if (this.#deadlines.stranger !== Infinity)
      this.#deadlines.stranger = this.#clock.monotonicMs() + this.#limits.strangerMs
  }

  /** It is somebody's: from now on it may be idle for long. */
  proved(): void {
    this.#deadlines.first = Infinity
    this.#deadlines.stranger = Infinity
  }

  /** Written bytes wait for the peer. */
  writeWaits(): void {
    if (this.#deadlines.stall !== Infinity) return
    this.#deadlines.stall = this.#clock.monotonicMs() + this.#limits.writeStallMs
    this.#arm()
  }

  /** The write buffer is empty. */
  writeLeft(): void {
    this.#deadlines.stall = Infinity
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.stop()
  }

  #arm(): void {
    const { first, message, stranger, idle, stall } = this.#deadlines
    const dueMs = Math.min(first, message, stranger, idle, stall)
    if (this.#isStopped || dueMs >= this.#dueMs) return
    this.#timer?.stop()
    this.#dueMs = dueMs
    this.#timer = this.#clock.startTimer(Math.max(0, dueMs - this.#clock.monotonicMs()), () => this.#check())
  }

  #check(): void {
    this.#dueMs = Infinity
    const now = this.#clock.monotonicMs()
    const { first, message, stranger, idle, stall } = this.#deadlines
    if (first <= now) this.#onExpired('no message came')
    else if (message <= now) this.#onExpired('a message was not finished in time')
    else if (stall <= now) this.#onExpired('the peer does not read')
    else if (stranger <= now) this.#onExpired('it proved nothing in time')
    else if (idle <= now) this.#onExpired('idle')
    else this.#arm()
  }
}
