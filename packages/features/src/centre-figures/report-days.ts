import { type Refusal, addDays, startOfDay } from '@vaxel/base'
import { ReportDaysUnsound, ReportTooLarge } from '@vaxel/contract'

export type ReportInterval = 'none' | 'quarter' | 'hour' | 'day'

/** Days that a report may cover, by the length of its intervals. */
const mostDays: Readonly<Record<ReportInterval, number>> = { none: 400, day: 400, hour: 31, quarter: 7 }
/** Rows that an answer holds. */
export const mostRows = 20_000

const isDate = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(date)
}

/** The time from the begin of the first day to the end of the last one. */
export function daysOf(
  timeZone: string,
  from: string,
  to: string,
  interval: ReportInterval,
): { readonly fromMs: number; readonly toMs: number } | Refusal {
  if (!isDate(from) || !isDate(to) || to < from) return ReportDaysUnsound()
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  if (days > mostDays[interval]) return ReportTooLarge()
  return { fromMs: startOfDay(timeZone, from), toMs: startOfDay(timeZone, addDays(to, 1)) }
}

/** For lists that come in moments. */
export function momentsOf(from: string, to: string): { readonly fromMs: number; readonly toMs: number } | Refusal {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  return Number.isFinite(fromMs) && Number.isFinite(toMs) && toMs > fromMs ? { fromMs, toMs } : ReportDaysUnsound()
}
