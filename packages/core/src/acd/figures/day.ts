import { addDays, localTime, startOfDay } from '@vaxel/base'

/** A day of a time zone: from its midnight to the next one. Where clocks change it has 23 or 25 hours. */
export interface Day {
  /** `2026-11-21`. */
  readonly date: string
  readonly fromMs: number
  readonly toMs: number
}

const minuteMs = 60_000

const lately = new Map<string, Day>()

/** The day in which a moment falls. */
export function dayAt(timeZone: string, atMs: number): Day {
  const last = lately.get(timeZone)
  if (last && atMs >= last.fromMs && atMs < last.toMs) return last
  const { date } = localTime(timeZone, atMs)
  const day = { date, fromMs: startOfDay(timeZone, date), toMs: startOfDay(timeZone, addDays(date, 1)) }
  lately.set(timeZone, day)
  return day
}

/** Lengths of a report's intervals. */
export type IntervalLength = 'quarter' | 'hour' | 'day'

export const quarterMs = 900_000

/**
 * The interval of a time zone in which a moment falls, as its begin. Quarters and hours are those of the clock on the wall, which all zones of today
 * have at multiples of a quarter of UTC; an hour that clocks repeat is two.
 */
export function intervalAt(length: IntervalLength, timeZone: string, atMs: number): number {
  if (length === 'day') return dayAt(timeZone, atMs).fromMs
  const quarter = atMs - (((atMs % quarterMs) + quarterMs) % quarterMs)
  if (length === 'quarter') return quarter
  return quarter - (localTime(timeZone, quarter).minutes % 60) * minuteMs
}

/** Days between two dates, both included; at most `most`. */
export function daysBetween(from: string, to: string, most: number): readonly string[] {
  const days: string[] = []
  for (let date = from; date <= to && days.length < most; date = addDays(date, 1)) days.push(date)
  return days
}
