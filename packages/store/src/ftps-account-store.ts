import type { CompanyId } from '@vaxel/base'
import type { FtpsAccount, FtpsAccountStore, LedgerEvent } from '@vaxel/core'
import type { Kysely } from 'kysely'
import { fromJson, toJson } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

const prefix = 'ftps-accounts '
const nameOf = (companyId: CompanyId): string => `${prefix}${companyId}`

/** A company's few accounts are one setting of the installation; they go when the company does. */
export class StoredFtpsAccounts implements FtpsAccountStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #ofCompany = new Map<CompanyId, readonly FtpsAccount[]>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async load(): Promise<void> {
    const rows = await this.#db.selectFrom('settings').selectAll().where('name', 'like', `${prefix}%`).execute()
    for (const { name, value } of rows)
      this.#ofCompany.set(name.slice(prefix.length) as CompanyId, fromJson<readonly FtpsAccount[]>(value))
  }

  ofCompany(companyId: CompanyId): readonly FtpsAccount[] {
    return this.#ofCompany.get(companyId) ?? []
  }

  find(companyId: CompanyId, id: string): FtpsAccount | undefined {
    return this.ofCompany(companyId).find((account) => account.id === id)
  }

  async put(account: FtpsAccount, event?: LedgerEvent): Promise<void> {
    const others = this.ofCompany(account.companyId).filter(({ id }) => id !== account.id)
    const next = [...others, account].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    await this.#write(account.companyId, next, event)
  }

  async remove({ companyId, id }: FtpsAccount, event: LedgerEvent): Promise<void> {
    await this.#write(
      companyId,
      this.ofCompany(companyId).filter((account) => account.id !== id),
      event,
    )
  }

  /** Removes the accounts of companies that are gone. */
  forget(isGone: (companyId: CompanyId) => boolean): void {
    for (const companyId of [...this.#ofCompany.keys()]) {
      if (!isGone(companyId)) continue
      // A fault leaves them in the database, where they open nothing: their company is not there.
      this.#write(companyId, [], undefined).catch(() => {})
    }
  }

  /** What is in memory changes at once, so that two changes in a row do not undo each other. */
  async #write(companyId: CompanyId, accounts: readonly FtpsAccount[], event: LedgerEvent | undefined): Promise<void> {
    if (accounts.length === 0) this.#ofCompany.delete(companyId)
    else this.#ofCompany.set(companyId, accounts)
    const value = toJson(accounts)
    const query =
      accounts.length === 0
        ? this.#db.deleteFrom('settings').where('name', '=', nameOf(companyId)).compile()
        : this.#db
            .insertInto('settings')
            .values({ name: nameOf(companyId), value })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
            .compile()
    await this.#transactor.commit([this.#transactor.write(query)], event ? [event] : [])
  }
}
