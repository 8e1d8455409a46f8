import type { SipResponse } from '../message/sip-message.ts'
import { type ClientEffect, type EndCause, sendRequest, tell } from './client-machine.ts'
import { type Row, type Step, type Table, ignore } from './machine.ts'
import { start, stop } from './timer-effects.ts'
import { type Timing, patienceMs } from './timing.ts'

/** RFC 3261 §17.1.2. */
export type NonInviteClientState =
  | { readonly name: 'trying'; readonly resendMs: number }
  | { readonly name: 'proceeding' }
  /** A final response came; its retransmissions are absorbed until timer K. */
  | { readonly name: 'completed' }
  | { readonly name: 'terminated'; readonly cause: EndCause }

export type NonInviteClientEvent =
  | { readonly name: 'provisional'; readonly response: SipResponse }
  | { readonly name: 'success'; readonly response: SipResponse }
  | { readonly name: 'failure'; readonly response: SipResponse }
  | { readonly name: 'timerE' }
  | { readonly name: 'timerF' }
  | { readonly name: 'timerK' }
  | { readonly name: 'transportFailed' }
  | { readonly name: 'abandon' }

type NonInviteClientStep = Step<NonInviteClientState, ClientEffect>
type NonInviteClientRow<Name extends NonInviteClientState['name']> = Row<
  Name,
  NonInviteClientState,
  NonInviteClientEvent,
  ClientEffect
>

const go = (state: NonInviteClientState, ...effects: ClientEffect[]): NonInviteClientStep => ({ state, effects })
const end = (cause: EndCause): NonInviteClientStep => ({ state: { name: 'terminated', cause }, effects: [] })
const proceeding: NonInviteClientState = { name: 'proceeding' }
const completed: NonInviteClientState = { name: 'completed' }

/** The first step: the request leaves, timer E on UDP, timer F always. */
export function startNonInviteClient(timing: Timing): NonInviteClientStep {
  const state: NonInviteClientState = { name: 'trying', resendMs: timing.t1Ms }
  const timerF = start('F', patienceMs(timing))
  return timing.isReliable ? go(state, sendRequest, timerF) : go(state, sendRequest, start('E', timing.t1Ms), timerF)
}

const finish = (response: SipResponse, timing: Timing): NonInviteClientStep =>
  go(completed, stop('E'), stop('F'), start('K', timing.isReliable ? 0 : timing.t4Ms), tell(response))

const whenTrying: NonInviteClientRow<'trying'> = {
  provisional: (_, { response }) => go(proceeding, tell(response)),
  success: (_, { response }, t) => finish(response, t),
  failure: (_, { response }, t) => finish(response, t),
  timerE: (state, _, t) => {
    const resendMs = Math.min(2 * state.resendMs, t.t2Ms)
    return go({ name: 'trying', resendMs }, sendRequest, start('E', resendMs))
  },
  timerF: () => end('timeout'),
  timerK: ignore('not running'),
  transportFailed: () => end('transport'),
  abandon: () => end('abandoned'),
}

const whenProceeding: NonInviteClientRow<'proceeding'> = {
  provisional: (state, { response }) => go(state, tell(response)),
  success: (_, { response }, t) => finish(response, t),
  failure: (_, { response }, t) => finish(response, t),
  timerE: (state, _, t) => go(state, sendRequest, start('E', t.t2Ms)),
  timerF: () => end('timeout'),
  timerK: ignore('not running'),
  transportFailed: () => end('transport'),
  abandon: () => end('abandoned'),
}

const whenCompleted: NonInviteClientRow<'completed'> = {
  provisional: ignore('a provisional response after the final one'),
  success: ignore('retransmission of the final response'),
  failure: ignore('retransmission of the final response'),
  timerE: ignore('not running'),
  timerF: ignore('not running'),
  timerK: () => end('done'),
  transportFailed: () => end('done'),
  abandon: () => end('abandoned'),
}

const over = ignore<NonInviteClientState>('terminated')
const whenTerminated: NonInviteClientRow<'terminated'> = {
  provisional: over,
  success: over,
  failure: over,
  timerE: over,
  timerF: over,
  timerK: over,
  transportFailed: over,
  abandon: over,
}

/** The non-INVITE client transaction, every pair of state and event. */
export const nonInviteClient: Table<NonInviteClientState, NonInviteClientEvent, ClientEffect> = {
  trying: whenTrying,
  proceeding: whenProceeding,
  completed: whenCompleted,
  terminated: whenTerminated,
}
