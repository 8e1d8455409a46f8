import { isTimeZone, localTime } from '@vaxel/base'
import { isWithin, type WeeklyPeriod } from '../flow/schedule.ts'

export { isTimeZone }

/** Hours of the week, as the clocks of one place show them. */
export interface WeeklyTimes {
  /** IANA name, `Europe/Stockholm`. */
  readonly timeZone: string
  readonly periods: readonly WeeklyPeriod[]
}

/**
 * Whether a moment is within hours of the week. Nothing is, where the zone is not known.
 * @example isInWeek({ timeZone: 'Europe/Stockholm', periods: [{ days: [1], from: '08:00', to: '17:00' }] }, Date.UTC(2026, 5, 1, 7)) // true
 */
export function isInWeek({ timeZone, periods }: WeeklyTimes, atMs: number): boolean {
  return isTimeZone(timeZone) && isWithin(periods, localTime(timeZone, atMs))
}
