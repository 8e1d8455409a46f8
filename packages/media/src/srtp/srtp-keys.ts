import { createCipheriv } from 'node:crypto'

/** Protection profiles (RFC 4568 §6.2, RFC 5764 §4.1.2, RFC 7714 §14.2). */
export type SrtpProfile =
  | 'AES_CM_128_HMAC_SHA1_80'
  | 'AES_CM_128_HMAC_SHA1_32'
  | 'AEAD_AES_128_GCM'
  | 'AEAD_AES_256_GCM'

export interface SrtpProfileFacts {
  readonly isAead: boolean
  readonly keyBytes: number
  /** Of the master salt and of the session salts. */
  readonly saltBytes: number
  /** Of SRTP; SRTCP's is 10 with HMAC in any case. */
  readonly tagBytes: number
}

export const srtpProfiles: Readonly<Record<SrtpProfile, SrtpProfileFacts>> = {
  AES_CM_128_HMAC_SHA1_80: { isAead: false, keyBytes: 16, saltBytes: 14, tagBytes: 10 },
  AES_CM_128_HMAC_SHA1_32: { isAead: false, keyBytes: 16, saltBytes: 14, tagBytes: 4 },
  AEAD_AES_128_GCM: { isAead: true, keyBytes: 16, saltBytes: 12, tagBytes: 16 },
  AEAD_AES_256_GCM: { isAead: true, keyBytes: 32, saltBytes: 12, tagBytes: 16 },
}

/** Keys of one direction, for RTP or for RTCP. */
export interface SessionKeys {
  readonly key: Uint8Array
  readonly salt: Uint8Array
  /** 20 bytes; unused by AEAD profiles. */
  readonly authentication: Uint8Array
}

/** Key derivation labels (RFC 3711 §4.3.1, §4.3.2). */
const labels = { rtp: { key: 0, authentication: 1, salt: 2 }, rtcp: { key: 3, authentication: 4, salt: 5 } }

/**
 * Session keys from a master key and salt with a key derivation rate of zero (RFC 3711 §4.3; RFC 6188 §2 for 256 bits;
 * RFC 7714 §11 for the shorter salt, which is filled up with zeros on the right).
 * @param keyAndSalt master key followed by master salt; throws if its length does not fit the profile
 */
export function deriveSessionKeys(profile: SrtpProfile, keyAndSalt: Uint8Array, kind: 'rtp' | 'rtcp'): SessionKeys {
  const { keyBytes, saltBytes } = srtpProfiles[profile]
  if (keyAndSalt.length !== keyBytes + saltBytes) throw new Error(`A key of ${keyAndSalt.length} bytes for ${profile}`)
  const derive = (label: number, bytes: number) => {
    const iv = Buffer.alloc(16)
    iv.set(keyAndSalt.subarray(keyBytes))
    iv[7]! ^= label
    const cipher = createCipheriv(keyBytes === 32 ? 'aes-256-ctr' : 'aes-128-ctr', keyAndSalt.subarray(0, keyBytes), iv)
    return new Uint8Array(cipher.update(Buffer.alloc(bytes)))
  }
  return {
    key: derive(labels[kind].key, keyBytes),
    salt: derive(labels[kind].salt, saltBytes),
    authentication: derive(labels[kind].authentication, 20),
  }
}
