import { type LocalTime } from '@vaxel/base'
import type { FlowNodeOf, OwnDay } from './flow.ts'
import { holidaysOf } from './holiday-library.ts'

/**
 * The name of the holiday that a day is, by a node's calendar and its own days; own days go before.
 * @returns undefined for an ordinary day
 */
export function holidayOn(
  { country, region, kinds, ownDays }: FlowNodeOf<'holiday'>,
  { date }: LocalTime,
): string | undefined {
  const own = ownDays.find((day) => isOwnDay(day, date))
  if (own) return own.name
  if (country === undefined || kinds.length === 0) return undefined
  return holidaysOf(country, region, Number(date.slice(0, 4))).find(
    (holiday) => holiday.date === date && kinds.includes(holiday.kind),
  )?.name
}

/** @example isOwnDay({ day: '12-27', until: '01-03', name: 'closed' }, '2027-01-02') // true */
function isOwnDay({ day, until = day }: OwnDay, date: string): boolean {
  if (day.length === 10) return date >= day && date <= (until.length === 10 ? until : nextOf(until, day))
  const inYear = date.slice(5)
  const last = until.slice(-5)
  return last >= day ? inYear >= day && inYear <= last : inYear >= day || inYear <= last
}

/** The next day of a year that is not before another one. @example nextOf('01-03', '2026-12-27') // '2027-01-03' */
function nextOf(inYear: string, from: string): string {
  const year = Number(from.slice(0, 4)) + (inYear < from.slice(5) ? 1 : 0)
  return `${year}-${inYear}`
}
