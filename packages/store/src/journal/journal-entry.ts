import type { Unit } from '../sqlite/messages.ts'

/** One record of the journal: what would have been one transaction. Statements of `units` are numbered as `sql` says, or an entry before. */
export interface JournalEntry {
  /** Number of the last event before this entry. */
  readonly after: number
  /** Statements that appear for the first time since the journal was emptied or opened, by number. */
  readonly sql: readonly (readonly [number: number, sql: string])[]
  readonly units: readonly Unit[]
}

/** How far the database has got in a journal; written in the same transaction as what it tells of. */
export interface ReplayMark {
  readonly id: string
  readonly generation: number
  /** The record that was written last, whole; 0 for none. */
  readonly sequence: number
  /** Units of the record after it that are written. */
  readonly units: number
}

/** The setting of the database that holds the {@link ReplayMark}. */
export const markSetting = 'journal'

/** Events of the units. */
export const countEvents = (units: readonly Unit[]): number =>
  units.reduce((count, [, events]) => count + events.length, 0)

/** The number of the last event as of each unit, when they follow upon an event of that number. */
export function numbersAfter(after: number, units: readonly Unit[]): number[] {
  let last = after
  return units.map(([, events]) => (last += events.length))
}
