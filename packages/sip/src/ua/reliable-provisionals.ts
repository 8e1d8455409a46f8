import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { ListedTimer, TimerTarget } from '../transaction/timer-lists.ts'
import { patienceMs } from '../transaction/timing.ts'
import type { StackCore } from './stack-core.ts'

/** A provisional response that waits for its PRACK. */
interface Unacknowledged {
  readonly response: SipResponse
  readonly rseq: number
  resendMs: number
}

/**
 * Reliable provisional responses of a UAS (RFC 3262 §3): one at a time, sent again after T1, doubling, until the PRACK;
 * given up after 64 × T1.
 */
export class ReliableProvisionals implements TimerTarget {
  readonly #core: StackCore
  readonly #transaction: ServerTransaction
  readonly #onMissing: () => void
  #nextRseq: number
  #current: Unacknowledged | undefined
  readonly #waiting: SipResponse[] = []
  #resend: ListedTimer | undefined
  #patience: ListedTimer | undefined

  constructor(core: StackCore, transaction: ServerTransaction, onMissing: () => void) {
    this.#core = core
    this.#transaction = transaction
    this.#onMissing = onMissing
    this.#nextRseq = 1 + core.randomBelow(65_535)
  }

  /** Whether a response still waits: a 2xx has to wait too when that one held a session description (§5). */
  get isPending(): boolean {
    return this.#current !== undefined
  }

  send(response: SipResponse): void {
    response.headers.append('Require', '100rel')
    if (this.#current) this.#waiting.push(response)
    else this.#sendNow(response)
  }

  /** @returns whether the RAck names the response that waits (§3) */
  acknowledge(prack: SipRequest): boolean {
    const rack = /^\s*(\d{1,10})\s+(\d{1,10})\s+(\S+)\s*$/.exec(prack.headers.get('RAck') ?? '')
    const invite = this.#transaction.request.cseq
    const isMatch =
      rack !== null &&
      Number(rack[1]) === this.#current?.rseq &&
      Number(rack[2]) === invite.number &&
      rack[3] === invite.method
    if (!isMatch) return false
    this.#stopTimers()
    this.#current = undefined
    const next = this.#waiting.shift()
    if (next) this.#sendNow(next)
    return true
  }

  stop(): void {
    this.#stopTimers()
    this.#current = undefined
    this.#waiting.length = 0
  }

  timerFired(name: string): void {
    if (!this.#current) return
    if (name === 'patience') {
      this.stop()
      return this.#onMissing()
    }
    this.#transaction.respond(this.#current.response)
    this.#current.resendMs *= 2
    this.#resend = this.#core.timers.start(this.#current.resendMs, this, 'resend')
  }

  #sendNow(response: SipResponse): void {
    const rseq = this.#nextRseq++
    response.headers.set('RSeq', String(rseq))
    const { t1Ms } = this.#core.timing
    this.#current = { response, rseq, resendMs: t1Ms }
    this.#resend = this.#core.timers.start(t1Ms, this, 'resend')
    this.#patience = this.#core.timers.start(patienceMs(this.#core.timing), this, 'patience')
    this.#transaction.respond(response)
  }

  #stopTimers(): void {
    this.#resend?.stop()
    this.#patience?.stop()
  }
}
