import type { CompanyId, Refusal } from '@vaxel/base'
import type { Photo, PhotoOf, PhotoStore } from '@vaxel/core'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Transactor } from '../transactor.ts'
import { commitPeople } from './database-away.ts'

interface Known {
  readonly companyId: string
  readonly tag: string
  readonly sizeBytes: number
}

/** Photos in the database, as text in base 64; their tags in memory, since every list of people asks for them. */
export class StoredPhotos implements PhotoStore {
  readonly #db: Kysely<Schema>
  readonly #transactor: Transactor
  readonly #known = new Map<string, Known>()
  readonly #bytesOf = new Map<string, number>()

  constructor({ db, transactor }: { db: Kysely<Schema>; transactor: Transactor }) {
    this.#db = db
    this.#transactor = transactor
  }

  async load(): Promise<void> {
    const rows = await this.#db.selectFrom('photos').select(['card_id', 'company_id', 'tag', 'size_bytes']).execute()
    for (const { card_id, company_id, tag, size_bytes } of rows)
      this.#keep(card_id, { companyId: company_id, tag, sizeBytes: size_bytes })
  }

  tagOf(cardId: string): string | undefined {
    return this.#known.get(cardId)?.tag
  }

  bytesOf(companyId: CompanyId): number {
    return this.#bytesOf.get(companyId) ?? 0
  }

  async read(companyId: CompanyId, cardId: string): Promise<Photo | undefined> {
    if (!this.#known.has(cardId)) return undefined
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
          size_bytes: photo.bytes.length,
          content: Buffer.from(photo.bytes).toString('base64'),
        })
        .compile()
    const refusal = await commitPeople(this.#transactor, insert ? [remove, insert] : [remove])
    if (refusal) return refusal
    this.#keep(cardId, photo && { companyId, tag: photo.tag, sizeBytes: photo.bytes.length })
    return undefined
  }

  forget(cardIds: Iterable<string>): void {
    for (const id of cardIds) this.#keep(id, undefined)
  }

  #keep(cardId: string, now: Known | undefined): void {
    const before = this.#known.get(cardId)
    if (before) this.#count(before.companyId, -before.sizeBytes)
    if (now) {
      this.#known.set(cardId, now)
      this.#count(now.companyId, now.sizeBytes)
    } else this.#known.delete(cardId)
  }

  #count(companyId: string, bytes: number): void {
    this.#bytesOf.set(companyId, (this.#bytesOf.get(companyId) ?? 0) + bytes)
  }
}
