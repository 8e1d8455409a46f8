import { addDays, type LocalTime, localTime, startOfDay, weekdayOf } from '@vaxel/base'
import { type MailedReport } from '@vaxel/core'

/** Days that a mailed report is of. */
export interface ReportPeriod {
  readonly from: string
  readonly to: string
}

const firstOfMonth = (date: string): string => `${date.slice(0, 8)}01`

/** The last period that was over before a day began: the day before, the week from Monday to Sunday, the month. */
export function lastPeriod(every: MailedReport['every'], today: string): ReportPeriod {
  if (every === 'day') return { from: addDays(today, -1), to: addDays(today, -1) }
  if (every === 'week') {
    const to = addDays(today, -weekdayOf(today))
    return { from: addDays(to, -6), to }
  }
  const to = addDays(firstOfMonth(today), -1)
  return { from: firstOfMonth(to), to }
}

const hourOf = ({ minutes }: LocalTime): number => Math.floor(minutes / 60)

/**
 * The period that is to go out now; undefined: none. After a server that was down for long only the last one goes out.
 * @param report `sentTo` is the last day that has gone out
 */
export function duePeriod(
  report: Pick<MailedReport, 'every' | 'atHour' | 'sentTo'>,
  timeZone: string,
  nowMs: number,
): ReportPeriod | undefined {
  const now = localTime(timeZone, nowMs)
  // Before its hour a report of the day before is not due, so that of the period before that one was.
  const today = hourOf(now) >= report.atHour ? now.date : addDays(now.date, -1)
  const period = lastPeriod(report.every, today)
  return report.sentTo !== undefined && report.sentTo >= period.to ? undefined : period
}

/** When the next period goes out. */
export function nextDueMs(report: Pick<MailedReport, 'every' | 'atHour'>, timeZone: string, nowMs: number): number {
  for (let date = localTime(timeZone, nowMs).date, days = 0; days < 62; date = addDays(date, 1), days++) {
    const atMs = startOfDay(timeZone, date) + report.atHour * 3_600_000
    const isFirst =
      report.every === 'day' || (report.every === 'week' ? weekdayOf(date) === 1 : firstOfMonth(date) === date)
    if (isFirst && atMs > nowMs) return atMs
  }
  return nowMs
}
