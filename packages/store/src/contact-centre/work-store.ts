import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type {
  AgentSpell,
  CentreFact,
  CustomerRemark,
  LedgerEvent,
  NumberedEvent,
  OfferId,
  QueueId,
  WorkEntry,
  WorkItemId,
  WorkRow,
  WorkStore,
} from '@vaxel/core'
import type { Kysely } from 'kysely'
import { isOfWork } from '../migrations/0022-work.ts'
import { toEvent } from '../rows/call-row.ts'
import { present } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { toRestoredAgent, toRestoredItem, toWorkRow } from './work-rows.ts'
import { writesOf } from './work-writes.ts'

/** Entries of the ledger that are read at once. */
const factsAtOnce = 1000
const callsAtOnce = 500

/** Work of contact centres in the database: each step of a dispatcher is one transaction. */
export class StoredWork implements WorkStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async record(companyId: CompanyId, { facts, items = [], released = [] }: WorkEntry): Promise<void> {
    const rows = facts.flatMap((fact) =>
      writesOf(
        this.#db,
        companyId,
        fact,
        fact.kind === 'work.arrived' ? items.find(({ id }) => id === fact.itemId) : undefined,
      ),
    )
    const free = released.map(({ offerId, itemId }) =>
      this.#db
        .deleteFrom('work_claims')
        .where('item_id', '=', itemId)
        .where('company_id', '=', companyId)
        .where('offer_id', '=', offerId)
        .compile(),
    )
    const writes = [...rows, ...free].map((query) => this.#transactor.write(query))
    await this.#transactor.commit(
      writes,
      facts.map((fact) => toLedger(companyId, fact)),
    )
  }

  async claim(
    companyId: CompanyId,
    claim: { offerId: string; itemId: WorkItemId; agentId: UserId; slot: string },
    fact: CentreFact,
  ): Promise<boolean> {
    const insert = this.#db
      .insertInto('work_claims')
      .values({
        item_id: claim.itemId,
        slot: claim.slot,
        offer_id: claim.offerId,
        company_id: companyId,
        agent_id: claim.agentId,
      })
      .compile()
    try {
      await this.#transactor.commit([this.#transactor.write(insert)], [toLedger(companyId, fact)])
      return true
    } catch (error) {
      if (!(error instanceof Error && /constraint/i.test(error.message))) throw error
      return await this.#isClaimedBy(companyId, claim)
    }
  }

  /** A claim whose answer was lost is asked for again: what holds the item may be that very claim. */
  async #isClaimedBy(
    companyId: CompanyId,
    { itemId, offerId }: { itemId: WorkItemId; offerId: string },
  ): Promise<boolean> {
    const row = await this.#db
      .selectFrom('work_claims')
      .select('offer_id')
      .where('item_id', '=', itemId)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row?.offer_id === offerId
  }

  async restore(companyId: CompanyId, nowMs: number): ReturnType<WorkStore['restore']> {
    await this.#withdrawOffers(companyId, nowMs)
    const [items, claims, agents, queues] = await Promise.all([
      this.#db
        .selectFrom('work_items')
        .selectAll()
        .where('company_id', '=', companyId)
        .where('state', '<>', 'over')
        .orderBy('arrived_at_ms')
        .execute(),
      this.#db.selectFrom('work_claims').selectAll().where('company_id', '=', companyId).execute(),
      this.#db.selectFrom('agent_states').selectAll().where('company_id', '=', companyId).execute(),
      this.#db.selectFrom('queue_states').selectAll().where('company_id', '=', companyId).execute(),
    ])
    const claimOf = new Map(claims.map((claim) => [claim.item_id, claim]))
    const endOf = await this.#endsOf(items.flatMap(({ call_id: callId }) => callId ?? []))
    return {
      items: items.map((row) =>
        toRestoredItem(row, claimOf.get(row.id), row.call_id === null ? undefined : endOf.get(row.call_id)),
      ),
      agents: agents.map(toRestoredAgent),
      queues: queues.map((row) => ({
        queueId: row.queue_id as QueueId,
        to: row.state === 'open' ? 'open' : 'closed',
        by: row.by_user as UserId,
      })),
    }
  }

  /** When calls were over; those that ended with the process have their last second of sound. */
  async #endsOf(callIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const ends = new Map<string, number>()
    for (let from = 0; from < callIds.length; from += callsAtOnce) {
      const rows = await this.#db
        .selectFrom('calls')
        .select(['id', 'ended_at_ms'])
        .where('id', 'in', callIds.slice(from, from + callsAtOnce))
        .execute()
      for (const { id, ended_at_ms: endedAtMs } of rows) if (endedAtMs !== null) ends.set(id, Number(endedAtMs))
    }
    return ends
  }

  /** What was asked of agents when the process ended: nobody is asked any more, and the ledger says so once. */
  async #withdrawOffers(companyId: CompanyId, nowMs: number): Promise<void> {
    const held = this.#db
      .selectFrom('work_items')
      .select('id')
      .where('company_id', '=', companyId)
      .where('state', 'in', ['assigned', 'wrappingUp', 'kept'])
    const claims = await this.#db
      .selectFrom('work_claims')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('item_id', 'not in', held)
      .execute()
    for (const claim of claims) {
      const item = await this.row(companyId, claim.item_id as WorkItemId)
      const forget = this.#db.deleteFrom('work_claims').where('item_id', '=', claim.item_id).compile()
      const fact = item && {
        kind: 'work.withdrawn' as const,
        atMs: nowMs,
        itemId: item.id,
        queueId: item.queueId as QueueId,
        channel: item.channel,
        ...(item.callId === undefined ? {} : { callId: item.callId }),
        offerId: claim.offer_id as OfferId,
        agentId: claim.agent_id as UserId,
        askedMs: 0,
        why: 'restarted' as const,
      }
      await this.#transactor.commit([this.#transactor.write(forget)], fact ? [toLedger(companyId, fact)] : [])
    }
  }

  async facts(
    companyId: CompanyId,
    fromMs: number,
    toMs: number,
    take: (events: readonly NumberedEvent[]) => void,
  ): Promise<void> {
    let after = { at: fromMs, number: 0 }
    for (;;) {
      const { at, number } = after
      const rows = await this.#db
        .selectFrom('events')
        .selectAll()
        .where('company_id', '=', companyId)
        .where('at_ms', '<', toMs)
        .where(isOfWork)
        .where((is) => is.or([is('at_ms', '>', at), is.and([is('at_ms', '=', at), is('number', '>', number)])]))
        .orderBy('at_ms')
        .orderBy('number')
        .limit(factsAtOnce)
        .execute()
      if (rows.length > 0) take(rows.map(toEvent))
      const last = rows.at(-1)
      if (!last || rows.length < factsAtOnce) return
      after = { at: Number(last.at_ms), number: Number(last.number) }
    }
  }

  async rows(filter: Parameters<WorkStore['rows']>[0]): Promise<readonly WorkRow[]> {
    let query = this.#db.selectFrom('work_items').selectAll().where('company_id', '=', filter.companyId)
    if (filter.queueId !== undefined) query = query.where('queue_id', '=', filter.queueId)
    if (filter.agentId !== undefined) query = query.where('agent_id', '=', filter.agentId)
    const { customerKeys, contactId } = filter
    if (customerKeys !== undefined || contactId !== undefined) {
      const keys = customerKeys ?? []
      if (keys.length === 0 && contactId === undefined) return []
      query = query.where((is) =>
        is.or([
          ...(keys.length === 0 ? [] : [is('customer_key', 'in', [...keys])]),
          ...(contactId === undefined ? [] : [is('contact_id', '=', contactId)]),
        ]),
      )
    }
    if (filter.reference !== undefined) query = query.where('reference', '=', filter.reference)
    if (filter.fromMs !== undefined) query = query.where('arrived_at_ms', '>=', filter.fromMs)
    if (filter.toMs !== undefined) query = query.where('arrived_at_ms', '<', filter.toMs)
    if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome)
    if (filter.before !== undefined) query = query.where('id', '<', filter.before)
    const rows = await query.orderBy('id', 'desc').orderBy('arrived_at_ms', 'desc').limit(filter.limit).execute()
    return rows.map(toWorkRow)
  }

  async row(companyId: CompanyId, itemId: WorkItemId): Promise<WorkRow | undefined> {
    const row = await this.#db
      .selectFrom('work_items')
      .selectAll()
      .where('id', '=', itemId)
      .where('company_id', '=', companyId)
      .orderBy('arrived_at_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && toWorkRow(row)
  }

  async keepNote(companyId: CompanyId, itemId: WorkItemId, text: string): Promise<void> {
    const update = this.#db
      .updateTable('work_items')
      .set({ note: text })
      .where('id', '=', itemId)
      .where('company_id', '=', companyId)
      .where('state', '<>', 'over')
      .compile()
    await this.#transactor.commit([this.#transactor.write(update)])
  }

  async addRemark(remark: CustomerRemark): Promise<void> {
    const insert = this.#db
      .insertInto('customer_remarks')
      .values({
        id: remark.id,
        company_id: remark.companyId,
        customer_key: remark.customerKey,
        at_ms: remark.atMs,
        by_user: remark.by,
        text: remark.text,
      })
      .compile()
    await this.#transactor.commit([this.#transactor.write(insert)])
  }

  async remarks(
    companyId: CompanyId,
    customerKeys: readonly string[],
    limit: number,
  ): Promise<readonly CustomerRemark[]> {
    if (customerKeys.length === 0) return []
    const rows = await this.#db
      .selectFrom('customer_remarks')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('customer_key', 'in', [...customerKeys])
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      id: row.id,
      companyId,
      customerKey: row.customer_key,
      atMs: Number(row.at_ms),
      by: row.by_user as UserId,
      text: row.text,
    }))
  }

  async spells(filter: Parameters<WorkStore['spells']>[0]): Promise<readonly AgentSpell[]> {
    const longestMs = 7 * 86_400_000
    let query = this.#db
      .selectFrom('agent_spells')
      .selectAll()
      .where('company_id', '=', filter.companyId)
      .where('from_ms', '<', filter.toMs)
      .where('from_ms', '>', filter.fromMs - longestMs)
    if (filter.agentId !== undefined) query = query.where('agent_id', '=', filter.agentId)
    const rows = await query.orderBy('from_ms', 'desc').limit(filter.limit).execute()
    return rows.flatMap((row) => {
      const began = Number(row.from_ms)
      const fromMs = Math.max(began, filter.fromMs)
      const forMs = Math.min(began + Number(row.for_ms), filter.toMs) - fromMs
      if (forMs <= 0) return []
      const { agent_id: agentId, state, reason } = row
      return [
        present<AgentSpell>({ agentId: agentId as UserId, state: state as AgentSpell['state'], reason, fromMs, forMs }),
      ]
    })
  }

  async lastAgent(companyId: CompanyId, customerKey: string, sinceMs: number): Promise<UserId | undefined> {
    const row = await this.#db
      .selectFrom('work_items')
      .select('agent_id')
      .where('company_id', '=', companyId)
      .where('customer_key', '=', customerKey)
      .where('arrived_at_ms', '>=', sinceMs)
      .where('agent_id', 'is not', null)
      .orderBy('arrived_at_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    return (row?.agent_id as UserId | null | undefined) ?? undefined
  }
}

function toLedger(companyId: CompanyId, { kind, atMs, ...data }: CentreFact): LedgerEvent {
  const callId = 'callId' in data ? (data.callId as CallId | undefined) : undefined
  return { kind, atMs, companyId, ...(callId === undefined ? {} : { callId }), data }
}
