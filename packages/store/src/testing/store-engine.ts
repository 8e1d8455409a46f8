import type { Clock } from '@vaxel/base'

/** A clock that a test moves. */
export interface TestClock extends Clock {
  advanceAsync(ms: number): Promise<void>
}

/** What the suites of the store run over. */
export interface StoreEngine {
  readonly name: string
  newClock(startMs?: number): TestClock
  /** An empty database, or a copy of another one; undefined where it is a file in the data folder. */
  newDatabase(from?: string): Promise<string | undefined>
  /** Runs one statement beside the store, which is closed. */
  execute(statement: string, folder: string, databaseUrl: string | undefined): Promise<void>
}
