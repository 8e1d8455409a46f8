import { localTime } from '@vaxel/base'
import { holidaysOf } from '../flow/holiday-library.ts'
import type { Company } from '../ports/directory.ts'
import { timeZoneOf } from '../voice/time-zone.ts'

/** Whether a company's country has a public holiday on the day that it is there then. */
export function isPublicHoliday(company: Pick<Company, 'country' | 'timeZone'>, atMs: number): boolean {
  const { date } = localTime(timeZoneOf(company), atMs)
  const days = holidaysOf(company.country.toUpperCase(), undefined, Number(date.slice(0, 4)))
  return days.some((day) => day.kind === 'public' && day.date === date)
}
