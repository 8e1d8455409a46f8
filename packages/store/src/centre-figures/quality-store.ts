import type { CompanyId, UserId } from '@vaxel/base'
import type { LedgerEvent, QualityForm, QualityScore, QualityStore } from '@vaxel/core'
import type { CompiledQuery, Kysely } from 'kysely'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'

/** Forms that conversations are scored by, and the scores. */
export class StoredQuality implements QualityStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async forms(companyId: CompanyId): Promise<readonly QualityForm[]> {
    const rows = await this.#db
      .selectFrom('quality_forms')
      .select('value')
      .where('company_id', '=', companyId)
      .orderBy('id')
      .execute()
    return rows.map(({ value }) => fromJson<QualityForm>(value))
  }

  async putForm(form: QualityForm, event: LedgerEvent): Promise<void> {
    const row = { id: form.id, company_id: form.companyId, value: toJson(form) }
    const put = this.#db
      .insertInto('quality_forms')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ value: row.value }))
    await this.#write(put.compile(), event)
  }

  async removeForm(companyId: CompanyId, id: string, event: LedgerEvent): Promise<void> {
    const remove = this.#db.deleteFrom('quality_forms').where('id', '=', id).where('company_id', '=', companyId)
    await this.#write(remove.compile(), event)
  }

  async putScore(score: QualityScore, event: LedgerEvent): Promise<void> {
    const { id, companyId, agentId, itemId, atMs, percent } = score
    const changing = { at_ms: atMs, percent, value: toJson(score) }
    const put = this.#db
      .insertInto('quality_scores')
      .values({ id, company_id: companyId, agent_id: agentId, item_id: itemId, ...changing })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    await this.#write(put.compile(), event)
  }

  async removeScore(companyId: CompanyId, id: string, event: LedgerEvent): Promise<void> {
    const remove = this.#db.deleteFrom('quality_scores').where('id', '=', id).where('company_id', '=', companyId)
    await this.#write(remove.compile(), event)
  }

  async score(companyId: CompanyId, id: string): Promise<QualityScore | undefined> {
    const row = await this.#db
      .selectFrom('quality_scores')
      .select('value')
      .where('id', '=', id)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row && fromJson<QualityScore>(row.value)
  }

  async scores(filter: Parameters<QualityStore['scores']>[0]): Promise<readonly QualityScore[]> {
    let query = this.#db.selectFrom('quality_scores').select('value').where('company_id', '=', filter.companyId)
    if (filter.agentId !== undefined) query = query.where('agent_id', '=', filter.agentId)
    if (filter.itemId !== undefined) query = query.where('item_id', '=', filter.itemId)
    if (filter.fromMs !== undefined) query = query.where('at_ms', '>=', filter.fromMs)
    if (filter.toMs !== undefined) query = query.where('at_ms', '<', filter.toMs)
    if (filter.before !== undefined) query = query.where('id', '<', filter.before)
    const rows = await query.orderBy('id', 'desc').limit(filter.limit).execute()
    return rows.map(({ value }) => fromJson<QualityScore>(value))
  }

  async averages(companyId: CompanyId, fromMs: number, toMs: number): ReturnType<QualityStore['averages']> {
    const rows = await this.#db
      .selectFrom('quality_scores')
      .select(({ fn }) => ['agent_id', fn.avg('percent').as('percent'), fn.countAll().as('scores')])
      .where('company_id', '=', companyId)
      .where('at_ms', '>=', fromMs)
      .where('at_ms', '<', toMs)
      .groupBy('agent_id')
      .execute()
    return rows.map((row) => ({
      agentId: row.agent_id as UserId,
      percent: Number(row.percent),
      scores: Number(row.scores),
    }))
  }

  async #write(query: CompiledQuery, event: LedgerEvent): Promise<void> {
    await this.#transactor.commit([this.#transactor.write(query)], [event])
  }
}
