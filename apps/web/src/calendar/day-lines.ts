import type { ReplyOf } from '../api/api.ts'
import type { Format } from '../words/format.ts'
import type { Words } from '../words/words.ts'

export type ColleagueDay = ReplyOf<'readColleagueDay'>
type Block = ColleagueDay['blocks'][number]

/** What a calendar says, as lines to draw. */
export interface DayLines {
  /** How long somebody is free from now on; undefined while they are not. */
  readonly free: string | undefined
  readonly days: readonly { readonly title: string; readonly lines: readonly DayLine[] }[]
}

export interface DayLine {
  readonly key: string
  readonly kind: Block['kind']
  readonly times: string
  /** What it is and where: "Budget · Lyon". */
  readonly text: string
}

const mostLines = 12
const takesTime = ({ kind }: Block): boolean => kind === 'busy' || kind === 'out'

/**
 * The rest of today and tomorrow, from now on.
 * @returns undefined when there is no calendar, or nothing is known of it
 */
export function dayLines(day: ColleagueDay, words: Words, format: Format, nowMs: number): DayLines | undefined {
  if (day.state === 'none') return undefined
  const { calendar } = words
  const midnightMs = endOfDay(nowMs)
  const blocks = day.blocks.filter(({ to }) => Date.parse(to) > nowMs).slice(0, mostLines)
  const next = blocks.find(takesTime)
  const nextMs = next && Date.parse(next.from)
  const isFree = nextMs === undefined || nextMs > nowMs
  const part = (title: string, fromMs: number, toMs: number) => ({
    title,
    lines: blocks
      .filter(({ from, to }) => Date.parse(from) < toMs && Date.parse(to) > fromMs)
      .map((block) => lineOf(block, words, format, { fromMs, toMs })),
  })
  return {
    free: isFree
      ? nextMs !== undefined && nextMs < midnightMs
        ? calendar.freeUntil(format.time(nextMs))
        : calendar.freeToday
      : undefined,
    days: [part(calendar.today, nowMs, midnightMs), part(calendar.tomorrow, midnightMs, endOfDay(midnightMs))].filter(
      ({ lines }) => lines.length > 0,
    ),
  }
}

function lineOf(
  { from, to, kind, title, place }: Block,
  { calendar }: Words,
  format: Format,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): DayLine {
  const [startMs, endMs] = [Date.parse(from), Date.parse(to)]
  const begins = startMs > fromMs
  const ends = endMs < toMs
  const times =
    begins && ends
      ? calendar.from(format.time(startMs), format.time(endMs))
      : ends
        ? calendar.until(format.time(endMs))
        : begins
          ? calendar.from(format.time(startMs), '')
          : calendar.allDay
  return {
    key: `${fromMs} ${from}`,
    kind,
    times,
    text: [title ?? calendar.kinds[kind], place].filter((part) => part !== undefined).join(' · '),
  }
}

/** Midnight after a moment, where the reader is. */
function endOfDay(atMs: number): number {
  const date = new Date(atMs)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
}
