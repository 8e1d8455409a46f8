/** A moment as a clock and a calendar on the wall of a time zone show it. */
export interface LocalTime {
  /** `2026-11-21`. */
  readonly date: string
  /** 1 is Monday. */
  readonly weekday: number
  /** Since midnight by the clock. */
  readonly minutes: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether a name is a time zone's. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}

/** What was asked last, by time zone: calls come many in a minute, and a clock on the wall changes once in one. */
const lately = new Map<string, { minute: number; local: LocalTime }>()

/** @param timeZone IANA name; UTC stands in for one that does not exist (a draft may name anything) */
export function localTime(timeZone: string, atMs: number): LocalTime {
  const minute = Math.floor(atMs / 60_000)
  const last = lately.get(timeZone)
  if (last?.minute === minute) return last.local
  const parts: Record<string, string> = {}
  const format = formatOf(isTimeZone(timeZone) ? timeZone : 'UTC')
  for (const { type, value } of format.formatToParts(atMs)) parts[type] = value
  const date = `${parts.year}-${parts.month}-${parts.day}`
  const local = {
    date,
    weekday: weekdayOf(date),
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  }
  lately.set(timeZone, { minute, local })
  return local
}

/** 1 is Monday. @param date `2026-11-21` */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7

/** The day before or after. @param date `2026-11-21` */
export function addDays(date: string, days: number): string {
  const [year, month, day] = date.split('-').map(Number)
  return new Date(Date.UTC(year!, month! - 1, day! + days)).toISOString().slice(0, 10)
}

const minuteMs = 60_000

/** The first minute of a date: midnight, or the first one after it where clocks leap over midnight. */
export function startOfDay(timeZone: string, date: string): number {
  const utc = Date.parse(`${date}T00:00:00Z`)
  // Zones are at most 14 hours from UTC; the first minute that bears the date is found by halving.
  let [before, at] = [utc - 15 * 3_600_000, utc + 15 * 3_600_000]
  while (at - before > minuteMs) {
    const middle = before + Math.floor((at - before) / 2 / minuteMs) * minuteMs
    if (localTime(timeZone, middle).date >= date) at = middle
    else before = middle
  }
  return at
}
