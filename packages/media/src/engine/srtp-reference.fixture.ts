import { createCipheriv, createHmac } from 'node:crypto'

/**
 * SRTP with AES_CM_128_HMAC_SHA1_80 for one stream in order, written straight from RFC 3711 and apart from the engine's own,
 * so that the two can be held against each other.
 */
export class ReferenceSrtp {
  readonly #key: Buffer
  readonly #salt: Buffer
  readonly #authKey: Buffer
  #rollovers = 0
  #lastSequence: number | undefined

  /** @param keyAndSalt 16 bytes of master key, 14 of master salt */
  constructor(keyAndSalt: Uint8Array) {
    const master = Buffer.from(keyAndSalt.subarray(0, 16))
    const salt = Buffer.from(keyAndSalt.subarray(16, 30))
    this.#key = derive(master, salt, 0x00, 16)
    this.#authKey = derive(master, salt, 0x01, 20)
    this.#salt = derive(master, salt, 0x02, 14)
  }

  /** Header of 12 bytes and payload in, protected packet out (§3.1, §3.3). */
  protect(packet: Buffer): Buffer {
    this.#count(packet)
    const encrypted = this.#crypt(packet)
    return Buffer.concat([encrypted, this.#tag(encrypted)])
  }

  /** Undefined where the tag is wrong. */
  unprotect(packet: Buffer): Buffer | undefined {
    if (packet.length < 22) return undefined
    this.#count(packet)
    const encrypted = packet.subarray(0, -10)
    if (!this.#tag(encrypted).equals(packet.subarray(-10))) return undefined
    return this.#crypt(encrypted)
  }

  #count(packet: Buffer): void {
    const sequence = packet.readUInt16BE(2)
    if (this.#lastSequence !== undefined && this.#lastSequence - sequence > 0x8000) this.#rollovers++
    this.#lastSequence = sequence
  }

  #tag(encrypted: Buffer): Buffer {
    const rollovers = Buffer.alloc(4)
    rollovers.writeUInt32BE(this.#rollovers)
    return createHmac('sha1', this.#authKey).update(encrypted).update(rollovers).digest().subarray(0, 10)
  }

  /** §4.1.1: IV = salt · 2^16 xor SSRC · 2^64 xor index · 2^16. */
  #crypt(packet: Buffer): Buffer {
    const iv = Buffer.alloc(16)
    this.#salt.copy(iv)
    for (let i = 0; i < 4; i++) iv[4 + i]! ^= packet[8 + i]!
    iv.writeUInt32BE((iv.readUInt32BE(8) ^ this.#rollovers) >>> 0, 8)
    iv[12]! ^= packet[2]!
    iv[13]! ^= packet[3]!
    const payload = createCipheriv('aes-128-ctr', this.#key, iv).update(packet.subarray(12))
    return Buffer.concat([packet.subarray(0, 12), payload])
  }
}

/** §4.3.1 with key derivation rate 0. */
function derive(master: Buffer, salt: Buffer, label: number, length: number): Buffer {
  const iv = Buffer.alloc(16)
  salt.copy(iv)
  iv[7]! ^= label
  return createCipheriv('aes-128-ctr', master, iv).update(Buffer.alloc(length))
}
