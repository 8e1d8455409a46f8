import { type CardLanguage, cardLanguages } from './card.ts'
import { collators, compareNames, type Place } from './search-plan.ts'

/** The cards of a segment in the alphabetical order of each language. */
export class NameOrder {
  readonly #orders: Readonly<Record<CardLanguage, Uint32Array>>
  readonly #ranks: Readonly<Record<CardLanguage, Uint32Array>>

  /** @param names and ids of the cards; ids ascend */
  constructor(names: readonly string[], ids: readonly string[]) {
    const orders: Partial<Record<CardLanguage, Uint32Array>> = {}
    const ranks: Partial<Record<CardLanguage, Uint32Array>> = {}
    // Each language begins with the order of the one before, which is nearly its own.
    const cards = names.map((_, card) => card)
    for (const language of cardLanguages) {
      const collator = collators[language]
      cards.sort((a, b) => collator.compare(names[a]!, names[b]!) || (ids[a]! < ids[b]! ? -1 : 1))
      const order = Uint32Array.from(cards)
      const rank = new Uint32Array(order.length)
      order.forEach((card, at) => {
        rank[card] = at
      })
      orders[language] = order
      ranks[language] = rank
    }
    this.#orders = orders as Record<CardLanguage, Uint32Array>
    this.#ranks = ranks as Record<CardLanguage, Uint32Array>
  }

  get sizeBytes(): number {
    return cardLanguages.reduce((sum, language) => sum + 2 * this.#orders[language].byteLength, 0)
  }

  /** Cards in order. */
  order(language: CardLanguage): Uint32Array {
    return this.#orders[language]
  }

  /** Place of each card in the order. */
  ranks(language: CardLanguage): Uint32Array {
    return this.#ranks[language]
  }

  /** How many cards stand at a place or before it. */
  upTo(language: CardLanguage, place: Place, placeOf: (card: number) => Omit<Place, 'key'>): number {
    const order = this.#orders[language]
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareNames(collators[language], placeOf(order[middle]!), place) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
