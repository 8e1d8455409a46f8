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

/** INVITE usages by Call-ID and our tag. */
export class LegTable {
  readonly #legs = new Map<string, LegDoor>()
  readonly #ended = new Set<LegDoor>()

  /** Usages that are not over. */
  get openCount(): number {
    return this.#legs.size - this.#ended.size
  }

  add(callId: string, localTag: string, leg: LegDoor): void {
    this.#legs.set(`${callId} ${localTag}`, leg)
  }

  find(callId: string, localTag: string): LegDoor | undefined {
    return this.#legs.get(`${callId} ${localTag}`)
  }

  /** It is over, but late messages must still find it. */
  ended(leg: LegDoor): void {
    this.#ended.add(leg)
  }

  remove(callId: string, localTag: string, leg: LegDoor): void {
    this.#legs.delete(`${callId} ${localTag}`)
    this.#ended.delete(leg)
  }

  all(): LegDoor[] {
    return [...this.#legs.values()]
  }
}
