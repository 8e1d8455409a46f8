import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type { CallShare, CallShares, LedgerEvent } from '@vaxel/core'
import type { Kysely, Selectable } from 'kysely'
import { fromFlag, toFlag } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

/** Links of one call that are listed. */
const mostOfOneCall = 100

/** Links to calls in the database, by the hash of their token. */
export class StoredCallShares implements CallShares {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async create(share: CallShare, tokenHash: string, event: LedgerEvent): Promise<void> {
    const insert = this.#db
      .insertInto('call_shares')
      .values({
        id: share.id,
        token_hash: tokenHash,
        company_id: share.companyId,
        call_id: share.callId,
        created_by: share.createdBy,
        created_at_ms: share.createdAtMs,
        expires_at_ms: share.expiresAtMs,
        hides_numbers: toFlag(share.hidesNumbers),
      })
      .compile()
    await this.#transactor.commit([this.#transactor.write(insert)], [event])
  }

  async find(tokenHash: string): Promise<CallShare | undefined> {
    const row = await this.#db
      .selectFrom('call_shares')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst()
    return row && toShare(row)
  }

  async ofCall(companyId: CompanyId, callId: CallId): Promise<CallShare[]> {
    const rows = await this.#db
      .selectFrom('call_shares')
      .selectAll()
      .where('call_id', '=', callId)
      .where('company_id', '=', companyId)
      .orderBy('created_at_ms', 'desc')
      .limit(mostOfOneCall)
      .execute()
    return rows.map(toShare)
  }

  async remove(companyId: CompanyId, id: string, event: LedgerEvent): Promise<boolean> {
    const row = await this.#db
      .selectFrom('call_shares')
      .select('id')
      .where('id', '=', id)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    if (!row) return false
    const remove = this.#db.deleteFrom('call_shares').where('id', '=', id).compile()
    await this.#transactor.commit([this.#transactor.write(remove)], [event])
    return true
  }

  async removeExpired(beforeMs: number): Promise<void> {
    const remove = this.#db.deleteFrom('call_shares').where('expires_at_ms', '<', beforeMs).compile()
    await this.#transactor.commit([this.#transactor.write(remove)])
  }
}

function toShare(row: Selectable<Schema['call_shares']>): CallShare {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    callId: row.call_id as CallId,
    createdBy: row.created_by as UserId,
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
    hidesNumbers: fromFlag(row.hides_numbers),
  }
}
