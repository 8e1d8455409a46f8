/**
 * One subscription as its notifier sees it (RFC 6665 §4.2), without I/O.
 *
 * `active`: may be told of changes; at most one NOTIFY is under way, changes meanwhile are told by one more after it.
 * `ending`: the last NOTIFY is under way, or waits for an ordinary one before it (`isWaiting`). Exits to `over` when it is answered, or fails.
 * `over`: nothing is kept any more.
 */
export type SubscriptionState =
  | { readonly name: 'active'; readonly expiresAtMs: number; readonly isSending: boolean; readonly isDue: boolean }
  | { readonly name: 'ending'; readonly ending: Ending; readonly isWaiting: boolean }
  | { readonly name: 'over' }

/** RFC 6665 §4.1.3: what the subscriber should make of the end. */
export type EndReason = 'deactivated' | 'probation' | 'rejected' | 'timeout' | 'giveup' | 'noresource' | 'invariant'

export interface Ending {
  readonly reason: EndReason
  readonly retryAfterSeconds?: number
}

export type SubscriptionEvent =
  /** The first SUBSCRIBE or a refresh; 0 seconds ends it, or fetches once (§4.4.3). */
  | { readonly name: 'subscribed'; readonly expiresSeconds: number }
  | { readonly name: 'changed' }
  | { readonly name: 'notified' }
  /** The NOTIFY under way was refused, or not answered at all; with a wait the peer wants the next one later. */
  | { readonly name: 'notifyFailed'; readonly retryAfterSeconds?: number }
  /** Its connection has closed, and it cannot be asked: it is told when it is back, if that is before its subscription ends. */
  | { readonly name: 'unreachable' }
  | { readonly name: 'reachable' }
  /** The timer that `startTimer` asked for. */
  | { readonly name: 'timerFired' }
  | { readonly name: 'ended'; readonly ending: Ending }
  /** A refresh was answered 481. */
  | { readonly name: 'refused' }

export type SubscriptionEffect =
  | { readonly do: 'notify'; readonly expiresSeconds: number }
  | { readonly do: 'notifyEnd'; readonly ending: Ending }
  /** Replaces the one that runs. */
  | { readonly do: 'startTimer'; readonly delayMs: number }
  | { readonly do: 'stopTimer' }
  | { readonly do: 'forget' }

export interface SubscriptionStep {
  readonly state: SubscriptionState
  readonly effects: readonly SubscriptionEffect[]
}

/** Before the first SUBSCRIBE is taken. */
export const newSubscription: SubscriptionState = { name: 'active', expiresAtMs: 0, isSending: false, isDue: false }

type Active = Extract<SubscriptionState, { name: 'active' }>
type Named<Name extends SubscriptionEvent['name']> = Extract<SubscriptionEvent, { name: Name }>
type Row<State extends SubscriptionState> = {
  readonly [Name in SubscriptionEvent['name']]: (state: State, event: Named<Name>, nowMs: number) => SubscriptionStep
}

/** A peer that cannot take a NOTIFY now is not asked again before that, whatever it says: with `Retry-After: 0` it would be asked without end. */
const leastPauseSeconds = 5

const stay = (state: SubscriptionState): SubscriptionStep => ({ state, effects: [] })
const over: SubscriptionStep = { state: { name: 'over' }, effects: [{ do: 'stopTimer' }, { do: 'forget' }] }

function notify(state: Active, nowMs: number, first: readonly SubscriptionEffect[] = []): SubscriptionStep {
  if (state.isSending) return { state: { ...state, isDue: true }, effects: first }
  const expiresSeconds = Math.max(0, Math.ceil((state.expiresAtMs - nowMs) / 1000))
  return { state: { ...state, isSending: true, isDue: false }, effects: [...first, { do: 'notify', expiresSeconds }] }
}

function end(state: Active, ending: Ending): SubscriptionStep {
  const effects: SubscriptionEffect[] = [{ do: 'stopTimer' }]
  if (!state.isSending) effects.push({ do: 'notifyEnd', ending })
  return { state: { name: 'ending', ending, isWaiting: state.isSending }, effects }
}

const active: Row<Active> = {
  subscribed: (state, { expiresSeconds }, nowMs) => {
    if (expiresSeconds === 0) return end(state, { reason: 'timeout' })
    const delayMs = 1000 * expiresSeconds
    // A NOTIFY follows every SUBSCRIBE, changed or not (§4.2.1.2).
    return notify({ ...state, expiresAtMs: nowMs + delayMs }, nowMs, [{ do: 'startTimer', delayMs }])
  },
  // Due but not sending: the peer asked for a pause, after which it is told of this too.
  changed: (state, _, nowMs) => (state.isDue ? stay(state) : notify(state, nowMs)),
  notified: (state, _, nowMs) => {
    const idle = { ...state, isSending: false }
    return state.isDue ? notify(idle, nowMs) : stay(idle)
  },
  notifyFailed: (state, { retryAfterSeconds }, nowMs) => {
    const pauseSeconds = Math.max(leastPauseSeconds, retryAfterSeconds ?? Number.POSITIVE_INFINITY)
    const retryAtMs = nowMs + 1000 * pauseSeconds
    if (retryAtMs >= state.expiresAtMs) return over
    return {
      state: { ...state, isSending: false, isDue: true },
      effects: [{ do: 'startTimer', delayMs: retryAtMs - nowMs }],
    }
  },
  unreachable: (state) => stay({ ...state, isSending: false, isDue: true }),
  reachable: (state, _, nowMs) => (state.isDue && !state.isSending ? notify(state, nowMs) : stay(state)),
  timerFired: (state, _, nowMs) => {
    if (nowMs >= state.expiresAtMs) return end(state, { reason: 'timeout' })
    const rest: SubscriptionEffect = { do: 'startTimer', delayMs: state.expiresAtMs - nowMs }
    return state.isDue && !state.isSending ? notify(state, nowMs, [rest]) : { state, effects: [rest] }
  },
  ended: (state, { ending }) => end(state, ending),
  refused: () => over,
}

type EndingState = Extract<SubscriptionState, { name: 'ending' }>
const last = (state: EndingState): SubscriptionStep =>
  state.isWaiting
    ? { state: { ...state, isWaiting: false }, effects: [{ do: 'notifyEnd', ending: state.ending }] }
    : over

const ending: Row<EndingState> = {
  subscribed: stay,
  changed: stay,
  notified: last,
  // One that wants the state later is there: it is told of the end now, since there is no later.
  notifyFailed: (state, { retryAfterSeconds }) => (retryAfterSeconds === undefined ? over : last(state)),
  unreachable: () => over,
  reachable: stay,
  timerFired: stay,
  ended: stay,
  refused: stay,
}

const done: Row<SubscriptionState> = {
  subscribed: stay,
  changed: stay,
  notified: stay,
  notifyFailed: stay,
  unreachable: stay,
  reachable: stay,
  timerFired: stay,
  ended: stay,
  refused: stay,
}

/** Takes one step. Events that cannot happen in a state leave it as it is. */
export function stepSubscription(state: SubscriptionState, event: SubscriptionEvent, nowMs: number): SubscriptionStep {
  const row = state.name === 'active' ? active : state.name === 'ending' ? ending : done
  const take = row[event.name] as (
    state: SubscriptionState,
    event: SubscriptionEvent,
    nowMs: number,
  ) => SubscriptionStep
  return take(state, event, nowMs)
}
