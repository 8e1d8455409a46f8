import type { WorkCounts } from './counts.ts'

/** Undefined: nothing happened of which it could be said. Shares are 0 to 1. */
export interface Figures {
  readonly serviceLevel: number | undefined
  readonly answeredShare: number | undefined
  readonly averageWaitMs: number | undefined
  readonly averageHandlingMs: number | undefined
  readonly averageWrapMs: number | undefined
}

const ratio = (part: number, whole: number): number | undefined => (whole <= 0 ? undefined : part / whole)

/**
 * The figures of a wallboard and of a report, the same for both.
 *
 * - service level: of those who were answered or who left after really waiting, how many were answered in time
 * - answered share: of the same, how many were answered at all
 * - average wait: of the answered ones; average handling and wrap-up: of those that are over
 *
 * Overflowed, moved and closed items, and messages, count in none of them.
 */
export function figuresOf(counts: WorkCounts): Figures {
  const offered = counts.answered + counts.abandoned - counts.short
  return {
    serviceLevel: ratio(counts.inLevel, offered),
    answeredShare: ratio(counts.answered, offered),
    averageWaitMs: ratio(counts.waitedMs, counts.answered),
    averageHandlingMs: ratio(counts.handledMs, counts.handled),
    averageWrapMs: ratio(counts.wrapMs, counts.wrapped),
  }
}

/**
 * How far an agent was occupied, 0 to 1: with customers and their notes, of all the time that they gave to work (that and being ready).
 * Undefined: they gave none.
 */
export function occupancyOf(ms: {
  readonly busy: number
  readonly workingAfterCall: number
  readonly ready: number
}): number | undefined {
  const occupied = ms.busy + ms.workingAfterCall
  return ratio(occupied, occupied + ms.ready)
}
