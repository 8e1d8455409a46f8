import type { CompanyId } from '@vaxel/base'
import type { ChatSite, LedgerEvent, WebChat, WebChatId, WebChatMessage, WebChatStore } from '@vaxel/core'
import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import { fromJson, present, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'

const messagesAtOnce = 500

/** Chats of websites in the database; the sites in memory too. */
export class StoredWebChats implements WebChatStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #sites = new Map<string, ChatSite>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async load(): Promise<void> {
    for (const row of await this.#db.selectFrom('chat_sites').selectAll().execute())
      this.#sites.set(row.id, fromJson<ChatSite>(row.more))
  }

  /** Forgets what belonged to companies that are gone; the database has removed it with them. */
  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const { id, companyId } of [...this.#sites.values()]) if (isCompanyGone(companyId)) this.#sites.delete(id)
  }

  site(id: string): ChatSite | undefined {
    return this.#sites.get(id)
  }

  sitesOf(companyId: CompanyId): readonly ChatSite[] {
    return [...this.#sites.values()].filter((site) => site.companyId === companyId)
  }

  async putSite(site: ChatSite, event: LedgerEvent): Promise<void> {
    const more = toJson(site)
    const put = this.#db
      .insertInto('chat_sites')
      .values({ id: site.id, company_id: site.companyId, more })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ more }))
      .compile()
    await this.#write([put], event)
    this.#sites.set(site.id, site)
  }

  async removeSite(site: ChatSite, event: LedgerEvent): Promise<void> {
    await this.#write([this.#db.deleteFrom('chat_sites').where('id', '=', site.id).compile()], event)
    this.#sites.delete(site.id)
  }

  async put(chat: WebChat, messages: readonly WebChatMessage[], event?: LedgerEvent): Promise<void> {
    const { id, companyId, keyHash, endedAtMs, keepUntilMs, ...rest } = chat
    const changing = { ended_at_ms: endedAtMs ?? null, keep_until_ms: keepUntilMs, more: toJson(rest) }
    const put = this.#db
      .insertInto('web_chats')
      .values({ id, company_id: companyId, key_hash: keyHash, ...changing })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
      .compile()
    const further = messages.map(({ chatId, number, once, ...more }) =>
      this.#db
        .insertInto('web_chat_messages')
        .values({ chat_id: chatId, number, once: once ?? null, more: toJson(more) })
        .compile(),
    )
    await this.#write([put, ...further], event)
  }

  async find(id: string): Promise<WebChat | undefined> {
    const row = await this.#db.selectFrom('web_chats').selectAll().where('id', '=', id).executeTakeFirst()
    return row && toChat(row)
  }

  async findByKey(keyHash: string): Promise<WebChat | undefined> {
    const row = await this.#db.selectFrom('web_chats').selectAll().where('key_hash', '=', keyHash).executeTakeFirst()
    return row && toChat(row)
  }

  async messages(id: WebChatId, after: number): Promise<readonly WebChatMessage[]> {
    const rows = await this.#db
      .selectFrom('web_chat_messages')
      .selectAll()
      .where('chat_id', '=', id)
      .where('number', '>', after)
      .orderBy('number')
      .limit(messagesAtOnce)
      .execute()
    return rows.map((row) =>
      present<WebChatMessage>({
        chatId: id,
        number: Number(row.number),
        once: row.once,
        ...fromJson<Omit<WebChatMessage, 'chatId' | 'number' | 'once'>>(row.more),
      }),
    )
  }

  async open(): Promise<readonly WebChat[]> {
    const rows = await this.#db.selectFrom('web_chats').selectAll().where('ended_at_ms', 'is', null).execute()
    return rows.map(toChat)
  }

  async erase(companyId: CompanyId, beforeMs: number, event: (count: number) => LedgerEvent): Promise<number> {
    const old = this.#db
      .selectFrom('web_chats')
      .where('company_id', '=', companyId)
      .where('keep_until_ms', '<', beforeMs)
      .where('ended_at_ms', 'is not', null)
    const { count } = await old.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
    if (Number(count) === 0) return 0
    const gone = this.#db
      .deleteFrom('web_chats')
      .where('company_id', '=', companyId)
      .where('keep_until_ms', '<', beforeMs)
      .where('ended_at_ms', 'is not', null)
      .compile()
    await this.#write([gone], event(Number(count)))
    return Number(count)
  }

  async #write(queries: readonly CompiledQuery[], event: LedgerEvent | undefined): Promise<void> {
    const writes = queries.map((query) => this.#transactor.write(query))
    await this.#transactor.commit(writes, event ? [event] : [])
  }
}

function toChat(row: Selectable<Schema['web_chats']>): WebChat {
  const ended = row.ended_at_ms === null ? {} : { endedAtMs: Number(row.ended_at_ms) }
  return {
    ...fromJson<Omit<WebChat, 'id' | 'companyId' | 'keyHash' | 'keepUntilMs'>>(row.more),
    id: row.id as WebChatId,
    companyId: row.company_id as CompanyId,
    keyHash: row.key_hash,
    keepUntilMs: Number(row.keep_until_ms),
    ...ended,
  }
}
