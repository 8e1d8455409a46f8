import type { CompanyId } from '@vaxel/base'
import type { AgeEraser, ErasedSome } from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { underwayStates } from './mail-channel-store.ts'

/** Erases conversations by mail that are done, some at a time. Their files go when {@link SealedMailFiles} finds no row for them. */
export class StoredMailEraser implements AgeEraser {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor

  constructor(options: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = options.db
    this.#transactor = options.transactor
  }

  async eraseBefore(
    companyId: CompanyId,
    { beforeMs, limit }: Parameters<AgeEraser['eraseBefore']>[1],
  ): Promise<ErasedSome> {
    const rows = await this.#db
      .selectFrom('mail_conversations')
      .select('id')
      .where('company_id', '=', companyId)
      .where('state', 'in', ['answered', 'closed', 'spam'])
      .where('last_at_ms', '<', beforeMs)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('channel_mails')
              .select('channel_mails.id')
              .whereRef('channel_mails.conversation_id', '=', 'mail_conversations.id')
              .where('channel_mails.delivery', 'in', underwayStates),
          ),
        ),
      )
      .orderBy('last_at_ms')
      .limit(limit)
      .execute()
    // One to which a mail has come meanwhile stays.
    const writes = rows.map(({ id }) =>
      this.#db
        .deleteFrom('mail_conversations')
        .where('id', '=', id)
        .where('state', '<>', 'open')
        .where('last_at_ms', '<', beforeMs),
    )
    if (writes.length > 0) await this.#transactor.commit(writes.map((query) => this.#transactor.write(query.compile())))
    return { erased: rows.length, ...(rows.length === limit ? { after: 'mails' } : {}) }
  }
}
