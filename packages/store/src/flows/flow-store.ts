import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type {
  Flow,
  FlowId,
  FlowStore,
  KeptFlow,
  KeptFlowCase,
  KeptFlowCredential,
  KeptFlowSound,
  LedgerEvent,
  NumberedEvent,
  PublishedFlow,
} from '@vaxel/core'
import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import type { SecretBox } from '../configuration/secret-box.ts'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { CompanyShelf } from './company-shelf.ts'
import { FlowSoundFiles } from './flow-sound-files.ts'

/** Calls whose notes are read at once. */
const callsAtOnce = 200

/** Flows in the database, and whole in memory. */
export class StoredFlows implements FlowStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #box: SecretBox
  readonly #files: FlowSoundFiles
  readonly #flows = new CompanyShelf<KeptFlow>(({ id }) => id)
  readonly #sounds = new CompanyShelf<KeptFlowSound>(({ id }) => id)
  readonly #credentials = new CompanyShelf<KeptFlowCredential & { readonly sealed: string }>(({ name }) => name)

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox; folder: string }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#box = options.box
    this.#files = new FlowSoundFiles(options.folder)
  }

  async load(): Promise<void> {
    const live = await this.#db
      .selectFrom('flow_versions')
      .innerJoin('flows', (join) =>
        join.onRef('flows.id', '=', 'flow_versions.flow_id').onRef('flows.live_version', '=', 'flow_versions.version'),
      )
      .selectAll('flow_versions')
      .execute()
    const published = new Map(live.map((row) => [row.flow_id, toPublished(row)]))
    for (const row of await this.#db.selectFrom('flows').selectAll().execute())
      this.#flows.keep(toFlow(row, published.get(row.id)))
    for (const row of await this.#db.selectFrom('flow_sounds').selectAll().execute())
      this.#sounds.keep({
        id: row.id,
        companyId: row.company_id as CompanyId,
        ...fromJson<Omit<KeptFlowSound, 'id' | 'companyId'>>(row.more),
      })
    for (const row of await this.#db.selectFrom('flow_credentials').selectAll().execute())
      this.#credentials.keep({
        companyId: row.company_id as CompanyId,
        name: row.name,
        host: row.host,
        changedAtMs: Number(row.changed_at_ms),
        sealed: row.sealed,
      })
  }

  /** Forgets what belonged to companies that are gone; the database has removed it with them. */
  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const shelf of [this.#flows, this.#sounds, this.#credentials]) shelf.forget(isCompanyGone)
  }

  flow(companyId: CompanyId, id: string): KeptFlow | undefined {
    return this.#flows.one(companyId, id)
  }

  flowsOf(companyId: CompanyId): readonly KeptFlow[] {
    return this.#flows.of(companyId)
  }

  async put(flow: KeptFlow, event?: LedgerEvent): Promise<void> {
    await this.#write([this.#flowRow(flow)], event)
    this.#flows.keep(flow)
  }

  async publish(flow: KeptFlow & { readonly live: PublishedFlow }, event: LedgerEvent): Promise<void> {
    const { version, publishedAtMs, graph, ...more } = flow.live
    const row = {
      flow_id: flow.id,
      version,
      published_at_ms: publishedAtMs,
      graph: toJson(graph),
      more: toJson(more),
    }
    await this.#write([this.#flowRow(flow), this.#db.insertInto('flow_versions').values(row).compile()], event)
    this.#flows.keep(flow)
  }

  async remove(flow: KeptFlow, event: LedgerEvent): Promise<void> {
    await this.#write([this.#db.deleteFrom('flows').where('id', '=', flow.id).compile()], event)
    this.#flows.remove(flow.companyId, flow.id)
  }

  async versions(id: FlowId, limit: number): Promise<readonly PublishedFlow[]> {
    const rows = this.#db.selectFrom('flow_versions').selectAll().where('flow_id', '=', id)
    return (await rows.orderBy('version', 'desc').limit(limit).execute()).map(toPublished)
  }

  async version(id: FlowId, version: number): Promise<PublishedFlow | undefined> {
    const rows = this.#db.selectFrom('flow_versions').selectAll().where('flow_id', '=', id)
    const row = await rows.where('version', '=', version).executeTakeFirst()
    return row && toPublished(row)
  }

  async cases(id: FlowId): Promise<readonly KeptFlowCase[]> {
    const rows = await this.#db.selectFrom('flow_cases').selectAll().where('flow_id', '=', id).orderBy('id').execute()
    return rows.map((row) => ({ id: row.id, ...fromJson<Omit<KeptFlowCase, 'id'>>(row.value) }))
  }

  async putCase(flowId: FlowId, { id, ...value }: KeptFlowCase): Promise<void> {
    const row = { value: toJson(value) }
    const put = this.#db.insertInto('flow_cases').values({ id, flow_id: flowId, ...row })
    await this.#write([put.onConflict((conflict) => conflict.column('id').doUpdateSet(row)).compile()])
  }

  async removeCase(flowId: FlowId, caseId: string): Promise<void> {
    const remove = this.#db.deleteFrom('flow_cases').where('flow_id', '=', flowId)
    await this.#write([remove.where('id', '=', caseId).compile()])
  }

  soundsOf(companyId: CompanyId): readonly KeptFlowSound[] {
    return this.#sounds.of(companyId)
  }

  sound(companyId: CompanyId, id: string): KeptFlowSound | undefined {
    return this.#sounds.one(companyId, id)
  }

  async putSound(sound: KeptFlowSound, bytes: Uint8Array, event: LedgerEvent): Promise<void> {
    const { id, companyId, ...more } = sound
    await this.#files.write(sound, bytes)
    try {
      const row = { id, company_id: companyId, more: toJson(more) }
      await this.#write([this.#db.insertInto('flow_sounds').values(row).compile()], event)
    } catch (error) {
      await this.#files.remove(sound)
      throw error
    }
    this.#sounds.keep(sound)
  }

  async removeSound(sound: KeptFlowSound, event: LedgerEvent): Promise<void> {
    await this.#write([this.#db.deleteFrom('flow_sounds').where('id', '=', sound.id).compile()], event)
    this.#sounds.remove(sound.companyId, sound.id)
    await this.#files.remove(sound)
  }

  soundPath(sound: KeptFlowSound): string {
    return this.#files.pathOf(sound)
  }

  readSound(sound: KeptFlowSound, start: number, end: number): AsyncIterable<Uint8Array> {
    return this.#files.read(sound, start, end)
  }

  credentialsOf(companyId: CompanyId): readonly KeptFlowCredential[] {
    return this.#credentials.of(companyId).map(({ sealed: _, ...shown }) => shown)
  }

  async putCredential(credential: KeptFlowCredential, value: string, event: LedgerEvent): Promise<void> {
    const { companyId, name, host, changedAtMs } = credential
    const sealed = this.#box.seal(value, contextOf(credential))
    const row = { host, changed_at_ms: changedAtMs, sealed }
    const put = this.#db
      .insertInto('flow_credentials')
      .values({ company_id: companyId, name, ...row })
      .onConflict((conflict) => conflict.columns(['company_id', 'name']).doUpdateSet(row))
    await this.#write([put.compile()], event)
    this.#credentials.keep({ ...credential, sealed })
  }

  async removeCredential(credential: KeptFlowCredential, event: LedgerEvent): Promise<void> {
    const remove = this.#db.deleteFrom('flow_credentials').where('company_id', '=', credential.companyId)
    await this.#write([remove.where('name', '=', credential.name).compile()], event)
    this.#credentials.remove(credential.companyId, credential.name)
  }

  async credential(companyId: CompanyId, name: string): Promise<{ host: string; value: string } | undefined> {
    const kept = this.#credentials.one(companyId, name)
    return kept && { host: kept.host, value: this.#box.open(kept.sealed, contextOf(kept)) }
  }

  async notesOf(callIds: readonly CallId[]): Promise<readonly NumberedEvent[]> {
    const notes: NumberedEvent[] = []
    for (let at = 0; at < callIds.length; at += callsAtOnce) {
      const rows = await this.#db
        .selectFrom('events')
        .selectAll()
        .where('call_id', 'in', callIds.slice(at, at + callsAtOnce))
        .where('kind', '=', 'service.noted')
        .orderBy('number')
        .execute()
      for (const row of rows)
        notes.push({
          number: Number(row.number),
          kind: row.kind,
          atMs: Number(row.at_ms),
          companyId: row.company_id as CompanyId,
          callId: row.call_id as CallId,
          data: fromJson(row.data),
        })
    }
    return notes
  }

  #flowRow(flow: KeptFlow): CompiledQuery {
    const row = {
      name: flow.name,
      revision: flow.revision,
      changed_at_ms: flow.changedAtMs,
      live_version: flow.live?.version ?? null,
      draft: toJson(flow.draft),
    }
    return this.#db
      .insertInto('flows')
      .values({ id: flow.id, company_id: flow.companyId, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .compile()
  }

  async #write(queries: readonly CompiledQuery[], event?: LedgerEvent): Promise<void> {
    await this.#transactor.commit(
      queries.map((query) => this.#transactor.write(query)),
      event ? [event] : [],
    )
  }
}

/** A credential opens only under its own name and for its own host. */
const contextOf = ({ companyId, name, host }: KeptFlowCredential): string => `flow ${companyId} ${name} ${host}`

function toFlow(row: Selectable<Schema['flows']>, live: PublishedFlow | undefined): KeptFlow {
  return {
    id: row.id as FlowId,
    companyId: row.company_id as CompanyId,
    name: row.name,
    revision: Number(row.revision),
    changedAtMs: Number(row.changed_at_ms),
    draft: fromJson<Flow>(row.draft),
    ...(live ? { live } : {}),
  }
}

function toPublished(row: Selectable<Schema['flow_versions']>): PublishedFlow {
  return {
    version: Number(row.version),
    publishedAtMs: Number(row.published_at_ms),
    ...fromJson<{ by?: UserId; note?: string }>(row.more),
    graph: fromJson<Flow>(row.graph),
  }
}
