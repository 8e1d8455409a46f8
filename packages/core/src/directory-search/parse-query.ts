import { wordsOf } from './fold-text.ts'

/** One word of a query; every one must fit. */
export interface QueryWord {
  /** Folded; the beginning of a word of the card. Absent for a number written in several pieces. */
  readonly text?: string
  /** Digits; a part of one of the card's numbers. */
  readonly digits?: string
}

/** Further words are not looked at. */
const mostWords = 10
const mostDigits = 20
const numberLike = /^[+\d().\-/]*\d[+\d().\-/]*$/

/**
 * What somebody typed, as words. Digits that only the punctuation of telephone numbers parts are one number.
 * @example parseQuery('åsa 046-846 50 04') // [{ text: 'asa' }, { digits: '0468465004' }]
 */
export function parseQuery(typed: string): readonly QueryWord[] {
  const found: QueryWord[] = []
  let pieces: string[] = []
  const endNumber = (): void => {
    const digits = pieces.join('').replaceAll('(0)', '').replace(/\D/g, '').slice(0, mostDigits)
    const [only] = pieces
    if (digits !== '') found.push(pieces.length === 1 && only === digits ? { text: digits, digits } : { digits })
    pieces = []
  }
  for (const piece of typed.normalize('NFKC').split(/\s+/u)) {
    if (numberLike.test(piece)) {
      pieces.push(piece)
      continue
    }
    // "08 - 465" is one number still.
    if (/^[().\-/]*$/.test(piece)) continue
    endNumber()
    for (const text of wordsOf(piece)) found.push({ text })
  }
  endNumber()
  return found.slice(0, mostWords)
}
