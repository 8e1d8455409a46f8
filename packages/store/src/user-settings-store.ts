import type { UserId } from '@vaxel/base'
import type { UserSettingKind, UserSettingKinds, UserSettings } from '@vaxel/core'
import type { Kysely } from 'kysely'
import { fromJson, toJson } from './rows/columns.ts'
import type { Schema } from './schema.ts'
import type { Transactor } from './transactor.ts'

type Kept = Partial<{ [Kind in UserSettingKind]: UserSettingKinds[Kind] }>

/** Users' own settings in memory and in the database. */
export class StoredUserSettings implements UserSettings {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #ofUser = new Map<UserId, Kept>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async load(): Promise<void> {
    const rows = await this.#db.selectFrom('user_settings').select(['user_id', 'kind', 'value']).execute()
    for (const { user_id, kind, value } of rows)
      this.#keep(user_id as UserId, kind as UserSettingKind, fromJson<UserSettingKinds[UserSettingKind]>(value))
  }

  get<Kind extends UserSettingKind>(userId: UserId, kind: Kind): UserSettingKinds[Kind] | undefined {
    return this.#ofUser.get(userId)?.[kind]
  }

  async put<Kind extends UserSettingKind>(change: Parameters<UserSettings['put']>[0] & { kind: Kind }): Promise<void> {
    const { userId, companyId, kind, value, event } = change
    const of = { user_id: userId, kind }
    const query =
      value === undefined
        ? this.#db.deleteFrom('user_settings').where('user_id', '=', userId).where('kind', '=', kind).compile()
        : this.#db
            .insertInto('user_settings')
            .values({ ...of, company_id: companyId, value: toJson(value) })
            .onConflict((conflict) => conflict.columns(['user_id', 'kind']).doUpdateSet({ value: toJson(value) }))
            .compile()
    const before = this.get(userId, kind)
    // At once, so that two changes in a row do not undo each other.
    this.#keep(userId, kind, value)
    try {
      await this.#transactor.commit([this.#transactor.write(query)], event ? [event] : [])
    } catch (error) {
      if (this.get(userId, kind) === value) this.#keep(userId, kind, before)
      throw error
    }
  }

  /** Forgets who is gone; the database has removed their settings with them. */
  forgetUsers(isGone: (userId: UserId) => boolean): void {
    for (const userId of [...this.#ofUser.keys()]) if (isGone(userId)) this.#ofUser.delete(userId)
  }

  #keep(userId: UserId, kind: UserSettingKind, value: UserSettingKinds[UserSettingKind] | undefined): void {
    const { [kind]: _, ...rest } = this.#ofUser.get(userId) ?? {}
    this.#ofUser.set(userId, value === undefined ? rest : { ...rest, [kind]: value })
  }
}
