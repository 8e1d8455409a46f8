import { type CompanyId, type DeviceId, type Refusal, refusal, type UserId } from '@vaxel/base'
import type {
  ChatDelivery,
  ChatFile,
  ChatFileId,
  ChatMember,
  ChatMessage,
  ChatPolicy,
  ChatStore,
  ChatWrite,
  Conversation,
  ConversationId,
  LedgerEvent,
} from '@vaxel/core'
import type { CompiledQuery, Kysely } from 'kysely'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { ChatMemory } from './chat-memory.ts'
import { readLast, readMessages, searchMessages } from './chat-queries.ts'
import {
  fromConversation,
  fromDelivery,
  fromFile,
  fromMember,
  fromMessage,
  toConversation,
  toDelivery,
  toFile,
  toMember,
  toMessage,
} from './chat-rows.ts'

const ChatAway = refusal('CHAT_DATABASE_AWAY', {
  sip: 503,
  http: 503,
  blame: 'us',
  text: 'The database takes no entries at the moment. What you wrote is not sent; send it again when the database is back.',
})

const defaultPolicy: ChatPolicy = {
  mostFileBytes: 25 * 1024 * 1024,
  quotaBytes: 10 * 1024 * 1024 * 1024,
  editMinutes: 24 * 60,
}

const fileColumns = [
  'id',
  'company_id',
  'conversation_id',
  'message_number',
  'uploader_id',
  'size_bytes',
  'at_ms',
  'more',
] as const

