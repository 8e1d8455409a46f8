import type { CompanyId, UserId } from '@vaxel/base'
import type {
  KeptCatalogue,
  KeptReport,
  KeptSite,
  LedgerEvent,
  LegQuality,
  MeasuredLeg,
  SiteInvitation,
  SiteStore,
} from '@vaxel/core'
import type { Kysely, Selectable } from 'kysely'
import { fromJson, toJson } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

/** Links of one site that are listed. */
const mostInvitations = 100

/** Sites, reports and catalogues in the database. */
export class StoredSites implements SiteStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async sites(
    companyId: CompanyId,
    { limit, after }: { limit: number; after?: { name: string; id: string } },
  ): Promise<KeptSite[]> {
    let query = this.#db.selectFrom('sites').selectAll().where('company_id', '=', companyId)
    if (after)
      query = query.where((eb) =>
        eb.or([eb('name', '>', after.name), eb.and([eb('name', '=', after.name), eb('id', '>', after.id)])]),
      )
    return (await query.orderBy('name').orderBy('id').limit(limit).execute()).map(toSite)
  }

  async everySite({ limit, after }: { limit: number; after?: string }): Promise<KeptSite[]> {
    let query = this.#db.selectFrom('sites').selectAll()
    if (after !== undefined) query = query.where('id', '>', after)
    return (await query.orderBy('id').limit(limit).execute()).map(toSite)
  }

  async site(companyId: CompanyId, id: string): Promise<KeptSite | undefined> {
    const row = await this.#db
      .selectFrom('sites')
      .selectAll()
      .where('id', '=', id)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row && toSite(row)
  }

  async countSites(companyId: CompanyId): Promise<number> {
    const row = await this.#db
      .selectFrom('sites')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return Number(row?.count ?? 0)
  }

  async putSite(site: KeptSite, event: LedgerEvent): Promise<void> {
    const { id, companyId, name, changedAtMs, ...value } = site
    const row = { name, value: toJson(value), changed_at_ms: changedAtMs }
    const put = this.#db
      .insertInto('sites')
      .values({ id, company_id: companyId, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .compile()
    await this.#transactor.commit([this.#transactor.write(put)], [event])
  }

  async removeSite(companyId: CompanyId, id: string, event: LedgerEvent): Promise<boolean> {
    if (!(await this.site(companyId, id))) return false
    const remove = this.#db.deleteFrom('sites').where('id', '=', id).compile()
    await this.#transactor.commit([this.#transactor.write(remove)], [event])
    return true
  }

  async invite(invitation: SiteInvitation, tokenHash: string, event: LedgerEvent): Promise<void> {
    const insert = this.#db
      .insertInto('site_invitations')
      .values({
        id: invitation.id,
        token_hash: tokenHash,
        company_id: invitation.companyId,
        site_id: invitation.siteId,
        created_by: invitation.createdBy,
        created_at_ms: invitation.createdAtMs,
        expires_at_ms: invitation.expiresAtMs,
      })
      .compile()
    await this.#transactor.commit([this.#transactor.write(insert)], [event])
  }

  async invitation(tokenHash: string): Promise<SiteInvitation | undefined> {
    const row = await this.#db
      .selectFrom('site_invitations')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst()
    return row && toInvitation(row)
  }

  async invitationsOf(companyId: CompanyId, siteId: string): Promise<SiteInvitation[]> {
    const rows = await this.#db
      .selectFrom('site_invitations')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('company_id', '=', companyId)
      .orderBy('created_at_ms', 'desc')
      .limit(mostInvitations)
      .execute()
    return rows.map(toInvitation)
  }

  async endInvitation(companyId: CompanyId, siteId: string, id: string, event: LedgerEvent): Promise<boolean> {
    const known = await this.invitationsOf(companyId, siteId)
    if (!known.some((one) => one.id === id)) return false
    const remove = this.#db.deleteFrom('site_invitations').where('id', '=', id).compile()
    await this.#transactor.commit([this.#transactor.write(remove)], [event])
    return true
  }

  async removeInvitations(expiredBeforeMs: number): Promise<void> {
    const remove = this.#db.deleteFrom('site_invitations').where('expires_at_ms', '<', expiredBeforeMs).compile()
    await this.#transactor.commit([this.#transactor.write(remove)])
  }

  async addReport(report: KeptReport, most: number, event: LedgerEvent): Promise<void> {
    const { id, companyId, siteId, receivedAtMs } = report
    const insert = this.#db
      .insertInto('site_reports')
      .values({
        id,
        company_id: companyId,
        site_id: siteId,
        received_at_ms: receivedAtMs,
        summary: toJson(report.summary),
        report: toJson(report.report),
      })
      .compile()
    const old = await this.#db
      .selectFrom('site_reports')
      .select('id')
      .where('site_id', '=', siteId)
      .orderBy('received_at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(1_000)
      .offset(most - 1)
      .execute()
    const writes = [this.#transactor.write(insert)]
    if (old.length > 0)
      writes.push(
        this.#transactor.write(
          this.#db
            .deleteFrom('site_reports')
            .where(
              'id',
              'in',
              old.map((row) => row.id),
            )
            .compile(),
        ),
      )
    await this.#transactor.commit(writes, [event])
  }

  async reports(companyId: CompanyId, siteId: string, limit: number): Promise<KeptReport[]> {
    const rows = await this.#db
      .selectFrom('site_reports')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('company_id', '=', companyId)
      .orderBy('received_at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(toReport)
  }

  async report(companyId: CompanyId, siteId: string, id: string): Promise<KeptReport | undefined> {
    const row = await this.#db
      .selectFrom('site_reports')
      .selectAll()
      .where('id', '=', id)
      .where('site_id', '=', siteId)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row && toReport(row)
  }

  async warned(siteId: string): Promise<ReadonlySet<string>> {
    const rows = await this.#db.selectFrom('site_warnings').select('warning').where('site_id', '=', siteId).execute()
    return new Set(rows.map(({ warning }) => warning))
  }

  async warn(site: KeptSite, warning: string, event: LedgerEvent): Promise<void> {
    const insert = this.#db
      .insertInto('site_warnings')
      .values({ site_id: site.id, company_id: site.companyId, warning, at_ms: event.atMs })
      .onConflict((conflict) => conflict.columns(['site_id', 'warning']).doNothing())
      .compile()
    await this.#transactor.commit([this.#transactor.write(insert)], [event])
  }

  async catalogues(): Promise<KeptCatalogue[]> {
    const rows = await this.#db.selectFrom('site_catalogues').selectAll().orderBy('id').orderBy('version').execute()
    return rows.map((row) => ({
      id: row.id,
      version: row.version,
      ...(row.published_by === null ? {} : { publishedBy: row.published_by as UserId }),
      keptAtMs: Number(row.kept_at_ms),
      content: fromJson<unknown>(row.content),
    }))
  }

  async putCatalogue(catalogue: KeptCatalogue, event?: LedgerEvent): Promise<void> {
    const row = {
      published_by: catalogue.publishedBy ?? null,
      kept_at_ms: catalogue.keptAtMs,
      content: toJson(catalogue.content),
    }
    const put = this.#db
      .insertInto('site_catalogues')
      .values({ id: catalogue.id, version: catalogue.version, ...row })
      .onConflict((conflict) => conflict.columns(['id', 'version']).doUpdateSet(row))
      .compile()
    await this.#transactor.commit([this.#transactor.write(put)], event ? [event] : [])
  }

  async measuredLegs(companyId: CompanyId, sinceMs: number, limit: number): Promise<MeasuredLeg[]> {
    const rows = await this.#db
      .selectFrom('legs')
      .select(['remote_address', 'started_at_ms', 'quality'])
      .where('company_id', '=', companyId)
      .where('started_at_ms', '>=', sinceMs)
      .where('quality', 'is not', null)
      .where('remote_address', 'is not', null)
      .orderBy('started_at_ms', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      remoteAddress: row.remote_address!,
      startedAtMs: Number(row.started_at_ms),
      quality: fromJson<LegQuality>(row.quality!),
    }))
  }
}

function toSite(row: Selectable<Schema['sites']>): KeptSite {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    name: row.name,
    ...fromJson<Omit<KeptSite, 'id' | 'companyId' | 'name' | 'changedAtMs'>>(row.value),
    changedAtMs: Number(row.changed_at_ms),
  }
}

function toInvitation(row: Selectable<Schema['site_invitations']>): SiteInvitation {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    siteId: row.site_id,
    createdBy: row.created_by as UserId,
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
  }
}

function toReport(row: Selectable<Schema['site_reports']>): KeptReport {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    siteId: row.site_id,
    receivedAtMs: Number(row.received_at_ms),
    summary: fromJson<unknown>(row.summary),
    report: fromJson<unknown>(row.report),
  }
}
