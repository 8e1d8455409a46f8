import type { WaitEstimate } from '../dispatcher.ts'
import type { ServicePace } from './pace.ts'
import { type QueueRecord, type Room, waitingFor } from './state.ts'

/** What was longer ago says nothing of now. */
const freshMs = 24 * 3_600_000

/** Fewer say nothing: then how long agents had what they finished last stands in for them. */
const leastGaps = 4

/**
 * What somebody at a place of the line is told, 1 is next. The line moves when the agents of now take somebody, as fast as they did of late, and
 * when somebody before hangs up, as often as that was: the sum of 1 / (served + i·hung up) over the places (Whitt, M/M/s+M). Who knows
 * nothing tells nothing: no agent at work, or nobody served within a day.
 */
export function estimateAt(queue: QueueRecord, room: Room, position: number, nowMs: number): WaitEstimate {
  const pace = queue.pace[room]
  const counts = { position, waiting: waitingFor(queue, room) }
  const betweenMs = nowMs - pace.atMs > freshMs ? undefined : perAgentMs(pace)
  if (queue.atWork === 0 || betweenMs === undefined) return counts
  const served = queue.atWork / Math.max(1, betweenMs)
  const { abandoned, waitedMs } = pace
  const hungUp = waitedMs > 0 ? abandoned / waitedMs : 0
  return { ...counts, expectedMs: Math.round(waitFor(position, served, hungUp)) }
}

/** What somebody who came now would be told. */
export const estimateNext = (queue: QueueRecord, room: Room, nowMs: number): WaitEstimate =>
  estimateAt(queue, room, waitingFor(queue, room) + 1, nowMs)

/** How often one agent takes somebody, on average of late. */
function perAgentMs({ gaps, handled }: ServicePace): number | undefined {
  if (gaps.length >= leastGaps) return mean(gaps)
  return handled.length === 0 ? undefined : mean(handled)
}

function waitFor(position: number, served: number, hungUp: number): number {
  // Of a long line the sum is an integral.
  if (position > 1000) return hungUp > 0 ? Math.log1p((position * hungUp) / served) / hungUp : position / served
  let sum = 0
  for (let ahead = 0; ahead < position; ahead++) sum += 1 / (served + ahead * hungUp)
  return sum
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
