import { settleAgent } from './agent-states.ts'
import { overflowTo, remove, settle } from './entering.ts'
import { countHandled } from './pace.ts'
import { type AgentRecord, type ItemRecord, roomOf } from './state.ts'
import { ofItem, release, type Step, tell } from './step.ts'
import { pushDue } from './time-heap.ts'
import { skip } from './waiting.ts'

/** An agent has an item, and works on it. */
export function begin(step: Step, record: ItemRecord, agent: AgentRecord): void {
  record.state = 'assigned'
  record.agent = agent
  record.sinceMs = step.nowMs
  record.acceptedMs = step.nowMs
  record.workedMs = 0
  record.stickyUntilMs = 0
  record.skipped = undefined
  agent.open.add(record)
  agent.idleSinceMs = step.nowMs
  settleAgent(step, agent)
}

const handledMs = (step: Step, record: ItemRecord, atMs = step.nowMs): number =>
  record.workedMs + (record.state === 'assigned' ? Math.max(0, Math.min(atMs, step.nowMs) - record.sinceMs) : 0)

/** The conversation is over; noting begins where the queue wants it. @param atMs when it was */
export function finish(
  step: Step,
  record: ItemRecord,
  by: 'agent' | 'customer' | 'system',
  movedTo: string | undefined,
  atMs?: number,
): void {
  const { agent } = record
  if (!agent || (record.state !== 'assigned' && record.state !== 'kept')) return
  const worked = handledMs(step, record, atMs)
  tell(step, {
    kind: 'work.finished',
    ...ofItem(record),
    agentId: agent.id,
    handledMs: worked,
    by,
    ...(movedTo === undefined ? {} : { movedTo }),
  })
  record.workedMs = worked
  const rule = step.state.queues.get(record.item.queueId)?.settings.wrapUp
  const wasKept = record.state === 'kept'
  if (!rule || wasKept || agent.leaving || (rule.seconds <= 0 && !rule.needsCode)) {
    letGo(step, record, agent)
    return
  }
  beginWrapUp(step, record)
  settleAgent(step, agent)
}

/** What is to be noted: ends by itself, where no code is needed. */
export function beginWrapUp(step: Step, record: ItemRecord): void {
  record.state = 'wrappingUp'
  record.sinceMs = step.nowMs
  const seconds = step.state.queues.get(record.item.queueId)?.settings.wrapUp.seconds ?? 0
  setWrapUpEnd(step, record, step.nowMs + seconds * 1000)
}

function setWrapUpEnd(step: Step, record: ItemRecord, atMs: number): void {
  record.wrapUntilMs = atMs
  pushDue(step.state.timers, { atMs, kind: 'wrapUp', id: record.item.id })
}

/** @returns whether it is over */
export function wrapUp(
  step: Step,
  record: ItemRecord,
  how: { readonly codeId?: string; readonly note?: string; readonly isForced?: boolean },
): boolean {
  const { agent } = record
  if (record.state !== 'wrappingUp' || !agent) return false
  const { codeId, note, isForced = false } = how
  if (codeId === undefined && !isForced && needsCode(step, record)) return false
  tell(step, {
    kind: 'work.wrappedUp',
    ...ofItem(record),
    agentId: agent.id,
    wrapMs: step.nowMs - record.sinceMs,
    ...(codeId === undefined ? {} : { codeId }),
    ...(note === undefined ? {} : { note }),
    isForced,
  })
  record.workedMs += step.nowMs - record.sinceMs
  letGo(step, record, agent)
  return true
}

export const needsCode = (step: Step, record: ItemRecord): boolean =>
  step.state.queues.get(record.item.queueId)?.settings.wrapUp.needsCode ?? false

/** The time for it is over: it ends by itself, unless a code is needed. */
export function wrapUpTimedOut(step: Step, record: ItemRecord): void {
  if (record.state === 'wrappingUp' && record.wrapUntilMs <= step.nowMs && !needsCode(step, record))
    wrapUp(step, record, { isForced: true })
}

export function extendWrapUp(step: Step, record: ItemRecord, seconds: number): void {
  if (record.state !== 'wrappingUp' || !(seconds > 0)) return
  setWrapUpEnd(step, record, Math.max(step.nowMs, record.wrapUntilMs) + seconds * 1000)
  if (record.agent) step.changed.add(record.agent.id)
}

/** Done: gone from the dispatcher, and the agent has the place back. */
function letGo(step: Step, record: ItemRecord, agent: AgentRecord): void {
  const pace = step.state.queues.get(record.item.queueId)?.pace[roomOf(record.item.channel)]
  if (pace) countHandled(pace, record.workedMs)
  release(step, record)
  agent.open.delete(record)
  agent.kept.delete(record)
  remove(step, record)
  agent.idleSinceMs = step.nowMs
  settleAgent(step, agent)
}

/** Put aside: still the agent's, who has room for another one. Nobody keeps somebody who speaks. */
export function keepAside(step: Step, record: ItemRecord): void {
  const { agent } = record
  if (!agent || record.state !== 'assigned' || roomOf(record.item.channel) === 'spoken') return
  tell(step, { kind: 'work.keptAside', ...ofItem(record), agentId: agent.id })
  record.workedMs = handledMs(step, record)
  record.state = 'kept'
  release(step, record)
  agent.open.delete(record)
  agent.kept.add(record)
  agent.idleSinceMs = step.nowMs
  settleAgent(step, agent)
}

/** Taken up again, whatever else the agent has; back to the others when the agent is not there. */
export function resume(step: Step, record: ItemRecord): void {
  const { agent } = record
  if (!agent || record.state !== 'kept') return
  if (!agent.isLoggedIn) {
    giveBack(step, record, 'loggedOff')
    return
  }
  tell(step, { kind: 'work.resumed', ...ofItem(record), agentId: agent.id })
  record.state = 'assigned'
  record.sinceMs = step.nowMs
  agent.kept.delete(record)
  agent.open.add(record)
  settleAgent(step, agent)
}

/**
 * Unfinished: it waits again with the time that it had.
 * @param isMoved somebody has chosen another queue for it: where its own is gone, it does not go on to where that one sends its own
 * @returns whether it does
 */
export function giveBack(step: Step, record: ItemRecord, why: string, isMoved = false): boolean {
  const { agent } = record
  if (!agent || (record.state !== 'assigned' && record.state !== 'kept')) return false
  const queue = step.state.queues.get(record.item.queueId)
  tell(step, { kind: 'work.returned', ...ofItem(record), agentId: agent.id, handledMs: handledMs(step, record), why })
  release(step, record)
  agent.open.delete(record)
  agent.kept.delete(record)
  record.agent = undefined
  record.state = 'waiting'
  record.enteredMs = step.nowMs
  record.workedMs = 0
  if (queue) {
    skip(record, agent, step.nowMs + queue.settings.offerSeconds * 1000)
    settle(step, queue, record)
    if (queue.isRemoved && !isMoved) overflowTo(step, record, queue.settings.overflow.closed, 'closed')
  } else if (!isMoved) overflowTo(step, record, { kind: 'goodbye' }, 'closed')
  agent.idleSinceMs = step.nowMs
  settleAgent(step, agent)
  return true
}
