import { attributeOf, attributesOf, type MediaDescription, type SessionDescription } from './session-description.ts'

/** `a=fingerprint` (RFC 8122 §5). */
export interface Fingerprint {
  /** `sha-256`, `sha-384` or `sha-512`; weaker ones are not read. */
  readonly hash: 'sha-256' | 'sha-384' | 'sha-512'
  /** Upper-case hexadecimal bytes parted by colons. */
  readonly value: string
}

/** `a=setup` (RFC 4145 §4, RFC 5763 §5). */
export type Setup = 'active' | 'passive' | 'actpass' | 'holdconn'

const hashBytes: Readonly<Record<Fingerprint['hash'], number>> = { 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 }

export function parseFingerprint(value: string): Fingerprint | undefined {
  const [name, bytes, ...more] = value.split(/\s+/)
  const hash = name?.toLowerCase() as Fingerprint['hash'] | undefined
  if (!hash || !Object.hasOwn(hashBytes, hash) || !bytes || more.length > 0) return undefined
  if (bytes.length !== hashBytes[hash] * 3 - 1 || !/^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*$/.test(bytes)) return undefined
  return { hash, value: bytes.toUpperCase() }
}

export function writeFingerprint(fingerprint: Fingerprint): string {
  return `${fingerprint.hash} ${fingerprint.value}`
}

/** Fingerprints that hold for a media description: its own, else the session's. At most 8. */
export function fingerprintsOf(session: SessionDescription, media: MediaDescription): Fingerprint[] {
  for (const where of [media, session]) {
    const found = attributesOf(where, 'fingerprint')
      .slice(0, 8)
      .map(parseFingerprint)
      .filter((fingerprint) => fingerprint !== undefined)
    if (found.length > 0) return found
  }
  return []
}

export function setupOf(session: SessionDescription, media: MediaDescription): Setup | undefined {
  const value = (attributeOf(media, 'setup') ?? attributeOf(session, 'setup'))?.toLowerCase()
  return value === 'active' || value === 'passive' || value === 'actpass' || value === 'holdconn' ? value : undefined
}
