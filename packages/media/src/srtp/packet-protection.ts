import { readUint32, writeUint32 } from '../rtp/rtp-header.ts'
import { addressOf, keptAddress, ownBuffer, PacketCipher, PacketMac } from './openssl-crypto.ts'
import { type SessionKeys, type SrtpProfile, type SrtpProfileFacts, srtpProfiles } from './srtp-keys.ts'

/** Why a packet was not taken: not SRTP at all, seen before or too old, forged, or of one SSRC too many. */
export const srtpMalformed = -1
export const srtpReplayed = -2
export const srtpForged = -3
export const srtpTooManySources = -4

/** Bytes by which protection makes a packet longer at most. */
export const srtpOverheadBytes = 20
export const rtcpHeaderBytes = 8
const rtcpTagBytes = 10

const trailer = ownBuffer(16)
const trailerAt = keptAddress(trailer)
const associated = ownBuffer(16)
const associatedAt = keptAddress(associated)

/**
 * Cipher, authentication and initialisation vectors of one direction of RTP or RTCP, packet by packet, without any memory of
 * what was there before (RFC 3711 §3.1, §3.4, §4; RFC 7714 §8, §9). Must be closed.
 */
export class PacketProtection {
  readonly #facts: SrtpProfileFacts
  readonly #keys: SessionKeys
  readonly #iv = ownBuffer(16)
  readonly #cipher: PacketCipher
  readonly #mac: PacketMac | undefined

  constructor(profile: SrtpProfile, keys: SessionKeys, encrypts: boolean) {
    this.#facts = srtpProfiles[profile]
    this.#keys = keys
    const { isAead, keyBytes } = this.#facts
    const name = !isAead ? 'aes_128_ctr' : keyBytes === 32 ? 'aes_256_gcm' : 'aes_128_gcm'
    this.#cipher = new PacketCipher(name, this.#keys.key, this.#iv, encrypts)
    this.#mac = isAead ? undefined : new PacketMac(this.#keys.authentication)
  }

  sealRtp(packet: Buffer, length: number, payloadStart: number, ssrc: number, index: number): number {
    const { tagBytes } = this.#facts
    if (length + tagBytes > packet.length) return srtpMalformed
    const at = addressOf(packet)
    this.#setIv(ssrc, index)
    if (this.#mac === undefined) {
      this.#cipher.seal(at, payloadStart, at + payloadStart, length - payloadStart, at + length)
      return length + tagBytes
    }
    if (length > payloadStart) this.#cipher.apply(at + payloadStart, length - payloadStart)
    writeUint32(trailer, 0, Math.floor(index / 65_536))
    this.#mac.compute(at, length, trailerAt, 4)
    for (let i = 0; i < tagBytes; i++) packet[length + i] = this.#mac.digest[i]!
    return length + tagBytes
  }

  openRtp(packet: Buffer, length: number, payloadStart: number, ssrc: number, index: number): number {
    const end = length - this.#facts.tagBytes
    if (end < payloadStart) return srtpMalformed
    const at = addressOf(packet)
    this.#setIv(ssrc, index)
    if (this.#mac === undefined) {
      return this.#cipher.open(at, payloadStart, at + payloadStart, end - payloadStart, at + end) ? end : srtpForged
    }
    writeUint32(trailer, 0, Math.floor(index / 65_536))
    this.#mac.compute(at, end, trailerAt, 4)
    if (!this.#mac.matches(packet, end, this.#facts.tagBytes)) return srtpForged
    if (end > payloadStart) this.#cipher.apply(at + payloadStart, end - payloadStart)
    return end
  }

  sealRtcp(packet: Buffer, length: number, index: number): number {
    if (length + srtpOverheadBytes > packet.length) return srtpMalformed
    const at = addressOf(packet)
    const word = (0x8000_0000 | index) >>> 0
    this.#setIv(readUint32(packet, 4), index)
    if (this.#mac === undefined) {
      this.#setAssociated(packet, word)
      this.#cipher.seal(associatedAt, 12, at + rtcpHeaderBytes, length - rtcpHeaderBytes, at + length)
      writeUint32(packet, length + 16, word)
      return length + 20
    }
    if (length > rtcpHeaderBytes) this.#cipher.apply(at + rtcpHeaderBytes, length - rtcpHeaderBytes)
    writeUint32(packet, length, word)
    this.#mac.compute(at, length + 4, 0, 0)
    for (let i = 0; i < rtcpTagBytes; i++) packet[length + 4 + i] = this.#mac.digest[i]!
    return length + 4 + rtcpTagBytes
  }

  /** Where the word with E flag and index stands in a packet of that length; less than 8 if it is too short. */
  rtcpWordAt(length: number): number {
    const wordAt = length - (this.#mac ? rtcpTagBytes + 4 : 4)
    return wordAt < (this.#mac ? rtcpHeaderBytes : rtcpHeaderBytes + 16) ? 0 : wordAt
  }

  openRtcp(packet: Buffer, length: number, wordAt: number): number {
    const at = addressOf(packet)
    const word = readUint32(packet, wordAt)
    const isEncrypted = word >= 0x8000_0000
    this.#setIv(readUint32(packet, 4), word & 0x7fff_ffff)
    if (this.#mac === undefined) {
      // What is not encrypted at all must not come where encryption was agreed.
      if (!isEncrypted) return srtpForged
      this.#setAssociated(packet, word)
      const end = length - 20
      return this.#cipher.open(associatedAt, 12, at + rtcpHeaderBytes, end - rtcpHeaderBytes, at + end)
        ? end
        : srtpForged
    }
    this.#mac.compute(at, wordAt + 4, 0, 0)
    if (!this.#mac.matches(packet, wordAt + 4, rtcpTagBytes)) return srtpForged
    if (isEncrypted && wordAt > rtcpHeaderBytes) this.#cipher.apply(at + rtcpHeaderBytes, wordAt - rtcpHeaderBytes)
    return wordAt
  }

  close(): void {
    this.#cipher.close()
    this.#mac?.close()
  }

  /** RFC 3711 §4.1.1 with HMAC; RFC 7714 §8.1 and §9.1 with AEAD: the salt, with SSRC and index laid over it. */
  #setIv(ssrc: number, index: number): void {
    const iv = this.#iv
    const { salt } = this.#keys
    for (let i = 0; i < salt.length; i++) iv[i] = salt[i]!
    const ssrcAt = this.#facts.isAead ? 2 : 4
    iv[ssrcAt]! ^= ssrc >>> 24
    iv[ssrcAt + 1]! ^= (ssrc >>> 16) & 255
    iv[ssrcAt + 2]! ^= (ssrc >>> 8) & 255
    iv[ssrcAt + 3]! ^= ssrc & 255
    const high = Math.floor(index / 0x1_0000_0000)
    const low = index >>> 0
    iv[ssrcAt + 4]! ^= high >>> 8
    iv[ssrcAt + 5]! ^= high & 255
    iv[ssrcAt + 6]! ^= low >>> 24
    iv[ssrcAt + 7]! ^= (low >>> 16) & 255
    iv[ssrcAt + 8]! ^= (low >>> 8) & 255
    iv[ssrcAt + 9]! ^= low & 255
    // The block counter, which the cipher counts up in place of us.
    if (!this.#facts.isAead) iv[14] = iv[15] = 0
  }

  /** RFC 7714 §9.2: the RTCP header and the word with E flag and index. */
  #setAssociated(packet: Uint8Array, word: number): void {
    for (let i = 0; i < rtcpHeaderBytes; i++) associated[i] = packet[i]!
    writeUint32(associated, rtcpHeaderBytes, word)
  }
}
