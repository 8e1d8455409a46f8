import type { CompanyId } from '@vaxel/base'
import type { KeptMail, LedgerEvent, MailsOf, MailState, MailStore } from '@vaxel/core'
import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import { fromJson, toJson } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

/** Mails in the database. */
export class StoredMails implements MailStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async add(mail: KeptMail): Promise<void> {
    const { row, created } = rowOf(mail)
    const insert = this.#db.insertInto('mails').values({ ...created, ...row })
    const once = insert.onConflict((conflict) => conflict.column('id').doNothing())
    await this.#transactor.commit([this.#transactor.write(once.compile())])
  }

  async put(mail: KeptMail, event?: LedgerEvent): Promise<void> {
    await this.#transactor.commit([this.#transactor.write(putMail(this.#db, mail))], event ? [event] : [])
  }

  async due(nowMs: number, limit: number, whose?: MailsOf): Promise<KeptMail[]> {
    const rows = await this.#waiting(whose)
      .selectAll()
      .where('at_ms', '<=', nowMs)
      .orderBy('at_ms')
      .limit(limit)
      .execute()
    return rows.map(toMail)
  }

  async nextDueMs(whose?: MailsOf): Promise<number | undefined> {
    const row = await this.#waiting(whose)
      .select(({ fn }) => fn.min('at_ms').as('at'))
      .executeTakeFirst()
    return row?.at === null || row?.at === undefined ? undefined : Number(row.at)
  }

  #waiting(whose: MailsOf | undefined) {
    const waiting = this.#db.selectFrom('mails').where('state', '=', 'waiting')
    return whose === undefined ? waiting : waiting.where('more', whose === 'via' ? 'like' : 'not like', '%,"via":"%')
  }

  async interrupted(): Promise<KeptMail[]> {
    return (await this.#db.selectFrom('mails').selectAll().where('state', '=', 'sending').execute()).map(toMail)
  }

  async find(companyId: CompanyId, id: string): Promise<KeptMail | undefined> {
    const row = await this.#db
      .selectFrom('mails')
      .selectAll()
      .where('id', '=', id)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row && toMail(row)
  }

  async list(companyId: CompanyId, limit: number): Promise<KeptMail[]> {
    const rows = await this.#db
      .selectFrom('mails')
      .selectAll()
      .where('company_id', '=', companyId)
      .orderBy('created_at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(toMail)
  }

  async open(companyId: CompanyId): Promise<number> {
    const row = await this.#db
      .selectFrom('mails')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('company_id', '=', companyId)
      .where('state', '!=', 'sent')
      .executeTakeFirst()
    return Number(row?.count ?? 0)
  }

  async remove(companyId: CompanyId, id: string): Promise<boolean> {
    if (!(await this.find(companyId, id))) return false
    await this.#transactor.commit([this.#transactor.write(this.#db.deleteFrom('mails').where('id', '=', id).compile())])
    return true
  }

  async forgetSent(beforeMs: number): Promise<void> {
    const remove = this.#db.deleteFrom('mails').where('state', '=', 'sent').where('at_ms', '<', beforeMs).compile()
    await this.#transactor.commit([this.#transactor.write(remove)])
  }
}

/** Writes a mail of the outbox, for whoever writes more in the same commit. */
export function putMail(db: Kysely<Schema>, mail: KeptMail): CompiledQuery {
  const { row, created } = rowOf(mail)
  return db
    .insertInto('mails')
    .values({ ...created, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .compile()
}

/** What changes of a mail, and what does not. */
function rowOf({ id, companyId, state, atMs, createdAtMs, ...more }: KeptMail) {
  return {
    row: { state, at_ms: atMs, more: toJson(more) },
    created: { id, company_id: companyId, created_at_ms: createdAtMs },
  }
}

function toMail(row: Selectable<Schema['mails']>): KeptMail {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    state: row.state as MailState,
    atMs: Number(row.at_ms),
    createdAtMs: Number(row.created_at_ms),
    ...fromJson<Pick<KeptMail, 'to' | 'subject' | 'text' | 'attachments' | 'via' | 'messageId' | 'tries' | 'fault'>>(
      row.more,
    ),
  }
}
