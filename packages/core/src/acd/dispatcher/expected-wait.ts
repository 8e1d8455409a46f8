import type { WaitEstimate } from '../dispatcher.ts'
import type { QueueRecord } from './state.ts'

/** Fewer say nothing. */
const leastGaps = 4

/** What somebody at a place of the line is told, 1 is next. By the queue's own pace of late, with the agents of now. */
export function estimateAt(queue: QueueRecord, position: number, _nowMs: number): WaitEstimate {
  const agents = queue.atWork
  const counts = { position, waiting: queue.waiting }
  if (agents === 0) return counts
  const { gaps, handled } = queue.pace
  if (gaps.length >= leastGaps) return { ...counts, expectedMs: Math.round((position * mean(gaps)) / agents) }
  if (handled.length === 0) return counts
  return { ...counts, expectedMs: Math.round((position * mean(handled)) / agents) }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
