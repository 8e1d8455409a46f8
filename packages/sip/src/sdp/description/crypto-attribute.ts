/** SRTP protection profiles that we key by SDES (RFC 4568 §6.2, RFC 7714 §14.2). */
export type SrtpSuite = 'AES_CM_128_HMAC_SHA1_80' | 'AEAD_AES_128_GCM' | 'AEAD_AES_256_GCM'

/** Sizes of master key and master salt, bytes. */
export const srtpSuites: Readonly<Record<SrtpSuite, { readonly keyBytes: number; readonly saltBytes: number }>> = {
  AES_CM_128_HMAC_SHA1_80: { keyBytes: 16, saltBytes: 14 },
  AEAD_AES_128_GCM: { keyBytes: 16, saltBytes: 12 },
  AEAD_AES_256_GCM: { keyBytes: 32, saltBytes: 12 },
}

/** One usable `a=crypto` line (RFC 4568 §9.1). */
export interface CryptoAttribute {
  /** 1 to 9 digits without leading zeros; the answer repeats it. */
  readonly tag: number
  readonly suite: SrtpSuite
  /** Master key followed by master salt. */
  readonly keyAndSalt: Uint8Array
}

/**
 * Reads the value of an `a=crypto`. Undefined for what we must not use: another suite, a key of the wrong length,
 * more than one key or an MKI, a session parameter that would change the protection (RFC 4568 §6.3).
 */
export function parseCrypto(value: string): CryptoAttribute | undefined {
  if (value.length > 512) return undefined
  const [tagText, suiteText, key, ...sessionParameters] = value.split(/\s+/)
  if (!tagText || !/^\d{1,9}$/.test(tagText) || !suiteText || !key) return undefined
  const suite = suiteText.toUpperCase() as SrtpSuite
  if (!Object.hasOwn(srtpSuites, suite)) return undefined
  if (!/^inline:/i.test(key) || key.includes(';')) return undefined
  const [encoded, ...lifetimeAndMki] = key.slice(7).split('|')
  // A lifetime is a limit for the sender only; an MKI (with a colon) would stand in every packet.
  if (lifetimeAndMki.some((part) => part.includes(':'))) return undefined
  if (!encoded || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined
  const keyAndSalt = new Uint8Array(Buffer.from(encoded, 'base64'))
  const { keyBytes, saltBytes } = srtpSuites[suite]
  if (keyAndSalt.length !== keyBytes + saltBytes) return undefined
  if (sessionParameters.some((parameter) => !isHarmless(parameter))) return undefined
  return { tag: Number(tagText), suite, keyAndSalt }
}

/** WSH is a hint; parameters with a leading minus may be ignored (RFC 4568 §6.3.7). */
function isHarmless(parameter: string): boolean {
  return parameter === '' || /^WSH=\d+$/i.test(parameter) || parameter.startsWith('-')
}

export function writeCrypto(crypto: CryptoAttribute): string {
  return `${crypto.tag} ${crypto.suite} inline:${Buffer.from(crypto.keyAndSalt).toString('base64')}`
}
