/** Letters that Unicode does not decompose, as people type them who do not have them on their keyboard. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

const nothingToFold = /^[\x20-\x7e]*$/

/**
 * Text as it is compared in a search: lower case, without accents, ligatures taken apart (Unicode NFKD without marks).
 * @example foldText('Åsa NYSTRÖM-Œuvré') // 'asa nystrom-oeuvre'
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase()
  if (nothingToFold.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => plainLetters[letter] ?? letter)
    .toLowerCase()
}

/** Apostrophes as they are written in names; they do not part words. */
const apostrophes = /['’ʼ‘`´]/g
const words = /[\p{L}\p{N}]+/gu

/**
 * The words of a query: what stands between anything that is neither letter nor digit. O'Brien is one word.
 * @example wordsOf("Anne-Marie O'Brien") // ['anne', 'marie', 'obrien']
 */
export function wordsOf(text: string): string[] {
  return foldText(text.replace(apostrophes, '')).match(words) ?? []
}

/**
 * All words under which a text is found: its words, those after an apostrophe, and hyphenated ones joined.
 * @example searchWordsOf("Anne-Marie O'Brien") // ['anne', 'marie', 'obrien', 'brien', 'annemarie']
 */
export function searchWordsOf(text: string): string[] {
  const found = new Set(wordsOf(text))
  if (/['’ʼ‘`´]/.test(text))
    for (const word of foldText(text.replace(apostrophes, "'")).match(/(?<=[\p{L}\p{N}]')[\p{L}\p{N}]+/gu) ?? [])
      found.add(word)
  if (text.includes('-'))
    for (const joined of foldText(text.replace(apostrophes, '')).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu) ?? [])
      found.add(joined.replaceAll('-', ''))
  return [...found]
}
