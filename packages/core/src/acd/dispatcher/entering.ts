import type { UserId } from '@vaxel/base'
import type { OverflowTarget, QueueId } from '../centre.ts'
import type { CentreFact } from '../fact.ts'
import type { WorkItem } from '../work-item.ts'
import { estimateNext } from './expected-wait.ts'
import { chooseAgent } from './choose-agent.ts'
import { isOpen } from './opening.ts'
import { countWait } from './pace.ts'
import { isLive, type ItemRecord, type QueueRecord, roomOf } from './state.ts'
import { ofItem, type Step, tell, waitedMs } from './step.ts'
import { leaveGroup, needsOf, tooLongAtMs, wait } from './waiting.ts'

type OverflowWhy = Extract<CentreFact, { kind: 'work.overflowed' }>['why']

/** A customer's wish comes into a queue: it waits, or goes on elsewhere at once. */
export function arrive(step: Step, item: WorkItem, fromQueueId: QueueId | undefined): void {
  if (step.state.items.has(item.id)) return
  const record = makeRecord(step, item)
  tellArrived(step, record, fromQueueId)
  enter(step, record)
}

export function makeRecord(step: Step, item: WorkItem): ItemRecord {
  const record: ItemRecord = {
    item,
    order: step.state.nextOrder++,
    state: 'waiting',
    isCounted: false,
    enteredMs: step.nowMs,
    needs: item.needs,
    group: undefined,
    heldUntilMs: 0,
    lostClaims: 0,
    stickyUntilMs: 0,
    skipped: undefined,
    visited: [],
    timerMs: Infinity,
    pending: undefined,
    agent: undefined,
    claimId: undefined,
    slot: undefined,
    sinceMs: step.nowMs,
    acceptedMs: step.nowMs,
    workedMs: 0,
    wrapUntilMs: Infinity,
  }
  step.state.items.set(item.id, record)
  return record
}

function tellArrived(step: Step, record: ItemRecord, fromQueueId: QueueId | undefined): void {
  const { item } = record
  const queue = step.state.queues.get(item.queueId)
  const needs = queue ? needsOf(queue, item.needs) : item.needs
  tell(step, {
    kind: 'work.arrived',
    ...ofItem(record),
    customer: item.customer,
    priority: item.priority,
    sinceMs: item.sinceMs,
    ...(item.subject === undefined ? {} : { subject: item.subject }),
    ...(item.reference === undefined ? {} : { reference: item.reference }),
    needs: needs.map(({ skillId, level }) => ({ skillId, level })),
    ...(item.fromItemId === undefined ? {} : { fromItemId: item.fromItemId }),
    ...(fromQueueId === undefined ? {} : { fromQueueId }),
    ...(item.onlyAgentId === undefined ? {} : { onlyAgentId: item.onlyAgentId }),
    ...(item.notBeforeMs === undefined ? {} : { notBeforeMs: item.notBeforeMs }),
  })
}

/** Through the door of its queue. */
function enter(step: Step, record: ItemRecord): void {
  const queue = step.state.queues.get(record.item.queueId)
  if (!queue || queue.isRemoved) {
    sendAway(step, record, { kind: 'goodbye' }, 'closed')
    return
  }
  record.enteredMs = step.nowMs
  record.needs = needsOf(queue, record.item.needs)
  const { overflow, stickySeconds = 0 } = queue.settings
  record.stickyUntilMs = step.nowMs + stickySeconds * 1000
  const away = refusedBy(step, queue, record)
  if (away && overflowTo(step, record, away.to, away.why)) return
  settle(step, queue, record)
  if (overflow.noAgents) leaveWithoutAgents(step, record)
}

export function settle(step: Step, queue: QueueRecord, record: ItemRecord): void {
  queue.waiting[record.item.channel]++
  record.isCounted = true
  // A claim that is on its way is answered first.
  if (record.pending) record.state = 'claiming'
  else wait(step, record)
}

function refusedBy(
  step: Step,
  queue: QueueRecord,
  record: ItemRecord,
): { readonly to: OverflowTarget; readonly why: OverflowWhy } | undefined {
  const { overflow, mostWaiting } = queue.settings
  // Who has no customer waiting beside them (mails, messages) stays until somebody comes.
  if (!isLive(record.item.channel)) return undefined
  if (!isOpen(step.state, queue)) return { to: overflow.closed, why: 'closed' }
  const { channel } = record.item
  const isAtOnce = (): boolean => chooseAgent(step, queue, record) !== undefined
  if (mostWaiting !== undefined && queue.waiting[channel] >= mostWaiting && !isAtOnce())
    return { to: overflow.full, why: 'full' }
  const { estimateSeconds, to } = overflow.tooLong ?? {}
  if (estimateSeconds === undefined || !to) return undefined
  const { expectedMs = 0 } = estimateNext(queue, roomOf(channel), step.nowMs)
  return expectedMs > estimateSeconds * 1000 && !isAtOnce() ? { to, why: 'estimate' } : undefined
}

