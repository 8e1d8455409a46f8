import { emptyCentre } from '../centre.ts'
import type { DispatcherEffect, DispatcherEvent } from '../dispatcher.ts'
import type { OfferId } from '../work-item.ts'
import { leaveIfDone } from './agents.ts'
import { leap, leapOf } from './clock-jump.ts'
import { leaveTooLong } from './entering.ts'
import { match } from './match.ts'
import { offerTimedOut } from './offers.ts'
import { lookAtSchedule } from './opening.ts'
import type { DispatcherState, ItemRecord } from './state.ts'
import type { Step } from './step.ts'
import { takeEvent } from './take-event.ts'
import { popDue } from './time-heap.ts'
import { forgetSkipped, wait } from './waiting.ts'
import { wrapUpTimedOut } from './work.ts'

export interface Dispatcher {
  /** Knows nothing yet: `configured` comes first, then `restored`. Each call gives another one. */
  begin(nowMs: number): DispatcherState
  /**
   * Takes one event. The state that is given is changed and given back: it is used once. The same state, event and time always give the same.
   * @param nowMs since 1970; a clock that leaps takes nobody's time and gives nobody any (`clock-jump.ts`)
   */
  advance(
    state: DispatcherState,
    event: DispatcherEvent,
    nowMs: number,
  ): { readonly state: DispatcherState; readonly effects: readonly DispatcherEffect[] }
}

/**
 * The machine that decides who takes which work. Pure, but for the identifiers of offers.
 * @param makeOfferId gives another one each time, in all servers
 */
export function createDispatcher({ makeOfferId }: { readonly makeOfferId: (nowMs: number) => OfferId }): Dispatcher {
  return {
    begin: (nowMs) => ({
      centre: emptyCentre,
      timeZone: 'UTC',
      agents: new Map(),
      queues: new Map(),
      items: new Map(),
      pending: new Map(),
      schedules: new Map(),
      timers: [],
      wakeMs: Infinity,
      nextOrder: 0,
      nowMs,
    }),
    advance(state, event, nowMs) {
      const leapMs = event.kind === 'clockSet' ? event.byMs : leapOf(state, nowMs)
      state.nowMs = leapMs === 0 ? Math.max(state.nowMs, nowMs) : nowMs
      const step: Step = {
        state,
        nowMs: state.nowMs,
        effects: [],
        makeOfferId,
        freed: new Set(),
        awake: new Set(),
        changed: new Set(),
      }
      if (leapMs !== 0) leap(step, leapMs)
      takeDue(step)
      takeEvent(step, event)
      leave(step)
      const awake = [...step.awake]
      match(step)
      for (const record of awake) leaveLate(step, record)
      match(step)
      leave(step)
      for (const agentId of step.changed) step.effects.push({ kind: 'agentChanged', agentId })
      tellWake(step)
      return { state, effects: step.effects }
    },
  }
}

/** Whoever is to leave and has nothing any more. */
function leave(step: Step): void {
  for (const agentId of [...step.changed]) {
    const agent = step.state.agents.get(agentId)
    if (agent?.leaving) leaveIfDone(step, agent)
  }
}

/** Whose time was over while somebody was asked, by another rule or while the server was away: no timer says so any more. */
function leaveLate(step: Step, record: ItemRecord): void {
  if (step.state.items.get(record.item.id) === record) leaveTooLong(step, record)
}

/** All that is due by time alone. */
function takeDue(step: Step): void {
  const { state, nowMs } = step
  for (let due = popDue(state.timers, nowMs); due; due = popDue(state.timers, nowMs)) {
    switch (due.kind) {
      case 'item': {
        const record = state.items.get(due.id as never)
        if (!record || record.timerMs !== due.atMs || record.state !== 'waiting') break
        forgetSkipped(record, nowMs)
        if (!leaveTooLong(step, record)) wait(step, record)
        break
      }
      case 'offer':
        offerTimedOut(step, due.id)
        break
      case 'wrapUp': {
        const record = state.items.get(due.id as never)
        if (record) wrapUpTimedOut(step, record)
        break
      }
      case 'schedule':
        if (state.schedules.get(due.id)?.nextMs === due.atMs) lookAtSchedule(state, due.id, nowMs)
        break
    }
  }
}

function tellWake(step: Step): void {
  const { state, effects } = step
  const next = state.timers[0]?.atMs ?? Infinity
  if (next < Infinity && (next < state.wakeMs || state.wakeMs <= step.nowMs)) effects.push({ kind: 'wake', atMs: next })
  if (next < state.wakeMs || state.wakeMs <= step.nowMs) state.wakeMs = next
}
