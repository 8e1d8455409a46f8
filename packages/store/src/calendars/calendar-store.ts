import type { CompanyId, UserId } from '@vaxel/base'
import type { CalendarAccess, CalendarAccount, CalendarStore, LedgerEvent } from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { SecretBox } from '../configuration/secret-box.ts'
import { fromJson, toJson } from '../rows/columns.ts'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'

interface Kept {
  readonly account: CalendarAccount
  readonly sealed: string
}

/** Calendars of people in the database and in memory; what opens them is sealed in both. */
export class StoredCalendars implements CalendarStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #box: SecretBox
  readonly #kept = new Map<UserId, Kept>()

  constructor(options: { db: Kysely<Schema>; transactor: Transactor; box: SecretBox }) {
    this.#db = options.db
    this.#transactor = options.transactor
    this.#box = options.box
  }

  async load(): Promise<void> {
    for (const { user_id, company_id, sealed, more } of await this.#db.selectFrom('calendars').selectAll().execute()) {
      const userId = user_id as UserId
      const rest = fromJson<Omit<CalendarAccount, 'userId' | 'companyId'>>(more)
      this.#kept.set(userId, { account: { userId, companyId: company_id as CompanyId, ...rest }, sealed })
    }
  }

  /** Forgets the calendars of people who are gone; the database has removed them with them. */
  forgetUsers(isGone: (userId: UserId) => boolean): void {
    for (const userId of [...this.#kept.keys()]) if (isGone(userId)) this.#kept.delete(userId)
  }

  of(userId: UserId): CalendarAccount | undefined {
    return this.#kept.get(userId)?.account
  }

  ofCompany(companyId: CompanyId): readonly CalendarAccount[] {
    return this.all().filter((account) => account.companyId === companyId)
  }

  all(): readonly CalendarAccount[] {
    return [...this.#kept.values()].map(({ account }) => account)
  }

  access(userId: UserId): CalendarAccess | undefined {
    const kept = this.#kept.get(userId)
    return kept && fromJson<CalendarAccess>(this.#box.open(kept.sealed, contextOf(userId)))
  }

  async put(account: CalendarAccount, access: CalendarAccess, event: LedgerEvent): Promise<void> {
    const { userId, companyId, ...more } = account
    const sealed = this.#box.seal(toJson(access), contextOf(userId))
    const row = { sealed, more: toJson(more) }
    const query = this.#db
      .insertInto('calendars')
      .values({ user_id: userId, company_id: companyId, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .compile()
    await this.#transactor.commit([this.#transactor.write(query)], [event], () =>
      this.#kept.set(userId, { account, sealed }),
    )
  }

  async remove({ userId }: CalendarAccount, event: LedgerEvent): Promise<void> {
    const query = this.#db.deleteFrom('calendars').where('user_id', '=', userId).compile()
    await this.#transactor.commit([this.#transactor.write(query)], [event], () => this.#kept.delete(userId))
  }
}

const contextOf = (userId: UserId): string => `calendar ${userId}`
