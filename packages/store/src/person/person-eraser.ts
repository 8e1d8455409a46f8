import type { CallId, CompanyId } from '@vaxel/base'
import type { CountedTraces, PersonEraser, PersonKeys, VoiceMessageId, WebChatId } from '@vaxel/core'
import type { Compilable, Kysely } from 'kysely'
import { forgetEntry, forgetVisit } from '../contact-centre/forget-customer.ts'
import { callErasures } from '../ledger/erase-calls.ts'
import { underwayStates } from '../mail-channel/mail-channel-store.ts'
import { isOfWork } from '../migrations/0022-work.ts'
import { fromJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { toVoiceMessage } from '../voicemail/voicemail-rows.ts'

/** Entries about a visit are written so soon after what they tell of. */
const entriesWithinMs = 60_000

/** What is kept of one person in the database. Searches are made on the reading thread, a part at a time. */
export class StoredPersonEraser implements PersonEraser {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async calls(
    companyId: CompanyId,
    numbers: readonly string[],
    { after, limit }: Parameters<PersonEraser['calls']>[2],
  ): ReturnType<PersonEraser['calls']> {
    let query = this.#db
      .selectFrom('calls')
      .select(['id', 'ended_at_ms', 'caller_number', 'called_number', 'dialled'])
      .where('company_id', '=', companyId)
      .orderBy('id')
      .limit(limit)
    if (after !== undefined) query = query.where('id', '>', after)
    const rows = await query.execute()
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id]
    if (first === undefined || last === undefined) return { found: [] }
    const legs = await this.#db
      .selectFrom('legs')
      .select('call_id')
      .where('call_id', '>=', first)
      .where('call_id', '<=', last)
      .where('party_number', 'in', [...numbers])
      .execute()
    const byLeg = new Set(legs.map(({ call_id }) => call_id))
    const isTheirs = (number: string): boolean => numbers.includes(number)
    const found = rows
      .filter(
        ({ id, caller_number: caller, called_number: called, dialled }) =>
          byLeg.has(id) || isTheirs(caller) || isTheirs(called) || isTheirs(dialled),
      )
      .map(({ id, ended_at_ms }) => ({ id: id as CallId, isOver: ended_at_ms !== null }))
    return { found, ...(rows.length === limit ? { after: last as CallId } : {}) }
  }

  async eraseCalls(ids: readonly CallId[]): Promise<void> {
    await this.#write(await callErasures(this.#db, ids))
  }

  async voiceMessages(
    companyId: CompanyId,
    numbers: readonly string[],
    { after, limit }: Parameters<PersonEraser['voiceMessages']>[2],
  ): ReturnType<PersonEraser['voiceMessages']> {
    let query = this.#db
      .selectFrom('voice_messages')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('state', '<>', 'recording')
      .orderBy('id')
      .limit(limit)
    if (after !== undefined) query = query.where('id', '>', after)
    const rows = await query.execute()
    const found = rows.map(toVoiceMessage).filter(({ from }) => numbers.includes(from.number))
    return { found, ...(rows.length === limit ? { after: rows.at(-1)!.id as VoiceMessageId } : {}) }
  }

  async chats(
    companyId: CompanyId,
    addresses: readonly string[],
    { after, limit }: Parameters<PersonEraser['chats']>[2],
  ): ReturnType<PersonEraser['chats']> {
    let query = this.#db
      .selectFrom('web_chats')
      .select(['id', 'ended_at_ms', 'more'])
      .where('company_id', '=', companyId)
      .orderBy('id')
      .limit(limit)
    if (after !== undefined) query = query.where('id', '>', after)
    const rows = await query.execute()
    const found = rows.flatMap(({ id, ended_at_ms, more }) => {
      const { address } = fromJson<{ address?: string }>(more)
      return address !== undefined && addresses.includes(address.toLowerCase())
        ? [{ id: id as WebChatId, address, isOver: ended_at_ms !== null }]
        : []
    })
    return { found, ...(rows.length === limit ? { after: rows.at(-1)!.id as WebChatId } : {}) }
  }

  async eraseChats(ids: readonly WebChatId[]): Promise<void> {
    await this.#write(
      ids.map((id) => this.#db.deleteFrom('web_chats').where('id', '=', id).where('ended_at_ms', 'is not', null)),
    )
  }

  async visits(companyId: CompanyId, keys: PersonKeys): Promise<CountedTraces> {
    const [items, remarks] = await Promise.all([
      this.#items(companyId, keys)
        .select(['state', ({ fn }) => fn.countAll().as('count')])
        .groupBy('state')
        .execute(),
      this.#remarks(companyId, keys)
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow(),
    ])
    const counts = countedBy(items, ({ state }) => state === 'over')
    return { done: counts.done + Number(remarks.count), open: counts.open }
  }

  async forgetVisits(companyId: CompanyId, keys: PersonKeys, limit: number): Promise<number> {
    const [items, remarks] = await Promise.all([
      this.#items(companyId, keys).selectAll().where('state', '=', 'over').limit(limit).execute(),
      this.#remarks(companyId, keys).select('id').limit(limit).execute(),
    ])
    const entries = await Promise.all(items.map((item) => this.#entries(companyId, item)))
    await this.#write([
      ...entries.flat(),
      ...items.map((item) => forgetVisit(this.#db, item)),
      ...remarks.map(({ id }) => this.#db.deleteFrom('customer_remarks').where('id', '=', id)),
    ])
    return items.length + remarks.length
  }

  async mails(companyId: CompanyId, addresses: readonly string[]): Promise<CountedTraces> {
    const underway = await this.#underway(companyId, addresses)
    const rows = await this.#conversations(companyId, addresses).select(['id', 'state']).execute()
    return countedBy(
      rows.map(({ id, state }) => ({ isDone: state !== 'open' && !underway.has(id), count: 1 })),
      ({ isDone }) => isDone,
    )
  }

  async eraseMails(companyId: CompanyId, addresses: readonly string[], limit: number): Promise<number> {
    const underway = await this.#underway(companyId, addresses)
    const rows = await this.#conversations(companyId, addresses).select('id').where('state', '<>', 'open').execute()
    const done = rows.filter(({ id }) => !underway.has(id)).slice(0, limit)
    await this.#write(
      done.map(({ id }) => this.#db.deleteFrom('mail_conversations').where('id', '=', id).where('state', '<>', 'open')),
    )
    return done.length
  }

  /** What the ledger says of a visit and its customer. */
  async #entries(companyId: CompanyId, item: Schema['work_items']): Promise<readonly Compilable[]> {
    const [arrived, finished] = [Number(item.arrived_at_ms), item.finished_at_ms]
    const worked = Number(item.handled_ms ?? 0) + Number(item.wrap_ms ?? 0)
    const end = Math.max(arrived + Number(item.waited_ms ?? 0), Number(finished ?? arrived)) + worked + entriesWithinMs
    const rows = await this.#db
      .selectFrom('events')
      .select(['number', 'kind', 'data'])
      .where('company_id', '=', companyId)
      .where('at_ms', '>=', arrived)
      .where('at_ms', '<=', end)
      .where(isOfWork)
      .where('kind', 'in', ['work.arrived', 'work.callBackWished', 'work.wrappedUp'])
      .where('data', 'like', `%${item.id}%`)
      .execute()
    return rows
      .filter(({ data }) => fromJson<{ itemId?: string }>(data).itemId === item.id)
      .flatMap((row) => forgetEntry(this.#db, row) ?? [])
  }

  #items(companyId: CompanyId, keys: PersonKeys) {
    return this.#db
      .selectFrom('work_items')
      .where('company_id', '=', companyId)
      .where('customer_key', 'in', keysOf(keys))
  }

  #remarks(companyId: CompanyId, keys: PersonKeys) {
    return this.#db
      .selectFrom('customer_remarks')
      .where('company_id', '=', companyId)
      .where('customer_key', 'in', keysOf(keys))
  }

  #conversations(companyId: CompanyId, addresses: readonly string[]) {
    return this.#db
      .selectFrom('mail_conversations')
      .where('company_id', '=', companyId)
      .where('customer', 'in', [...addresses])
  }

  /** Conversations with an answer that is not out yet. */
  async #underway(companyId: CompanyId, addresses: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#db
      .selectFrom('channel_mails')
      .select('conversation_id')
      .where('delivery', 'in', underwayStates)
      .where('conversation_id', 'in', this.#conversations(companyId, addresses).select('id'))
      .execute()
    return new Set(rows.map(({ conversation_id }) => conversation_id))
  }

  async #write(queries: readonly Compilable[]): Promise<void> {
    if (queries.length > 0)
      await this.#transactor.commit(queries.map((query) => this.#transactor.write(query.compile())))
  }
}

const keysOf = ({ numbers, addresses }: PersonKeys): string[] => [...numbers, ...addresses]

function countedBy<Row extends { readonly count: number | string | bigint }>(
  rows: readonly Row[],
  isDone: (row: Row) => boolean,
): CountedTraces {
  let [done, open] = [0, 0]
  for (const row of rows)
    if (isDone(row)) done += Number(row.count)
    else open += Number(row.count)
  return { done, open }
}
