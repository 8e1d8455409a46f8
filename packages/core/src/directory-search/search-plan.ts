import { type CardKind, type CardLanguage, cardLanguages, type DirectoryCard } from './card.ts'
import type { QueryWord } from './parse-query.ts'

/** Where in the order of answers something stands. */
export interface Place {
  readonly key: number
  readonly name: string
  readonly id: string
}

/** A card that fits, with its place. */
export interface Found extends Place {
  /** Read when it is needed. */
  readonly card: () => DirectoryCard
}

/** What is looked for, and how much of it. */
export interface SearchPlan {
  /** Empty: everybody, by name. */
  readonly query: readonly QueryWord[]
  /** Whose alphabet. */
  readonly language: CardLanguage
  readonly limit: number
  /** Goes on after this place. */
  readonly after?: Place
  /** These come first. */
  readonly favourites: ReadonlySet<string>
  /** Only cards of this kind. */
  readonly kind?: CardKind
}

export interface SearchResult {
  /** At most `limit`, best first. */
  readonly found: readonly Found[]
  /** How many fit, over all pages. */
  readonly total: number
}

/** Something that can be searched: many cards in a compact form, or the few that changed lately. */
export interface Searchable {
  search(plan: SearchPlan): SearchResult
}

const notFavourite = 256

/** The smaller, the earlier: favourites, then what fits best, then colleagues and one's own before shared contacts. Without a query all is 0. */
export function sortKey(weight: number, kind: CardKind, isFavourite: boolean): number {
  return (isFavourite ? 0 : notFavourite) + weight * 2 + (kind === 'shared' ? 1 : 0)
}

/** How a language sorts names: å, ä, ö after z in Swedish, with their base letters in English and French. */
export const collators: Readonly<Record<CardLanguage, Intl.Collator>> = Object.fromEntries(
  cardLanguages.map((language) => [language, new Intl.Collator(language)]),
) as Record<CardLanguage, Intl.Collator>

/** By key, then by name as the language has it, then by identifier. */
export function comparePlaces(collator: Intl.Collator, a: Place, b: Place): number {
  return a.key - b.key || compareNames(collator, a, b)
}

export function compareNames(collator: Intl.Collator, a: Omit<Place, 'key'>, b: Omit<Place, 'key'>): number {
  return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Searches several parts as if they were one. */
export function searchParts(parts: readonly Searchable[], plan: SearchPlan): SearchResult {
  const results = parts.map((part) => part.search(plan))
  const collator = collators[plan.language]
  const found = results.flatMap((result) => result.found).sort((a, b) => comparePlaces(collator, a, b))
  return { found: found.slice(0, plan.limit), total: results.reduce((sum, { total }) => sum + total, 0) }
}
