import { TransientMap } from '@vaxel/base'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { InviteUsage } from './invite-usage.ts'
import type { Flow } from './transport.ts'

/** What the stack needs of an INVITE usage to bring messages to it. */
export interface LegDoor {
  readonly usage: InviteUsage
  /** Whether this peer tag belongs to a dialog of the usage. */
  hasRemoteTag(tag: string): boolean
  /** A request in the dialog, ACK included. */
  receiveRequest(request: SipRequest, flow: Flow): void
  /** A 2xx of our INVITE whose transaction is over. */
  receiveStraySuccess(response: SipResponse, flow: Flow): void
  /** The stack closes. */
  drop(): void
}

/** INVITE usages by our tag, which is random and so unique by itself; the Call-ID is compared. */
export class LegTable {
  readonly #legs = new TransientMap<string, LegDoor>()
  readonly #ended = new Set<string>()

  /** Usages that are not over. */
  get openCount(): number {
    return this.#legs.size - this.#ended.size
  }

  add(localTag: string, leg: LegDoor): void {
    this.#legs.set(localTag, leg)
  }

  find(callId: string, localTag: string): LegDoor | undefined {
    const leg = this.#legs.get(localTag)
    return leg?.usage.sipCallId === callId ? leg : undefined
  }

  /** It is over, but late messages must still find it. */
  ended(localTag: string): void {
    this.#ended.add(localTag)
  }

  remove(localTag: string): void {
    this.#legs.delete(localTag)
    this.#ended.delete(localTag)
  }

  all(): LegDoor[] {
    return [...this.#legs.values()]
  }
}
