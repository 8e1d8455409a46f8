import type { CompanyId } from '@vaxel/base'
import type { CentreFact, WorkItem } from '@vaxel/core'
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import { toFlag, toJson, toOptionalJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'

type Row = Schema['work_items']
type Columns = { [Name in keyof Row]?: Row[Name] | RawBuilder<Row[Name]> | RawBuilder<NonNullable<Row[Name]>> }
type ItemFact = Extract<CentreFact, { itemId: string }>

/** What a fact does to the rows. @param item of `work.arrived`, whole */
export function writesOf(
  db: Kysely<Schema>,
  companyId: CompanyId,
  fact: CentreFact,
  item: WorkItem | undefined,
): readonly CompiledQuery[] {
  if (fact.kind === 'agent.stateChanged') return agentWrites(db, companyId, fact)
  if ('itemId' in fact) {
    if (fact.kind === 'work.arrived') return [arrival(db, companyId, fact, item)]
    const columns = changeOf(db, fact)
    return columns === undefined ? [] : [change(db, companyId, fact, columns)]
  }
  const at = { company_id: companyId, queue_id: fact.queueId }
  const forget = db
    .deleteFrom('queue_states')
    .where('company_id', '=', companyId)
    .where('queue_id', '=', fact.queueId)
    .compile()
  if (fact.kind === 'queue.scheduled') return [forget]
  const state = fact.kind === 'queue.opened' ? 'open' : 'closed'
  return [
    forget,
    db
      .insertInto('queue_states')
      .values({ ...at, state, by_user: fact.by })
      .compile(),
  ]
}

function arrival(
  db: Kysely<Schema>,
  companyId: CompanyId,
  fact: Extract<CentreFact, { kind: 'work.arrived' }>,
  item: WorkItem | undefined,
): CompiledQuery {
  const { customer } = fact
  return db
    .insertInto('work_items')
    .values({
      id: fact.itemId,
      company_id: companyId,
      queue_id: fact.queueId,
      arrived_at_ms: fact.atMs,
      channel: fact.channel,
      state: 'waiting',
      call_id: fact.callId ?? null,
      reference: fact.reference ?? null,
      subject: fact.subject ?? null,
      customer_name: customer.name ?? null,
      customer_key: customer.number ?? customer.address ?? null,
      contact_id: customer.contactId ?? null,
      missed: 0,
      priority: fact.priority,
      not_before_ms: fact.notBeforeMs ?? null,
      more: toJson(item ?? { customer, sinceMs: fact.sinceMs, needs: fact.needs }),
    })
    .onConflict((conflict) => conflict.columns(['id', 'queue_id', 'arrived_at_ms']).doNothing())
    .compile()
}

/** Of the visit that is not over. */
function change(db: Kysely<Schema>, companyId: CompanyId, { itemId, queueId }: ItemFact, set: Columns): CompiledQuery {
  return db
    .updateTable('work_items')
    .set(set)
    .where('id', '=', itemId)
    .where('company_id', '=', companyId)
    .where('queue_id', '=', queueId)
    .where('state', '<>', 'over')
    .compile()
}

function changeOf(db: Kysely<Schema>, fact: ItemFact): Columns | undefined {
  const once = (outcome: string) => sql<string>`coalesce(outcome, ${outcome})`
  const more = (column: 'handled_ms' | 'wrap_ms', ms: number) =>
    sql<number>`coalesce(${db.dynamic.ref(column)}, 0) + ${ms}`
  switch (fact.kind) {
    case 'work.accepted':
      return {
        state: 'assigned',
        agent_id: fact.agentId,
        accepted_at_ms: fact.atMs,
        waited_ms: fact.waitedMs,
        is_in_level: toFlag(fact.isInLevel),
        outcome: 'answered',
        // The call in which the customer is called takes the place of the one in which they asked for it, which stays in `more`.
        ...(fact.channel === 'callBack' && fact.callId !== undefined ? { call_id: fact.callId } : {}),
      }
    case 'work.missed':
    case 'work.offerFailed':
      return { missed: sql<number>`missed + 1` }
    case 'work.finished':
      return { state: 'wrappingUp', finished_at_ms: fact.atMs, handled_ms: more('handled_ms', fact.handledMs) }
    case 'work.wrappedUp':
      return {
        state: 'over',
        wrap_ms: more('wrap_ms', fact.wrapMs),
        ...(fact.codeId === undefined ? {} : { code_id: fact.codeId }),
        ...(fact.note === undefined ? {} : { note: fact.note }),
      }
    case 'work.keptAside':
      return { state: 'kept' }
    case 'work.resumed':
      return { state: 'assigned' }
    case 'work.returned':
      return {
        state: 'waiting',
        agent_id: null,
        accepted_at_ms: null,
        waited_ms: null,
        is_in_level: null,
        outcome: null,
        handled_ms: more('handled_ms', fact.handledMs),
      }
    case 'work.abandoned':
      return { state: 'over', outcome: once('abandoned'), waited_ms: fact.waitedMs, is_short: toFlag(fact.isShort) }
    case 'work.overflowed':
      return { state: 'over', outcome: once('overflowed'), waited_ms: fact.waitedMs }
    case 'work.messageLeft':
      return { state: 'over', outcome: once('messageLeft'), waited_ms: fact.waitedMs }
    case 'work.moved':
      return { state: 'over', outcome: once('moved'), waited_ms: sql<number>`coalesce(waited_ms, ${fact.waitedMs})` }
    case 'work.closed':
      return { state: 'over', outcome: once('closed'), waited_ms: sql<number>`coalesce(waited_ms, ${fact.waitedMs})` }
    case 'work.callBackWished':
      return {
        channel: 'callBack',
        call_back_number: fact.number,
        ...(fact.notBeforeMs === undefined ? {} : { not_before_ms: fact.notBeforeMs }),
      }
    case 'work.priorityChanged':
      return { priority: fact.priority }
    default:
      return undefined
  }
}

function agentWrites(
  db: Kysely<Schema>,
  companyId: CompanyId,
  fact: Extract<CentreFact, { kind: 'agent.stateChanged' }>,
): readonly CompiledQuery[] {
  const now = { state: fact.to, reason: fact.reason ?? null, since_ms: fact.atMs }
  const line = fact.line === undefined ? {} : { line: toOptionalJson(fact.line) }
  return [
    db
      .insertInto('agent_spells')
      .values({
        company_id: companyId,
        from_ms: fact.atMs - fact.forMs,
        agent_id: fact.agentId,
        state: fact.from,
        reason: fact.fromReason ?? null,
        for_ms: fact.forMs,
      })
      .compile(),
    db
      .insertInto('agent_states')
      .columns(['agent_id', 'company_id', 'state', 'reason', 'since_ms', 'line'])
      // Whoever has just been removed has no state any more; what else happened in the same step is kept.
      .expression(
        db
          .selectFrom('users')
          .select([
            'users.id',
            'users.company_id',
            sql<string>`cast(${now.state} as text)`.as('state'),
            sql<string | null>`cast(${now.reason} as text)`.as('reason'),
            sql<number>`cast(${now.since_ms} as bigint)`.as('since_ms'),
            sql<string | null>`cast(${line.line ?? null} as text)`.as('line'),
          ])
          .where('users.id', '=', fact.agentId)
          .where('users.company_id', '=', companyId),
      )
      .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ ...now, ...line }))
      .compile(),
  ]
}
