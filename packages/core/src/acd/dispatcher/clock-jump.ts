import { lookAtSchedule } from './opening.ts'
import type { AgentRecord, DispatcherState, ItemRecord } from './state.ts'
import type { Step } from './step.ts'
import { pushDue } from './time-heap.ts'
import { wait } from './waiting.ts'
import { emptyHour } from './worked-hour.ts'

/** A clock that is set back by less only stands still. */
const backMs = 1000

/** A wake that comes so much too late: the clock was set forward, or the process stood still, and nobody was asked meanwhile. */
const lateMs = 60_000

/**
 * By how much the clock has leapt since the last event; 0: it has gone. Backwards it shows by itself, forwards by the wake that should have come.
 * What really passed since that event cannot be known, and is nobody's.
 */
export function leapOf({ nowMs: lastMs, wakeMs }: DispatcherState, nowMs: number): number {
  return nowMs < lastMs - backMs || nowMs - wakeMs > lateMs ? nowMs - lastMs : 0
}

/**
 * Takes a leap of the clock out of everything that runs: who has waited for a minute has still waited for a minute, and nobody has missed an
 * offer because a clock was set. Times that were agreed and opening hours are those of the new clock.
 */
export function leap(step: Step, byMs: number): void {
  const { state } = step
  // Each anew, as the order of a heap does not outlive that some of it are gone.
  for (const due of state.timers.splice(0))
    if (due.kind !== 'schedule') pushDue(state.timers, { ...due, atMs: due.atMs + byMs })
  for (const record of state.items.values()) shiftItem(record, byMs)
  for (const pending of state.pending.values()) {
    pending.askedMs += byMs
    pending.offer = { ...pending.offer, atMs: pending.offer.atMs + byMs, untilMs: pending.offer.untilMs + byMs }
  }
  for (const agent of state.agents.values()) shiftAgent(agent, byMs, step.nowMs)
  for (const { pace } of state.queues.values())
    for (const one of Object.values(pace)) {
      if (one.lastServedMs > 0) one.lastServedMs += byMs
      if (one.atMs > 0) one.atMs += byMs
    }
  for (const id of state.schedules.keys()) lookAtSchedule(state, id, step.nowMs)
  for (const record of state.items.values()) if (record.state === 'waiting') wait(step, record)
  state.wakeMs = Infinity
}

function shiftItem(record: ItemRecord, byMs: number): void {
  record.item = { ...record.item, sinceMs: record.item.sinceMs + byMs }
  record.enteredMs += byMs
  record.sinceMs += byMs
  record.acceptedMs += byMs
  record.heldUntilMs += byMs
  record.stickyUntilMs += byMs
  record.wrapUntilMs += byMs
  for (const [agentId, untilMs] of record.skipped ?? []) record.skipped!.set(agentId, untilMs + byMs)
}

/** The order of idleness stays: all move alike. */
function shiftAgent(agent: AgentRecord, byMs: number, nowMs: number): void {
  agent.stateSinceMs += byMs
  agent.idleSinceMs += byMs
  if (agent.listedIdleMs !== undefined) agent.listedIdleMs += byMs
  const { isWorking, isPresent } = agent.work
  Object.assign(agent.work, emptyHour(nowMs), { isWorking, isPresent })
}
