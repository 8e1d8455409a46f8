import type { Language } from '../ports/directory.ts'

/** A name as a voice can say it: words to be read, or digits one after another. */
export type SayableName =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'digits'; readonly digits: string }

/** Longer names are said by their first words. */
const mostLetters = 60
/** A number within a name is read as one up to so many digits; longer ones are said digit by digit. */
const mostDigits = 4
/** Of a name that is a number, so many digits are said. */
const mostDigitsSaid = 15

const and: Readonly<Record<Language, string>> = { en: 'and', sv: 'och', fr: 'et' }

/**
 * What a voice may be given of a name that somebody typed: Latin letters, digits and the marks of words, no more than 60 characters. Markup,
 * commands of a voice (`[[…]]`, `<speak>`, options), emoji and other scripts are nothing it could say. Pure.
 * @returns undefined for a name of which nothing is left
 * @example sayableName('Sales & Support 😀', 'en') // { kind: 'words', text: 'Sales and Support' }
 * @example sayableName('4711', 'sv') // { kind: 'digits', digits: '4711' }
 */
export function sayableName(name: string, language: Language): SayableName | undefined {
  const words = name
    .slice(0, 1000)
    .normalize('NFKC')
    .replace(/&/g, ` ${and[language]} `)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{Script=Latin}0-9'’. -]/gu, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}0-9]+|[^\p{L}0-9.]+$/gu, ''))
    .filter((word) => /[\p{L}0-9]/u.test(word))
  const text = firstWords(words)
  if (/^[0-9 .-]+$/.test(text)) return { kind: 'digits', digits: text.replace(/\D/g, '').slice(0, mostDigitsSaid) }
  const read = text.replace(/[0-9]+/g, (digits) => (digits.length > mostDigits ? [...digits].join(' ') : digits))
  return text === '' ? undefined : { kind: 'words', text: read }
}

/** As many whole words as fit; of a first one that is too long, its beginning. */
function firstWords(words: readonly string[]): string {
  let text = ''
  for (const word of words) {
    if (text.length + 1 + word.length > mostLetters) return text === '' ? word.slice(0, mostLetters) : text
    text = text === '' ? word : `${text} ${word}`
  }
  return text
}
