import type { CompanyId, Refusal } from '@vaxel/base'
import type {
  DirectoryProgress,
  ExternalDirectory,
  ExternalDirectoryId,
  ExternalDirectoryStore,
  KnownEntry,
  LedgerEvent,
} from '@vaxel/core'
import type { CompiledQuery, Kysely } from 'kysely'
import type { SecretBox } from '../configuration/secret-box.ts'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { putContact } from './contact-store.ts'
import { commitPeople } from './database-away.ts'

interface Kept {
  readonly directory: ExternalDirectory
  readonly sealed: string | null
  readonly progress: DirectoryProgress
}

const nothingYet: DirectoryProgress = { contacts: 0 }
const atOnce = 500

/** Directories of others in the database: they and their progress in memory, their entries not. */
export class StoredExternalDirectories implements ExternalDirectoryStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #box: SecretBox
  readonly #kept = new Map<string, Kept>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#box = options.box
  }

  async load(): Promise<void> {
    for (const row of await this.#db.selectFrom('external_directories').selectAll().orderBy('id').execute())
      this.#kept.set(row.id, {
        directory: {
          ...fromJson<ExternalDirectory>(row.settings),
          id: row.id as ExternalDirectoryId,
          companyId: row.company_id as CompanyId,
        },
        sealed: row.sealed,
        progress: fromJson<DirectoryProgress>(row.progress),
      })
  }

  /** Forgets those of companies that are gone; the database has removed them with them. */
  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const [id, { directory }] of this.#kept) if (isCompanyGone(directory.companyId)) this.#kept.delete(id)
  }

  all(): readonly ExternalDirectory[] {
    return [...this.#kept.values()].map(({ directory }) => directory)
  }

  ofCompany(companyId: CompanyId): readonly ExternalDirectory[] {
    return this.all().filter((directory) => directory.companyId === companyId)
  }

  find(companyId: CompanyId, id: string): ExternalDirectory | undefined {
    const directory = this.#kept.get(id)?.directory
    return directory?.companyId === companyId ? directory : undefined
  }

  password(id: ExternalDirectoryId): string | undefined {
    const sealed = this.#kept.get(id)?.sealed
    return sealed ? this.#box.open(sealed, contextOf(id)) : undefined
  }

  progress(id: ExternalDirectoryId): DirectoryProgress {
    return this.#kept.get(id)?.progress ?? nothingYet
  }

  async put(
    directory: ExternalDirectory,
    password: string | undefined,
    event: LedgerEvent,
    progress = this.progress(directory.id),
  ): Promise<Refusal | undefined> {
    const { id, companyId, ...settings } = directory
    const sealed = password === undefined ? null : this.#box.seal(password, contextOf(id))
    const row = { sealed, settings: toJson(settings), progress: toJson(progress) }
    const query = this.#db
      .insertInto('external_directories')
      .values({ id, company_id: companyId, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .compile()
    const refusal = await commitPeople(this.#transactor, [query], [event])
    if (!refusal) this.#kept.set(id, { directory, sealed, progress })
    return refusal
  }

  async remove({ id }: ExternalDirectory, event: LedgerEvent): Promise<Refusal | undefined> {
    const query = this.#db.deleteFrom('external_directories').where('id', '=', id).compile()
    const refusal = await commitPeople(this.#transactor, [query], [event])
    if (!refusal) this.#kept.delete(id)
    return refusal
  }

  async putProgress(
    id: ExternalDirectoryId,
    progress: DirectoryProgress,
    events: readonly LedgerEvent[] = [],
  ): Promise<Refusal | undefined> {
    const kept = this.#kept.get(id)
    if (!kept) return undefined
    const query = this.#db
      .updateTable('external_directories')
      .set({ progress: toJson(progress) })
      .where('id', '=', id)
      .compile()
    const refusal = await commitPeople(this.#transactor, [query], events)
    if (!refusal) this.#kept.set(id, { ...this.#kept.get(id)!, progress })
    return refusal
  }

  async known(id: ExternalDirectoryId, keys: readonly string[]): Promise<ReadonlyMap<string, KnownEntry>> {
    const known = new Map<string, KnownEntry>()
    for (let at = 0; at < keys.length; at += atOnce) {
      const rows = await this.#db
        .selectFrom('external_entries')
        .select(['key', 'contact_id', 'digest', 'marker'])
        .where('directory_id', '=', id)
        .where('key', 'in', keys.slice(at, at + atOnce))
        .execute()
      for (const row of rows) known.set(row.key, toEntry(row))
    }
    return known
  }

  async entries(
    id: ExternalDirectoryId,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<readonly KnownEntry[]> {
    let query = this.#db
      .selectFrom('external_entries')
      .select(['key', 'contact_id', 'digest', 'marker'])
      .where('directory_id', '=', id)
      .orderBy('key')
      .limit(limit)
    if (after !== undefined) query = query.where('key', '>', after)
    return (await query.execute()).map(toEntry)
  }

  async count(id: ExternalDirectoryId): Promise<number> {
    const { count } = await this.#db
      .selectFrom('external_entries')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('directory_id', '=', id)
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  write(
    id: ExternalDirectoryId,
    { put = [], seen = [], remove = [] }: Parameters<ExternalDirectoryStore['write']>[1],
  ): Promise<Refusal | undefined> {
    const queries = [
      ...put.flatMap(({ contact, entry }) => [putContact(this.#db, contact), this.#putEntry(id, entry)]),
      ...seen.map((entry) => this.#putEntry(id, entry)),
      // The entry goes with its contact.
      ...remove.map(({ contactId }) => this.#db.deleteFrom('contacts').where('id', '=', contactId).compile()),
    ]
    return commitPeople(this.#transactor, queries)
  }

  #putEntry(id: ExternalDirectoryId, { key, contactId, digest, marker }: KnownEntry): CompiledQuery {
    const row = { contact_id: contactId, digest, marker: marker ?? null }
    return this.#db
      .insertInto('external_entries')
      .values({ directory_id: id, key, ...row })
      .onConflict((conflict) => conflict.columns(['directory_id', 'key']).doUpdateSet(row))
      .compile()
  }
}

const contextOf = (id: ExternalDirectoryId): string => `external-directory ${id}`

const toEntry = (row: {
  readonly key: string
  readonly contact_id: string
  readonly digest: string
  readonly marker: string | null
}): KnownEntry => ({
  key: row.key,
  contactId: row.contact_id,
  digest: row.digest,
  ...(row.marker === null ? {} : { marker: row.marker }),
})
