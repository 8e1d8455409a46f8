import { isRefusal, type Refusal } from '@vaxel/base'
import type { listHolidays, OperationReply, Principal } from '@vaxel/contract'
import { countriesWithHolidays, type Directory, holidaysOf, type Language, regionsOf } from '@vaxel/core'
import { companyOf } from './scope.ts'

type CalendarView = OperationReply<typeof listHolidays>

/** The calendar of a country, by default the company's. */
export function calendar(
  directory: Directory,
  principal: Principal,
  asked: { country?: string; region?: string; year?: number },
  language: Language,
  nowMs: number,
): CalendarView | Refusal {
  const company = companyOf(directory, principal)
  if (isRefusal(company)) return company
  const { country = company.country, region, year = new Date(nowMs).getUTCFullYear() } = asked
  return {
    country,
    countries: [...countriesWithHolidays(language)],
    regions: [...regionsOf(country, language)],
    days: [...holidaysOf(country, region, year, language)],
  }
}
