import type { SipRequest, SipResponse } from '../message/sip-message.ts'

/** What the peer said last in Allow and Supported. Until it says, it is taken to know the methods of RFC 3261 alone. */
export class PeerAbilities {
  #allow: readonly string[] = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS']
  #supported: readonly string[] = []

  learn(message: SipRequest | SipResponse): void {
    const { headers } = message
    if (headers.has('Allow')) this.#allow = headers.getAll('Allow')
    if (headers.has('Supported')) this.#supported = headers.getAll('Supported')
  }

  allows(method: string): boolean {
    return this.#allow.some((value) => value.toUpperCase() === method)
  }

  supports(optionTag: string): boolean {
    return this.#supported.some((value) => value.toLowerCase() === optionTag)
  }
}
