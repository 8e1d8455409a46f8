import { parseMessage } from '../message/parse-message.ts'
import type { SipResponse } from '../message/sip-message.ts'
import { serialize } from '../message/serialize.ts'

/**
 * A response as it goes on the wire, written once. What may have to be sent again is its bytes: those of an answered
 * transaction are kept for 32 s, a message that was read into its parts would be ten times as large.
 */
export class WrittenResponse {
  /** 100 to 699. */
  readonly status: number
  readonly bytes: Uint8Array
  #response: SipResponse | undefined

  constructor(response: SipResponse) {
    this.status = response.status
    this.bytes = serialize(response)
    this.#response = response
  }

  /** Whether it was made of this very object. */
  isOf(response: SipResponse): boolean {
    return this.#response === response
  }

  /** The message; read anew where only its bytes were kept. */
  get message(): SipResponse {
    if (this.#response) return this.#response
    const parsed = parseMessage(this.bytes)
    if (!parsed.ok || parsed.message.kind !== 'response') throw new Error('a response of ours cannot be read')
    return parsed.message
  }

  /** Keeps the bytes alone. */
  settle(): void {
    this.#response = undefined
  }
}
