import type { DirectoryCard } from './card.ts'
import { CardSegment } from './card-segment.ts'
import { FreshCards } from './fresh-cards.ts'
import { numberDigits } from './number-digits.ts'
import type { Searchable } from './search-plan.ts'

/** So many changed cards are compared one by one before they become tables. */
const mostFresh = 1_000
/** Fewer cards are not worth tables. */
const fewestInSegment = 16
/** Larger tables would take long to make, and much memory while they are made. */
export const mostInSegment = 10_000

/**
 * Cards that can be searched while they change: what changed lately beside tables of what did not. Tables of a size are
 * joined, so that there are few and each card is put into tables a few times only (a log-structured merge).
 */
export class DirectoryIndex {
  readonly #fresh = new FreshCards()
  #segments: CardSegment[] = []

  get size(): number {
    return this.#segments.reduce((sum, { live }) => sum + live, this.#fresh.size)
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  }

  /** What a search goes through. */
  get parts(): readonly Searchable[] {
    return this.#fresh.size > 0 ? [this.#fresh, ...this.#segments] : this.#segments
  }

  /** Takes over many cards that are not there yet, at once. */
  load(cards: readonly DirectoryCard[]): void {
    for (let from = 0; from < cards.length; from += mostInSegment) {
      const some = cards.slice(from, from + mostInSegment)
      if (some.length < fewestInSegment) for (const card of some) this.#fresh.put(card)
      else this.#segments.push(new CardSegment(some))
    }
  }

  put(card: DirectoryCard): void {
    this.remove(card.id)
    this.#fresh.put(card)
    if (this.#fresh.size > mostFresh) this.#settle()
  }

  remove(id: string): boolean {
    if (this.#fresh.remove(id)) return true
    return this.#segments.some((segment) => segment.remove(id))
  }

  get(id: string): DirectoryCard | undefined {
    const fresh = this.#fresh.get(id)
    if (fresh) return fresh
    for (const segment of this.#segments) {
      const card = segment.get(id)
      if (card) return card
    }
    return undefined
  }

  /** Cards that have one of these numbers (E.164, or digits as dialled inside), each once. */
  withNumbers(numbers: Iterable<string>): DirectoryCard[] {
    const wanted = new Set([...numbers].map((number) => numberDigits(number).digits))
    wanted.delete('')
    return [...this.#fresh.withNumbers(wanted), ...this.#segments.flatMap((segment) => segment.withNumbers(wanted))]
  }

  #settle(): void {
    const cards = this.#fresh.all()
    this.#fresh.clear()
    // From the end: tables that are no larger than what comes are joined with it, and so are those that are mostly gone.
    for (let last = this.#segments.at(-1); last; last = this.#segments.at(-1)) {
      const isSmall = last.live <= cards.length || last.live * 2 <= last.size
      if (!isSmall || last.live + cards.length > mostInSegment) break
      for (const card of last.cards()) cards.push(card)
      this.#segments.pop()
    }
    this.#segments.push(new CardSegment(cards))
  }
}
