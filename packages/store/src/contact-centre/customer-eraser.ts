import type { CompanyId } from '@vaxel/base'
import type { AgeEraser, ErasedSome } from '@vaxel/core'
import type { Compilable, Kysely } from 'kysely'
import { isOfWork } from '../migrations/0022-work.ts'
import { isTold } from '../migrations/0038-erasure.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { forgetEntry, forgetVisit } from './forget-customer.ts'

const what = 'customers'
/** Entries of the ledger are small, and most of them tell of nobody. */
const entriesForOne = 10

type Step = Parameters<AgeEraser['eraseBefore']>[1]
interface Found {
  readonly writes: readonly Compilable[]
  readonly count: number
  readonly isMore: boolean
}

/** Forgets who the customers of queues were, some at a time; what was done for them stays in the figures. */
export class StoredCustomerEraser implements AgeEraser {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async eraseBefore(companyId: CompanyId, step: Step): Promise<ErasedSome> {
    const found = await Promise.all([
      this.#visits(companyId, step),
      this.#remarks(companyId, step),
      this.#entries(companyId, step),
    ])
    const writes = found.flatMap((part) => part.writes)
    if (writes.length > 0) await this.#transactor.commit(writes.map((query) => this.#transactor.write(query.compile())))
    const [visits, remarks] = found
    return {
      erased: visits.count + remarks.count,
      // What was erased is not found again: there is no place to go on from.
      ...(found.some(({ isMore }) => isMore) ? { after: what } : {}),
    }
  }

  async #visits(companyId: CompanyId, { beforeMs, limit }: Step): Promise<Found> {
    const rows = await this.#db
      .selectFrom('work_items')
      .select(['id', 'queue_id', 'arrived_at_ms'])
      .where('company_id', '=', companyId)
      .where(isTold)
      .where('state', '=', 'over')
      .where('arrived_at_ms', '<', beforeMs)
      .where((is) => is(is.fn.coalesce('finished_at_ms', 'arrived_at_ms'), '<', beforeMs))
      .orderBy('arrived_at_ms')
      .limit(limit)
      .execute()
    const writes = rows.map((row) => forgetVisit(this.#db, row))
    return { writes, count: rows.length, isMore: rows.length === limit }
  }

  async #remarks(companyId: CompanyId, { beforeMs, limit }: Step): Promise<Found> {
    const rows = await this.#db
      .selectFrom('customer_remarks')
      .select('id')
      .where('company_id', '=', companyId)
      .where('at_ms', '<', beforeMs)
      .orderBy('at_ms')
      .limit(limit)
      .execute()
    const writes = rows.map(({ id }) => this.#db.deleteFrom('customer_remarks').where('id', '=', id))
    return { writes, count: rows.length, isMore: rows.length === limit }
  }

  /** Goes through the ledger from where it was the last time. */
  async #entries(companyId: CompanyId, { beforeMs, limit }: Step): Promise<Found> {
    const mark = await this.#db
      .selectFrom('erasure_marks')
      .select(['at_ms', 'number'])
      .where('company_id', '=', companyId)
      .where('what', '=', what)
      .executeTakeFirst()
    const [atMs, number] = [Number(mark?.at_ms ?? 0), Number(mark?.number ?? 0)]
    const most = limit * entriesForOne
    const rows = await this.#db
      .selectFrom('events')
      .select(['number', 'at_ms', 'kind', 'data'])
      .where('company_id', '=', companyId)
      .where('at_ms', '<', beforeMs)
      .where(isOfWork)
      .where((is) => is.or([is('at_ms', '>', atMs), is.and([is('at_ms', '=', atMs), is('number', '>', number)])]))
      .orderBy('at_ms')
      .orderBy('number')
      .limit(most)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return { writes: [], count: 0, isMore: false }
    const changed = rows.flatMap((row) => forgetEntry(this.#db, row) ?? [])
    const place = { at_ms: last.at_ms, number: last.number }
    const marked = this.#db
      .insertInto('erasure_marks')
      .values({ company_id: companyId, what, ...place })
      .onConflict((conflict) => conflict.columns(['company_id', 'what']).doUpdateSet(place))
    return { writes: [...changed, marked], count: 0, isMore: rows.length === most }
  }
}
