import type { CallId, CompanyId } from '@vaxel/base'
import {
  deliveredRecordingPolicy,
  type KeptRecording,
  type LedgerEvent,
  type RecordingFilter,
  type RecordingId,
  type RecordingPolicy,
  type RecordingReport,
  type RecordingStore,
  type TalkedCall,
} from '@vaxel/core'
import { type Kysely, sql } from 'kysely'
import type { SecretBox } from '../configuration/secret-box.ts'
import { toCall, toLeg } from '../rows/call-row.ts'
import { fromJson, toFlag, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Write } from '../sqlite/messages.ts'
import type { Transactor } from '../transactor.ts'
import { chainHash, firstHash } from './chain-hash.ts'
import { RecordingKeys } from './recording-keys.ts'
import { fromRecording, recordingColumns, toRecording } from './recording-rows.ts'

interface PolicyVersion {
  readonly fromMs: number
  readonly policy: RecordingPolicy
}

const mostListed = 1000
const resealedAtOnce = 200

/** Recordings in the database; policies, company keys and the ends of the chains in memory. */
export class StoredRecordingStore implements RecordingStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #keys: RecordingKeys
  /** Of each company, oldest first. */
  readonly #policies = new Map<CompanyId, PolicyVersion[]>()
  readonly #chains = new Map<CompanyId, { index: number; hash: string }>()
  /** Links are made one after another. */
  #linking: Promise<unknown> = Promise.resolve()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#keys = new RecordingKeys(options)
  }

  async load(): Promise<void> {
    await this.#keys.load()
    const policies = await this.#db.selectFrom('recording_policies').selectAll().orderBy('from_ms').execute()
    for (const { company_id, from_ms, policy } of policies)
      this.#policyVersions(company_id as CompanyId).push({ fromMs: Number(from_ms), policy: fromJson(policy) })
    const ends = this.#db
      .selectFrom('recordings')
      .select(({ fn }) => ['company_id', fn.max('chain_index').as('chain_index')])
      .where('chain_index', 'is not', null)
      .groupBy('company_id')
      .as('ends')
    const last = await this.#db
      .selectFrom('recordings')
      .innerJoin(ends, (join) =>
        join
          .onRef('ends.company_id', '=', 'recordings.company_id')
          .onRef('ends.chain_index', '=', 'recordings.chain_index'),
      )
      .select(recordingColumns.map((column) => `recordings.${column}` as const))
      .execute()
    for (const { companyId, chain } of last.map(toRecording)) if (chain) this.#chains.set(companyId, chain)
  }

  policy(companyId: CompanyId): RecordingPolicy {
    return this.#policies.get(companyId)?.at(-1)?.policy ?? deliveredRecordingPolicy
  }

  policyAt(companyId: CompanyId, atMs: number): RecordingPolicy {
    return this.#policies.get(companyId)?.findLast(({ fromMs }) => fromMs <= atMs)?.policy ?? deliveredRecordingPolicy
  }

  async putPolicy(companyId: CompanyId, policy: RecordingPolicy, nowMs: number, event: LedgerEvent): Promise<void> {
    const versions = this.#policyVersions(companyId)
    const fromMs = Math.max(nowMs, (versions.at(-1)?.fromMs ?? 0) + 1)
    const row = { company_id: companyId, from_ms: fromMs, policy: toJson(policy) }
    const insert = this.#db.insertInto('recording_policies').values(row).compile()
    await this.#transactor.commit([this.#transactor.write(insert)], [event], () => versions.push({ fromMs, policy }))
  }

  async begin(recording: KeptRecording, event: LedgerEvent): Promise<Uint8Array> {
    const { companyId, id, startedAtMs } = recording
    const { key, keyId, sealed, writes } = this.#keys.make(companyId, id, startedAtMs)
    const row = { ...fromRecording(recording), key_id: keyId, sealed_key: sealed }
    const insert = this.#db.insertInto('recordings').values(row).compile()
    await this.#transactor.commit([...writes, this.#transactor.write(insert)], [event])
    return key
  }

  async put(recording: KeptRecording, event?: LedgerEvent): Promise<void> {
    await this.#transactor.commit([this.#update(recording)], event ? [event] : [])
  }

  finish(recording: KeptRecording, event: (finished: KeptRecording) => LedgerEvent): Promise<KeptRecording> {
    const linked = this.#linking.then(async () => {
      const { index, hash: previous } = this.#chains.get(recording.companyId) ?? { index: 0, hash: firstHash }
      const chain = { index: index + 1, hash: chainHash(previous, recording), previous }
      const finished: KeptRecording = { ...recording, state: 'ended', chain }
      await this.#transactor.commit([this.#update(finished)], [event(finished)], () =>
        this.#chains.set(recording.companyId, chain),
      )
      return finished
    })
    this.#linking = linked.catch(() => {})
    return linked
  }

  async destroy(recording: KeptRecording, event: LedgerEvent): Promise<void> {
    const { id, state: _, peaks: __, ...rest } = recording
    const values = { ...fromRecording({ id, ...rest, state: 'deleted' }), key_id: null, sealed_key: null }
    const update = this.#db.updateTable('recordings').set(values).where('id', '=', id).compile()
    await this.#transactor.commit([this.#transactor.write(update)], [event])
  }

  async keyOf({ id }: Pick<KeptRecording, 'id'>): Promise<Uint8Array | undefined> {
    const row = await this.#db
      .selectFrom('recordings')
      .select(['key_id', 'sealed_key'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row || row.key_id === null || row.sealed_key === null) return undefined
    return this.#keys.open(row.key_id, id, row.sealed_key)
  }

  async rotateKey(companyId: CompanyId, nowMs: number, event: LedgerEvent): Promise<number> {
    const newest = await this.#keys.renew(companyId, nowMs)
    let resealed = 0
    for (;;) {
      const rows = await this.#db
        .selectFrom('recordings')
        .select(['id', 'key_id', 'sealed_key'])
        .where('company_id', '=', companyId)
        .where('key_id', '!=', newest)
        .limit(resealedAtOnce)
        .execute()
      const writes = rows.map(({ id, key_id, sealed_key }) => {
        const { keyId, sealed } = this.#keys.reseal(companyId, key_id ?? '', id, sealed_key ?? '')
        const set = { key_id: keyId, sealed_key: sealed }
        // One that is deleted meanwhile stays so.
        const update = this.#db.updateTable('recordings').set(set).where('id', '=', id).where('key_id', '=', key_id)
        return this.#transactor.write(update.compile())
      })
      if (rows.length === 0) break
      await this.#transactor.commit(writes)
      resealed += rows.length
    }
    await this.#transactor.commit(this.#keys.dropOld(companyId), [{ ...event, data: { ...event.data, resealed } }])
    return resealed
  }

  keyMadeAtMs(companyId: CompanyId): number | undefined {
    return this.#keys.madeAtMs(companyId)
  }

  async find(companyId: CompanyId, id: RecordingId): Promise<KeptRecording | undefined> {
    const row = await this.#select().where('id', '=', id).where('company_id', '=', companyId).executeTakeFirst()
    return row && toRecording(row)
  }

  async findByFile(file: string): Promise<KeptRecording | undefined> {
    const row = await this.#select().where('file', '=', file).executeTakeFirst()
    return row && toRecording(row)
  }

  async list(filter: RecordingFilter): Promise<readonly KeptRecording[]> {
    const { companyId, userId, callId, fromMs, toMs, text, trigger, isHeld, before, limit } = filter
    let query = this.#select().where('company_id', '=', companyId).orderBy('id', 'desc')
    if (userId !== undefined) query = query.where('user_id', '=', userId)
    if (callId !== undefined) query = query.where('call_id', '=', callId)
    if (fromMs !== undefined) query = query.where('started_at_ms', '>=', fromMs)
    if (toMs !== undefined) query = query.where('started_at_ms', '<', toMs)
    if (trigger !== undefined) query = query.where('demanded', '=', toFlag(trigger === 'demand'))
    if (isHeld !== undefined) query = query.where('held', '=', toFlag(isHeld))
    if (!filter.withDeleted) query = query.where('state', '!=', 'deleted')
    if (before !== undefined) query = query.where('id', '<', before)
    if (text !== undefined) {
      const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
      query = query.where(sql<boolean>`search like ${pattern} escape '\\'`)
    }
    return (await query.limit(Math.min(limit, mostListed)).execute()).map(toRecording)
  }

  async running(): Promise<readonly KeptRecording[]> {
    return (await this.#select().where('state', '=', 'running').execute()).map(toRecording)
  }

  async expired(nowMs: number, limit: number): Promise<readonly KeptRecording[]> {
    const rows = await this.#select()
      .where('state', '=', 'ended')
      .where('expires_at_ms', '<=', nowMs)
      .where('held', '=', 0)
      .orderBy('expires_at_ms')
      .limit(Math.min(limit, mostListed))
      .execute()
    return rows.map(toRecording)
  }

  linkOf(previous: string, recording: KeptRecording): string {
    return chainHash(previous, recording)
  }

  async chain(companyId: CompanyId, afterIndex: number, limit: number): Promise<readonly KeptRecording[]> {
    const rows = await this.#select()
      .where('company_id', '=', companyId)
      .where('chain_index', '>', afterIndex)
      .orderBy('chain_index')
      .limit(Math.min(limit, mostListed))
      .execute()
    return rows.map(toRecording)
  }

  async talked(filter: {
    companyId: CompanyId
    fromMs: number
    toMs: number
    after?: CallId
    limit: number
  }): Promise<readonly TalkedCall[]> {
    const { companyId, fromMs, toMs, after } = filter
    let query = this.#db
      .selectFrom('calls')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('started_at_ms', '>=', fromMs)
      .where('started_at_ms', '<', toMs)
      .where('answered_at_ms', 'is not', null)
      .orderBy('id')
    if (after !== undefined) query = query.where('id', '>', after)
    const calls = (await query.limit(Math.min(filter.limit, mostListed)).execute()).map(toCall)
    if (calls.length === 0) return []
    const ids = calls.map(({ id }) => id)
    const legs = (await this.#db.selectFrom('legs').selectAll().where('call_id', 'in', ids).execute()).map(toLeg)
    const byCall = Map.groupBy(legs, ({ callId }) => callId)
    return calls.map((call) => ({ call, legs: byCall.get(call.id) ?? [] }))
  }

  async putReport(report: RecordingReport, event: LedgerEvent): Promise<void> {
    const row = { report: toJson(report) }
    const put = this.#db
      .insertInto('recording_reports')
      .values({ company_id: report.companyId, day: report.day, ...row })
      .onConflict((conflict) => conflict.columns(['company_id', 'day']).doUpdateSet(row))
      .compile()
    await this.#transactor.commit([this.#transactor.write(put)], [event])
  }

  async reports(companyId: CompanyId, limit: number): Promise<readonly RecordingReport[]> {
    const rows = await this.#db
      .selectFrom('recording_reports')
      .select('report')
      .where('company_id', '=', companyId)
      .orderBy('day', 'desc')
      .limit(Math.min(limit, mostListed))
      .execute()
    return rows.map(({ report }) => fromJson<RecordingReport>(report))
  }

  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const companyId of this.#policies.keys()) if (isCompanyGone(companyId)) this.#policies.delete(companyId)
    for (const companyId of this.#chains.keys()) if (isCompanyGone(companyId)) this.#chains.delete(companyId)
  }

  #policyVersions(companyId: CompanyId): PolicyVersion[] {
    const known = this.#policies.get(companyId)
    if (known) return known
    const made: PolicyVersion[] = []
    this.#policies.set(companyId, made)
    return made
  }

  #select() {
    return this.#db.selectFrom('recordings').select(recordingColumns)
  }

  #update(recording: KeptRecording): Write {
    const { id, ...values } = fromRecording(recording)
    return this.#transactor.write(this.#db.updateTable('recordings').set(values).where('id', '=', id).compile())
  }
}
