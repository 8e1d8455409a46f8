import { readUint32, writeUint32 } from '../rtp/rtp-header.ts'
import { addressOfRecord, firstWordOf, releaseRecord, takeRecord, wordsOf } from './key-records.ts'
import { addressOf, applyKeyStream, keptAddress, ownBuffer, PacketCipher, packetIv } from './openssl-crypto.ts'
import { computeMac, macDigest, macMatches, writeMacStates } from './packet-mac.ts'
import { type SessionKeys, type SrtpProfile, type SrtpProfileFacts, srtpProfiles } from './srtp-keys.ts'

/** Why a packet was not taken: not SRTP at all, seen before or too old, forged, or of one SSRC too many. */
export const srtpMalformed = -1
export const srtpReplayed = -2
export const srtpForged = -3
export const srtpTooManySources = -4

/** Bytes by which protection makes a packet longer at most: tag, index, and an MKI of 16 (RFC 3711 §3.1). */
export const srtpOverheadBytes = 36
export const rtcpHeaderBytes = 8
const rtcpTagBytes = 10
const noTrailer = -1
const gcmTagBytes = 16
const noMki: Uint8Array = new Uint8Array(0)

const associated = ownBuffer(16)
const associatedAt = keptAddress(associated)

// Where in its record a key has what: the cipher's key first, as the cipher wants it.
const keyWords = 4
const saltAt = keyWords
const macAt = saltAt + 4

/**
 * Cipher, authentication and initialisation vectors of one direction of RTP or RTCP, packet by packet, without any memory of
 * what was there before (RFC 3711 §3.1, §3.4, §4; RFC 7714 §8, §9). Must be closed.
 */
export class PacketProtection {
  readonly #facts: SrtpProfileFacts
  /** Of AEAD alone, whose context has tables of the key. */
  readonly #cipher: PacketCipher | undefined
  /** Stands in every packet of this key where one was agreed: before the tag, with AEAD at the end (RFC 3711 §3.1, RFC 7714 §5.2). */
  readonly #mki: Uint8Array
  /** Salt, and without AEAD the key and the states of HMAC; negative once it is closed. */
  #record = takeRecord()

