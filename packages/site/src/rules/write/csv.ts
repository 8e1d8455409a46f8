import type { Opening } from '../../plan/opening.ts'
import type { Device } from './device.ts'
import { oneLine } from './plain-text.ts'
import { spansOf } from './pf-aliases.ts'
import type { WantedEnd, WantedRule } from './wanted.ts'

const csvColumns = [
  'id',
  'action',
  'direction',
  'from_place',
  'from',
  'to_place',
  'to',
  'protocol',
  'ports',
  'carries',
  'level',
  'open_by',
  'close_after',
  'requirements',
  'title',
  'lost_if_missing',
] as const

/** RFC 4180 with CRLF; lists within a cell are apart by spaces. Names and wildcards are said as they are. */
export const csv: Device = {
  fileName: 'vaxel-site.csv',
  mediaType: 'text/csv',
  names: 'wildcard',
  write: (rules) => `${[csvColumns.join(','), ...rules.map(rowOf)].join('\r\n')}\r\n`,
}

const rowOf = ({ opening, from, to }: WantedRule): string =>
  [
    opening.id,
    'accept',
    opening.direction,
    opening.from.label,
    endOf(from),
    opening.to.label,
    endOf(to),
    opening.protocol,
    portsOf(opening),
    opening.carries,
    opening.level,
    opening.openBy ?? '',
    opening.closeAfter ?? '',
    opening.requirementIds.join(' '),
    opening.title,
    opening.lostIfMissing,
  ]
    .map(csvCell)
    .join(',')

const endOf = (end: WantedEnd): string => (end.any ? 'any' : spansOf(end).join(' '))

const portsOf = ({ ports }: Opening): string =>
  ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ')

/**
 * One cell. A spreadsheet runs what begins with `=`, `+`, `-`, `@`: such a cell gets a `'` before it, which the reader takes off again.
 * `*.example.com` is none of these.
 */
function csvCell(text: string): string {
  const plain = oneLine(text)
  const safe = /^[=+\-@'|%]/.test(plain) ? `'${plain}` : plain
  return /[",;\s]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