/** Chat in the database; conversations, members, rules and the space that files take also in memory. */
export class StoredChat implements ChatStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #memory = new ChatMemory()
  readonly #policies = new Map<CompanyId, ChatPolicy>()
  readonly #used = new Map<CompanyId, number>()

  constructor({ db, transactor }: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = db
    this.#transactor = transactor
  }

  async load(): Promise<void> {
    const members = new Map<string, ChatMember[]>()
    for (const row of await this.#db.selectFrom('conversation_members').selectAll().execute()) {
      const of = members.get(row.conversation_id) ?? []
      members.set(row.conversation_id, of)
      of.push(toMember(row))
    }
    for (const row of await this.#db.selectFrom('conversations').selectAll().execute())
      this.#memory.put(toConversation(row, members.get(row.id) ?? []))
    for (const { company_id, policy } of await this.#db.selectFrom('chat_policies').selectAll().execute())
      this.#policies.set(company_id as CompanyId, fromJson<ChatPolicy>(policy))
    const used = this.#db
      .selectFrom('chat_files')
      .select(['company_id', ({ fn }) => fn.sum('size_bytes').as('bytes')])
      .groupBy('company_id')
    for (const row of await used.execute()) this.#used.set(row.company_id as CompanyId, Number(row.bytes))
  }

  conversation(id: ConversationId): Conversation | undefined {
    return this.#memory.get(id)
  }

  pair(pairKey: string): Conversation | undefined {
    return this.#memory.pair(pairKey)
  }

  conversationsOf(userId: UserId): Iterable<Conversation> {
    return this.#memory.ofUser(userId)
  }

  policy(companyId: CompanyId): ChatPolicy {
    return this.#policies.get(companyId) ?? defaultPolicy
  }

  setPolicy(companyId: CompanyId, policy: ChatPolicy, event: LedgerEvent): Promise<Refusal | undefined> {
    const value = toJson(policy)
    const put = this.#db
      .insertInto('chat_policies')
      .values({ company_id: companyId, policy: value })
      .onConflict((conflict) => conflict.column('company_id').doUpdateSet({ policy: value }))
      .compile()
    return this.#commit([put], [event], () => this.#policies.set(companyId, policy))
  }

  write(write: ChatWrite): Promise<Refusal | undefined> {
    const queries = [
      ...(write.conversation ? this.#putConversation(write.conversation) : []),
      ...(write.added ?? []).map((message) =>
        this.#db.insertInto('chat_messages').values(fromMessage(message)).compile(),
      ),
      ...(write.changed ?? []).map((message) => this.#changeMessage(message)),
      ...this.#fileQueries(write),
      ...(write.deliveries ?? []).map((delivery) =>
        this.#db
          .insertInto('chat_deliveries')
          .values(fromDelivery(delivery))
          .onConflict((conflict) => conflict.doNothing())
          .compile(),
      ),
    ]
    return this.#commit(queries, write.event ? [write.event] : [], () => {
      if (write.conversation) this.#memory.put(write.conversation)
      for (const { companyId, sizeBytes } of write.removedFiles ?? []) this.#use(companyId, -sizeBytes)
    })
  }

  async reread(id: ConversationId): Promise<void> {
    const row = await this.#db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) return
    const members = this.#db.selectFrom('conversation_members').selectAll().where('conversation_id', '=', id)
    this.#memory.put(toConversation(row, (await members.execute()).map(toMember)))
  }

  setRead(id: ConversationId, userId: UserId, number: number): Promise<Refusal | undefined> {
    const query = this.#db
      .updateTable('conversation_members')
      .set({ read_number: number })
      .where('conversation_id', '=', id)
      .where('user_id', '=', userId)
      .compile()
    return this.#commit([query], [], () => {
      const known = this.#memory.get(id)
      if (!known) return
      const members = known.members.map((member) =>
        member.userId === userId ? { ...member, readNumber: number } : member,
      )
      this.#memory.put({ ...known, members })
    })
  }

  async message(id: ConversationId, number: number): Promise<ChatMessage | undefined> {
    const row = await this.#db
      .selectFrom('chat_messages')
      .selectAll()
      .where('conversation_id', '=', id)
      .where('number', '=', number)
      .executeTakeFirst()
    return row && toMessage(row)
  }

  async messageByClientId(id: ConversationId, senderId: UserId, clientId: string): Promise<ChatMessage | undefined> {
    const row = await this.#db
      .selectFrom('chat_messages')
      .selectAll()
      .where('conversation_id', '=', id)
      .where('sender_id', '=', senderId)
      .where('client_id', '=', clientId)
      .executeTakeFirst()
    return row && toMessage(row)
  }

  messages(id: ConversationId, filter: Parameters<ChatStore['messages']>[1]): Promise<readonly ChatMessage[]> {
    return readMessages(this.#db, id, filter)
  }

  lastMessages(conversations: readonly Conversation[]): Promise<ReadonlyMap<ConversationId, ChatMessage>> {
    return readLast(this.#db, conversations)
  }

  search(filter: Parameters<ChatStore['search']>[0]): Promise<readonly ChatMessage[]> {
    return searchMessages(this.#db, filter)
  }

  async erasable(filter: Parameters<ChatStore['erasable']>[0]): Promise<readonly ChatMessage[]> {
    let query = this.#db
      .selectFrom('chat_messages')
      .selectAll()
      .where('company_id', '=', filter.companyId)
      .where('at_ms', '<', filter.beforeMs)
      .where('gone_at_ms', 'is', null)
      .where('kind', '=', 'text')
      .orderBy('at_ms')
      .limit(filter.limit)
    if (filter.senderId !== undefined) query = query.where('sender_id', '=', filter.senderId)
    return (await query.execute()).map(toMessage)
  }

  async file(id: ChatFileId): Promise<ChatFile | undefined> {
    return (await this.files([id]))[0]
  }

  async files(ids: readonly ChatFileId[]): Promise<readonly ChatFile[]> {
    if (ids.length === 0) return []
    const rows = await this.#db
      .selectFrom('chat_files')
      .select(fileColumns)
      .where('id', 'in', [...ids])
      .execute()
    return rows.map(toFile)
  }

  async looseFiles(beforeMs: number): Promise<readonly ChatFile[]> {
    const rows = await this.#db
      .selectFrom('chat_files')
      .select(fileColumns)
      .where('message_number', 'is', null)
      .where('at_ms', '<', beforeMs)
      .limit(1000)
      .execute()
    return rows.map(toFile)
  }

  usedBytes(companyId: CompanyId): number {
    return this.#used.get(companyId) ?? 0
  }

  /** The row of a file whose bytes are durable. */
  addFile(file: ChatFile, sealedKey: string): Promise<Refusal | undefined> {
    const query = this.#db.insertInto('chat_files').values(fromFile(file, sealedKey)).compile()
    return this.#commit([query], [], () => this.#use(file.companyId, file.sizeBytes))
  }

  async sealedKey(id: ChatFileId): Promise<string | undefined> {
    const row = await this.#db.selectFrom('chat_files').select('sealed_key').where('id', '=', id).executeTakeFirst()
    return row?.sealed_key
  }

  async knownFiles(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set()
    const rows = await this.#db
      .selectFrom('chat_files')
      .select('id')
      .where('id', 'in', [...ids])
      .execute()
    return new Set(rows.map(({ id }) => id))
  }

  async deliveriesOf(deviceId: DeviceId, limit: number): Promise<readonly ChatDelivery[]> {
    const rows = await this.#db
      .selectFrom('chat_deliveries')
      .selectAll()
      .where('device_id', '=', deviceId)
      .orderBy('at_ms')
      .orderBy('number')
      .limit(limit)
      .execute()
    return rows.map(toDelivery)
  }

  async waitingDevices(): Promise<readonly DeviceId[]> {
    const rows = await this.#db.selectFrom('chat_deliveries').select('device_id').distinct().execute()
    return rows.map(({ device_id }) => device_id as DeviceId)
  }

  async removeDeliveries(deliveries: readonly ChatDelivery[]): Promise<void> {
    const queries = deliveries.map(({ deviceId, conversationId, number }) =>
      this.#db
        .deleteFrom('chat_deliveries')
        .where('device_id', '=', deviceId)
        .where('conversation_id', '=', conversationId)
        .where('number', '=', number)
        .compile(),
    )
    await this.#commit(queries, [], () => {})
  }

  async removeDeliveriesBefore(atMs: number): Promise<void> {
    await this.#commit([this.#db.deleteFrom('chat_deliveries').where('at_ms', '<', atMs).compile()], [], () => {})
  }

  forget(isUserGone: (userId: UserId) => boolean, isCompanyGone: (companyId: CompanyId) => boolean): void {
    this.#memory.forget(isUserGone, ({ companyId }) => isCompanyGone(companyId))
    for (const companyId of [...this.#policies.keys()]) if (isCompanyGone(companyId)) this.#policies.delete(companyId)
    for (const companyId of [...this.#used.keys()]) if (isCompanyGone(companyId)) this.#used.delete(companyId)
  }

  #use(companyId: CompanyId, bytes: number): void {
    this.#used.set(companyId, Math.max(0, this.usedBytes(companyId) + bytes))
  }

  #putConversation(conversation: Conversation): CompiledQuery[] {
    const row = fromConversation(conversation)
    const { id: _, company_id: __, ...rest } = row
    const put = this.#db
      .insertInto('conversations')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
      .compile()
    const before = this.#memory.get(conversation.id)?.members ?? []
    if (before === conversation.members) return [put]
    const kept = new Set(conversation.members)
    const gone = before.filter((member) => !kept.has(member)).map(({ userId }) => userId)
    const known = new Set(before)
    const fresh = conversation.members.filter((member) => !known.has(member))
    return [
      put,
      ...gone.map((userId) =>
        this.#db
          .deleteFrom('conversation_members')
          .where('conversation_id', '=', conversation.id)
          .where('user_id', '=', userId)
          .compile(),
      ),
      ...fresh.map((member) =>
        this.#db.insertInto('conversation_members').values(fromMember(conversation.id, member)).compile(),
      ),
    ]
  }

  #changeMessage(message: ChatMessage): CompiledQuery {
    const { conversation_id, number, company_id: _, ...rest } = fromMessage(message)
    return this.#db
      .updateTable('chat_messages')
      .set(rest)
      .where('conversation_id', '=', conversation_id)
      .where('number', '=', number)
      .compile()
  }

  #fileQueries({ attach, removedFiles = [] }: ChatWrite): CompiledQuery[] {
    const attached = (attach?.fileIds ?? []).map((id) =>
      this.#db.updateTable('chat_files').set({ message_number: attach!.number }).where('id', '=', id).compile(),
    )
    const removed = removedFiles.map(({ id }) => this.#db.deleteFrom('chat_files').where('id', '=', id).compile())
    return [...attached, ...removed]
  }

  /** Not while the journal stands in for the database: its space is for calls. */
  async #commit(
    queries: readonly CompiledQuery[],
    events: readonly LedgerEvent[],
    onDurable: () => void,
  ): Promise<Refusal | undefined> {
    if (this.#transactor.isStandIn || this.#transactor.away !== undefined) return ChatAway()
    const writes = queries.map((query) => this.#transactor.write(query))
    await this.#transactor.commit(writes, events, onDurable)
    return undefined
  }
}
