import type { DispatcherEvent } from '../dispatcher.ts'
import { createDispatcher } from '../dispatcher/create-dispatcher.ts'
import type { DispatcherState } from '../dispatcher/state.ts'
import { popDue, pushDue } from '../dispatcher/time-heap.ts'
import type { CentreFact } from '../fact.ts'
import type { OfferId, WorkItemId } from '../work-item.ts'
import type { DayPlan, PlannedArrival } from './day-plan.ts'

/** Something that will happen. */
interface Coming {
  readonly atMs: number
  readonly event: DispatcherEvent
}

/** After the end of a day, who is still there is served for so long. */
const overtimeMs = 4 * 3_600_000

const eventsPerSlice = 100

/** Who looks on while a day passes. */
export interface DayWatcher {
  /** In the order in which they happen. */
  fact?(fact: CentreFact): void
  /** After each event. */
  step?(state: DispatcherState, nowMs: number): void
}

/**
 * Runs a day through the dispatcher, in virtual time: agents accept what they are asked, customers leave when they have waited for as long as they
 * can. The same plan always gives the same.
 * @yields after every hundred events, so that whoever drives it can do something else meanwhile
 * @returns how many events there were
 */
export function* simulateDay(plan: DayPlan, watcher: DayWatcher): Generator<void, number> {
  let offers = 0
  let events = 0
  const dispatcher = createDispatcher({ makeOfferId: () => `sim-${++offers}` as OfferId })
  let state = dispatcher.begin(plan.fromMs)
  const coming: Coming[] = []
  const known = new Map<WorkItemId, PlannedArrival>()
  const at = (atMs: number, event: DispatcherEvent): void => pushDue(coming, { atMs, event })

  const take = (first: DispatcherEvent, nowMs: number): void => {
    const inbox: DispatcherEvent[] = [first]
    for (let event = inbox.shift(); event; event = inbox.shift()) {
      events++
      const step = dispatcher.advance(state, event, nowMs)
      state = step.state
      for (const effect of step.effects)
        switch (effect.kind) {
          case 'record':
            watcher.fact?.(effect.fact)
            follow(effect.fact)
            break
          case 'claim':
            watcher.fact?.(effect.fact)
            inbox.push({ kind: 'claimWon', offerId: effect.offer.id })
            break
          case 'offer':
            at(nowMs + plan.answerMs, {
              kind: 'offerEnded',
              offerId: effect.offer.id,
              outcome: { kind: 'accepted' },
            })
            break
          case 'wake':
            at(effect.atMs, { kind: 'timePassed' })
            break
          default:
            break
        }
    }
    watcher.step?.(state, nowMs)
  }

  const follow = (fact: CentreFact): void => {
    switch (fact.kind) {
      case 'work.accepted':
        at(fact.atMs + (known.get(fact.itemId)?.handlingMs ?? 0), {
          kind: 'itemFinished',
          itemId: fact.itemId,
          by: 'customer',
        })
        break
      case 'work.finished':
        at(fact.atMs + (known.get(fact.itemId)?.wrapMs ?? 0), {
          kind: 'wrappedUp',
          itemId: fact.itemId,
          codeId: 'done',
        })
        known.delete(fact.itemId)
        break
      case 'work.abandoned':
        known.delete(fact.itemId)
        break
      default:
        break
    }
  }

  take({ kind: 'configured', centre: plan.centre, timeZone: plan.timeZone }, plan.fromMs)
  let [nextArrival, nextShift, sliceAt] = [0, 0, eventsPerSlice]
  const endMs = plan.toMs + overtimeMs
  for (;;) {
    const arrival = plan.arrivals[nextArrival]
    const shift = plan.shifts[nextShift]
    const arrivalMs = arrival?.atMs ?? Infinity
    const shiftMs = shift?.atMs ?? Infinity
    const dueMs = coming[0]?.atMs ?? Infinity
    const nowMs = Math.min(arrivalMs, shiftMs, dueMs)
    if (nowMs > endMs) return events
    if (shift && shiftMs === nowMs) {
      nextShift++
      for (const event of eventsOf(state, shift)) take(event, nowMs)
    } else if (arrival && arrivalMs === nowMs) {
      nextArrival++
      known.set(arrival.item.id, arrival)
      take({ kind: 'itemArrived', item: arrival.item }, nowMs)
      if (arrival.patienceMs < Infinity && known.has(arrival.item.id))
        at(nowMs + arrival.patienceMs, { kind: 'itemLeft', itemId: arrival.item.id })
    } else {
      const { event } = popDue(coming, nowMs)!
      if (!isOver(state, event)) take(event, nowMs)
    }
    if (events >= sliceAt) {
      sliceAt = events + eventsPerSlice
      yield
    }
  }
}

/** A customer does not leave whom somebody has; a wake that came too late is none. */
const isOver = (state: DispatcherState, event: DispatcherEvent): boolean => {
  if (event.kind !== 'itemLeft') return false
  const record = state.items.get(event.itemId)
  return record === undefined || record.agent !== undefined
}

function eventsOf(
  state: DispatcherState,
  { agentId, to, reason = 'break' }: DayPlan['shifts'][number],
): DispatcherEvent[] {
  if (to === 'loggedOff') return [{ kind: 'agentLoggedOff', agentId }]
  const agent = state.agents.get(agentId)
  if (!agent) return []
  const login: DispatcherEvent[] =
    agent.isLoggedIn && !agent.leaving ? [] : [{ kind: 'agentLoggedIn', agentId, line: agent.settings.line }]
  return [...login, to === 'ready' ? { kind: 'agentReady', agentId } : { kind: 'agentNotReady', agentId, reason }]
}
