import type { CompanyId } from '@vaxel/base'
import type { AgeEraser, ErasedSome } from '@vaxel/core'
import type { Compilable, Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Write } from '../sqlite/messages.ts'
import type { Transactor } from '../transactor.ts'

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
      .select(['id', 'started_at_ms', 'ended_at_ms', 'caller_user_id', 'called_user_id'])
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
      const users = await this.#usersOf(gone.map(({ id }) => id))
      const writes = gone.flatMap(({ id, caller_user_id: caller, called_user_id: called }) =>
        this.#writes(id, new Set([caller, called, ...(users.get(id) ?? [])])),
      )
      await this.#transactor.commit(writes)
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

  async #usersOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly (string | null)[]>> {
    const rows = await this.#db
      .selectFrom('legs')
      .select(['call_id', 'party_user_id'])
      .where('call_id', 'in', [...ids])
      .execute()
    const legs = Map.groupBy(rows, ({ call_id }) => call_id)
    return new Map([...legs].map(([id, ofCall]) => [id, ofCall.map(({ party_user_id }) => party_user_id)]))
  }

  /** The same statements for each call, so that they are prepared once. */
  #writes(id: string, users: ReadonlySet<string | null>): Write[] {
    const db = this.#db
    const queries: Compilable[] = [
      db.deleteFrom('traces').where('call_id', '=', id),
      db.deleteFrom('messages').where('call_id', '=', id),
      db.deleteFrom('call_shares').where('call_id', '=', id),
      db.deleteFrom('legs').where('call_id', '=', id),
      ...[...users]
        .filter((user) => user !== null)
        .map((user) => db.deleteFrom('call_users').where('user_id', '=', user).where('call_id', '=', id)),
      // A number that was missing would look like a loss.
      db
        .updateTable('events')
        .set({ company_id: '', call_id: null, kind: 'ledger.erased', data: '{}' })
        .where('call_id', '=', id),
      db.deleteFrom('calls').where('id', '=', id),
    ]
    return queries.map((query) => this.#transactor.write(query.compile()))
  }
}
