import type { CompanyId, UserId } from '@vaxel/base'
import type {
  ChannelMail,
  LedgerEvent,
  MailAccount,
  MailAccountId,
  MailChannelStore,
  MailConversation,
  MailConversationId,
  MailDraft,
  MailReceipt,
  MailSecrets,
} from '@vaxel/core'
import type { CompiledQuery, Kysely } from 'kysely'
import type { SecretBox } from '../configuration/secret-box.ts'
import { putMail } from '../mail-store.ts'
import { fromJson, toFlag, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import { DatabaseError } from '../sqlite/database-thread.ts'
import type { Transactor } from '../transactor.ts'
import { conversationRow, filesOf, mailRow, toAccount, toChannelMail, toConversation } from './mail-rows.ts'

/** Of answers that are not out yet. */
export const underwayStates = ['waiting', 'sending', 'held']
const atOnce = 500

interface KeptSecrets {
  readonly companyId: CompanyId
  readonly id: string
  readonly place: string
  readonly sealed: string
}

/** Identifiers of drafts are chosen by whoever drafts: two companies may choose the same. */
const keyOf = ({ companyId, id, place }: Omit<KeptSecrets, 'sealed'>): string => `${companyId} ${id} ${place}`

/** The mail channel in the database; mailboxes whole in memory, their secrets sealed. */
export class StoredMailChannel implements MailChannelStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #box: SecretBox
  readonly #kept = new Map<string, KeptSecrets>()
  readonly #accounts = new Map<string, { readonly account: MailAccount; readonly sealed: string }>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#box = options.box
  }

  async load(): Promise<void> {
    for (const row of await this.#db.selectFrom('mail_accounts').selectAll().execute())
      this.#accounts.set(row.id, { account: toAccount(row), sealed: row.sealed })
    for (const row of await this.#db.selectFrom('mail_kept_secrets').selectAll().execute()) {
      const companyId = row.company_id as CompanyId
      const kept = { companyId, id: row.mailbox_id, place: row.place, sealed: row.sealed }
      this.#kept.set(keyOf(kept), kept)
    }
  }

  /** Forgets the mailboxes of companies that are gone; the database has removed them with them. */
  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const [id, { account }] of this.#accounts) if (isCompanyGone(account.companyId)) this.#accounts.delete(id)
    for (const [key, { companyId }] of this.#kept) if (isCompanyGone(companyId)) this.#kept.delete(key)
  }

  account(companyId: CompanyId, id: string): MailAccount | undefined {
    const account = this.#accounts.get(id)?.account
    return account?.companyId === companyId ? account : undefined
  }

  accountsOf(companyId: CompanyId): readonly MailAccount[] {
    return this.accounts().filter((account) => account.companyId === companyId)
  }

  accounts(): readonly MailAccount[] {
    return [...this.#accounts.values()].map(({ account }) => account)
  }

  secrets(id: MailAccountId): MailSecrets {
    const kept = this.#accounts.get(id)
    return kept ? fromJson<MailSecrets>(this.#box.open(kept.sealed, contextOf(id))) : {}
  }

  async putAccount(account: MailAccount, secrets: MailSecrets, event?: LedgerEvent): Promise<void> {
    const { id, companyId, ...more } = account
    const sealed = this.#box.seal(toJson(secrets), contextOf(id))
    const row = { sealed, more: toJson(more) }
    const put = this.#db
      .insertInto('mail_accounts')
      .values({ id, company_id: companyId, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .compile()
    await this.#write([put], event ? [event] : [])
    this.#accounts.set(id, { account, sealed })
  }

  async removeAccount({ id }: MailAccount, event: LedgerEvent): Promise<void> {
    await this.#write([this.#db.deleteFrom('mail_accounts').where('id', '=', id).compile()], [event])
    this.#accounts.delete(id)
  }

  keptSecrets(companyId: CompanyId, id: string, place: string): MailSecrets | undefined {
    const kept = this.#kept.get(keyOf({ companyId, id, place }))
    if (!kept) return undefined
    return fromJson<MailSecrets>(this.#box.open(kept.sealed, contextOf(id as MailAccountId)))
  }

  async keepSecrets(
    {
      companyId,
      id,
      place,
      secrets,
    }: {
      readonly companyId: CompanyId
      readonly id: string
      readonly place: string
      readonly secrets: MailSecrets
    },
    event?: LedgerEvent,
  ): Promise<void> {
    const sealed = this.#box.seal(toJson(secrets), contextOf(id as MailAccountId))
    const put = this.#db
      .insertInto('mail_kept_secrets')
      .values({ mailbox_id: id, place, company_id: companyId, sealed })
      .onConflict((conflict) => conflict.columns(['company_id', 'mailbox_id', 'place']).doUpdateSet({ sealed }))
      .compile()
    await this.#write([put], event ? [event] : [])
    const kept = { companyId, id, place, sealed }
    this.#kept.set(keyOf(kept), kept)
  }

  keptFor(companyId: CompanyId): readonly string[] {
    const own = [...this.#kept.values()].filter((kept) => kept.companyId === companyId)
    return [...new Set(own.map(({ id }) => id))]
  }

  async forgetSecrets(companyId: CompanyId, id: string): Promise<void> {
    const gone = [...this.#kept].filter(([, kept]) => kept.companyId === companyId && kept.id === id)
    if (gone.length === 0) return
    const removal = this.#db.deleteFrom('mail_kept_secrets').where('company_id', '=', companyId)
    await this.#write([removal.where('mailbox_id', '=', id).compile()], [])
    for (const [key] of gone) this.#kept.delete(key)
  }

  async receipts(accountId: MailAccountId, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>()
    for (let at = 0; at < keys.length; at += atOnce) {
      const rows = await this.#db
        .selectFrom('mail_receipts')
        .select('key')
        .where('account_id', '=', accountId)
        .where('key', 'in', keys.slice(at, at + atOnce))
        .execute()
      for (const { key } of rows) known.add(key)
    }
    return known
  }

  async begin(receipts: readonly MailReceipt[]): Promise<void> {
    await this.#write(
      receipts.map((receipt) => this.#receipt(receipt)),
      [],
    )
  }

  async unsettled(accountId: MailAccountId, limit: number): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('mail_receipts')
      .select('key')
      .where('account_id', '=', accountId)
      .where('settled', '=', 0)
      .limit(limit)
      .execute()
    return rows.map(({ key }) => key)
  }

  async settled(accountId: MailAccountId, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return
    await this.#write(
      [
        this.#db
          .updateTable('mail_receipts')
          .set({ settled: 1 })
          .where('account_id', '=', accountId)
          .where('key', 'in', [...keys])
          .compile(),
      ],
      [],
    )
  }

  async repeated(accountId: MailAccountId, fingerprint: string): Promise<ChannelMail | undefined> {
    const row = await this.#db
      .selectFrom('channel_mails')
      .innerJoin('mail_receipts', 'mail_receipts.mail_id', 'channel_mails.id')
      .selectAll('channel_mails')
      .where('mail_receipts.account_id', '=', accountId)
      .where('mail_receipts.fingerprint', '=', fingerprint)
      .limit(1)
      .executeTakeFirst()
    return row && toChannelMail(row)
  }

  async wasErased(accountId: MailAccountId, fingerprint: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('mail_receipts')
      .leftJoin('channel_mails', 'channel_mails.id', 'mail_receipts.mail_id')
      .select('mail_receipts.key')
      .where('mail_receipts.account_id', '=', accountId)
      .where('mail_receipts.fingerprint', '=', fingerprint)
      .where('mail_receipts.mail_id', 'is not', null)
      .where('channel_mails.id', 'is', null)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  async receive({ mail, conversation, receipt, events }: Parameters<MailChannelStore['receive']>[0]): Promise<boolean> {
    const queries = [
      ...(conversation ? this.#putConversation(conversation) : []),
      ...(mail ? this.#putMail(mail) : []),
      this.#receipt(receipt, mail?.id),
    ]
    return this.#unlessTaken(queries, events)
  }

  async conversation(companyId: CompanyId, id: string): Promise<MailConversation | undefined> {
    const row = await this.#db
      .selectFrom('mail_conversations')
      .selectAll()
      .where('id', '=', id)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row && toConversation(row)
  }

  async conversationOfWork(id: string): Promise<MailConversation | undefined> {
    const row = await this.#db.selectFrom('mail_conversations').selectAll().where('id', '=', id).executeTakeFirst()
    return row && toConversation(row)
  }

  async byToken(accountId: MailAccountId, token: string): Promise<MailConversation | undefined> {
    const row = await this.#db
      .selectFrom('mail_conversations')
      .selectAll()
      .where('token', '=', token)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return row && toConversation(row)
  }

  async byMessageIds(accountId: MailAccountId, ids: readonly string[]): Promise<MailConversation | undefined> {
    const rows = await this.#db
      .selectFrom('channel_mails')
      .select(['conversation_id', 'message_id', 'company_id'])
      .where('account_id', '=', accountId)
      .where('message_id', 'in', [...ids])
      .orderBy('id', 'desc')
      .limit(200)
      .execute()
    const place = (id: string | null): number => ids.indexOf(id ?? '')
    const [nearest] = rows.sort((one, other) => place(other.message_id) - place(one.message_id))
    return nearest && this.conversation(nearest.company_id as CompanyId, nearest.conversation_id)
  }

  async conversations(filter: Parameters<MailChannelStore['conversations']>[0]): Promise<readonly MailConversation[]> {
    if (filter.accountIds.length === 0) return []
    let query = this.#db
      .selectFrom('mail_conversations')
      .selectAll()
      .where('company_id', '=', filter.companyId)
      .where('account_id', 'in', [...filter.accountIds])
    if (filter.states) query = query.where('state', 'in', [...filter.states])
    if (filter.customer !== undefined) query = query.where('customer', '=', filter.customer.toLowerCase())
    const [at, id] = (filter.before ?? '').split('.')
    if (at !== undefined && id !== undefined && Number.isFinite(Number(at)))
      query = query.where((eb) =>
        eb.or([eb('last_at_ms', '<', Number(at)), eb.and([eb('last_at_ms', '=', Number(at)), eb('id', '<', id)])]),
      )
    const rows = await query.orderBy('last_at_ms', 'desc').orderBy('id', 'desc').limit(filter.limit).execute()
    return rows.map(toConversation)
  }

  async open(limit: number, after = ''): Promise<readonly MailConversation[]> {
    const rows = await this.#db
      .selectFrom('mail_conversations')
      .selectAll()
      .where('state', '=', 'open')
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute()
    return rows.map(toConversation)
  }

  async mails(filter: Parameters<MailChannelStore['mails']>[0]): Promise<readonly ChannelMail[]> {
    let query = this.#db.selectFrom('channel_mails').selectAll().where('conversation_id', '=', filter.conversationId)
    if (filter.after !== undefined) query = query.where('id', '>', filter.after)
    return (await query.orderBy('id').limit(filter.limit).execute()).map(toChannelMail)
  }

  async mail(companyId: CompanyId, id: string): Promise<ChannelMail | undefined> {
    const row = await this.#db
      .selectFrom('channel_mails')
      .selectAll()
      .where('id', '=', id)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row && toChannelMail(row)
  }

  async latest(conversationId: MailConversationId, kind: ChannelMail['kind']): Promise<ChannelMail | undefined> {
    const row = await this.#db
      .selectFrom('channel_mails')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && toChannelMail(row)
  }

  lastIn(conversationId: MailConversationId, limit: number): Promise<readonly ChannelMail[]> {
    return this.#last(conversationId, ['in'], limit)
  }

  lastWritten(conversationId: MailConversationId, limit: number): Promise<readonly ChannelMail[]> {
    return this.#last(conversationId, ['out', 'note'], limit)
  }

  async #last(
    conversationId: MailConversationId,
    kinds: readonly ChannelMail['kind'][],
    limit: number,
  ): Promise<readonly ChannelMail[]> {
    const rows = await this.#db
      .selectFrom('channel_mails')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .where('kind', 'in', [...kinds])
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(toChannelMail)
  }

  async put(change: Parameters<MailChannelStore['put']>[0]): Promise<boolean> {
    const { conversation, mail, outgoing, withoutDraft, autoTo, events } = change
    const queries = [
      ...(conversation ? this.#putConversation(conversation) : []),
      ...(mail ? this.#putMail(mail, autoTo) : []),
      ...(outgoing ? [putMail(this.#db, outgoing)] : []),
      ...(withoutDraft && conversation ? [this.#withoutDraft(conversation.id, withoutDraft)] : []),
    ]
    return this.#unlessTaken(queries, events)
  }

  async underway(): Promise<readonly ChannelMail[]> {
    const rows = await this.#db
      .selectFrom('channel_mails')
      .selectAll()
      .where('delivery', 'in', underwayStates)
      .execute()
    return rows.map(toChannelMail)
  }

  async autoRepliedAtMs(accountId: MailAccountId, address: string): Promise<number | undefined> {
    const row = await this.#db
      .selectFrom('channel_mails')
      .select(({ fn }) => fn.max('at_ms').as('at'))
      .where('account_id', '=', accountId)
      .where('auto_to', '=', address)
      .executeTakeFirst()
    return row?.at === null || row?.at === undefined ? undefined : Number(row.at)
  }

  async autoReplies(accountId: MailAccountId, sinceMs: number): Promise<number> {
    const row = await this.#db
      .selectFrom('channel_mails')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('account_id', '=', accountId)
      .where('auto_to', 'is not', null)
      .where('at_ms', '>=', sinceMs)
      .executeTakeFirst()
    return Number(row?.count ?? 0)
  }

  async draft(conversationId: MailConversationId, userId: UserId): Promise<MailDraft | undefined> {
    const row = await this.#db
      .selectFrom('mail_drafts')
      .select('value')
      .where('conversation_id', '=', conversationId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return row && fromJson<MailDraft>(row.value)
  }

  async putDraft(draft: MailDraft, companyId: CompanyId): Promise<void> {
    const { conversationId, userId, files, atMs } = draft
    const value = toJson(draft)
    await this.#write(
      [
        this.#db
          .insertInto('mail_drafts')
          .values({ conversation_id: conversationId, user_id: userId, value })
          .onConflict((conflict) => conflict.columns(['conversation_id', 'user_id']).doUpdateSet({ value }))
          .compile(),
        ...files.map(({ file }) =>
          this.#db
            .insertInto('mail_files')
            .values({ file, company_id: companyId, conversation_id: conversationId, mail_id: null, at_ms: atMs })
            .onConflict((conflict) => conflict.column('file').doNothing())
            .compile(),
        ),
      ],
      [],
    )
  }

  async removeDraft(conversationId: MailConversationId, userId: UserId): Promise<void> {
    await this.#write([this.#withoutDraft(conversationId, userId)], [])
  }

  async forgetFiles(beforeMs: number): Promise<void> {
    const forget = this.#db.deleteFrom('mail_files').where('mail_id', 'is', null).where('at_ms', '<', beforeMs)
    await this.#write([forget.compile()], [])
  }

  /** @param files at most some hundred */
  async knownFiles(files: readonly string[]): Promise<ReadonlySet<string>> {
    if (files.length === 0) return new Set()
    const rows = await this.#db
      .selectFrom('mail_files')
      .select('file')
      .where('file', 'in', [...files])
      .execute()
    return new Set(rows.map(({ file }) => file))
  }

  #receipt({ accountId, key, fingerprint, isSettled, atMs }: MailReceipt, mailId?: string): CompiledQuery {
    return this.#db
      .insertInto('mail_receipts')
      .values({
        account_id: accountId,
        key,
        fingerprint,
        mail_id: mailId ?? null,
        settled: toFlag(isSettled),
        at_ms: atMs,
      })
      .compile()
  }

  /** Breaks a key when the revision is taken. */
  #putConversation(conversation: MailConversation): CompiledQuery[] {
    const { id, ...row } = conversationRow(conversation)
    const { revision } = conversation
    return [
      this.#db
        .insertInto('mail_conversations')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .compile(),
      this.#db
        .deleteFrom('mail_revisions')
        .where('conversation_id', '=', id)
        .where('revision', '<', revision)
        .compile(),
      this.#db.insertInto('mail_revisions').values({ conversation_id: id, revision }).compile(),
    ]
  }

  #putMail(mail: ChannelMail, autoTo?: string): CompiledQuery[] {
    const { id, auto_to, ...row } = mailRow(mail, autoTo)
    const { companyId: company_id, conversationId: conversation_id, atMs: at_ms } = mail
    return [
      this.#db
        .insertInto('channel_mails')
        .values({ id, auto_to: auto_to ?? null, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .compile(),
      ...filesOf(mail).map((file) =>
        this.#db
          .insertInto('mail_files')
          .values({ file, company_id, conversation_id, mail_id: id, at_ms })
          .onConflict((conflict) => conflict.column('file').doUpdateSet({ mail_id: id }))
          .compile(),
      ),
    ]
  }

  #withoutDraft(conversationId: MailConversationId, userId: UserId): CompiledQuery {
    return this.#db
      .deleteFrom('mail_drafts')
      .where('conversation_id', '=', conversationId)
      .where('user_id', '=', userId)
      .compile()
  }

  /** False: a key is taken, and nothing of it was written. */
  async #unlessTaken(queries: readonly CompiledQuery[], events: readonly LedgerEvent[]): Promise<boolean> {
    try {
      await this.#write(queries, events)
      return true
    } catch (error) {
      if (error instanceof DatabaseError && isTaken(error.message)) return false
      throw error
    }
  }

  async #write(queries: readonly CompiledQuery[], events: readonly LedgerEvent[]): Promise<void> {
    await this.#transactor.commit(
      queries.map((query) => this.#transactor.write(query)),
      events,
    )
  }
}

/** SQLite names the columns, PostgreSQL the constraint. */
const isTaken = (fault: string): boolean => /mail_receipts|mail_revisions/.test(fault) && /unique|primary/i.test(fault)

const contextOf = (id: string): string => `mail account ${id}`
