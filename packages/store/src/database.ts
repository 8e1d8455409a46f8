import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import type { Unit, UnitOutcome } from './sqlite/messages.ts'

/** What is wrong with a database that takes no entries. */
export interface Trouble {
  readonly why: string
  /** Milliseconds since 1970. */
  readonly sinceMs: number
  /** Entries that wait for it. */
  readonly entries: number
  /** How full the journal is, 0 to 1. */
  readonly share: number
  /** Why new calls are refused; undefined while they are not. */
  readonly refusing: string | undefined
}

/** The writing end of an engine, one owner for each database. */
export interface WritingDatabase {
  /** Why nothing can be made durable now; undefined while it can. What is given then waits and is written in order later. */
  readonly away: string | undefined
  /** A journal takes the entries at the moment. */
  readonly isStandIn?: boolean
  /** Prepares a statement for {@link commit}; returns its number at once. */
  statement(sql: string): number
  /** Writes units in one transaction; one that cannot be written fails alone. */
  commit(units: readonly Unit[]): Promise<readonly UnitOutcome[]>
  /** Number of the last event that it has; 0 for none. */
  lastEvent(): Promise<number>
  /** Rejects with the reason when the engine does not answer. */
  check(): Promise<void>
  /** From now on nobody waits long for a database that is away. */
  hurry(): void
  close(): Promise<void>
}

/** A database that is open, locked and of this program's schema. */
export interface OpenDatabase {
  readonly writing: WritingDatabase
  /** For reading. */
  readonly db: Kysely<Schema>
  /**
   * For results of a hundred thousand rows: hands over some thousand at a time, each row an array in the order of the
   * selected columns, while the database reads on. Resolves after the last ones.
   */
  each(query: CompiledQuery, take: (rows: readonly (readonly unknown[])[]) => void): Promise<void>
  /** Rejects with the reason when reading does not work. */
  checkReading(): Promise<void>
}
