import type { AgentReport, WorkReport } from './reports.ts'

/** Spreadsheets take what begins so for a formula (CWE-1236). */
const formula = /^[=+\-@\t\r]/

/** A cell that no spreadsheet runs, quoted where it must be (RFC 4180 §2). */
export function cell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const lines = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')

const seconds = (ms: number | undefined): string => (ms === undefined ? '' : (ms / 1000).toFixed(1))
const percent = (share: number | undefined): string => (share === undefined ? '' : (share * 100).toFixed(1))

/** A moment by the clock on the wall of the report's time zone: `2026-11-21 08:15`. */
const localTimes = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (at: string | undefined) => (at === undefined ? '' : format.format(Date.parse(at)))
}

const countColumns = [
  ['arrived', 'arrived'],
  ['answered', 'answered'],
  ['in level', 'inLevel'],
  ['abandoned', 'abandoned'],
  ['of these short', 'short'],
  ['overflowed', 'overflowed'],
  ['left a message', 'messageLeft'],
  ['moved', 'moved'],
  ['closed', 'closed'],
  ['still open', 'open'],
  ['missed offers', 'missed'],
] as const

/** Rows, then the total; a report without rows has the total alone. */
export function workCsv(report: WorkReport): string {
  const local = localTimes(report.timeZone)
  const cells = (name: Partial<WorkReport['rows'][number]>, { counts, figures }: WorkReport['total']) => [
    local(name.at),
    name.queueName ?? '',
    name.agentName ?? '',
    name.channel ?? '',
    name.codeName ?? '',
    ...countColumns.map(([, key]) => String(counts[key])),
    percent(figures.serviceLevel),
    percent(figures.answeredShare),
    seconds(figures.averageWaitMs),
    seconds(counts.longestMs),
    seconds(figures.averageHandlingMs),
    seconds(figures.averageWrapMs),
    seconds(counts.handledMs),
  ]
  return lines(
    [
      `from (${report.timeZone})`,
      'queue',
      'agent',
      'channel',
      'wrap-up code',
      ...countColumns.map(([title]) => title),
      'service level %',
      'answered %',
      'average wait s',
      'longest wait s',
      'average handling s',
      'average wrap-up s',
      'handling s',
    ],
    [...report.rows.map((row) => cells(row, row)), cells({ queueName: 'total' }, report.total)],
  )
}

/** One line for each agent (and interval), then one column for each reason that occurs. */
export function agentCsv(report: AgentReport): string {
  const local = localTimes(report.timeZone)
  const reasons = new Map<string, string>()
  for (const row of report.rows) for (const { reason, name } of row.reasons) reasons.set(reason, name ?? reason)
  return lines(
    [
      `from (${report.timeZone})`,
      'agent',
      'logged in s',
      'ready s',
      'busy s',
      'wrap-up s',
      'not ready s',
      'occupancy %',
      'answered',
      'missed offers',
      'quality %',
      'scores',
      ...[...reasons.values()].map((name) => `not ready: ${name} s`),
    ],
    report.rows.map((row) => [
      local(row.at),
      row.agentName,
      seconds(row.loggedInMs),
      seconds(row.readyMs),
      seconds(row.busyMs),
      seconds(row.wrapUpMs),
      seconds(row.notReadyMs),
      percent(row.occupancy),
      String(row.answered),
      String(row.missed),
      row.scorePercent === undefined ? '' : row.scorePercent.toFixed(1),
      String(row.scores),
      ...[...reasons.keys()].map((reason) => seconds(row.reasons.find((entry) => entry.reason === reason)?.ms ?? 0)),
    ]),
  )
}
