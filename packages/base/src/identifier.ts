const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Source of random bytes; the operating system's in production, a seeded one in tests. */
export type RandomBytes = (count: number) => Uint8Array

/** Asked of the operating system at once: the call costs more than the bytes. */
const poolBytes = 4096
/** Larger wishes are rare and go past the pool. */
const largestPooled = 256
const pool = new Uint8Array(poolBytes)
let used = poolBytes

/** Bytes of the operating system's generator. Each is given out once and wiped from the pool. */
export const systemRandom: RandomBytes = (count) => {
  if (count > largestPooled) return crypto.getRandomValues(new Uint8Array(count))
  if (used + count > poolBytes) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const end = used + count
  const bytes = pool.slice(used, end)
  pool.fill(0, used, end)
  used = end
  return bytes
}

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
