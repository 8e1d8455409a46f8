/** Part of a week: days from 1 (Monday) to 7, from a time of day to another one (`08:00` to `17:00`), which ends on the next day if it is not later. */
export interface WeeklyPeriod {
  readonly days: readonly number[]
  /** `HH:MM`. */
  readonly from: string
  /** `HH:MM`, not included; `24:00` is the end of the day. */
  readonly to: string
}

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

/** `08:30` as minutes since midnight; undefined when it is no time of day. */
export function minutesOf(time: string): number | undefined {
  const match = /^(\d\d):(\d\d)$/.exec(time)
  if (!match) return undefined
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return Number(match[2]) < 60 && minutes <= 24 * 60 ? minutes : undefined
}

/**
 * Whether a moment falls into one of the periods.
 * @example isWithin([{ days: [5], from: '22:00', to: '02:00' }], { date: '2026-11-21', weekday: 6, minutes: 60 }) // true: Friday's night
 */
export function isWithin(periods: readonly WeeklyPeriod[], { weekday, minutes }: LocalTime): boolean {
  const yesterday = weekday === 1 ? 7 : weekday - 1
  return periods.some(({ days, from, to }) => {
    const [begin = 0, end = 0] = [minutesOf(from), minutesOf(to)]
    if (end > begin) return days.includes(weekday) && minutes >= begin && minutes < end
    return (days.includes(weekday) && minutes >= begin) || (days.includes(yesterday) && minutes < end)
  })
}
