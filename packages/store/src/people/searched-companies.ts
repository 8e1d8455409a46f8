import type { ContactsOf, DirectoryAnswer, DirectoryQuery } from '@vaxel/core'
import {
  type DirectoryCard,
  DirectoryIndex,
  mostInSegment,
  parseQuery,
  searchParts,
} from '@vaxel/core/directory-search'
import { contactsKey } from './known-numbers.ts'
import type { Who } from './search-messages.ts'

/** An index for what each company shares, and one for the personal contacts of each user: nobody is in another's. */
export class SearchedCompanies {
  readonly #indexes = new Map<string, DirectoryIndex>()
  readonly #loading = new Map<string, DirectoryCard[]>()

  load(of: ContactsOf, cards: readonly DirectoryCard[]): void {
    const key = contactsKey(of)
    const waiting = this.#loading.get(key) ?? []
    for (const card of cards) waiting.push(card)
    this.#loading.set(key, waiting)
    if (waiting.length >= mostInSegment) this.#index(key).load(waiting.splice(0, mostInSegment))
  }

  loaded(): void {
    for (const [key, cards] of this.#loading) this.#index(key).load(cards)
    this.#loading.clear()
  }

  put(of: ContactsOf, cards: readonly DirectoryCard[]): void {
    const index = this.#index(contactsKey(of))
    for (const card of cards) index.put(card)
  }

  remove(of: ContactsOf, ids: readonly string[]): void {
    const key = contactsKey(of)
    const index = this.#indexes.get(key)
    for (const id of ids) index?.remove(id)
    if (index?.size === 0) this.#indexes.delete(key)
  }

  forget(of: ContactsOf): void {
    const key = contactsKey(of)
    this.#indexes.delete(key)
    if (of.ownerId !== undefined) return
    for (const other of this.#indexes.keys()) if (other.startsWith(`${key}/`)) this.#indexes.delete(other)
  }

  search({ typed, favourites, after, kind, language, limit, ...who }: DirectoryQuery): DirectoryAnswer {
    const { found, total } = searchParts(
      this.#of(who).flatMap(({ parts }) => parts),
      {
        query: parseQuery(typed),
        language,
        // One more tells whether there is a next page.
        limit: limit + 1,
        favourites: new Set(favourites),
        ...(after ? { after } : {}),
        ...(kind ? { kind } : {}),
      },
    )
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      cards: page.map(({ card }) => card()),
      total,
      ...(last && found.length > limit ? { next: { key: last.key, name: last.name, id: last.id } } : {}),
    }
  }

  read(who: Who, ids: readonly string[]): DirectoryCard[] {
    const indexes = this.#of(who)
    return ids.flatMap((id) => {
      for (const index of indexes) {
        const card = index.get(id)
        if (card) return [card]
      }
      return []
    })
  }

  withNumbers(who: Who, numbers: readonly string[]): DirectoryCard[] {
    return this.#of(who).flatMap((index) => index.withNumbers(numbers))
  }

  get sizeBytes(): number {
    return [...this.#indexes.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  }

  #of({ companyId, userId }: Who): DirectoryIndex[] {
    const keys = userId === undefined ? [companyId] : [contactsKey({ companyId, ownerId: userId }), companyId]
    return keys.map((key) => this.#indexes.get(key)).filter((index) => index !== undefined)
  }

  #index(key: string): DirectoryIndex {
    let index = this.#indexes.get(key)
    if (!index) {
      index = new DirectoryIndex()
      this.#indexes.set(key, index)
    }
    return index
  }
}
