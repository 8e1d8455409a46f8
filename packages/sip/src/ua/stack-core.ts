import type { Clock, Logger } from '@vaxel/base'
import type { TimerLists } from '../transaction/timer-lists.ts'
import type { Timing } from '../transaction/timing.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { TransactionLayer } from '../transaction/transaction-layer.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { LegTable } from './leg-table.ts'
import type { RequestSender } from './request-sender.ts'
import type { Flow, SipTransport } from './transport.ts'
import type { Turn } from './turn.ts'

/** What the parts of one stack share. */
export interface StackCore {
  readonly clock: Clock
  readonly log: Logger
  readonly transport: SipTransport
  readonly timing: Timing
  readonly timers: TimerLists
  readonly turn: Turn
  readonly transactions: TransactionLayer
  readonly sender: RequestSender
  readonly legs: LegTable
  /** Nothing new is sent any more. */
  readonly isClosed: boolean
  /** Value of Server and User-Agent. */
  readonly product: string
  /** A random token of that many characters. */
  token(length: number): string
  /** A random number from 0 up to, but not including, `limit` (at most 65536). */
  randomBelow(limit: number): number
  /** Hands a request within a dialog to the upper layer (NOTIFY, MESSAGE and SUBSCRIBE that are not of the INVITE usage). */
  offerToUser(request: SipRequest, flow: Flow, transaction: ServerTransaction): void
}

/** Adds what every message of ours that is not a bare answer says about us. */
export function stampProduct(message: SipRequest | SipResponse, core: Pick<StackCore, 'product'>): void {
  message.headers.append(message.kind === 'request' ? 'User-Agent' : 'Server', core.product)
}
