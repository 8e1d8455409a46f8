import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import type { Favourites, FavouriteStore } from '@vaxel/core'
import type { Kysely } from 'kysely'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { commitPeople } from './database-away.ts'

const none: Favourites = { cardIds: [], groups: [] }

/** What each user keeps at hand: one row, read and written whole, so that its order is one thing. */
export class StoredFavourites implements FavouriteStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor({ db, transactor }: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = db
    this.#transactor = transactor
  }

  async read(userId: UserId): Promise<Favourites> {
    const row = await this.#db.selectFrom('favourites').select('value').where('user_id', '=', userId).executeTakeFirst()
    return row ? fromJson<Favourites>(row.value) : none
  }

  write(
    { id, companyId }: { readonly id: UserId; readonly companyId: CompanyId },
    favourites: Favourites,
  ): Promise<Refusal | undefined> {
    const value = toJson(favourites)
    const upsert = this.#db
      .insertInto('favourites')
      .values({ user_id: id, company_id: companyId, value })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ value }))
      .compile()
    return commitPeople(this.#transactor, [upsert])
  }
}
