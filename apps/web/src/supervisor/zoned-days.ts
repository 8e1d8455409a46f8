const minuteMs = 60_000
const hourMs = 60 * minuteMs

const formats = new Map<string, Intl.DateTimeFormat>()

/** The date (`2026-11-21`) on calendars of a time zone, such as `Europe/Stockholm`, at a moment. */
export function dateAt(timeZone: string, atMs: number): string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
}

/** The first minute of a date: midnight, or the first one after it where clocks leap over midnight. */
function startOf(timeZone: string, date: string): number {
  const utcMs = Date.parse(`${date}T00:00:00Z`)
  // Zones are at most 14 hours from UTC; the first minute that bears the date is found by halving.
  let [before, at] = [utcMs - 15 * hourMs, utcMs + 15 * hourMs]
  while (at - before > minuteMs) {
    const middle = before + Math.floor((at - before) / 2 / minuteMs) * minuteMs
    if (dateAt(timeZone, middle) >= date) at = middle
    else before = middle
  }
  return at
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + 24 * hourMs).toISOString().slice(0, 10)

/** The moments at which days begin and end in a time zone, both days included: what a report means by them, wherever the page is looked at. */
export function momentsOf(timeZone: string, from: string, to: string): { readonly from: string; readonly to: string } {
  return {
    from: new Date(startOf(timeZone, from)).toISOString(),
    to: new Date(startOf(timeZone, dayAfter(to))).toISOString(),
  }
}

/** The time zone of the page, for as long as the company's is not known. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
