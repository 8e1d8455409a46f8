import type { CompanyId } from '@vaxel/base'
import type { LedgerEvent, Owed, OwedKind, OwedStore } from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { SecretBox } from './configuration/secret-box.ts'
import { fromJson, toJson } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

/**
 * What is owed, in the database; whoever owes it has it in memory. It is sealed where it lies: what callers have typed, also a card number, may be
 * on its way to a server.
 */
export class StoredOwed implements OwedStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #box: SecretBox

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#box = options.box
  }

  async put({ id, companyId, kind, untilMs, value }: Owed): Promise<void> {
    const row = { until_ms: untilMs, value: this.#box.seal(toJson(value), contextOf(id)) }
    const put = this.#db
      .insertInto('owed')
      .values({ id, company_id: companyId, kind, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    await this.#transactor.commit([this.#transactor.write(put.compile())])
  }

  async settle(id: string, event?: LedgerEvent): Promise<void> {
    const settled = this.#db.deleteFrom('owed').where('id', '=', id).compile()
    await this.#transactor.commit([this.#transactor.write(settled)], event ? [event] : [])
  }

  async all(kind: OwedKind): Promise<readonly Owed[]> {
    // What was given last may not be in the database yet.
    await this.#transactor.settled()
    const rows = await this.#db.selectFrom('owed').selectAll().where('kind', '=', kind).orderBy('id').execute()
    return rows.map((row) => ({
      id: row.id,
      companyId: row.company_id as CompanyId,
      kind,
      untilMs: Number(row.until_ms),
      value: fromJson<Owed['value']>(this.#box.open(row.value, contextOf(row.id))),
    }))
  }
}

/** It opens as what it was sealed as. */
const contextOf = (id: string): string => `owed ${id}`
