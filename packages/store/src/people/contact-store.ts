import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import type { Contact, ContactsOf, ContactStore, LedgerEvent } from '@vaxel/core'
import type { CompiledQuery, Insertable, Kysely } from 'kysely'
import type { OpenDatabase } from '../database.ts'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { commitPeople } from './database-away.ts'

const columns = ['id', 'company_id', 'owner_id', 'name', 'changed_at_ms', 'more'] as const
/** As the columns are selected. */
type ContactRow = readonly [
  id: string,
  companyId: string,
  ownerId: string | null,
  name: string,
  changedAtMs: number,
  more: string,
]
const mostRows = 1000

/** Contacts in the database. Reading is for single ones and pages; what is searched is in memory elsewhere. */
export class StoredContacts implements ContactStore {
  readonly #db: Kysely<Schema>
  readonly #each: OpenDatabase['each']
  readonly #transactor: Transactor

  constructor({ db, each, transactor }: Pick<OpenDatabase, 'db' | 'each'> & { transactor: Transactor }) {
    this.#db = db
    this.#each = each
    this.#transactor = transactor
  }

  async each(take: (contacts: readonly Contact[]) => void): Promise<void> {
    const all = this.#db.selectFrom('contacts').select(columns).orderBy('id').compile()
    await this.#each(all, (rows) => take((rows as unknown as ContactRow[]).map(toContact)))
  }

  async read(companyId: CompanyId, id: string): Promise<Contact | undefined> {
    const row = await this.#db
      .selectFrom('contacts')
      .select(columns)
      .where('id', '=', id)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row && fromRow(row)
  }

  async list(
    { companyId, ownerId }: ContactsOf,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<readonly Contact[]> {
    let query = this.#db
      .selectFrom('contacts')
      .select(columns)
      .where('company_id', '=', companyId)
      .where('owner_id', ownerId === undefined ? 'is' : '=', ownerId ?? null)
      .orderBy('id')
      .limit(Math.min(limit, mostRows))
    if (after !== undefined) query = query.where('id', '>', after)
    return (await query.execute()).map(fromRow)
  }

  async count({ companyId, ownerId }: ContactsOf): Promise<number> {
    const { count } = await this.#db
      .selectFrom('contacts')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('company_id', '=', companyId)
      .where('owner_id', ownerId === undefined ? 'is' : '=', ownerId ?? null)
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  change(
    { put = [], remove = [] }: Parameters<ContactStore['change']>[0],
    events: readonly LedgerEvent[],
  ): Promise<Refusal | undefined> {
    const queries = [
      ...put.map((contact) => putContact(this.#db, contact)),
      ...remove.map(({ id, companyId }) =>
        this.#db.deleteFrom('contacts').where('id', '=', id).where('company_id', '=', companyId).compile(),
      ),
    ]
    return commitPeople(this.#transactor, queries, events)
  }
}

/** Writes a contact, or what has changed of it; never whose it is. */
export function putContact(db: Kysely<Schema>, contact: Contact): CompiledQuery {
  const { name, changed_at_ms, more } = toRow(contact)
  return db
    .insertInto('contacts')
    .values(toRow(contact))
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, changed_at_ms, more }))
    .compile()
}

function toRow({ id, companyId, ownerId, name, changedAtMs, ...more }: Contact): Insertable<Schema['contacts']> {
  return {
    id,
    company_id: companyId,
    owner_id: ownerId ?? null,
    name,
    changed_at_ms: changedAtMs,
    more: toJson(more),
  }
}

function toContact([id, companyId, ownerId, name, changedAtMs, more]: ContactRow): Contact {
  return {
    ...fromJson<Pick<Contact, 'numbers'>>(more),
    id,
    companyId: companyId as CompanyId,
    ...(ownerId === null ? {} : { ownerId: ownerId as UserId }),
    name,
    changedAtMs: Number(changedAtMs),
  }
}

const fromRow = (row: Pick<Schema['contacts'], (typeof columns)[number]>): Contact =>
  toContact([row.id, row.company_id, row.owner_id, row.name, row.changed_at_ms, row.more])
