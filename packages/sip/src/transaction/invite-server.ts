import type { SipRequest } from '../message/sip-message.ts'
import type { EndCause } from './client-machine.ts'
import { type Row, type Step, type Table, ignore } from './machine.ts'
import { type ServerEffect, sendResponse } from './server-machine.ts'
import { start, stop } from './timer-effects.ts'
import { patienceMs } from './timing.ts'
import type { WrittenResponse } from './written-response.ts'

/** RFC 3261 §17.2.1 with the accepted state of RFC 6026 §7.1. */
export type InviteServerState =
  | { readonly name: 'proceeding'; readonly provisional?: WrittenResponse }
  /** A 2xx was sent; the user resends it, retransmitted INVITEs are absorbed until timer L. */
  | { readonly name: 'accepted' }
  /** A failure was sent and is resent until the ACK. `resendMs` is the last interval of timer G. */
  | { readonly name: 'completed'; readonly final: WrittenResponse; readonly resendMs: number }
  /** The ACK came; more of them are absorbed until timer I. */
  | { readonly name: 'confirmed' }
  | { readonly name: 'terminated'; readonly cause: EndCause }

export type InviteServerEvent =
  /** The same INVITE again. */
  | { readonly name: 'request' }
  | { readonly name: 'ack'; readonly request: SipRequest }
  | { readonly name: 'provisional'; readonly response: WrittenResponse }
  | { readonly name: 'success'; readonly response: WrittenResponse }
  | { readonly name: 'failure'; readonly response: WrittenResponse }
  | { readonly name: 'timerG' }
  | { readonly name: 'timerH' }
  | { readonly name: 'timerI' }
  | { readonly name: 'timerL' }
  | { readonly name: 'transportFailed' }

type InviteServerStep = Step<InviteServerState, ServerEffect>
type InviteServerRow<Name extends InviteServerState['name']> = Row<
  Name,
  InviteServerState,
  InviteServerEvent,
  ServerEffect
>

const go = (state: InviteServerState, ...effects: ServerEffect[]): InviteServerStep => ({ state, effects })
const end = (cause: EndCause): InviteServerStep => ({ state: { name: 'terminated', cause }, effects: [] })
const accepted: InviteServerState = { name: 'accepted' }
const confirmed: InviteServerState = { name: 'confirmed' }

/** The first step: nothing is sent; the user answers 100 at once. */
export function startInviteServer(): InviteServerStep {
  return go({ name: 'proceeding' })
}

const whenProceeding: InviteServerRow<'proceeding'> = {
  request: (state) => (state.provisional ? go(state, sendResponse(state.provisional)) : go(state)),
  ack: ignore('an ACK before any final response'),
  provisional: (_, { response }) => go({ name: 'proceeding', provisional: response }, sendResponse(response)),
  success: (_, { response }, t) => go(accepted, sendResponse(response), start('L', patienceMs(t))),
  failure: (_, { response }, t) => {
    const state: InviteServerState = { name: 'completed', final: response, resendMs: t.t1Ms }
    const timerH = start('H', patienceMs(t))
    return t.isReliable
      ? go(state, sendResponse(response), timerH)
      : go(state, sendResponse(response), start('G', t.t1Ms), timerH)
  },
  timerG: ignore('not running'),
  timerH: ignore('not running'),
  timerI: ignore('not running'),
  timerL: ignore('not running'),
  transportFailed: ignore('the user decides (§17.2.4)'),
}

const whenAccepted: InviteServerRow<'accepted'> = {
  request: ignore('retransmission of an accepted INVITE (RFC 6026 §7.1)'),
  ack: (state, { request }) => go(state, { do: 'tellAck', request }),
  provisional: ignore('a final response was already sent'),
  success: (state, { response }) => go(state, sendResponse(response)),
  failure: ignore('a 2xx was already sent'),
  timerG: ignore('not running'),
  timerH: ignore('not running'),
  timerI: ignore('not running'),
  timerL: () => end('done'),
  transportFailed: ignore('the 2xx is sent again by the user'),
}

const whenCompleted: InviteServerRow<'completed'> = {
  request: (state) => go(state, sendResponse(state.final)),
  ack: (_, __, t) => go(confirmed, stop('G'), stop('H'), start('I', t.isReliable ? 0 : t.t4Ms)),
  provisional: ignore('a final response was already sent'),
  success: ignore('a failure was already sent'),
  failure: ignore('a failure was already sent'),
  timerG: (state, _, t) => {
    const resendMs = Math.min(2 * state.resendMs, t.t2Ms)
    return go({ ...state, resendMs }, sendResponse(state.final), start('G', resendMs))
  },
  timerH: () => end('timeout'),
  timerI: ignore('not running'),
  timerL: ignore('not running'),
  transportFailed: ignore('timer G tries again, timer H gives up'),
}

const whenConfirmed: InviteServerRow<'confirmed'> = {
  request: ignore('a late retransmission of the INVITE'),
  ack: ignore('a retransmitted ACK'),
  provisional: ignore('a final response was already sent'),
  success: ignore('a failure was already sent'),
  failure: ignore('a failure was already sent'),
  timerG: ignore('not running'),
  timerH: ignore('not running'),
  timerI: () => end('done'),
  timerL: ignore('not running'),
  transportFailed: ignore('nothing is left to send'),
}

const over = ignore<InviteServerState>('terminated')
const whenTerminated: InviteServerRow<'terminated'> = {
  request: over,
  ack: over,
  provisional: over,
  success: over,
  failure: over,
  timerG: over,
  timerH: over,
  timerI: over,
  timerL: over,
  transportFailed: over,
}

/** The INVITE server transaction, every pair of state and event. */
export const inviteServer: Table<InviteServerState, InviteServerEvent, ServerEffect> = {
  proceeding: whenProceeding,
  accepted: whenAccepted,
  completed: whenCompleted,
  confirmed: whenConfirmed,
  terminated: whenTerminated,
}
