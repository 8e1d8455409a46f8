import type { CallId, CompanyId } from '@vaxel/base'
import type { CallRecord, HistoryReader, NumberedEvent } from '@vaxel/core'
import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import { toCall, toEvent, toLeg, toMessage, tracedMessages } from '../rows/call-row.ts'
import type { Schema } from '../schema.ts'

/** Most rows of one page, and most messages or events of one call. */
const mostRows = 1000
const mostOfOneCall = 5000

/** Reads the ledger on the reading thread: a long search never holds up a call. */
export class StoredHistory implements HistoryReader {
  readonly #db: Kysely<Schema>

  readonly #waiting: () => readonly NumberedEvent[]

  /** @param waiting events that are acknowledged and not yet in the database, by number */
  constructor(db: Kysely<Schema>, waiting: () => readonly NumberedEvent[]) {
    this.#db = db
    this.#waiting = waiting
  }

  async calls(filter: Parameters<HistoryReader['calls']>[0]): Promise<CallRecord[]> {
    const { companyId, userId, fromMs, toMs, number, before } = filter
    let query = this.#db.selectFrom('calls').selectAll('calls').limit(bounded(filter.limit))
    // A user's calls are few among many: the walk begins at their own list, in its order.
    if (userId !== undefined)
      query = query
        .innerJoin('call_users', 'call_users.call_id', 'calls.id')
        .where('call_users.user_id', '=', userId)
        .orderBy('call_users.call_id', 'desc') as typeof query
    else query = query.orderBy('calls.id', 'desc')
    if (companyId !== undefined)
      // As an expression in a user's walk: an index on the company would lure the engine into walking all its calls.
      query = query.where(
        userId === undefined ? sql.ref('calls.company_id') : sql`calls.company_id || ''`,
        '=',
        companyId,
      )
    if (before !== undefined)
      query = query.where(sql.ref(userId === undefined ? 'calls.id' : 'call_users.call_id'), '<', before)
    if (fromMs !== undefined) query = query.where('calls.started_at_ms', '>=', fromMs)
    if (toMs !== undefined) query = query.where('calls.started_at_ms', '<', toMs)
    if (number !== undefined)
      query = query.where((eb) =>
        eb.or([eb('caller_number', '=', number), eb('called_number', '=', number), eb('dialled', '=', number)]),
      )
    return (await narrowed(query, filter).execute()).map(toCall)
  }

  async call(id: CallId, companyId?: CompanyId): ReturnType<HistoryReader['call']> {
    let find = this.#db.selectFrom('calls').selectAll().where('id', '=', id)
    if (companyId !== undefined) find = find.where('company_id', '=', companyId)
    const row = await find.executeTakeFirst()
    if (!row) return undefined
    const [legs, events, messages, traces] = await Promise.all([
      this.#db.selectFrom('legs').selectAll().where('call_id', '=', id).orderBy('id').limit(mostOfOneCall).execute(),
      this.#db
        .selectFrom('events')
        .selectAll()
        .where('call_id', '=', id)
        .orderBy('number')
        .limit(mostOfOneCall)
        .execute(),
      this.#db
        .selectFrom('messages')
        .selectAll()
        .where('call_id', '=', id)
        .orderBy('number')
        .limit(mostOfOneCall)
        .execute(),
      this.#db
        .selectFrom('traces')
        .selectAll()
        .where('call_id', '=', id)
        .orderBy('number')
        .limit(mostOfOneCall)
        .execute(),
    ])
    const traced = [...messages.map(toMessage), ...traces.flatMap(tracedMessages)].slice(0, mostOfOneCall)
    return { call: toCall(row), legs: legs.map(toLeg), events: events.map(toEvent), messages: traced }
  }

  async events(filter: { companyId?: CompanyId; after: number; limit: number }): Promise<NumberedEvent[]> {
    let query = this.#db
      .selectFrom('events')
      .selectAll()
      .where('number', '>', filter.after)
      .orderBy('number')
      .limit(bounded(filter.limit))
    if (filter.companyId !== undefined) query = query.where('company_id', '=', filter.companyId)
    // Taken before the database is read: what is written meanwhile is there twice rather than not at all.
    const waiting = this.#waiting()
    const events = (await query.execute()).map(toEvent)
    const last = events.at(-1)?.number ?? filter.after
    const isNext = ({ number, companyId }: NumberedEvent): boolean =>
      number > last && (filter.companyId === undefined || companyId === filter.companyId)
    return [...events, ...waiting.filter(isNext)].slice(0, bounded(filter.limit))
  }
}

type CallQuery = SelectQueryBuilder<Schema, 'calls', Selectable<Schema['calls']>>

/** What a person looks for, on top of whose calls and when. */
function narrowed(start: CallQuery, filter: Parameters<HistoryReader['calls']>[0]): CallQuery {
  const { text, direction, answered, missedBy, after } = filter
  let query = start
  if (after !== undefined) query = query.where('calls.id', '>', after)
  if (direction !== undefined) query = query.where('direction', '=', direction)
  if (answered !== undefined) query = query.where('answered_at_ms', answered ? 'is not' : 'is', null)
  if (missedBy !== undefined)
    query = query
      .where('answered_at_ms', 'is', null)
      .where('ended_at_ms', 'is not', null)
      .where((eb) => eb.or([eb('caller_user_id', 'is', null), eb('caller_user_id', '<>', missedBy)]))
  if (text === undefined) return query
  const like = `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`
  const columns = ['caller_number', 'caller_name', 'called_number', 'called_name', 'dialled'] as const
  return query.where((eb) =>
    eb.or(columns.map((column) => sql<boolean>`lower(${eb.ref(column)}) like ${like} escape '!'`)),
  )
}

const bounded = (limit: number): number => Math.max(1, Math.min(limit, mostRows))
