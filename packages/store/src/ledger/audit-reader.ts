import type { CompanyId } from '@vaxel/base'
import type { AuditReader, NumberedEvent } from '@vaxel/core'
import type { Kysely } from 'kysely'
import { toEvent } from '../rows/call-row.ts'
import type { Schema } from '../schema.ts'

const mostRows = 1000

/** Reads what is no call's, by the index that has nothing else. */
export class StoredAudit implements AuditReader {
  readonly #db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.#db = db
  }

  async audit({ companyId, kinds, before, limit }: Parameters<AuditReader['audit']>[0]): Promise<NumberedEvent[]> {
    let query = this.#db
      .selectFrom('events')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('call_id', 'is', null)
      .orderBy('number', 'desc')
      .limit(Math.max(1, Math.min(limit, mostRows)))
    if (kinds !== undefined) query = query.where('kind', 'in', [...kinds])
    if (before !== undefined) query = query.where('number', '<', before)
    return (await query.execute()).map(toEvent)
  }

  async from(companyId: CompanyId, number: number, limit: number): Promise<NumberedEvent[]> {
    const rows = await this.#db
      .selectFrom('events')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('number', '>=', number)
      .orderBy('number')
      .limit(Math.max(1, Math.min(limit, mostRows)))
      .execute()
    return rows.map(toEvent)
  }
}
