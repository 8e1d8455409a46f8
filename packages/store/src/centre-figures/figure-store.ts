import type { CallId, CompanyId, UserId } from '@vaxel/base'
import {
  type AgentTime,
  type FigureStore,
  type LedgerEvent,
  type MailedReport,
  type OpenAlarm,
  type QueueId,
  quarterMs,
  type StandingAgent,
  type StandingItem,
  type WorkFilter,
  type WorkItemId,
  type WorkRow,
  type WorkSum,
} from '@vaxel/core'
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { toWorkRow } from '../contact-centre/work-rows.ts'
import type { OpenDatabase } from '../database.ts'
import { isMissedOffer } from '../migrations/0023-figures.ts'
import { fromJson, present, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { earlierSpells, spells, sumOfSpells, TimeSums } from './agent-times.ts'
import { where, workSums } from './work-sums.ts'

type Spell = readonly [agentId: string, state: string, reason: string | null, from: number, length: number]

/** What figures are summed from, alarms that go on, and reports that go out by mail; the last ones whole in memory. */
export class StoredFigures implements FigureStore {
  readonly #db: Kysely<Schema>
  readonly #each: OpenDatabase['each']
  readonly #transactor: Transactor
  readonly #mailed = new Map<string, MailedReport>()

  constructor(options: Pick<OpenDatabase, 'db' | 'each'> & { transactor: Transactor }) {
    this.#db = options.db
    this.#each = options.each
    this.#transactor = options.transactor
  }

  async load(): Promise<void> {
    for (const { id, value } of await this.#db.selectFrom('mailed_reports').selectAll().execute())
      this.#mailed.set(id, fromJson<MailedReport>(value))
  }

  /** Forgets what belonged to companies that are gone; the database has removed it with them. */
  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const { id, companyId } of this.#mailed.values()) if (isCompanyGone(companyId)) this.#mailed.delete(id)
  }

  async work(filter: WorkFilter, by: Parameters<FigureStore['work']>[1]): Promise<readonly WorkSum[]> {
    const { query, read } = workSums(this.#db, filter, by)
    const found: WorkSum[] = []
    await this.#each(query, (rows) => {
      for (const row of rows) found.push(read(row))
    })
    return found
  }

  async missed(filter: WorkFilter, byQuarter: boolean): ReturnType<FigureStore['missed']> {
    const query = this.#db
      .selectFrom('events')
      .select(['at_ms', 'data'])
      .where('company_id', '=', filter.companyId)
      .where('at_ms', '>=', filter.fromMs)
      .where('at_ms', '<', filter.toMs)
      .where(isMissedOffer)
      .compile()
    const sums = new Map<string, { agentId: UserId; quarterMs?: number; missed: number }>()
    await this.#each(query, (rows) => {
      for (const [atMs, data] of rows) {
        const { agentId, queueId, channel } = fromJson<{ agentId: UserId; queueId: string; channel: string }>(
          String(data),
        )
        if (filter.queueIds?.includes(queueId) === false || filter.agentIds?.includes(agentId) === false) continue
        if (filter.channels && !(filter.channels as readonly string[]).includes(channel)) continue
        const quarter = byQuarter ? { quarterMs: Math.floor(Number(atMs) / quarterMs) * quarterMs } : {}
        const key = `${agentId} ${quarter.quarterMs ?? ''}`
        const sum = sums.get(key)
        if (sum) sum.missed++
        else sums.set(key, { agentId, ...quarter, missed: 1 })
      }
    })
    return [...sums.values()]
  }

  async times(filter: WorkFilter, byQuarter: boolean, nowMs: number): Promise<readonly AgentTime[]> {
    const { companyId, fromMs, agentIds } = filter
    const toMs = Math.min(filter.toMs, nowMs)
    const sums = new TimeSums()
    const within = { ...filter, toMs }
    const add = (rows: readonly (readonly unknown[])[]) => {
      for (const [agentId, state, reason, from, length] of rows as Spell[]) {
        const [begin, end] = [Math.max(Number(from), fromMs), Math.min(Number(from) + Number(length), toMs)]
        if (byQuarter) sums.addSpell(agentId, state, reason, begin, end)
        else sums.add(agentId, state, reason, end - begin)
      }
    }
    await this.#each(earlierSpells(this.#db, within), add)
    if (byQuarter) await this.#each(spells(this.#db, within), add)
    else
      await this.#each(sumOfSpells(this.#db, within), (rows) => {
        for (const [agentId, state, reason, ms] of rows as Spell[]) sums.add(agentId, state, reason, Number(ms))
      })
    const now = await this.#db
      .selectFrom('agent_states')
      .select(['agent_id', 'state', 'reason', 'since_ms'])
      .where('company_id', '=', companyId)
      .execute()
    for (const row of now) {
      if (agentIds?.includes(row.agent_id) === false) continue
      const from = Math.max(Number(row.since_ms), fromMs)
      if (byQuarter) sums.addSpell(row.agent_id, row.state, row.reason, from, toMs)
      else sums.add(row.agent_id, row.state, row.reason, toMs - from)
    }
    return sums.all()
  }

  async items(filter: Parameters<FigureStore['items']>[0]): Promise<readonly WorkRow[]> {
    let query = this.#db
      .selectFrom('work_items')
      .selectAll()
      .where(where(filter) as never)
    const { outcome, codeId, text, before } = filter
    if (outcome === 'open') query = query.where('outcome', 'is', null)
    else if (outcome !== undefined) query = query.where('outcome', '=', outcome)
    if (codeId !== undefined) query = query.where('code_id', '=', codeId)
    if (text !== undefined) {
      const like = `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
      const has = (column: string) => sql<boolean>`lower(coalesce(${sql.ref(column)}, '')) like ${like} escape '\\'`
      query = query.where((is) => is.or([has('customer_name'), has('customer_key'), has('subject')]))
    }
    if (before)
      query = query.where((is) =>
        is.or([
          is('arrived_at_ms', '<', before.atMs),
          is.and([is('arrived_at_ms', '=', before.atMs), is('id', '<', before.id)]),
        ]),
      )
    const rows = await query.orderBy('arrived_at_ms', 'desc').orderBy('id', 'desc').limit(filter.limit).execute()
    return rows.map(toWorkRow)
  }

  async standing(companyId: CompanyId, dayFromMs: number): ReturnType<FigureStore['standing']> {
    const rows = await this.#db
      .selectFrom('work_items')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('state', '<>', 'over')
      .where('arrived_at_ms', '<', dayFromMs)
      .execute()
    const items = rows.map((row) => {
      const { sinceMs = Number(row.arrived_at_ms) } = fromJson<{ sinceMs?: number }>(row.more)
      const wasTaken = row.accepted_at_ms !== null && Number(row.accepted_at_ms) < dayFromMs
      return present<StandingItem>({
        itemId: row.id as WorkItemId,
        queueId: row.queue_id as QueueId,
        channel: row.channel as StandingItem['channel'],
        callId: row.channel === 'callBack' ? undefined : (row.call_id as CallId | null),
        sinceMs: Math.max(sinceMs, Number(row.not_before_ms ?? 0)),
        agentId: wasTaken ? (row.agent_id as UserId | null) : undefined,
        acceptedAtMs: wasTaken ? Number(row.accepted_at_ms) : undefined,
        isKept: wasTaken && row.state === 'kept',
      })
    })
    return { items, agents: await this.#standingAgents(companyId, dayFromMs) }
  }

  /** The spell of each agent over the begin of the day: one that goes on, or one that ended since. */
  async #standingAgents(companyId: CompanyId, dayFromMs: number): Promise<readonly StandingAgent[]> {
    const found = new Map<string, StandingAgent>()
    const read = (
      row: { agent_id: string; state: string; reason: string | null; line?: string | null },
      sinceMs: number,
    ) =>
      found.set(
        row.agent_id,
        present<StandingAgent>({
          agentId: row.agent_id as UserId,
          state: row.state as StandingAgent['state'],
          reason: row.reason,
          sinceMs,
          line: row.line === null || row.line === undefined ? undefined : fromJson<{ kind: 'devices' }>(row.line).kind,
        }),
      )
    const over = { companyId, fromMs: dayFromMs, toMs: dayFromMs }
    const take = (rows: readonly (readonly unknown[])[]) => {
      for (const [agentId, state, reason, fromMs] of rows as Spell[])
        read({ agent_id: agentId, state, reason }, Number(fromMs))
    }
    await this.#each(earlierSpells(this.#db, over), take)
    await this.#each(spells(this.#db, over), take)
    const now = await this.#db.selectFrom('agent_states').selectAll().where('company_id', '=', companyId).execute()
    for (const row of now) if (Number(row.since_ms) < dayFromMs) read(row, Number(row.since_ms))
    return [...found.values()]
  }

  async openAlarms(companyId: CompanyId): Promise<readonly OpenAlarm[]> {
    const rows = await this.#db.selectFrom('open_alarms').selectAll().where('company_id', '=', companyId).execute()
    return rows.map((row) => ({
      companyId,
      alarmId: row.alarm_id,
      sinceMs: Number(row.since_ms),
      value: Number(row.value),
    }))
  }

  async alarmBegan({ companyId, alarmId, sinceMs, value }: OpenAlarm, event: LedgerEvent): Promise<void> {
    const row = { company_id: companyId, alarm_id: alarmId, since_ms: sinceMs, value }
    const insert = this.#db
      .insertInto('open_alarms')
      .values(row)
      .onConflict((conflict) => conflict.columns(['company_id', 'alarm_id']).doUpdateSet(row))
      .compile()
    await this.#write(insert, event)
  }

  async alarmEnded(companyId: CompanyId, alarmId: string, event: LedgerEvent): Promise<void> {
    const remove = this.#db.deleteFrom('open_alarms').where('company_id', '=', companyId)
    await this.#write(remove.where('alarm_id', '=', alarmId).compile(), event)
  }

  mailedReports(companyId: CompanyId): readonly MailedReport[] {
    return [...this.#mailed.values()].filter((report) => report.companyId === companyId)
  }

  allMailedReports(): Iterable<MailedReport> {
    return this.#mailed.values()
  }

  async putMailedReport(report: MailedReport, event?: LedgerEvent): Promise<void> {
    const row = { id: report.id, company_id: report.companyId, value: toJson(report) }
    const put = this.#db
      .insertInto('mailed_reports')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ value: row.value }))
      .compile()
    await this.#write(put, event)
    this.#mailed.set(report.id, report)
  }

  async removeMailedReport(companyId: CompanyId, id: string, event: LedgerEvent): Promise<void> {
    const remove = this.#db.deleteFrom('mailed_reports').where('id', '=', id).where('company_id', '=', companyId)
    await this.#write(remove.compile(), event)
    this.#mailed.delete(id)
  }

  async #write(query: CompiledQuery, event: LedgerEvent | undefined): Promise<void> {
    await this.#transactor.commit([this.#transactor.write(query)], event ? [event] : [])
  }
}
