import { Worker } from 'node:worker_threads'
import { TransientMap } from '@vaxel/base'
import type { WritingDatabase } from '../database.ts'
import { flattenUnits } from './flat-units.ts'
import type { DatabaseReply, DatabaseRequest, Unit, UnitOutcome } from './messages.ts'

type Rows = readonly (readonly unknown[])[]
type Settle = {
  resolve: (reply: DatabaseReply) => void
  reject: (error: Error) => void
  take: ((rows: Rows) => void) | undefined
}
type Ask = DatabaseRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never

/** An error that the database gave, with its code (`SQLITE_CONSTRAINT_UNIQUE`, `SQLITE_FULL` …). */
export class DatabaseError extends Error {
  readonly code: string | undefined

  constructor(message: string, code?: string) {
    super(message)
    this.name = 'DatabaseError'
    this.code = code
  }
}

/**
 * The main thread's end of one database thread. Every method resolves when the thread has answered;
 * all of them reject once the thread is gone.
 */
export class DatabaseThread implements WritingDatabase {
  /** It is in this process. */
  readonly away = undefined
  readonly #worker: Worker
  readonly #waiting = new TransientMap<number, Settle>()
  #nextId = 1
  #statementCount = 0
  #goneWhy: string | undefined

  constructor() {
    this.#worker = new Worker(new URL('./database-worker.ts', import.meta.url), { name: 'vaxel-store' })
    this.#worker.on('message', (reply: DatabaseReply) => this.#settle(reply))
    this.#worker.on('error', (error) => this.#gone(`the database thread failed: ${String(error)}`))
    this.#worker.on('exit', () => this.#gone('the database thread has ended'))
  }

  /** With `lockFile` for writing, held by this process alone; without, for reading. */
  async open(file: string, lockFile?: string): Promise<void> {
    await this.#ask({ op: 'open', file, lockFile })
  }

  async query(
    sql: string,
    parameters: readonly unknown[],
  ): Promise<{ rows: readonly Record<string, unknown>[]; changes: number }> {
    const reply = await this.#ask({ op: 'query', sql, parameters })
    if ('rows' in reply) return reply
    throw new DatabaseError('the database thread answered something else')
  }

  /** Rows as arrays, some thousand at a time; see OpenDatabase. */
  async each(sql: string, parameters: readonly unknown[], take: (rows: Rows) => void): Promise<void> {
    await this.#ask({ op: 'each', sql, parameters }, take)
  }

  /** Prepares a statement for {@link commit}; returns its number at once. */
  statement(sql: string): number {
    const first = this.#statementCount++
    this.#ask({ op: 'statements', first, sql: [sql] }).catch((error: Error) => this.#gone(error.message))
    return first
  }

  async commit(units: readonly Unit[]): Promise<readonly UnitOutcome[]> {
    const reply = await this.#ask({ op: 'commit', units: flattenUnits(units) })
    if ('outcomes' in reply) return reply.outcomes
    throw new DatabaseError('the database thread answered something else')
  }

  async lastEvent(): Promise<number> {
    const { rows } = await this.query('select coalesce(max(number), 0) as last from events', [])
    return Number(rows[0]?.['last'])
  }

  async check(): Promise<void> {
    await this.query('select 1', [])
  }

  /** It waits for nobody. */
  hurry(): void {}

  async close(): Promise<void> {
    if (this.#goneWhy !== undefined) return
    const ended = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()))
    await this.#ask({ op: 'close' })
    await ended
  }

  #ask(ask: Ask, take?: (rows: Rows) => void): Promise<DatabaseReply> {
    return new Promise((resolve, reject) => {
      if (this.#goneWhy !== undefined) return reject(new DatabaseError(this.#goneWhy))
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject, take })
      this.#worker.postMessage({ id, ...ask })
    })
  }

  #settle(reply: DatabaseReply): void {
    const waiting = this.#waiting.get(reply.id)
    if ('chunk' in reply) return waiting?.take?.(JSON.parse(reply.chunk) as Rows)
    this.#waiting.delete(reply.id)
    if ('error' in reply) waiting?.reject(new DatabaseError(reply.error, reply.code))
    else waiting?.resolve(reply)
  }

  #gone(why: string): void {
    this.#goneWhy ??= why
    for (const { reject } of this.#waiting.values()) reject(new DatabaseError(this.#goneWhy))
    this.#waiting.clear()
  }
}
