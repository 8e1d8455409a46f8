import type { DirectoryCard } from './card.ts'
import { searchWordsOf } from './fold-text.ts'
import { type NumberDigits, numberDigits, weighDigits } from './number-digits.ts'
import type { QueryWord } from './parse-query.ts'

/** Where a word stands: 0 in the name, 1 in the organisation, 2 elsewhere. */
export type WordPlace = 0 | 1 | 2

/** A card with its words and digits taken out. */
export interface PreparedCard {
  readonly card: DirectoryCard
  /** Each word with the best of its places. */
  readonly words: ReadonlyMap<string, WordPlace>
  readonly numbers: readonly NumberDigits[]
}

export function prepareCard(card: DirectoryCard): PreparedCard {
  const words = new Map<string, WordPlace>()
  const add = (text: string | undefined, place: WordPlace): void => {
    if (text === undefined) return
    for (const word of searchWordsOf(text)) if ((words.get(word) ?? 3) > place) words.set(word, place)
  }
  add(card.name, 0)
  add(card.organisation, 1)
  for (const text of [card.title, card.department, card.location, ...(card.skills ?? []), ...(card.emails ?? [])])
    add(text, 2)
  const numbers = card.numbers.map(({ number }) => numberDigits(number)).filter(({ digits }) => digits !== '')
  return { card, words, numbers }
}

/** A word that fits nowhere. */
export const unfit = 0xff

/** How well a word that begins so fits, standing there: 0 a whole word of the name, 1 its beginning, 2 the organisation, 3 elsewhere. */
export const weighWord = (isWhole: boolean, place: WordPlace): number => (place === 0 ? (isWhole ? 0 : 1) : place + 1)

/**
 * How well a card fits: the sum of the weights of all words of the query, the smaller the better; undefined when one fits
 * nowhere. This is what the directory finds, by definition; {@link CardSegment} does the same for many cards at once.
 */
export function weighCard({ words, numbers }: PreparedCard, query: readonly QueryWord[]): number | undefined {
  let sum = 0
  for (const { text, digits } of query) {
    let best = unfit
    if (text !== undefined)
      for (const [word, place] of words)
        if (word.startsWith(text)) best = Math.min(best, weighWord(word.length === text.length, place))
    if (digits !== undefined) for (const number of numbers) best = Math.min(best, weighDigits(digits, number) ?? unfit)
    if (best === unfit) return undefined
    sum += best
  }
  return sum
}
