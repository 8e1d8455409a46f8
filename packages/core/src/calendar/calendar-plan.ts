import type { PresenceClaim } from '../presence/presence.ts'
import type { CalendarEntry, CalendarKind, CalendarShows } from './calendar-entry.ts'

/** A time during which a calendar says the same; it does not overlap others. */
export interface CalendarBlock {
  readonly startMs: number
  readonly endMs: number
  readonly kind: CalendarKind
  readonly title?: string
  readonly place?: string
}

const strength: readonly CalendarKind[] = ['elsewhere', 'tentative', 'busy', 'out']
const isStronger = (one: CalendarEntry, other: CalendarEntry): boolean => {
  const byKind = strength.indexOf(one.kind) - strength.indexOf(other.kind)
  // Of two meetings the one that began last is where somebody went.
  return byKind === 0 ? one.startMs > other.startMs : byKind > 0
}

/**
 * What a calendar says, one block after another: where entries overlap the strongest counts, and a meeting without a place is at the place
 * where its owner works elsewhere. Titles and places are left out where they are private, or not to be shown.
 * @returns sorted, without overlaps; free times are between them
 */
export function planOf(entries: readonly CalendarEntry[], shows: CalendarShows): readonly CalendarBlock[] {
  const sorted = entries.filter(({ startMs, endMs }) => endMs > startMs).toSorted((a, b) => a.startMs - b.startMs)
  const cuts = [...new Set(sorted.flatMap(({ startMs, endMs }) => [startMs, endMs]))].toSorted((a, b) => a - b)
  const blocks: CalendarBlock[] = []
  let active: CalendarEntry[] = []
  let next = 0
  for (const [i, startMs] of cuts.entries()) {
    const endMs = cuts[i + 1]
    active = active.filter((entry) => entry.endMs > startMs)
    for (; sorted[next] && sorted[next]!.startMs <= startMs; next++) active.push(sorted[next]!)
    if (endMs !== undefined && active.length > 0) push(blocks, { startMs, endMs, ...toldOf(active, shows) })
  }
  return blocks
}

/** How somebody is at a moment, by their calendar. */
export interface CalendarMoment {
  /** What presence is told; undefined while the calendar says nothing. */
  readonly claim: PresenceClaim | undefined
  /** When it says something else; undefined: not in this plan. */
  readonly nextMs: number | undefined
}

/** @param plan as {@link planOf} makes it */
export function momentOf(plan: readonly CalendarBlock[], nowMs: number): CalendarMoment {
  const at = plan.findIndex(({ endMs }) => endMs > nowMs)
  const block = plan[at]
  if (!block) return { claim: undefined, nextMs: undefined }
  if (block.startMs > nowMs) return { claim: undefined, nextMs: block.startMs }
  return { claim: claimOf(plan, at), nextMs: block.endMs }
}

function claimOf(plan: readonly CalendarBlock[], at: number): PresenceClaim | undefined {
  const { kind, place, title } = plan[at]!
  const { startMs: sinceMs, endMs: untilMs } = chainAround(plan, at)
  const told = { ...(place === undefined ? {} : { place }), ...(title === undefined ? {} : { title }) }
  switch (kind) {
    case 'out':
      return { state: 'away', sinceMs, untilMs, ...told }
    case 'busy':
      return { state: 'inMeeting', sinceMs, untilMs, ...told }
    case 'elsewhere':
      return place === undefined ? undefined : { state: 'available', sinceMs, untilMs, place }
    case 'tentative':
      return undefined
  }
}

/** One meeting right after another: who asks wants to know when the last of them is over. */
function chainAround(plan: readonly CalendarBlock[], at: number): Pick<CalendarBlock, 'startMs' | 'endMs'> {
  const { kind } = plan[at]!
  let [first, last] = [at, at]
  while (plan[first - 1]?.kind === kind && plan[first - 1]?.endMs === plan[first]!.startMs) first--
  while (plan[last + 1]?.kind === kind && plan[last + 1]?.startMs === plan[last]!.endMs) last++
  return { startMs: plan[first]!.startMs, endMs: plan[last]!.endMs }
}

function toldOf(active: readonly CalendarEntry[], shows: CalendarShows): Omit<CalendarBlock, 'startMs' | 'endMs'> {
  const winner = active.reduce((best, entry) => (isStronger(entry, best) ? entry : best))
  const { kind, title } = winner
  const elsewhere = active.find((entry) => entry.kind === 'elsewhere' && !entry.isPrivate)
  const place = (winner.isPrivate ? undefined : winner.place) ?? elsewhere?.place
  return {
    kind,
    ...(shows !== 'all' || winner.isPrivate || title === undefined ? {} : { title }),
    ...(shows === 'busy' || place === undefined ? {} : { place }),
  }
}

function push(blocks: CalendarBlock[], block: CalendarBlock): void {
  const last = blocks.at(-1)
  const isSame =
    last?.endMs === block.startMs &&
    last.kind === block.kind &&
    last.title === block.title &&
    last.place === block.place
  if (isSame) blocks[blocks.length - 1] = { ...last, endMs: block.endMs }
  else blocks.push(block)
}
