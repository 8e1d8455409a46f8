/** What stands in the list of regions and is no country: unions, a currency, tests of software. */
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** A country by its two letters (ISO 3166-1), and as people of a language call it. */
export interface Country {
  readonly id: string
  readonly label: string
}

/** All that the browser has a name for, in the order of the language; none in one that has no names (Firefox before 86). */
export function countriesIn(language: string): readonly Country[] {
  if (!('DisplayNames' in Intl)) return []
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  const { compare } = new Intl.Collator(language)
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((id) => {
      const label = noCountries.has(id) ? undefined : names.of(id)
      // A code that was given up has the name of what came after it.
      return label === undefined || Intl.getCanonicalLocales(`und-${id}`)[0] !== `und-${id}` ? [] : [{ id, label }]
    })
    .sort((a, b) => compare(a.label, b.label))
}

const homes: Readonly<Record<string, string>> = { sv: 'SE', fr: 'FR', nb: 'NO', nn: 'NO', da: 'DK', fi: 'FI', de: 'DE' }

/** Where somebody is by the first language that their browser asks for: what it names, or where it is at home. */
export function countryOf(language: string): string {
  return /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(language)?.[1] ?? homes[language.slice(0, 2)] ?? 'SE'
}