/** When nobody who could ever take it is logged in. @returns whether it went */
export function leaveWithoutAgents(step: Step, record: ItemRecord): boolean {
  const queue = step.state.queues.get(record.item.queueId)
  const to = queue?.settings.overflow.noAgents
  if (!queue || !to || record.state !== 'waiting' || record.item.onlyAgentId !== undefined) return false
  for (const agent of queue.present) {
    const isAble = record.needs.every(({ skillId, level, relax = [] }) => {
      const least = Math.min(level, ...relax.map((one) => one.level))
      return (agent.skills.get(skillId) ?? 0) >= least
    })
    if (isAble) return false
  }
  return overflowTo(step, record, to, 'noAgents')
}

/** When it has waited for too long. @returns whether it went */
export function leaveTooLong(step: Step, record: ItemRecord): boolean {
  const queue = step.state.queues.get(record.item.queueId)
  const to = queue?.settings.overflow.tooLong?.to
  if (!queue || !to || record.state !== 'waiting') return false
  return (tooLongAtMs(queue, record) ?? Infinity) <= step.nowMs && overflowTo(step, record, to, 'tooLong')
}

/**
 * Out of its queue. To another queue: it waits there with the time that it has. Whoever comes to a queue for the second time hears goodbye; what has
 * no customer on the line (a mail) then stays where it is.
 * @returns false when it stays
 */
export function overflowTo(step: Step, record: ItemRecord, wanted: OverflowTarget, why: OverflowWhy): boolean {
  const { queueId } = record.item
  const target = wanted.kind === 'queue' ? step.state.queues.get(wanted.queueId) : undefined
  const isMissing = !target || target.isRemoved
  const isCircle = wanted.kind === 'queue' && (wanted.queueId === queueId || record.visited.includes(wanted.queueId))
  const to: OverflowTarget = wanted.kind === 'queue' && (isMissing || isCircle) ? { kind: 'goodbye' } : wanted
  const isOwnWish = why === 'key' || why === 'failed' || why === 'closed'
  if (to.kind !== 'queue' && !isOwnWish && !isLive(record.item.channel)) return false
  if (to.kind !== 'queue') {
    sendAway(step, record, to, why)
    return true
  }
  tell(step, { kind: 'work.overflowed', ...ofItem(record), waitedMs: waitedMs(record, step.nowMs), why, to })
  record.visited = [...record.visited, queueId]
  enterOther(step, record, to.queueId)
  return true
}

function enterOther(step: Step, record: ItemRecord, toQueueId: QueueId): void {
  const fromQueueId = record.item.queueId
  takeOut(step, record)
  const { stickyAgentId: _, ...item } = record.item
  record.item = { ...item, queueId: toQueueId }
  tellArrived(step, record, fromQueueId)
  step.effects.push({ kind: 'requeued', item: record.item, fromQueueId })
  enter(step, record)
}

/** By a person, to a queue that they chose: no door is closed to it. */
export function moveTo(step: Step, record: ItemRecord, toQueueId: QueueId, by: UserId, onlyAgentId?: UserId): void {
  const target = step.state.queues.get(toQueueId)
  if (!target || target.isRemoved) return
  const fromQueueId = record.item.queueId
  tell(step, { kind: 'work.moved', ...ofItem(record), waitedMs: waitedMs(record, step.nowMs), toQueueId, by })
  takeOut(step, record)
  const { stickyAgentId: _, onlyAgentId: __, ...item } = record.item
  record.item = { ...item, queueId: toQueueId, ...(onlyAgentId === undefined ? {} : { onlyAgentId }) }
  record.visited = []
  record.skipped = undefined
  tellArrived(step, record, fromQueueId)
  step.effects.push({ kind: 'requeued', item: record.item, fromQueueId })
  record.enteredMs = step.nowMs
  record.needs = needsOf(target, record.item.needs)
  record.stickyUntilMs = 0
  settle(step, target, record)
}

function sendAway(step: Step, record: ItemRecord, to: OverflowTarget, why: OverflowWhy): void {
  tell(step, { kind: 'work.overflowed', ...ofItem(record), waitedMs: waitedMs(record, step.nowMs), why, to })
  remove(step, record)
  step.effects.push({ kind: 'sendAway', item: record.item, to, why })
}

/** Gone from the dispatcher. */
export function remove(step: Step, record: ItemRecord): void {
  takeOut(step, record)
  step.state.items.delete(record.item.id)
}

/** Waits in its queue no more. */
export function takeOut(step: Step, record: ItemRecord): void {
  const queue = step.state.queues.get(record.item.queueId)
  if (queue && record.isCounted) queue.waiting[record.item.channel]--
  record.isCounted = false
  leaveGroup(record)
  step.awake.delete(record)
}

/** The customer is gone before anybody had them. @param atMs when it was */
export function abandon(step: Step, record: ItemRecord, atMs = step.nowMs): void {
  const waited = waitedMs(record, Math.min(atMs, step.nowMs))
  const queue = step.state.queues.get(record.item.queueId)
  if (queue) countWait(queue.pace[roomOf(record.item.channel)], waited, true)
  const shortMs = (queue?.settings.shortAbandonSeconds ?? 0) * 1000
  tell(step, { kind: 'work.abandoned', ...ofItem(record), waitedMs: waited, isShort: waited < shortMs })
  remove(step, record)
}
