import type { CompanyId } from '@vaxel/base'
import type { AgeEraser, ErasedSome } from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { callErasures } from './erase-calls.ts'

/** Erases old calls with everything that hangs on them, some at a time. */
export class StoredCallEraser implements AgeEraser {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async eraseBefore(
    companyId: CompanyId,
    { beforeMs, after, limit }: Parameters<AgeEraser['eraseBefore']>[1],
  ): Promise<ErasedSome> {
    let query = this.#db
      .selectFrom('calls')
      .select(['id', 'started_at_ms', 'ended_at_ms'])
      .where('company_id', '=', companyId)
      .orderBy('id')
      .limit(limit)
    // Ids rise with time.
    if (after !== undefined) query = query.where('id', '>', after)
    const found = await query.execute()
    const old = found.filter(({ started_at_ms }) => started_at_ms < beforeMs)
    const ended = old.filter(({ ended_at_ms }) => ended_at_ms !== null && ended_at_ms < beforeMs)
    const kept = await this.#withRecording(ended.map(({ id }) => id))
    const gone = ended.filter(({ id }) => !kept.has(id))
    if (gone.length > 0) {
      const erasures = await callErasures(
        this.#db,
        gone.map(({ id }) => id),
      )
      await this.#transactor.commit(erasures.map((query) => this.#transactor.write(query.compile())))
    }
    const last = old.at(-1)?.id
    const isMore = last !== undefined && old.length === limit
    return { erased: gone.length, ...(isMore ? { after: last } : {}) }
  }

  async #withRecording(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set()
    const rows = await this.#db
      .selectFrom('recordings')
      .select('call_id')
      .where('call_id', 'in', [...ids])
      .where('state', '<>', 'deleted')
      .execute()
    return new Set(rows.map(({ call_id }) => call_id))
  }
}
