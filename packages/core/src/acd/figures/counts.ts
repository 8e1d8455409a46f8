/**
 * What became of items, counted; every figure is made of these (`definitions.ts`). They add up over queues, channels, agents and intervals.
 * Each item counts where it arrived: in the queue and in the interval of its arrival, whenever it is answered.
 */
export interface WorkCounts {
  arrived: number
  answered: number
  /** Of the answered ones, within the time that the queue promises. */
  inLevel: number
  abandoned: number
  /** Of the abandoned ones, sooner than the queue counts. */
  short: number
  overflowed: number
  messageLeft: number
  moved: number
  closed: number
  /** Still wait. */
  open: number
  /** Of the answered ones. */
  waitedMs: number
  /** Of the abandoned ones. */
  abandonedMs: number
  /** The longest wait that came to an end. */
  longestMs: number
  /** Conversations that are over, and how long they were. */
  handled: number
  handledMs: number
  wrapped: number
  wrapMs: number
  /** Offers that an agent did not take in time, or could not be reached for. */
  missed: number
}

export const countNames = [
  'arrived',
  'answered',
  'inLevel',
  'abandoned',
  'short',
  'overflowed',
  'messageLeft',
  'moved',
  'closed',
  'open',
  'waitedMs',
  'abandonedMs',
  'longestMs',
  'handled',
  'handledMs',
  'wrapped',
  'wrapMs',
  'missed',
] as const satisfies readonly (keyof WorkCounts)[]

export const noCounts = (): WorkCounts => ({
  arrived: 0,
  answered: 0,
  inLevel: 0,
  abandoned: 0,
  short: 0,
  overflowed: 0,
  messageLeft: 0,
  moved: 0,
  closed: 0,
  open: 0,
  waitedMs: 0,
  abandonedMs: 0,
  longestMs: 0,
  handled: 0,
  handledMs: 0,
  wrapped: 0,
  wrapMs: 0,
  missed: 0,
})

/** Adds `more` to `sum`; the longest wait is the longer one. @returns `sum` */
export function addCounts(sum: WorkCounts, more: WorkCounts): WorkCounts {
  for (const name of countNames) {
    if (name === 'longestMs') sum.longestMs = Math.max(sum.longestMs, more.longestMs)
    else sum[name] += more[name]
  }
  return sum
}

/** How an item left its queue. */
export type WorkOutcome = 'answered' | 'abandoned' | 'overflowed' | 'messageLeft' | 'moved' | 'closed'

/** One item as far as it is counted: what facts have told of it, or a row of the database. */
export interface CountedItem {
  /** Absent: it waits. */
  readonly outcome?: WorkOutcome
  /** Once it no longer waits. */
  readonly waitedMs?: number
  readonly isInLevel?: boolean
  readonly isShort?: boolean
  /** Of a conversation that is over. */
  readonly handledMs?: number
  readonly wrapMs?: number
  readonly missedOffers: number
}

/** What one item counts. The database's sums (store/centre-figures) say the same in SQL; a test holds them together. */
export function countsOf(item: CountedItem): WorkCounts {
  const counts = noCounts()
  const { outcome, waitedMs = 0 } = item
  counts.arrived = 1
  counts[outcome ?? 'open'] = 1
  counts.missed = item.missedOffers
  counts.longestMs = waitedMs
  if (outcome === 'answered') {
    counts.waitedMs = waitedMs
    if (item.isInLevel === true) counts.inLevel = 1
  }
  if (outcome === 'abandoned') {
    counts.abandonedMs = waitedMs
    if (item.isShort === true) counts.short = 1
  }
  if (item.handledMs !== undefined) {
    counts.handled = 1
    counts.handledMs = item.handledMs
  }
  if (item.wrapMs !== undefined) {
    counts.wrapped = 1
    counts.wrapMs = item.wrapMs
  }
  return counts
}
