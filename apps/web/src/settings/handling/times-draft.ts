import type { ReplyOf } from '../../api/api.ts'

type Rules = ReplyOf<'readMyForwarding'>['rules']
export type WeeklyTimes = NonNullable<NonNullable<Rules['always']>['times']>
export type Period = WeeklyTimes['periods'][number]

/** Hours of a working week, for a start. */
export const usualPeriod: Period = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }

const timePattern = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/

/** @example timeOf('8.30') // '08:30' */
export function timeOf(text: string): string | undefined {
  const match = /^\s*(\d{1,2})(?:[:.h]?(\d{2}))?\s*$/.exec(text)
  const time = match ? `${match[1]!.padStart(2, '0')}:${match[2] ?? '00'}` : ''
  return timePattern.test(time) ? time : undefined
}

/** Hours as they are sent; undefined while one of them is no time. */
export function timesOf(periods: readonly Period[], timeZone: string): WeeklyTimes | undefined {
  const read = periods.map(({ days, from, to }) => ({ days: [...days], from: timeOf(from), to: timeOf(to) }))
  const whole = read.filter(
    (one): one is Period => one.from !== undefined && one.to !== undefined && one.days.length > 0,
  )
  return whole.length === periods.length && whole.length > 0 ? { timeZone, periods: whole } : undefined
}
