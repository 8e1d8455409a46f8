import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import type { UnitOutcome } from './sqlite/messages.ts'

/** The writing end of an engine, one owner for each database. */
export interface WritingDatabase {
  /** Why the database cannot be reached; undefined while it can. What was given then waits and is written in order later. */
  readonly away: string | undefined
  /** Prepares a statement for {@link commit}; returns its number at once. */
  statement(sql: string): number
  /** @param units JSON of a list of units, written in one transaction; one that cannot be written fails alone */
  commit(units: string): Promise<readonly UnitOutcome[]>
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
