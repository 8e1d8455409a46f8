import type { CompanyId, UserId } from '@vaxel/base'
import {
  type Centre,
  type CentreConflict,
  type CentreDraft,
  type CentreStore,
  emptyCentre,
  type LedgerEvent,
  type PublishedCentre,
} from '@vaxel/core'
import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'

/** Centres in the database; what is published, and drafts, whole in memory. */
export class StoredCentres implements CentreStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #published = new Map<CompanyId, PublishedCentre>()
  readonly #drafts = new Map<CompanyId, CentreDraft>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async load(): Promise<void> {
    const latest = this.#db
      .selectFrom('centres')
      .select(({ fn }) => ['company_id', fn.max('version').as('version')])
      .groupBy('company_id')
      .as('latest')
    const rows = await this.#db
      .selectFrom('centres')
      .innerJoin(latest, (join) =>
        join.onRef('latest.company_id', '=', 'centres.company_id').onRef('latest.version', '=', 'centres.version'),
      )
      .selectAll('centres')
      .execute()
    for (const row of rows) this.#published.set(row.company_id as CompanyId, toPublished(row))
    for (const row of await this.#db.selectFrom('centre_drafts').selectAll().execute())
      this.#drafts.set(row.company_id as CompanyId, toDraft(row))
  }

  /** Forgets what belonged to companies that are gone; the database has removed it with them. */
  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const kept of [this.#published, this.#drafts])
      for (const companyId of kept.keys()) if (isCompanyGone(companyId)) kept.delete(companyId)
  }

  published(companyId: CompanyId): PublishedCentre | undefined {
    return this.#published.get(companyId)
  }

  all(): Iterable<PublishedCentre> {
    return this.#published.values()
  }

  draft(companyId: CompanyId): CentreDraft | undefined {
    return this.#drafts.get(companyId)
  }

  async putDraft(draft: CentreDraft): Promise<void> {
    await this.#write([this.#putting(draft)])
    this.#drafts.set(draft.companyId, draft)
  }

  async removeDraft(companyId: CompanyId): Promise<void> {
    await this.#write([this.#removal(companyId)])
    this.#drafts.delete(companyId)
  }

  async publish(centre: PublishedCentre, event: LedgerEvent, draft?: CentreDraft): Promise<void> {
    const latest = this.#published.get(centre.companyId)?.version ?? 0
    if (centre.version <= latest) throw new Error(`version ${centre.version} is published already`)
    const row = {
      company_id: centre.companyId,
      version: centre.version,
      published_at_ms: centre.publishedAtMs,
      published_by: centre.by ?? null,
      note: centre.note ?? null,
      centre: toJson(centre.centre),
    }
    const insert = this.#db.insertInto('centres').values(row).compile()
    await this.#write([insert, draft ? this.#putting(draft) : this.#removal(centre.companyId)], event, () => {
      this.#published.set(centre.companyId, centre)
      if (draft) this.#drafts.set(centre.companyId, draft)
      else this.#drafts.delete(centre.companyId)
    })
  }

  async versions(companyId: CompanyId, limit: number, before?: number): Promise<readonly PublishedCentre[]> {
    const rows = this.#db.selectFrom('centres').selectAll().where('company_id', '=', companyId)
    const until = before === undefined ? rows : rows.where('version', '<', before)
    return (await until.orderBy('version', 'desc').limit(limit).execute()).map(toPublished)
  }

  async version(companyId: CompanyId, version: number): Promise<PublishedCentre | undefined> {
    const rows = this.#db.selectFrom('centres').selectAll().where('company_id', '=', companyId)
    const row = await rows.where('version', '=', version).executeTakeFirst()
    return row && toPublished(row)
  }

  #putting(draft: CentreDraft): CompiledQuery {
    const row = {
      revision: draft.revision,
      based_on: draft.basedOn,
      changed_at_ms: draft.changedAtMs,
      changed_by: draft.by,
      conflicts: draft.conflicts ? toJson(draft.conflicts) : null,
      centre: toJson(draft.centre),
    }
    return this.#db
      .insertInto('centre_drafts')
      .values({ company_id: draft.companyId, ...row })
      .onConflict((conflict) => conflict.column('company_id').doUpdateSet(row))
      .compile()
  }

  #removal(companyId: CompanyId): CompiledQuery {
    return this.#db.deleteFrom('centre_drafts').where('company_id', '=', companyId).compile()
  }

  /** @param onDurable what is in memory changes before anyone is told of the event */
  async #write(queries: readonly CompiledQuery[], event?: LedgerEvent, onDurable?: () => void): Promise<void> {
    await this.#transactor.commit(
      queries.map((query) => this.#transactor.write(query)),
      event ? [event] : [],
      onDurable,
    )
  }
}

function toPublished(row: Selectable<Schema['centres']>): PublishedCentre {
  return {
    companyId: row.company_id as CompanyId,
    version: Number(row.version),
    publishedAtMs: Number(row.published_at_ms),
    ...(row.published_by === null ? {} : { by: row.published_by as UserId }),
    ...(row.note === null ? {} : { note: row.note }),
    centre: toCentre(row.centre),
  }
}

function toDraft(row: Selectable<Schema['centre_drafts']>): CentreDraft {
  return {
    companyId: row.company_id as CompanyId,
    revision: Number(row.revision),
    basedOn: Number(row.based_on),
    changedAtMs: Number(row.changed_at_ms),
    by: row.changed_by as UserId,
    centre: toCentre(row.centre),
    ...(row.conflicts === null ? {} : { conflicts: fromJson<CentreConflict[]>(row.conflicts) }),
  }
}

/** What is there since later has nothing in it. */
const toCentre = (json: string): Centre => ({ ...emptyCentre, ...fromJson<Partial<Centre>>(json) })
