import type { EventNumbers } from './backup-format.ts'
import type { Row, SourceTable } from './backup-source.ts'

/** An empty database that a backup is written into. Nobody else sees any of it before {@link finish}. */
export interface RestoreTarget {
  /** Makes the tables as they were at that version. */
  prepare(schemaVersion: number, nowMs: number): Promise<void>
  /** Columns of a table; undefined when that version has none of this name. */
  columnsOf(table: string): readonly string[] | undefined
  write(table: SourceTable, rows: readonly Row[]): Promise<void>
  /** Everything was written: what is wrong with it, in words; empty when nothing is. */
  faults(): Promise<readonly string[]>
  count(table: string): Promise<number>
  eventNumbers(): Promise<EventNumbers | undefined>
  /** After {@link faults}: all of it is there, for good. */
  finish(): Promise<void>
  /** Nothing of it stays, unless it was finished. */
  close(): Promise<void>
}
