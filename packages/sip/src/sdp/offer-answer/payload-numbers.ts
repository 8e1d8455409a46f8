/** Payload types by number, with their meaning as `encoding/rate` in lower case. */
export type PayloadNames = Readonly<Record<number, string>>

/**
 * The number that a format has, or gets: the one it had before, else the usual one if that is free, else the first free dynamic one.
 * @returns undefined only when all 32 dynamic numbers are taken
 */
export function payloadNumberFor(names: PayloadNames, name: string, usual: number): number | undefined {
  for (const number in names) if (names[number] === name) return Number(number)
  if (names[usual] === undefined) return usual
  for (let number = 96; number <= 127; number++) if (names[number] === undefined) return number
  return undefined
}

/** @example payloadName('PCMA', 8000) // 'pcma/8000' */
export function payloadName(encoding: string, rateHz: number): string {
  return `${encoding.toLowerCase()}/${rateHz}`
}
