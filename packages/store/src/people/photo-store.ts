import type { CompanyId, Refusal } from '@vaxel/base'
import type { Photo, PhotoOf, PhotoStore } from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { commitPeople } from './database-away.ts'

/** Photos in the database, as text in base 64; their tags in memory, since every list of people asks for them. */
export class StoredPhotos implements PhotoStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #tags = new Map<string, string>()

  constructor({ db, transactor }: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = db
    this.#transactor = transactor
  }

  async load(): Promise<void> {
    for (const row of await this.#db.selectFrom('photos').select(['card_id', 'tag']).execute())
      this.#tags.set(row.card_id, row.tag)
  }

  tagOf(cardId: string): string | undefined {
    return this.#tags.get(cardId)
  }

  async read(companyId: CompanyId, cardId: string): Promise<Photo | undefined> {
    if (!this.#tags.has(cardId)) return undefined
    const row = await this.#db
      .selectFrom('photos')
      .select(['media_type', 'tag', 'content'])
      .where('card_id', '=', cardId)
      .where('company_id', '=', companyId)
      .executeTakeFirst()
    return row && { mediaType: row.media_type, tag: row.tag, bytes: Buffer.from(row.content, 'base64') }
  }

  async put({ companyId, cardId, isUser }: PhotoOf, photo: Photo | undefined): Promise<Refusal | undefined> {
    const remove = this.#db.deleteFrom('photos').where('card_id', '=', cardId).compile()
    const insert =
      photo &&
      this.#db
        .insertInto('photos')
        .values({
          card_id: cardId,
          company_id: companyId,
          user_id: isUser ? cardId : null,
          contact_id: isUser ? null : cardId,
          media_type: photo.mediaType,
          tag: photo.tag,
          content: Buffer.from(photo.bytes).toString('base64'),
        })
        .compile()
    const refusal = await commitPeople(this.#transactor, insert ? [remove, insert] : [remove])
    if (refusal) return refusal
    if (photo) this.#tags.set(cardId, photo.tag)
    else this.#tags.delete(cardId)
    return undefined
  }

  forget(cardIds: Iterable<string>): void {
    for (const id of cardIds) this.#tags.delete(id)
  }
}
