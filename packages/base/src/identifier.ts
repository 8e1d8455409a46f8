const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Source of random bytes; the operating system's in production, a seeded one in tests. */
export type RandomBytes = (count: number) => Uint8Array

export const systemRandom: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count))

/**
 * A random token of 5 bits a character in lower-case Crockford base 32, safe in SIP tokens, URLs and file names.
 * @param length characters; 26 give 130 bits
 */
export function randomToken(length: number, random: RandomBytes = systemRandom): string {
  const bytes = random(length)
  let token = ''
  for (let i = 0; i < length; i++) token += alphabet[bytes[i]! & 31]
  return token
}

/**
 * A time-ordered identifier: 9 characters of milliseconds since 1970, then 13 random ones (65 bits).
 * Identifiers sort as text by the millisecond in which they were made.
 */
export function makeId<Id extends string>(nowMs: number, random: RandomBytes = systemRandom): Id {
  let time = ''
  for (let rest = Math.floor(nowMs), i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time
  return (time + randomToken(13, random)) as Id
}
