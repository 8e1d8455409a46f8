import type { DirectoryCard } from './card.ts'
import { type PreparedCard, prepareCard, weighCard } from './prepared-card.ts'
import {
  collators,
  comparePlaces,
  type Found,
  type Searchable,
  type SearchPlan,
  type SearchResult,
  sortKey,
} from './search-plan.ts'

/** Few cards, each compared with the query: those that changed lately, and a small directory altogether. */
export class FreshCards implements Searchable {
  readonly #byId = new Map<string, PreparedCard>()

  get size(): number {
    return this.#byId.size
  }

  get(id: string): DirectoryCard | undefined {
    return this.#byId.get(id)?.card
  }

  all(): DirectoryCard[] {
    return [...this.#byId.values()].map(({ card }) => card)
  }

  put(card: DirectoryCard): void {
    this.#byId.set(card.id, prepareCard(card))
  }

  remove(id: string): boolean {
    return this.#byId.delete(id)
  }

  clear(): void {
    this.#byId.clear()
  }

  search(plan: SearchPlan): SearchResult {
    const collator = collators[plan.language]
    const fitting: Found[] = []
    for (const prepared of this.#byId.values()) {
      const { card } = prepared
      if (plan.kind !== undefined && card.kind !== plan.kind) continue
      const weight = weighCard(prepared, plan.query)
      if (weight === undefined) continue
      const key = plan.query.length === 0 ? 0 : sortKey(weight, card.kind, plan.favourites.has(card.id))
      fitting.push({ key, name: card.name, id: card.id, card: () => card })
    }
    const { after } = plan
    const rest = after ? fitting.filter((found) => comparePlaces(collator, found, after) > 0) : fitting
    rest.sort((a, b) => comparePlaces(collator, a, b))
    return { found: rest.slice(0, plan.limit), total: fitting.length }
  }

  /** Cards that have one of these numbers, digits as {@link PreparedCard} has them. */
  withNumbers(wanted: ReadonlySet<string>): DirectoryCard[] {
    const found: DirectoryCard[] = []
    for (const { card, numbers } of this.#byId.values())
      if (numbers.some(({ digits }) => wanted.has(digits))) found.push(card)
    return found
  }
}
