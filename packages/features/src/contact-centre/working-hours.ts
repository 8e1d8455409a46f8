import { localTime } from '@vaxel/base'
import { type Centre, isOpenBy } from '@vaxel/core'

const dayMs = 86_400_000

/** When somebody works in the next seven days, by their schedule, in the company's time zone. */
export function workingHours(
  centre: Centre,
  scheduleId: string | undefined,
  timeZone: string,
  nowMs: number,
): { date: string; from: string; to: string }[] {
  const schedule = centre.schedules.find(({ id }) => id === scheduleId)
  if (!schedule) return []
  return Array.from({ length: 7 }, (_, day) => localTime(timeZone, nowMs + day * dayMs)).flatMap(
    ({ date, weekday, minutes }, day) => {
      const noonMs = nowMs + day * dayMs + (12 * 60 - minutes) * 60_000
      const isHoliday =
        !schedule.open.some(({ days }) => days.includes(weekday)) ||
        isClosedAllDay(centre, schedule.id, timeZone, noonMs)
      if (isHoliday) return []
      return schedule.open
        .filter(({ days }) => days.includes(weekday))
        .map(({ from, to }) => ({ date, from, to }))
        .toSorted((a, b) => a.from.localeCompare(b.from))
    },
  )
}

/** A holiday: nothing of the day is open. */
function isClosedAllDay(centre: Centre, scheduleId: string, timeZone: string, noonMs: number): boolean {
  const schedule = centre.schedules.find(({ id }) => id === scheduleId)
  if (!schedule) return true
  for (let hour = -12; hour < 12; hour++) if (isOpenBy(schedule, timeZone, noonMs + hour * 3_600_000)) return false
  return true
}
