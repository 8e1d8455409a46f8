import type { SipResponse } from '../message/sip-message.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { ListedTimer, TimerTarget } from '../transaction/timer-lists.ts'
import { patienceMs } from '../transaction/timing.ts'
import type { StackCore } from './stack-core.ts'

/**
 * A 2xx to an INVITE until its ACK comes: sent again after T1, doubling up to T2, over every protocol
 * (RFC 3261 §13.3.1.4); given up after 64 × T1.
 */
export class AwaitedAck implements TimerTarget {
  readonly #core: StackCore
  readonly #transaction: ServerTransaction
  readonly #response: SipResponse
  readonly #onMissing: () => void
  #resendMs: number
  #resend: ListedTimer
  readonly #patience: ListedTimer

  constructor(core: StackCore, transaction: ServerTransaction, response: SipResponse, onMissing: () => void) {
    this.#core = core
    this.#transaction = transaction
    this.#response = response
    this.#onMissing = onMissing
    this.#resendMs = core.timing.t1Ms
    this.#resend = core.timers.start(this.#resendMs, this, 'resend')
    this.#patience = core.timers.start(patienceMs(core.timing), this, 'patience')
  }

  stop(): void {
    this.#resend.stop()
    this.#patience.stop()
  }

  timerFired(name: string): void {
    if (name === 'patience') {
      this.stop()
      return this.#onMissing()
    }
    this.#transaction.respond(this.#response)
    this.#resendMs = Math.min(2 * this.#resendMs, this.#core.timing.t2Ms)
    this.#resend = this.#core.timers.start(this.#resendMs, this, 'resend')
  }
}
