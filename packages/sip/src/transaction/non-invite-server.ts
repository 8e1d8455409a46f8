import type { EndCause } from './client-machine.ts'
import { type Row, type Step, type Table, ignore } from './machine.ts'
import { type ServerEffect, sendResponse } from './server-machine.ts'
import { start } from './timer-effects.ts'
import { type Timing, patienceMs } from './timing.ts'
import type { WrittenResponse } from './written-response.ts'

/** RFC 3261 §17.2.2. */
export type NonInviteServerState =
  | { readonly name: 'trying' }
  | { readonly name: 'proceeding'; readonly provisional: WrittenResponse }
  /** The final response was sent; retransmitted requests get it again until timer J. */
  | { readonly name: 'completed'; readonly final: WrittenResponse }
  | { readonly name: 'terminated'; readonly cause: EndCause }

export type NonInviteServerEvent =
  | { readonly name: 'request' }
  | { readonly name: 'provisional'; readonly response: WrittenResponse }
  | { readonly name: 'success'; readonly response: WrittenResponse }
  | { readonly name: 'failure'; readonly response: WrittenResponse }
  | { readonly name: 'timerJ' }
  | { readonly name: 'transportFailed' }

type NonInviteServerStep = Step<NonInviteServerState, ServerEffect>
type NonInviteServerRow<Name extends NonInviteServerState['name']> = Row<
  Name,
  NonInviteServerState,
  NonInviteServerEvent,
  ServerEffect
>

const go = (state: NonInviteServerState, ...effects: ServerEffect[]): NonInviteServerStep => ({ state, effects })
const end = (cause: EndCause): NonInviteServerStep => ({ state: { name: 'terminated', cause }, effects: [] })

/** The first step: nothing is sent. */
export function startNonInviteServer(): NonInviteServerStep {
  return go({ name: 'trying' })
}

const finish = (final: WrittenResponse, timing: Timing): NonInviteServerStep =>
  go({ name: 'completed', final }, sendResponse(final), start('J', timing.isReliable ? 0 : patienceMs(timing)))

const whenTrying: NonInviteServerRow<'trying'> = {
  request: ignore('a retransmission before any response'),
  provisional: (_, { response }) => go({ name: 'proceeding', provisional: response }, sendResponse(response)),
  success: (_, { response }, t) => finish(response, t),
  failure: (_, { response }, t) => finish(response, t),
  timerJ: ignore('not running'),
  transportFailed: ignore('nothing was sent'),
}

const whenProceeding: NonInviteServerRow<'proceeding'> = {
  request: (state) => go(state, sendResponse(state.provisional)),
  provisional: (_, { response }) => go({ name: 'proceeding', provisional: response }, sendResponse(response)),
  success: (_, { response }, t) => finish(response, t),
  failure: (_, { response }, t) => finish(response, t),
  timerJ: ignore('not running'),
  transportFailed: () => end('transport'),
}

const whenCompleted: NonInviteServerRow<'completed'> = {
  request: (state) => go(state, sendResponse(state.final)),
  provisional: ignore('a final response was already sent'),
  success: ignore('a final response was already sent'),
  failure: ignore('a final response was already sent'),
  timerJ: () => end('done'),
  transportFailed: () => end('transport'),
}

const over = ignore<NonInviteServerState>('terminated')
const whenTerminated: NonInviteServerRow<'terminated'> = {
  request: over,
  provisional: over,
  success: over,
  failure: over,
  timerJ: over,
  transportFailed: over,
}

/** The non-INVITE server transaction, every pair of state and event. */
export const nonInviteServer: Table<NonInviteServerState, NonInviteServerEvent, ServerEffect> = {
  trying: whenTrying,
  proceeding: whenProceeding,
  completed: whenCompleted,
  terminated: whenTerminated,
}
