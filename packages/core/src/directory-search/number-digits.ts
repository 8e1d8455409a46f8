/** A number as it is searched: its digits, and where its national part begins. */
export interface NumberDigits {
  readonly digits: string
  /** Index of the first digit after the country code; 0 for what is no E.164 number. */
  readonly national: number
}

/** Digits of a number that count (ITU-T E.164 §6.2.1: at most 15). */
const mostDigits = 15
/** Country codes of two digits (ITU-T E.164 annex, list of assigned codes); those that begin with 1 or 7 have one, all others three. */
const twoDigits = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/** @example numberDigits('+46846500401') // { digits: '46846500401', national: 2 } */
export function numberDigits(number: string): NumberDigits {
  const digits = number.replace(/\D/g, '').slice(0, mostDigits)
  return { digits, national: number.startsWith('+') ? Math.min(countryCodeLength(digits), digits.length) : 0 }
}

function countryCodeLength(digits: string): number {
  if (/^[17]/.test(digits)) return 1
  return twoDigits.test(digits) ? 2 : 3
}

/** Fewer digits are looked for at the beginning of numbers only. */
export const fewestInside = 3

/**
 * How well digits that somebody typed fit a number: 0 all of it, 1 its beginning, 2 its end, 3 inside; undefined not at all.
 * The beginning is that of the whole or of the national number; leading zeros (`00`, `0`) stand for prefixes there.
 */
export function weighDigits(typed: string, { digits, national }: NumberDigits): number | undefined {
  let best = typed.length >= fewestInside ? weighInside(typed, digits, national) : undefined
  const significant = typed.replace(/^0+/, '')
  for (const wanted of significant !== typed && significant !== '' ? [typed, significant] : [typed])
    for (const at of [0, national])
      if (digits.startsWith(wanted, at)) {
        const weight = at + wanted.length === digits.length ? 0 : 1
        if (best === undefined || weight < best) best = weight
      }
  return best
}

function weighInside(typed: string, digits: string, national: number): number | undefined {
  let best: number | undefined
  for (let at = digits.indexOf(typed); at >= 0; at = digits.indexOf(typed, at + 1)) {
    const isEnd = at + typed.length === digits.length
    const weight = at === 0 || at === national ? (isEnd ? 0 : 1) : isEnd ? 2 : 3
    if (best === undefined || weight < best) best = weight
  }
  return best
}
