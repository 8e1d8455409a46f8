import { addDays, localTime, startOfDay } from '@vaxel/base'

/** The date (`2026-11-21`) on calendars of a time zone, such as `Europe/Stockholm`, at a moment. */
export const dateAt = (timeZone: string, atMs: number): string => localTime(timeZone, atMs).date

/** The moments at which days begin and end in a time zone, both days included: what a report means by them, wherever the page is looked at. */
export function momentsOf(timeZone: string, from: string, to: string): { readonly from: string; readonly to: string } {
  return {
    from: new Date(startOfDay(timeZone, from)).toISOString(),
    to: new Date(startOfDay(timeZone, addDays(to, 1))).toISOString(),
  }
}

/** The time zone of the page, for as long as the company's is not known. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
