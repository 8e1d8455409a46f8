import type { SkillNeed } from '../centre.ts'
import { cameBefore } from './rank.ts'
import { insertSorted, removeSorted } from './sorted.ts'
import { type AgentRecord, type Group, type ItemRecord, type QueueRecord, roomBit, roomOf } from './state.ts'
import type { Step } from './step.ts'
import { waitedMs } from './step.ts'
import { pushDue } from './time-heap.ts'

/** Puts an item where it waits, by what holds for it now, and looks for somebody who takes it. */
export function wait(step: Step, record: ItemRecord): void {
  leaveGroup(record)
  const queue = step.state.queues.get(record.item.queueId)!
  record.state = 'waiting'
  record.agent = undefined
  const group = groupFor(step, queue, record)
  insertSorted(group.items, record, cameBefore)
  record.group = group
  setTimer(step, queue, record)
  step.awake.add(record)
}

/** Away from where it waits; groups without items are no more. */
export function leaveGroup(record: ItemRecord): void {
  const { group } = record
  if (!group) return
  record.group = undefined
  removeSorted(group.items, record, cameBefore)
  if (group.items.length > 0) return
  group.queue.groups.delete(group.key)
  group.forAgent?.ownGroups.delete(group)
}

function groupFor(step: Step, queue: QueueRecord, record: ItemRecord): Group {
  const { item } = record
  const isHeld = Math.max(record.heldUntilMs, item.notBeforeMs ?? 0) > step.nowMs
  const [forAgent, why] = agentFor(step, record)
  const needs = item.needs.length === 0 ? '' : JSON.stringify(item.needs)
  const key = `${item.channel} ${item.priority} ${isHeld ? 'held' : ''} ${why ?? ''} ${forAgent?.id ?? ''} ${needs}`
  const known = queue.groups.get(key)
  if (known) return known
  const bit = roomBit[roomOf(item.channel)]
  const { channel, priority } = item
  const group = { key, queue, channel, bit, priority, needs: record.needs, forAgent, why, isHeld, items: [] }
  queue.groups.set(key, group)
  forAgent?.ownGroups.add(group)
  return group
}

/** Whose an item is for now. Who is not in the centre any more cannot be waited for. */
function agentFor(step: Step, record: ItemRecord): readonly [AgentRecord | undefined, 'sticky' | 'only' | undefined] {
  const { onlyAgentId, stickyAgentId, queueId } = record.item
  const only = onlyAgentId === undefined ? undefined : step.state.agents.get(onlyAgentId)
  if (only) return [only, 'only']
  const sticky = stickyAgentId === undefined ? undefined : step.state.agents.get(stickyAgentId)
  const isAwaited = sticky && record.stickyUntilMs > step.nowMs && !record.skipped?.has(sticky.id)
  return isAwaited && isAtWork(sticky) && sticky.places.has(queueId) ? [sticky, 'sticky'] : [undefined, undefined]
}

/** Takes work now, or will once they have finished what they do. */
export const isAtWork = (agent: AgentRecord): boolean => agent.isLoggedIn && !agent.leaving && agent.wantsReady

/** When something changes for an item by time alone. */
function setTimer(step: Step, queue: QueueRecord, record: ItemRecord): void {
  const { nowMs } = step
  let next = Infinity
  const at = (ms: number | undefined): void => {
    if (ms !== undefined && ms > nowMs && ms < next) next = ms
  }
  at(record.item.notBeforeMs)
  at(record.heldUntilMs)
  at(record.stickyUntilMs)
  for (const until of record.skipped?.values() ?? []) at(until)
  const beganMs = nowMs - waitedMs(record, nowMs)
  for (const need of record.needs) for (const { afterSeconds } of need.relax ?? []) at(beganMs + afterSeconds * 1000)
  at(tooLongAtMs(queue, record))
  record.timerMs = next
  if (next < Infinity) pushDue(step.state.timers, { atMs: next, kind: 'item', id: record.item.id })
}

/** When an item has waited too long for its queue; undefined: never. */
export function tooLongAtMs({ settings }: QueueRecord, record: ItemRecord): number | undefined {
  const after = settings.overflow.tooLong?.afterSeconds
  return after === undefined ? undefined : Math.max(record.enteredMs, record.item.notBeforeMs ?? 0) + after * 1000
}

/** What a queue and an item ask for together; of two needs of one skill both hold. */
export const needsOf = (queue: QueueRecord, own: readonly SkillNeed[]): readonly SkillNeed[] =>
  own.length === 0 ? queue.settings.needs : [...queue.settings.needs, ...own]

/** The agent is not asked for this item again before then. */
export function skip(record: ItemRecord, agent: AgentRecord, untilMs: number): void {
  record.skipped ??= new Map()
  record.skipped.set(agent.id, untilMs)
}

/** Forgets whom it was not to be asked any more. */
export function forgetSkipped(record: ItemRecord, nowMs: number): void {
  for (const [agentId, untilMs] of record.skipped ?? []) if (untilMs <= nowMs) record.skipped!.delete(agentId)
  if (record.skipped?.size === 0) record.skipped = undefined
}
