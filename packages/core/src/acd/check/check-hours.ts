import { countriesWithHolidays, regionsOf } from '../../flow/holiday-library.ts'
import type { Schedule } from '../centre.ts'
import { type CentreFinding, finderAt } from './centre-finding.ts'

/** What is the matter with one schedule. */
export function checkHours(schedule: Schedule): readonly CentreFinding[] {
  const { id, name, open, country, region, holidayKinds = [], ownDays } = schedule
  const { error, warning } = finderAt('schedules', id, name)
  const real = open.filter(({ days }) => days.length > 0)
  const findings: CentreFinding[] = []
  if (real.length === 0) findings.push(error('never-open'))
  else if (real.length < open.length) findings.push(warning('period-without-days'))
  if (country === undefined && holidayKinds.length > 0) findings.push(warning('country-missing'))
  if (country !== undefined && !countriesWithHolidays('en').some(({ code }) => code === country))
    findings.push(error('country-unknown', { country }))
  else if (
    country !== undefined &&
    region !== undefined &&
    !regionsOf(country, 'en').some(({ code }) => code === region)
  )
    findings.push(error('region-unknown', { country, region }))
  for (const { day, until } of ownDays)
    for (const date of [day, ...(until === undefined ? [] : [until])])
      if (!isDay(date)) findings.push(error('day-impossible', { day: date }))
  return findings
}

/** @example isDay('02-30') // false */
function isDay(text: string): boolean {
  const date = text.length === 5 ? `2024-${text}` : text
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}
