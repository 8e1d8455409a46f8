import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { DatabaseThread } from './database-thread.ts'

/** Kysely over a database thread. Transactions are for migrations at start; afterwards the Transactor writes. */
export function sqliteThreadDialect(thread: DatabaseThread): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ThreadDriver(thread),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class ThreadConnection implements DatabaseConnection {
  readonly #thread: DatabaseThread

  constructor(thread: DatabaseThread) {
    this.#thread = thread
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = await this.#thread.query(query.sql, query.parameters)
    return { rows: rows as R[], numAffectedRows: BigInt(changes) }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the embedded database does not stream; read in pages')
  }
}

class ThreadDriver implements Driver {
  readonly #thread: DatabaseThread
  readonly #connection: ThreadConnection

  constructor(thread: DatabaseThread) {
    this.#thread = thread
    this.#connection = new ThreadConnection(thread)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    await this.#thread.query('begin immediate', [])
  }

  async commitTransaction(): Promise<void> {
    await this.#thread.query('commit', [])
  }

  async rollbackTransaction(): Promise<void> {
    await this.#thread.query('rollback', [])
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}