  constructor(
    profile: SrtpProfile,
    { key, salt, authentication }: SessionKeys,
    encrypts: boolean,
    mki: Uint8Array = noMki,
  ) {
    this.#facts = srtpProfiles[profile]
    this.#mki = mki
    const words = wordsOf(this.#record)
    const first = firstWordOf(this.#record)
    for (const [i, byte] of salt.entries()) words[first + saltAt + (i >> 2)]! |= byte << (24 - 8 * (i & 3))
    if (this.#facts.isAead) {
      this.#cipher = new PacketCipher(key.length === 32 ? 'aes_256_gcm' : 'aes_128_gcm', key, encrypts)
      return
    }
    new Uint8Array(words.buffer).set(key, 4 * first)
    writeMacStates(authentication, words, first + macAt)
  }

  sealRtp(packet: Buffer, length: number, payloadStart: number, ssrc: number, index: number): number {
    const { tagBytes } = this.#facts
    const mkiBytes = this.#mki.length
    if (length + tagBytes + mkiBytes > packet.length) return srtpMalformed
    const at = addressOf(packet)
    this.#setIv(ssrc, index)
    if (this.#cipher) {
      this.#cipher.seal(at, payloadStart, at + payloadStart, length - payloadStart, at + length)
      this.#writeMki(packet, length + tagBytes)
      return length + tagBytes + mkiBytes
    }
    if (length > payloadStart) this.#applyKeyStream(at + payloadStart, length - payloadStart)
    this.#computeMac(packet, at, length, Math.floor(index / 65_536))
    this.#writeMki(packet, length)
    for (let i = 0; i < tagBytes; i++) packet[length + mkiBytes + i] = macDigest[i]!
    return length + mkiBytes + tagBytes
  }

  openRtp(packet: Buffer, length: number, payloadStart: number, ssrc: number, index: number): number {
    const { tagBytes } = this.#facts
    const mkiBytes = this.#mki.length
    const end = length - tagBytes - mkiBytes
    if (end < payloadStart) return srtpMalformed
    if (mkiBytes > 0 && !this.#hasMki(packet, this.#cipher ? end + tagBytes : end)) return srtpForged
    const at = addressOf(packet)
    if (this.#cipher) {
      this.#setIv(ssrc, index)
      return this.#cipher.open(at, payloadStart, at + payloadStart, end - payloadStart, at + end) ? end : srtpForged
    }
    this.#computeMac(packet, at, end, Math.floor(index / 65_536))
    if (!macMatches(packet, end + mkiBytes, tagBytes)) return srtpForged
    this.#setIv(ssrc, index)
    if (end > payloadStart) this.#applyKeyStream(at + payloadStart, end - payloadStart)
    return end
  }

  sealRtcp(packet: Buffer, length: number, index: number): number {
    if (length + srtpOverheadBytes > packet.length) return srtpMalformed
    const at = addressOf(packet)
    const word = (0x8000_0000 | index) >>> 0
    this.#setIv(readUint32(packet, 4), index)
    if (this.#cipher) {
      this.#setAssociated(packet, word)
      this.#cipher.seal(associatedAt, 12, at + rtcpHeaderBytes, length - rtcpHeaderBytes, at + length)
      writeUint32(packet, length + gcmTagBytes, word)
      this.#writeMki(packet, length + gcmTagBytes + 4)
      return length + gcmTagBytes + 4 + this.#mki.length
    }
    if (length > rtcpHeaderBytes) this.#applyKeyStream(at + rtcpHeaderBytes, length - rtcpHeaderBytes)
    writeUint32(packet, length, word)
    this.#computeMac(packet, at, length + 4, noTrailer)
    this.#writeMki(packet, length + 4)
    const tagAt = length + 4 + this.#mki.length
    for (let i = 0; i < rtcpTagBytes; i++) packet[tagAt + i] = macDigest[i]!
    return tagAt + rtcpTagBytes
  }

  /** Where the word with E flag and index stands in a packet of that length; less than 8 if it is too short. */
  rtcpWordAt(length: number): number {
    const { isAead } = this.#facts
    const wordAt = length - this.#mki.length - (isAead ? 4 : rtcpTagBytes + 4)
    return wordAt < (isAead ? rtcpHeaderBytes + gcmTagBytes : rtcpHeaderBytes) ? 0 : wordAt
  }

  openRtcp(packet: Buffer, wordAt: number): number {
    if (!this.#hasMki(packet, wordAt + 4)) return srtpForged
    const at = addressOf(packet)
    const word = readUint32(packet, wordAt)
    const isEncrypted = word >= 0x8000_0000
    this.#setIv(readUint32(packet, 4), word & 0x7fff_ffff)
    if (this.#cipher) {
      // What is not encrypted at all must not come where encryption was agreed.
      if (!isEncrypted) return srtpForged
      this.#setAssociated(packet, word)
      const end = wordAt - gcmTagBytes
      return this.#cipher.open(associatedAt, 12, at + rtcpHeaderBytes, end - rtcpHeaderBytes, at + end)
        ? end
        : srtpForged
    }
    this.#computeMac(packet, at, wordAt + 4, noTrailer)
    if (!macMatches(packet, wordAt + 4 + this.#mki.length, rtcpTagBytes)) return srtpForged
    if (isEncrypted && wordAt > rtcpHeaderBytes) this.#applyKeyStream(at + rtcpHeaderBytes, wordAt - rtcpHeaderBytes)
    return wordAt
  }

  close(): void {
    if (this.#record < 0) return
    this.#cipher?.close()
    releaseRecord(this.#record)
    this.#record = -1
  }

  #writeMki(packet: Uint8Array, at: number): void {
    for (let i = 0; i < this.#mki.length; i++) packet[at + i] = this.#mki[i]!
  }

  #hasMki(packet: Uint8Array, at: number): boolean {
    for (let i = 0; i < this.#mki.length; i++) if (packet[at + i] !== this.#mki[i]) return false
    return true
  }

  #applyKeyStream(at: number, length: number): void {
    applyKeyStream(addressOfRecord(this.#record), at, length)
  }

  #computeMac(packet: Uint8Array, at: number, length: number, trailer: number): void {
    computeMac(wordsOf(this.#record), firstWordOf(this.#record) + macAt, packet, at, length, trailer)
  }

  /** RFC 3711 §4.1.1 with HMAC; RFC 7714 §8.1 and §9.1 with AEAD: the salt, with SSRC and index laid over it. */
  #setIv(ssrc: number, index: number): void {
    if (this.#record < 0) throw new Error('A key was used after it was closed')
    const words = wordsOf(this.#record)
    const at = firstWordOf(this.#record) + saltAt
    const high = Math.floor(index / 65_536)
    if (this.#facts.isAead) {
      packetIv.setUint32(0, words[at]! ^ (ssrc >>> 16))
      packetIv.setUint32(4, words[at + 1]! ^ (ssrc << 16) ^ (high >>> 16))
      packetIv.setUint32(8, words[at + 2]! ^ (index | 0))
      return
    }
    packetIv.setUint32(0, words[at]!)
    packetIv.setUint32(4, words[at + 1]! ^ ssrc)
    packetIv.setUint32(8, words[at + 2]! ^ high)
    // The low half is the block counter, which the cipher counts up in place of us.
    packetIv.setUint32(12, words[at + 3]! ^ (index << 16))
  }

  /** RFC 7714 §9.2: the RTCP header and the word with E flag and index. */
  #setAssociated(packet: Uint8Array, word: number): void {
    for (let i = 0; i < rtcpHeaderBytes; i++) associated[i] = packet[i]!
    writeUint32(associated, rtcpHeaderBytes, word)
  }
}
