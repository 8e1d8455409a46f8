import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { LegTable } from './leg-table.ts'
import type { RequestSender, SenderCore } from './request-sender.ts'
import type { Flow } from './transport.ts'

/** What the parts of one stack share. */
export interface StackCore extends SenderCore {
  readonly sender: RequestSender
  readonly legs: LegTable
  /** Value of Server and User-Agent. */
  readonly product: string
  /** A random number from 0 up to, but not including, `limit` (at most 65536). */
  randomBelow(limit: number): number
  /** Hands a request within a dialog to the upper layer (NOTIFY, MESSAGE and SUBSCRIBE that are not of the INVITE usage). */
  offerToUser(request: SipRequest, flow: Flow, transaction: ServerTransaction): void
}

/** Adds what every message of ours that is not a bare answer says about us. */
export function stampProduct(message: SipRequest | SipResponse, core: Pick<StackCore, 'product'>): void {
  message.headers.append(message.kind === 'request' ? 'User-Agent' : 'Server', core.product)
}
