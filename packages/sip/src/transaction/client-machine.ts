import type { SipResponse } from '../message/sip-message.ts'
import type { Ignore } from './machine.ts'
import type { TimerLetter } from './timing.ts'

/** Why a transaction is over. */
export type EndCause = 'done' | 'timeout' | 'transport' | 'abandoned'

/** What a client machine asks of the transaction that runs it. */
export type ClientEffect =
  | { readonly do: 'sendRequest' }
  /** The ACK of a failure response, hop by hop (RFC 3261 §17.1.1.3). */
  | { readonly do: 'sendAck'; readonly response: SipResponse }
  | { readonly do: 'start'; readonly timer: TimerLetter; readonly delayMs: number }
  | { readonly do: 'stop'; readonly timer: TimerLetter }
  /** The response goes up to the transaction user. */
  | { readonly do: 'tell'; readonly response: SipResponse }
  | Ignore

export const sendRequest: ClientEffect = { do: 'sendRequest' }
export const sendAck = (response: SipResponse): ClientEffect => ({ do: 'sendAck', response })
export const tell = (response: SipResponse): ClientEffect => ({ do: 'tell', response })
