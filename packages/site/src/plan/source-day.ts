import type { SourceDate, Window } from '../catalogue/requirement.ts'

const dayMs = 86_400_000

/** First day of a date of any precision. `firstDay('2026') // '2026-01-01'` */
export const firstDay = (date: SourceDate): string => `${date}${'-01-01'.slice(date.length - 4)}`.slice(0, 10)

/** Last day of a date of any precision. `lastDay('2026-02') // '2026-02-28'` */
export function lastDay(date: SourceDate): string {
  if (date.length >= 10) return date
  if (date.length === 4) return `${date}-12-31`
  const [year, month] = date.split('-').map(Number)
  return new Date(Date.UTC(year!, month!, 0)).toISOString().slice(0, 10)
}

/** A day so many days later; earlier below zero. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** Whole days from one day to another; below zero when the other is earlier. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs

/** A day that exists, `2026-03-15`. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text

/** What is left to be said of a window on one day; undefined when it is over. */
export function windowOn(
  window: Window | undefined,
  today: string,
): { readonly openBy?: SourceDate; readonly closeAfter?: SourceDate } | undefined {
  const { effective, retired } = window ?? {}
  if (retired !== undefined && lastDay(retired) < today) return undefined
  return {
    ...(effective !== undefined && firstDay(effective) > today && { openBy: effective }),
    ...(retired !== undefined && { closeAfter: retired }),
  }
}

/** When all of these windows are open: from the latest beginning to the earliest end; undefined if that is never. */
export function commonWindow(windows: readonly (Window | undefined)[]): Window | undefined {
  let effective: SourceDate | undefined
  let retired: SourceDate | undefined
  for (const window of windows) {
    if (window?.effective !== undefined && (!effective || firstDay(window.effective) > firstDay(effective)))
      effective = window.effective
    if (window?.retired !== undefined && (!retired || lastDay(window.retired) < lastDay(retired)))
      retired = window.retired
  }
  if (effective !== undefined && retired !== undefined && firstDay(effective) > lastDay(retired)) return undefined
  return { ...(effective !== undefined && { effective }), ...(retired !== undefined && { retired }) }
}
