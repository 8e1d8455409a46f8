import { localTime } from '@vaxel/base'
import { holidayOn } from '../../flow/holidays.ts'
import { isWithin } from '../../flow/schedule.ts'
import type { QueueId, Schedule } from '../centre.ts'
import type { DispatcherState, QueueRecord } from './state.ts'
import { pushDue } from './time-heap.ts'

const minuteMs = 60_000

/** Whether a schedule says open at a moment, in the company's time zone; a holiday is closed all day. */
export function isOpenBy(schedule: Schedule, timeZone: string, atMs: number): boolean {
  const local = localTime(timeZone, atMs)
  const { country, region, holidayKinds = [], ownDays } = schedule
  const calendar = {
    id: schedule.id,
    kind: 'holiday' as const,
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
    kinds: holidayKinds,
    ownDays,
    exits: {},
  }
  return holidayOn(calendar, local) === undefined && isWithin(schedule.open, local)
}

/** When it changes next, to the minute, looking no further than an hour; an hour from now if it does not. */
function nextChange(schedule: Schedule, timeZone: string, nowMs: number, isOpen: boolean): number {
  const first = (Math.floor(nowMs / minuteMs) + 1) * minuteMs
  for (let at = first; at < first + 60 * minuteMs; at += minuteMs)
    if (isOpenBy(schedule, timeZone, at) !== isOpen) return at
  return first + 60 * minuteMs
}

/** Looks at a schedule now, and again when it changes. */
export function lookAtSchedule(state: DispatcherState, id: string, nowMs: number): void {
  const record = state.schedules.get(id)
  if (!record) return
  record.isOpen = isOpenBy(record.schedule, state.timeZone, nowMs)
  record.nextMs = nextChange(record.schedule, state.timeZone, nowMs, record.isOpen)
  pushDue(state.timers, { atMs: record.nextMs, kind: 'schedule', id })
}

/** Whether a queue lets customers in: by hand, else by its hours; always without any. */
export function isOpen(state: DispatcherState, queue: QueueRecord): boolean {
  if (queue.override) return queue.override === 'open'
  const { scheduleId } = queue.settings
  return scheduleId === undefined || (state.schedules.get(scheduleId)?.isOpen ?? true)
}

/** As `isOpen`, by identifier; a queue that does not exist is closed. */
export function isQueueOpen(state: DispatcherState, queueId: QueueId): boolean {
  const queue = state.queues.get(queueId)
  return queue !== undefined && isOpen(state, queue)
}
