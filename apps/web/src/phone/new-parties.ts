import type { Api } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import type { PageClock } from '../app/app.ts'
import type { Value } from '../base/cell.ts'
import { ownConnections } from './own-connections.ts'
import type { PhoneState } from './phone-state.ts'

/** Who is at the other end of a call. */
export interface OtherParty {
  readonly number: string
  readonly name?: string
}

/** The part of the telephone that is told with whom it talks. */
export interface NamedPhone {
  readonly state: Value<Pick<PhoneState, 'calls'>>
  sipCallIdOf(id: string): string | undefined
  talksWith(id: string, party: OtherParty): void
}

/**
 * A call that was put through tells nobody so over SIP: its dialog stays. The adopted side sees only that the call ended which it was in, for its
 * line goes on in another one.
 */
const changing = new Set(['call.transferred', 'call.ended', 'call.conferenced'])
/** A call that is over is gone from here by then, and the server knows what came of it. */
const settleMs = 300

/**
 * Asks the server with whom each call of this telephone is, whenever somebody may have taken another one's place, and after a time without events.
 * Events may come before or after what SIP says; what counts is what the server then has.
 * @returns ends it
 */
export function followNewParties({
  api,
  events,
  clock,
  phone,
}: {
  readonly api: Api
  readonly events: Pick<EventStreamClient, 'onEvent' | 'onLive'>
  readonly clock: PageClock
  readonly phone: NamedPhone
}): () => void {
  let stopTimer: (() => void) | undefined
  let round = 0
  const returned = new Set<string>()
  const ask = async (): Promise<void> => {
    const asked = ++round
    if (!phone.state.get().calls.some(({ state }) => state.name === 'connected')) return
    const { items } = await api.call('listLiveCalls')
    if (asked !== round) return
    const own = ownConnections(items)
    for (const { id, number, state } of phone.state.get().calls) {
      const at = own.get(phone.sipCallIdOf(id) ?? '')
      const others = items
        .find((call) => call.id === at?.callId)
        ?.connections.filter(({ legId }) => legId !== at?.legId)
      // In a conference there are many, or none that could be named.
      const [other] = others?.length === 1 ? others : []
      if (other && state.name === 'connected' && !isSameNumber(other.party.number, number))
        phone.talksWith(id, other.party)
    }
  }
  const soon = (): void => {
    stopTimer?.()
    stopTimer = clock.startTimer(settleMs, () => {
      ask().catch(() => {
        // Without an answer it is shown as it was.
      })
    })
  }
  const stops = [
    events.onEvent(({ kind }) => {
      if (changing.has(kind)) soon()
    }),
    events.onLive(soon),
    phone.state.subscribe(() => {
      // Meanwhile it may have been put through.
      const back = phone.state
        .get()
        .calls.filter(({ id, returnedAfterMs }) => returnedAfterMs !== undefined && !returned.has(id))
      for (const { id } of back) returned.add(id)
      if (back.length > 0) soon()
    }),
  ]
  return () => {
    round++
    stopTimer?.()
    for (const stop of stops) stop()
  }
}

const digitsThatCount = 7

/** Whether two ways of writing may be of one number: `0701740605` and `+46701740605` end alike. */
function isSameNumber(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replace(/[\s()./-]/g, ''))
  if (a === b) return true
  const isLong = (a?.length ?? 0) >= digitsThatCount && (b?.length ?? 0) >= digitsThatCount
  return isLong && a?.slice(-digitsThatCount) === b?.slice(-digitsThatCount)
}
