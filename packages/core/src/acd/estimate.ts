import type { QueueId } from './centre.ts'
import type { Channel } from './channel.ts'
import type { WaitEstimate } from './dispatcher.ts'
import { estimateAt, estimateNext } from './dispatcher/expected-wait.ts'
import { cameBefore, priorityOf } from './dispatcher/rank.ts'
import { countBefore } from './dispatcher/sorted.ts'
import { type DispatcherState, type ItemRecord, type QueueRecord, roomBit, roomOf } from './dispatcher/state.ts'
import type { WorkItemId } from './work-item.ts'

/** What somebody who came to a queue now would be told. @param channel the first of the queue if absent */
export function estimateOf(state: DispatcherState, queueId: QueueId, nowMs: number, channel?: Channel): WaitEstimate {
  const queue = state.queues.get(queueId)
  if (!queue) return { position: 1, waiting: 0 }
  return estimateNext(queue, roomOf(channel ?? queue.settings.channels[0] ?? 'call'), nowMs)
}

/** What an item that nobody has accepted may expect; undefined: it does not wait. */
export function estimate(state: DispatcherState, itemId: WorkItemId, nowMs: number): WaitEstimate | undefined {
  const record = state.items.get(itemId)
  const queue = record && state.queues.get(record.item.queueId)
  if (!queue || !record.isCounted) return undefined
  const position = record.pending ? 1 : positionOf(queue, record, nowMs)
  return estimateAt(queue, roomOf(record.item.channel), position, nowMs)
}

/** 1 is next: how many of its queue that want the same of an agent come first, and itself. */
function positionOf(queue: QueueRecord, record: ItemRecord, nowMs: number): number {
  const ages = queue.settings.agesEverySeconds
  const priority = priorityOf(record, ages, nowMs)
  const bit = roomBit[roomOf(record.item.channel)]
  let position = 1
  for (const group of queue.groups.values()) {
    if (group.isHeld || group.bit !== bit) continue
    position += countBefore(group.items, (other) => {
      const own = priorityOf(other, ages, nowMs)
      return own === priority ? cameBefore(other, record) : own > priority
    })
  }
  return position
}
