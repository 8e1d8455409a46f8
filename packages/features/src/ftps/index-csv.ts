import type { KeptRecording } from '@vaxel/core'
import { sidesOf } from './recording-names.ts'

const columns = [
  'file',
  'started',
  'seconds',
  'direction',
  'caller number',
  'caller name',
  'called number',
  'called name',
  'recorded',
  'asked for',
  'pauses',
  'sha256 of the sealed file',
  'call',
  'recording',
] as const

/** Spreadsheets take what begins so for a formula (CWE-1236). */
const formula = /^[=+\-@\t\r]/
/** A number with its plus is none. */
const telephoneNumber = /^\+\d{1,20}$/

/** A cell that no spreadsheet runs, quoted where it must be (RFC 4180 §2). */
export function cell(value: string): string {
  const guarded = formula.test(value) && !telephoneNumber.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** @param file its path from the folder of the index on */
function row(file: string, recording: KeptRecording): string {
  const [caller, called] = sidesOf(recording)
  return [
    file,
    new Date(recording.startedAtMs).toISOString(),
    String(Math.round((recording.durationMs ?? 0) / 1000)),
    recording.direction,
    caller.number,
    caller.name ?? '',
    called.number,
    called.name ?? '',
    recording.party.number,
    recording.trigger === 'demand' ? 'yes' : 'no',
    String(recording.pauses.length),
    recording.sha256 ?? '',
    recording.callId,
    recording.id,
  ]
    .map(cell)
    .join(',')
}

/** What is recorded, as RFC 4180 with a header line, times as RFC 3339 in UTC. @param rows by file */
export function indexCsv(rows: Iterable<readonly [file: string, recording: KeptRecording]>): Uint8Array {
  const lines = [columns.join(',')]
  for (const [file, recording] of rows) lines.push(row(file, recording))
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8')
}
