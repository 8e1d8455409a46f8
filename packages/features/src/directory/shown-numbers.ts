import { type CardNumber, numberText } from '@vaxel/core'

export interface ShownNumber extends CardNumber {
  readonly text: string
}

/** Reading a number costs more than finding whose it is, and the same people are looked for all day. */
const mostKept = 20_000
const kept = new Map<string, string>()

/** Numbers with the text by which people of a country know them. */
export function shownNumbers(numbers: readonly CardNumber[], country: string): ShownNumber[] {
  return numbers.map(({ number, kind }) => ({ number, text: textOf(number, country), kind }))
}

function textOf(number: string, country: string): string {
  const key = `${country}${number}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const text = numberText(number, country)
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!)
  kept.set(key, text)
  return text
}
