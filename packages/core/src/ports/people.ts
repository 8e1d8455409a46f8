import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import type { CardKind, CardLanguage, DirectoryCard } from '../directory-search/card.ts'
import type { Place } from '../directory-search/search-plan.ts'
import type { LedgerEvent } from './call-ledger.ts'

/** Somebody outside whom a company, or one user of it, knows. */
export interface Contact extends Omit<DirectoryCard, 'kind' | 'photo'> {
  readonly companyId: CompanyId
  /** Whose personal contact it is, seen by nobody else; absent: shared by the company. */
  readonly ownerId?: UserId
  readonly notes?: string
  /** The directory of others that it is from, where alone it is changed. */
  readonly directoryId?: string
  readonly changedAtMs: number
}

/** Whose contacts: those that a company shares, or the personal ones of a user of it. */
export interface ContactsOf {
  readonly companyId: CompanyId
  readonly ownerId?: UserId
}

/** Contacts on disk. */
export interface ContactStore {
  /** All of all companies, some hundred at a time. */
  each(take: (contacts: readonly Contact[]) => void): Promise<void>
  read(companyId: CompanyId, id: string): Promise<Contact | undefined>
  /** By identifier, after one of them. */
  list(of: ContactsOf, page: { readonly after?: string; readonly limit: number }): Promise<readonly Contact[]>
  count(of: ContactsOf): Promise<number>
  /**
   * Writes and removes all of these or none, with the events that tell of it. Resolves when durable, or with a refusal
   * while the database takes nothing. Never changes whose a contact is.
   */
  change(
    change: { readonly put?: readonly Contact[]; readonly remove?: readonly Contact[] },
    events: readonly LedgerEvent[],
  ): Promise<Refusal | undefined>
}

/** Picture of a user or contact, as it was given. */
export interface Photo {
  readonly mediaType: string
  /** Changes with the bytes. */
  readonly tag: string
  readonly bytes: Uint8Array
}

/** Whose photo. */
export interface PhotoOf {
  readonly companyId: CompanyId
  /** Of the user or contact. */
  readonly cardId: string
  readonly isUser: boolean
}

export interface PhotoStore {
  /** Tag of the photo of a user or contact, from memory. */
  tagOf(cardId: string): string | undefined
  /** Bytes of all photos of a company, from memory. */
  bytesOf(companyId: CompanyId): number
  read(companyId: CompanyId, cardId: string): Promise<Photo | undefined>
  /** Resolves when durable; undefined takes the photo away. */
  put(of: PhotoOf, photo: Photo | undefined): Promise<Refusal | undefined>
  /** Forgets tags of cards that are gone; the database has removed the photos with them. */
  forget(cardIds: Iterable<string>): void
}

/** Cards that a user keeps at hand, by identifier, in the order that the user gave them. */
export interface Favourites {
  readonly cardIds: readonly string[]
  readonly groups: readonly {
    readonly id: string
    readonly name: string
    readonly cardIds: readonly string[]
  }[]
}

export interface FavouriteStore {
  read(userId: UserId): Promise<Favourites>
  write(user: { readonly id: UserId; readonly companyId: CompanyId }, value: Favourites): Promise<Refusal | undefined>
}

/** What somebody looks for in the directory. */
export interface DirectoryQuery {
  readonly companyId: CompanyId
  /** Whose personal contacts are looked through too. */
  readonly userId: UserId
  readonly typed: string
  readonly language: CardLanguage
  readonly limit: number
  readonly after?: Place
  readonly favourites: readonly string[]
  readonly kind?: CardKind
}

export interface DirectoryAnswer {
  readonly cards: readonly DirectoryCard[]
  /** How many fit, over all pages. */
  readonly total: number
  /** Where the last card stands; absent when there is nothing after it. */
  readonly next?: Place
}

/** Finds cards, beside the calls and never in their way. What is put is found by every search that comes after it. */
export interface DirectorySearch {
  /** The listener is called when all that was loaded is lost: it must be loaded anew. */
  onLost(listener: (why: string) => void): void
  /** Forgets everything, also what is half loaded. */
  reset(): void
  /** Cards of which none is there yet, before anything is searched. */
  load(of: ContactsOf, cards: readonly DirectoryCard[]): void
  /** All is loaded. */
  loaded(): void
  put(of: ContactsOf, cards: readonly DirectoryCard[]): void
  remove(of: ContactsOf, ids: readonly string[]): void
  /** Everything of a company, or of a user. */
  forget(of: ContactsOf): void
  search(query: DirectoryQuery): Promise<DirectoryAnswer>
  /** Cards with these identifiers or numbers that the user may see; without order. */
  read(
    who: { readonly companyId: CompanyId; readonly userId: UserId },
    ids: readonly string[],
  ): Promise<readonly DirectoryCard[]>
  withNumbers(
    who: { readonly companyId: CompanyId; readonly userId?: UserId },
    numbers: readonly string[],
  ): Promise<readonly DirectoryCard[]>
  /** Of its tables. */
  sizeBytes(): Promise<number>
  close(): Promise<void>
}

/** Names for numbers of people outside, for whoever is called by them. */
export interface CallerNames {
  /** The personal contact's name before the shared one's. */
  nameOf(companyId: CompanyId, userId: UserId | undefined, number: string): Promise<string | undefined>
}

/** Tells what kind of file bytes are, whatever their name says. */
export type DetectMediaType = (bytes: Uint8Array) => Promise<string | undefined>
