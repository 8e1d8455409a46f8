import type { LocalTime } from '@vaxel/base'

/** Part of a week: days from 1 (Monday) to 7, from a time of day to another one (`08:00` to `17:00`), which ends on the next day if it is not later. */
export interface WeeklyPeriod {
  readonly days: readonly number[]
  /** `HH:MM`. */
  readonly from: string
  /** `HH:MM`, not included; `24:00` is the end of the day. */
  readonly to: string
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
