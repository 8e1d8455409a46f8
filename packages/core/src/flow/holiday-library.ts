import { addDays } from '@vaxel/base'
import Holidays from 'date-holidays'
import type { HolidayKind } from './flow.ts'

/** A day of a calendar. */
export interface Holiday {
  /** `2026-12-24`. */
  readonly date: string
  readonly name: string
  readonly kind: HolidayKind
}

/** Somewhere with a calendar of its own. */
export interface CalendarPlace {
  readonly code: string
  readonly name: string
}

const mostKept = 300
const kept = new Map<string, readonly Holiday[]>()
const countries = new Map<string, readonly CalendarPlace[]>()

/**
 * The days of a year in a country, by date; none for a country that is not known. Names are in the language, where the library has
 * them, else in the country's own.
 * @param country ISO 3166-1 alpha-2
 * @param region as {@link regionsOf} names it
 */
export function holidaysOf(
  country: string,
  region: string | undefined,
  year: number,
  language?: string,
): readonly Holiday[] {
  const key = [country, region ?? '', year, language ?? ''].join(' ')
  const known = kept.get(key)
  if (known) return known
  const days = calendarOf(country, region)
    .getHolidays(year, language)
    .flatMap(({ date, start, end, name, type }) => {
      const lasts = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
      return Array.from({ length: lasts }, (_, i) => ({ date: addDays(date.slice(0, 10), i), name, kind: type }))
    })
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, days)
  return days
}

/** Countries whose calendar is known. */
export function countriesWithHolidays(language: string): readonly CalendarPlace[] {
  const known = countries.get(language) ?? placesOf(new Holidays().getCountries(language))
  countries.set(language, known)
  return known
}

/** Regions of a country that have days of their own. */
export const regionsOf = (country: string, language: string): readonly CalendarPlace[] =>
  placesOf(new Holidays().getStates(country, language))

const placesOf = (places: Record<string, string> | undefined): readonly CalendarPlace[] =>
  Object.entries(places ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name))

const calendarOf = (country: string, region: string | undefined): Holidays =>
  region === undefined ? new Holidays(country) : new Holidays(country, region)
