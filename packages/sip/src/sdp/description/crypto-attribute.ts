/** SRTP protection profiles that we key by SDES (RFC 4568 §6.2, RFC 7714 §14.2). */
export type SrtpSuite = 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32' | 'AEAD_AES_128_GCM' | 'AEAD_AES_256_GCM'

/** Sizes of master key and master salt, bytes. */
export const srtpSuites: Readonly<Record<SrtpSuite, { readonly keyBytes: number; readonly saltBytes: number }>> = {
  AES_CM_128_HMAC_SHA1_80: { keyBytes: 16, saltBytes: 14 },
  AES_CM_128_HMAC_SHA1_32: { keyBytes: 16, saltBytes: 14 },
  AEAD_AES_128_GCM: { keyBytes: 16, saltBytes: 12 },
  AEAD_AES_256_GCM: { keyBytes: 32, saltBytes: 12 },
}

/** The longest MKI that we carry, bytes; telephones use one to four. */
const mostMkiBytes = 16

/** One usable `a=crypto` line (RFC 4568 §9.1). */
export interface CryptoAttribute {
  /** 1 to 9 digits without leading zeros; the answer repeats it. */
  readonly tag: number
  readonly suite: SrtpSuite
  /** Master key followed by master salt. */
  readonly keyAndSalt: Uint8Array
  /** Stands in every packet under this key (RFC 4568 §6.1), 1 to 16 bytes. */
  readonly mki?: Uint8Array
}

/**
 * Reads the value of an `a=crypto`. Undefined for what we must not use: another suite, a key of the wrong length,
 * more than one key, an MKI of more than 16 bytes, a session parameter that would change the protection (RFC 4568 §6.3).
 */
export function parseCrypto(value: string): CryptoAttribute | undefined {
  if (value.length > 512) return undefined
  const [tagText, suiteText, key, ...sessionParameters] = value.split(/\s+/)
  if (!tagText || !/^\d{1,9}$/.test(tagText) || !suiteText || !key) return undefined
  const suite = suiteText.toUpperCase() as SrtpSuite
  if (!Object.hasOwn(srtpSuites, suite)) return undefined
  if (!/^inline:/i.test(key) || key.includes(';')) return undefined
  const [encoded, ...lifetimeAndMki] = key.slice(7).split('|')
  // A lifetime is a limit for the sender only; an MKI has a colon.
  const [mkiText, ...others] = lifetimeAndMki.filter((part) => part.includes(':'))
  const mki = mkiText === undefined ? undefined : parseMki(mkiText)
  if (others.length > 0 || (mkiText !== undefined && !mki)) return undefined
  if (!encoded || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined
  const keyAndSalt = new Uint8Array(Buffer.from(encoded, 'base64'))
  const { keyBytes, saltBytes } = srtpSuites[suite]
  if (keyAndSalt.length !== keyBytes + saltBytes) return undefined
  if (sessionParameters.some((parameter) => !isHarmless(parameter))) return undefined
  return { tag: Number(tagText), suite, keyAndSalt, ...(mki && { mki }) }
}

/** A number and the bytes that it takes in a packet. @example parseMki('258:4') // 0, 0, 1, 2 */
function parseMki(text: string): Uint8Array | undefined {
  const match = /^(\d{1,39}):(\d{1,3})$/.exec(text)
  const bytes = Number(match?.[2] ?? 0)
  if (!match || bytes < 1 || bytes > mostMkiBytes) return undefined
  const hex = BigInt(match[1]!)
    .toString(16)
    .padStart(2 * bytes, '0')
  return hex.length > 2 * bytes ? undefined : new Uint8Array(Buffer.from(hex, 'hex'))
}

/** WSH is a hint; parameters with a leading minus may be ignored (RFC 4568 §6.3.7). */
function isHarmless(parameter: string): boolean {
  return parameter === '' || /^WSH=\d+$/i.test(parameter) || parameter.startsWith('-')
}

export function writeCrypto(crypto: CryptoAttribute): string {
  const key = `${crypto.tag} ${crypto.suite} inline:${Buffer.from(crypto.keyAndSalt).toString('base64')}`
  return crypto.mki ? `${key}|2^31|${writeMki(crypto.mki)}` : key
}

function writeMki(mki: Uint8Array): string {
  return `${BigInt(`0x${Buffer.from(mki).toString('hex')}`)}:${mki.length}`
}
