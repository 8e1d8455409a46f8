import type { Found } from '../found.ts'
import { concludeLine, concludeSeveral } from './line.ts'
import { concludeRelays } from './relay.ts'
import { concludeBrowser, concludeDevices, concludeMapping, concludeWeb } from './rest.ts'
import { type Conclusion, groups, type Row, toRow } from './row.ts'
import { concludeExtra, concludeRange, concludeShared } from './udp.ts'

/**
 * What was found so far, as the lines of the page and of the report. A line is there as soon as what it depends on is known;
 * it may still change until everything is.
 */
export function conclude(found: Found): readonly Row[] {
  const all: (Conclusion | undefined)[] = [
    concludeShared(found),
    ...concludeWeb(found),
    ...concludeRange(found),
    ...concludeMapping(found),
    ...concludeRelays(found),
    ...concludeLine(found),
    concludeSeveral(found),
    ...concludeBrowser(found),
    ...concludeDevices(found),
    ...concludeExtra(found),
  ]
  return all
    .filter((one) => one !== undefined)
    .map((one) => toRow(found, one))
    .sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group))
}
