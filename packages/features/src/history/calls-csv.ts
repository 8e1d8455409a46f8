import type { CallRecord } from '@vaxel/core'

const columns = [
  'id',
  'started',
  'answered',
  'ended',
  'direction',
  'caller number',
  'caller name',
  'dialled',
  'called number',
  'called name',
  'talk seconds',
  'outcome',
  'reason',
  'cost',
] as const

/** Spreadsheets take what begins so for a formula (CWE-1236). */
const formula = /^[=+\-@\t\r]/

/** A cell that no spreadsheet runs, quoted where it must be (RFC 4180 §2). */
export function cell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const time = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString())

function row(call: CallRecord): string {
  const { answeredAtMs, endedAtMs, caller, called, termination, costMicros } = call
  const talk = answeredAtMs === undefined || endedAtMs === undefined ? 0 : Math.round((endedAtMs - answeredAtMs) / 1000)
  return [
    call.id,
    time(call.startedAtMs),
    time(answeredAtMs),
    time(endedAtMs),
    call.direction,
    caller.number,
    caller.name ?? '',
    call.dialled,
    called.number,
    called.name ?? '',
    String(talk),
    answeredAtMs === undefined ? 'unanswered' : 'answered',
    termination?.reason ?? '',
    costMicros === undefined ? '' : (costMicros / 1_000_000).toFixed(6),
  ]
    .map(cell)
    .join(',')
}

/** Calls as RFC 4180 with a header line, times as RFC 3339 in UTC. */
export const callsAsCsv = (calls: readonly CallRecord[]): string =>
  [columns.join(','), ...calls.map(row), ''].join('\r\n')
