import type { Format } from '../words/format.ts'

/** What an alarm watches, in its own unit. */
export function alarmValue(figure: string, value: number, format: Format): string {
  if (figure === 'longestWaitSeconds') return format.duration(value * 1000)
  if (figure === 'serviceLevelToday') return format.percent(value / 100)
  return format.number(Math.round(value))
}
