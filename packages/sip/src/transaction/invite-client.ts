import type { SipResponse } from '../message/sip-message.ts'
import { type ClientEffect, type EndCause, sendAck, sendRequest, tell } from './client-machine.ts'
import { type Row, type Step, type Table, ignore } from './machine.ts'
import { start, stop } from './timer-effects.ts'
import { type Timing, patienceMs, timerDMs } from './timing.ts'

/** RFC 3261 §17.1.1 with the accepted state of RFC 6026 §7.2. */
export type InviteClientState =
  /** The INVITE is out and nothing came back. `resendMs` is the last interval of timer A. */
  | { readonly name: 'calling'; readonly resendMs: number }
  | { readonly name: 'proceeding' }
  /** A 2xx came; more of them (other branches, retransmissions) go up until timer M. */
  | { readonly name: 'accepted' }
  /** A failure came and was acknowledged; its retransmissions are acknowledged until timer D. */
  | { readonly name: 'completed' }
  | { readonly name: 'terminated'; readonly cause: EndCause }

export type InviteClientEvent =
  | { readonly name: 'provisional'; readonly response: SipResponse }
  | { readonly name: 'success'; readonly response: SipResponse }
  | { readonly name: 'failure'; readonly response: SipResponse }
  | { readonly name: 'timerA' }
  | { readonly name: 'timerB' }
  | { readonly name: 'timerD' }
  | { readonly name: 'timerM' }
  | { readonly name: 'transportFailed' }
  /** The user gives up: a cancelled INVITE without a final response after 64 × T1 (§9.1). */
  | { readonly name: 'abandon' }

type InviteClientStep = Step<InviteClientState, ClientEffect>
type InviteClientRow<Name extends InviteClientState['name']> = Row<
  Name,
  InviteClientState,
  InviteClientEvent,
  ClientEffect
>

const go = (state: InviteClientState, ...effects: ClientEffect[]): InviteClientStep => ({ state, effects })
const end = (cause: EndCause): InviteClientStep => ({ state: { name: 'terminated', cause }, effects: [] })
const proceeding: InviteClientState = { name: 'proceeding' }
const accepted: InviteClientState = { name: 'accepted' }
const completed: InviteClientState = { name: 'completed' }

/** The first step: the INVITE leaves, timer A on UDP, timer B always. */
export function startInviteClient(timing: Timing): InviteClientStep {
  const state: InviteClientState = { name: 'calling', resendMs: timing.t1Ms }
  const timerB = start('B', patienceMs(timing))
  return timing.isReliable ? go(state, sendRequest, timerB) : go(state, sendRequest, start('A', timing.t1Ms), timerB)
}

const whenCalling: InviteClientRow<'calling'> = {
  provisional: (_, { response }) => go(proceeding, stop('A'), stop('B'), tell(response)),
  success: (_, { response }, t) => go(accepted, stop('A'), stop('B'), start('M', patienceMs(t)), tell(response)),
  failure: (_, { response }, t) =>
    go(completed, stop('A'), stop('B'), sendAck(response), start('D', timerDMs(t)), tell(response)),
  timerA: (state) => {
    const resendMs = 2 * state.resendMs
    return go({ name: 'calling', resendMs }, sendRequest, start('A', resendMs))
  },
  timerB: () => end('timeout'),
  timerD: ignore('not running'),
  timerM: ignore('not running'),
  transportFailed: () => end('transport'),
  abandon: () => end('abandoned'),
}

const whenProceeding: InviteClientRow<'proceeding'> = {
  provisional: (state, { response }) => go(state, tell(response)),
  success: (_, { response }, t) => go(accepted, start('M', patienceMs(t)), tell(response)),
  failure: (_, { response }, t) => go(completed, sendAck(response), start('D', timerDMs(t)), tell(response)),
  timerA: ignore('not running'),
  timerB: ignore('not running'),
  timerD: ignore('not running'),
  timerM: ignore('not running'),
  transportFailed: () => end('transport'),
  abandon: () => end('abandoned'),
}

const whenAccepted: InviteClientRow<'accepted'> = {
  provisional: ignore('a provisional response after the 2xx (RFC 6026 §7.2)'),
  success: (state, { response }) => go(state, tell(response)),
  failure: ignore('a failure after the 2xx'),
  timerA: ignore('not running'),
  timerB: ignore('not running'),
  timerD: ignore('not running'),
  timerM: () => end('done'),
  transportFailed: ignore('the answer is already here'),
  abandon: () => end('abandoned'),
}

const whenCompleted: InviteClientRow<'completed'> = {
  provisional: ignore('a provisional response after the final one'),
  success: ignore('a 2xx after the failure'),
  failure: (state, { response }) => go(state, sendAck(response)),
  timerA: ignore('not running'),
  timerB: ignore('not running'),
  timerD: () => end('done'),
  timerM: ignore('not running'),
  transportFailed: () => end('done'),
  abandon: () => end('abandoned'),
}

const over = ignore<InviteClientState>('terminated')
const whenTerminated: InviteClientRow<'terminated'> = {
  provisional: over,
  success: over,
  failure: over,
  timerA: over,
  timerB: over,
  timerD: over,
  timerM: over,
  transportFailed: over,
  abandon: over,
}

/** The INVITE client transaction, every pair of state and event. */
export const inviteClient: Table<InviteClientState, InviteClientEvent, ClientEffect> = {
  calling: whenCalling,
  proceeding: whenProceeding,
  accepted: whenAccepted,
  completed: whenCompleted,
  terminated: whenTerminated,
}
