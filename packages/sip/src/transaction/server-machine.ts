import type { SipRequest } from '../message/sip-message.ts'
import type { Ignore } from './machine.ts'
import type { TimerLetter } from './timing.ts'
import type { WrittenResponse } from './written-response.ts'

/** What a server machine asks of the transaction that runs it. */
export type ServerEffect =
  | { readonly do: 'sendResponse'; readonly response: WrittenResponse }
  | { readonly do: 'start'; readonly timer: TimerLetter; readonly delayMs: number }
  | { readonly do: 'stop'; readonly timer: TimerLetter }
  /** An ACK reached the accepted state: it is the transaction user's (RFC 6026 §8.7). */
  | { readonly do: 'tellAck'; readonly request: SipRequest }
  | Ignore

export const sendResponse = (response: WrittenResponse): ServerEffect => ({ do: 'sendResponse', response })
