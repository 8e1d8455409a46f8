import { HeaderList } from '../message/header-list.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'

/** What the peer said last in Allow, Allow-Events and Supported. Until it says, it is taken to know the methods of RFC 3261 alone. */
export class PeerAbilities {
  #allow: HeaderList = rfc3261
  #supported: HeaderList = rfc3261
  #events: HeaderList = rfc3261

  learn(message: SipRequest | SipResponse): void {
    const { headers } = message
    if (headers.has('Allow')) this.#allow = headers
    if (headers.has('Supported')) this.#supported = headers
    if (headers.has('Allow-Events')) this.#events = headers
  }

  allows(method: string): boolean {
    return this.#allow.lists('Allow', method)
  }

  /** RFC 6665 §8.2.2. */
  allowsEvent(packageName: string): boolean {
    return this.#events.lists('Allow-Events', packageName)
  }

  supports(optionTag: string): boolean {
    return this.#supported.lists('Supported', optionTag)
  }
}

const rfc3261 = new HeaderList().append('Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS')
