export type Language = 'en' | 'sv' | 'fr'

/** Sentences by key, each in every language; `{name}` stands for a value. A missing one does not compile. */
export type Sentences<Key extends string> = Readonly<Record<Key, Readonly<Record<Language, string>>>>

export type Values = Readonly<Record<string, string | number>>

/** A sentence that is said later, in the reader's language. */
export interface Said<Key extends string = string> {
  readonly key: Key
  readonly values: Values
}

const numberFormat = (language: Language): Intl.NumberFormat =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 3 })

/** Made once: it costs more than the sentence. */
const numbers = { en: numberFormat('en'), sv: numberFormat('sv'), fr: numberFormat('fr') }

/**
 * One sentence with its values put in; numbers as the language writes them.
 * @example say(words, 'en', { key: 'calls', values: { calls: 1000 } }) // '1,000 calls at once'
 */
export function say<Key extends string>(sentences: Sentences<Key>, language: Language, said: Said<Key>): string {
  return sentences[said.key][language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = said.values[name]
    return value === undefined ? whole : typeof value === 'number' ? numbers[language].format(value) : value
  })
}
