import type { CompanyId, UserId } from '@vaxel/base'
import type {
  LedgerEvent,
  Mailbox,
  MailboxCounts,
  MailboxId,
  VoicemailStore,
  VoiceMessage,
  VoiceMessageId,
  VoiceMessageState,
} from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { fromMailbox, fromVoiceMessage, toMailbox, toVoiceMessage } from './voicemail-rows.ts'

const nothing: MailboxCounts = { newMessages: 0, savedMessages: 0, usedMs: 0 }

/** Mailboxes and their counts in memory, messages in the database. */
export class StoredVoicemail implements VoicemailStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #boxes = new Map<MailboxId, Mailbox>()
  readonly #counts = new Map<MailboxId, MailboxCounts>()
  /** Whose counts could not be asked for when they changed: the journal has the change, the database will. */
  readonly #stale = new Set<MailboxId>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async load(): Promise<void> {
    for (const row of await this.#db.selectFrom('mailboxes').selectAll().execute()) {
      const box = toMailbox(row)
      this.#boxes.set(box.id, box)
    }
    await this.#count()
  }

  mailbox(id: MailboxId): Mailbox | undefined {
    return this.#boxes.get(id)
  }

  mailboxesOf(companyId: CompanyId): readonly Mailbox[] {
    return [...this.#boxes.values()].filter((box) => box.companyId === companyId)
  }

  all(): Iterable<Mailbox> {
    return this.#boxes.values()
  }

  async putMailbox(box: Mailbox, event?: LedgerEvent): Promise<void> {
    const row = fromMailbox(box)
    const put = this.#db
      .insertInto('mailboxes')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ more: row.more }))
      .compile()
    const before = this.#boxes.get(box.id)
    // At once, so that two changes in a row do not undo each other.
    this.#boxes.set(box.id, box)
    try {
      await this.#transactor.commit([this.#transactor.write(put)], event ? [event] : [])
    } catch (error) {
      if (this.#boxes.get(box.id) === box) this.#show(box.id, before)
      throw error
    }
  }

  async removeMailbox(id: MailboxId, event?: LedgerEvent): Promise<void> {
    const remove = this.#db.deleteFrom('mailboxes').where('id', '=', id).compile()
    const [before, counts] = [this.#boxes.get(id), this.#counts.get(id)]
    this.#boxes.delete(id)
    this.#counts.delete(id)
    try {
      await this.#transactor.commit([this.#transactor.write(remove)], event ? [event] : [])
    } catch (error) {
      this.#show(id, before)
      if (counts) this.#counts.set(id, counts)
      throw error
    }
  }

  #show(id: MailboxId, box: Mailbox | undefined): void {
    if (box) this.#boxes.set(id, box)
    else this.#boxes.delete(id)
  }

  /** Forgets whose person or company is gone; the database has removed them. */
  forget(isUserGone: (userId: UserId) => boolean, isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const { id, userId, companyId } of [...this.#boxes.values()])
      if ((userId !== undefined && isUserGone(userId)) || isCompanyGone(companyId)) {
        this.#boxes.delete(id)
        this.#counts.delete(id)
      }
  }

  counts(id: MailboxId): MailboxCounts {
    return this.#counts.get(id) ?? nothing
  }

  async put(message: VoiceMessage, event?: LedgerEvent): Promise<void> {
    const row = fromVoiceMessage(message)
    const { id: _, box_id: __, company_id: ___, ...changing } = row
    const put = this.#db
      .insertInto('voice_messages')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
      .compile()
    await this.#transactor.commit([this.#transactor.write(put)], event ? [event] : [])
    await this.#recount(message.boxId)
  }

  async remove({ id, boxId }: VoiceMessage, event?: LedgerEvent): Promise<void> {
    const remove = this.#db.deleteFrom('voice_messages').where('id', '=', id).compile()
    await this.#transactor.commit([this.#transactor.write(remove)], event ? [event] : [])
    await this.#recount(boxId)
  }

  async find(boxId: MailboxId, id: VoiceMessageId): Promise<VoiceMessage | undefined> {
    const row = await this.#db
      .selectFrom('voice_messages')
      .selectAll()
      .where('id', '=', id)
      .where('box_id', '=', boxId)
      .executeTakeFirst()
    return row && toVoiceMessage(row)
  }

  async list(filter: {
    boxId: MailboxId
    states: readonly VoiceMessageState[]
    before?: VoiceMessageId
    limit: number
  }): Promise<readonly VoiceMessage[]> {
    if (this.#stale.has(filter.boxId)) await this.#recount(filter.boxId)
    let query = this.#db
      .selectFrom('voice_messages')
      .selectAll()
      .where('box_id', '=', filter.boxId)
      .where('state', 'in', [...filter.states])
    if (filter.before !== undefined) query = query.where('id', '<', filter.before)
    return (await query.orderBy('id', 'desc').limit(filter.limit).execute()).map(toVoiceMessage)
  }

  async unfinished(): Promise<readonly VoiceMessage[]> {
    const rows = await this.#db.selectFrom('voice_messages').selectAll().where('state', '=', 'recording').execute()
    return rows.map(toVoiceMessage)
  }

  async older(filter: {
    state: VoiceMessageState
    beforeMs: number
    boxId?: MailboxId
    limit: number
  }): Promise<readonly VoiceMessage[]> {
    let query = this.#db
      .selectFrom('voice_messages')
      .selectAll()
      .where('state', '=', filter.state)
      .where('at_ms', '<', filter.beforeMs)
    if (filter.boxId !== undefined) query = query.where('box_id', '=', filter.boxId)
    return (await query.orderBy('at_ms').limit(filter.limit).execute()).map(toVoiceMessage)
  }

  /** @param files of one folder, at most some hundred */
  async knownFiles(files: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>()
    for (const { greetings } of this.#boxes.values()) for (const { file } of greetings) known.add(file)
    if (files.length === 0) return known
    const rows = await this.#db
      .selectFrom('voice_messages')
      .select(['file', 'comment_file'])
      .where((eb) => eb.or([eb('file', 'in', [...files]), eb('comment_file', 'in', [...files])]))
      .execute()
    for (const { file, comment_file } of rows) {
      known.add(file)
      if (comment_file !== null) known.add(comment_file)
    }
    return known
  }

  /** What was written is durable whatever becomes of this. */
  async #recount(boxId: MailboxId): Promise<void> {
    this.#stale.add(boxId)
    try {
      await this.#count(boxId)
      if (!this.#transactor.isStandIn) this.#stale.delete(boxId)
    } catch {
      // Asked again when somebody looks.
    }
  }

  async #count(boxId?: MailboxId): Promise<void> {
    let query = this.#db
      .selectFrom('voice_messages')
      .select(({ fn }) => ['box_id', 'state', fn.countAll().as('count'), fn.sum('duration_ms').as('ms')])
      .where('state', 'in', ['new', 'saved'])
    if (boxId !== undefined) query = query.where('box_id', '=', boxId)
    const rows = await query.groupBy(['box_id', 'state']).execute()
    if (boxId !== undefined) this.#counts.delete(boxId)
    for (const { box_id, state, count, ms } of rows) {
      const id = box_id as MailboxId
      const before = this.#counts.get(id) ?? nothing
      this.#counts.set(id, {
        ...before,
        [state === 'new' ? 'newMessages' : 'savedMessages']: Number(count),
        usedMs: before.usedMs + Number(ms),
      })
    }
  }
}
