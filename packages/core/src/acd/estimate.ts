import type { QueueId } from './centre.ts'
import type { WaitEstimate } from './dispatcher.ts'
import { estimateAt } from './dispatcher/expected-wait.ts'
import { cameBefore, priorityOf } from './dispatcher/rank.ts'
import { countBefore } from './dispatcher/sorted.ts'
import type { DispatcherState, ItemRecord, QueueRecord } from './dispatcher/state.ts'
import type { WorkItemId } from './work-item.ts'

/** What somebody who came to a queue now would be told. */
export function estimateOf(state: DispatcherState, queueId: QueueId, nowMs: number): WaitEstimate {
  const queue = state.queues.get(queueId)
  return queue ? estimateAt(queue, queue.waiting + 1, nowMs) : { position: 1, waiting: 0 }
}

/** What an item that nobody has accepted may expect; undefined: it does not wait. */
export function estimate(state: DispatcherState, itemId: WorkItemId, nowMs: number): WaitEstimate | undefined {
  const record = state.items.get(itemId)
  const queue = record && state.queues.get(record.item.queueId)
  if (!queue || !record.isCounted) return undefined
  return estimateAt(queue, record.pending ? 1 : positionOf(queue, record, nowMs), nowMs)
}

/** 1 is next: how many of its queue come first, and itself. */
function positionOf(queue: QueueRecord, record: ItemRecord, nowMs: number): number {
  const ages = queue.settings.agesEverySeconds
  const priority = priorityOf(record, ages, nowMs)
  let position = 1
  for (const group of queue.groups.values()) {
    if (group.isHeld) continue
    position += countBefore(group.items, (other) => {
      const own = priorityOf(other, ages, nowMs)
      return own === priority ? cameBefore(other, record) : own > priority
    })
  }
  return position
}
