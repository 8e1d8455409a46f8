import { codesOf, type Feature, type FeatureRow, type OwnCodes } from './feature-code.ts'

/** A feature code as it was dialled. */
export interface DialledCode {
  readonly feature: Feature
  /** Digits after the code, without the `*` and `#` that public networks put around them; empty when there are none. */
  readonly argument: string
}

/**
 * Reads a feature code: the longest that fits, with what follows it.
 * @param number without visual separators
 * @returns undefined when it is none
 * @example findCode(undefined, '*21*0701740605#') // { feature: 'forwardAlways', argument: '0701740605' }
 */
export function findCode(own: OwnCodes | undefined, number: string): DialledCode | undefined {
  const first = number[0]
  if (first !== '*' && first !== '#') return undefined
  let best: { row: FeatureRow; argument: string } | undefined
  for (const row of codesOf(own)) {
    if (!number.startsWith(row.code) || (best && best.row.code.length >= row.code.length)) continue
    const argument = number.slice(row.code.length).replace(/^\*/, '').replace(/#$/, '')
    if (row.argument === 'none' ? number !== row.code && number !== `${row.code}#` : !fits(row, argument)) continue
    best = { row, argument: row.argument === 'none' ? '' : argument }
  }
  return best && { feature: best.row.feature, argument: best.argument }
}

const fits = ({ argument }: FeatureRow, digits: string): boolean =>
  digits === '' ? argument === 'optional' : /^\+?\d{1,30}$/.test(digits)
