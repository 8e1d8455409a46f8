/** As many as wait where digits go as telephone events. */
const mostWaiting = 64
/** Nobody is there, or nothing of this call: who presses keys meanwhile is not heard in vain later. */
const endsAll = new Set([408, 481, 503])

/**
 * Digits to a telephone by INFO, each after the one before is answered: one that was lost and is sent again would come after later
 * ones, and be refused for its lower number (RFC 3261 §12.2.2).
 */
export class InfoDigits {
  readonly #send: (digit: string, durationMs: number) => Promise<number>
  readonly #waiting: { readonly digit: string; readonly durationMs: number }[] = []
  #isSending = false

  /** @param send resolves with the status of the answer */
  constructor(send: (digit: string, durationMs: number) => Promise<number>) {
    this.#send = send
  }

  /** Queues a digit; too many are dropped. */
  add(digit: string, durationMs: number): void {
    if (this.#waiting.length >= mostWaiting) return
    this.#waiting.push({ digit, durationMs })
    if (!this.#isSending) void this.#sendAll()
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift())
      if (endsAll.has(await this.#send(next.digit, next.durationMs))) this.#waiting.length = 0
    this.#isSending = false
  }
}
