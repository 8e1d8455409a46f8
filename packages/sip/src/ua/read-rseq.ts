const largest = 2 ** 32 - 1

/** The number of a reliable response (RFC 3262 §7.1): digits, from 1 on; undefined for anything else. */
export function readRSeq(value: string | undefined): number | undefined {
  const digits = /^\s*(\d{1,10})\s*$/.exec(value ?? '')?.[1]
  const number = Number(digits)
  return digits !== undefined && number >= 1 && number <= largest ? number : undefined
}
