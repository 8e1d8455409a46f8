import type { QueueId } from '../centre.ts'
import type { Channel } from '../channel.ts'
import type { WorkItemId } from '../work-item.ts'
import { addCounts, noCounts, type WorkCounts } from './counts.ts'

/** What waits in a queue on one channel. */
export interface WaitingNow {
  readonly channel: Channel
  readonly count: number
  /** Since when the one waits that waits longest; a screen counts on from it. Later than now: a time was agreed. */
  readonly oldestSinceMs: number
  readonly oldestItemId: WorkItemId
}

/** Waits that ended within the last quarter of an hour, of those that make the service level. */
export interface RecentWaits {
  readonly inLevel: number
  readonly counted: number
}

/** How long "now" is of the service level now. */
export const recentMs = 15 * 60_000

/** One queue as it is, and what today has brought it. */
export class LiveQueue {
  readonly id: QueueId
  readonly #today = new Map<Channel, WorkCounts>()
  readonly #waiting = new Map<WorkItemId, { readonly channel: Channel; readonly sinceMs: number }>()
  /** In the order in which they ended. */
  #recent: { readonly atMs: number; readonly isInLevel: boolean }[] = []

  constructor(id: QueueId) {
    this.id = id
  }

  /** What arrived today, by channel. */
  get today(): ReadonlyMap<Channel, WorkCounts> {
    return this.#today
  }

  total(): WorkCounts {
    const sum = noCounts()
    for (const counts of this.#today.values()) addCounts(sum, counts)
    return sum
  }

  counts(channel: Channel): WorkCounts {
    let counts = this.#today.get(channel)
    if (!counts) this.#today.set(channel, (counts = noCounts()))
    return counts
  }

  waits(itemId: WorkItemId, channel: Channel, sinceMs: number): void {
    this.#waiting.set(itemId, { channel, sinceMs })
  }

  waitsNoMore(itemId: WorkItemId): void {
    this.#waiting.delete(itemId)
  }

  /** By channel; channels where nothing waits are left out. */
  waiting(): readonly WaitingNow[] {
    const byChannel = new Map<Channel, { count: number; oldestSinceMs: number; oldestItemId: WorkItemId }>()
    for (const [itemId, { channel, sinceMs }] of this.#waiting) {
      const seen = byChannel.get(channel)
      if (!seen) {
        byChannel.set(channel, { count: 1, oldestSinceMs: sinceMs, oldestItemId: itemId })
        continue
      }
      seen.count++
      if (sinceMs >= seen.oldestSinceMs) continue
      seen.oldestSinceMs = sinceMs
      seen.oldestItemId = itemId
    }
    return [...byChannel].map(([channel, found]) => ({ channel, ...found }))
  }

  waitEnded(atMs: number, isInLevel: boolean): void {
    this.#recent.push({ atMs, isInLevel })
  }

  /** Forgets waits that ended too long ago. @returns whether there were any */
  forgetRecent(nowMs: number): boolean {
    const first = this.#recent.findIndex(({ atMs }) => atMs > nowMs - recentMs)
    if (first === 0 || this.#recent.length === 0) return false
    this.#recent = first < 0 ? [] : this.#recent.slice(first)
    return true
  }

  recent(): RecentWaits {
    let inLevel = 0
    for (const { isInLevel } of this.#recent) if (isInLevel) inLevel++
    return { inLevel, counted: this.#recent.length }
  }

  /** The wall clock was set: who has waited for a minute has still waited for a minute. */
  clockSet(byMs: number): void {
    for (const [itemId, { channel, sinceMs }] of this.#waiting)
      this.#waiting.set(itemId, { channel, sinceMs: sinceMs + byMs })
    this.#recent = this.#recent.map(({ atMs, isInLevel }) => ({ atMs: atMs + byMs, isInLevel }))
  }

  newDay(): void {
    this.#today.clear()
  }
}
