import { hash } from 'node:crypto'

/** Of SHA-256. */
const blockBytes = 64
const hashBytes = 32
/** A longer text is hashed in a buffer made for it. */
const usualBytes = 192

/**
 * HMAC-SHA-256 (RFC 2104) under one key, for short texts: two hashes in one call each, with the key's pads made beforehand. The same
 * bytes as node:crypto's createHmac, in a third of its time, which goes into making its objects.
 */
export class HashedMac {
  readonly #inner = Buffer.alloc(blockBytes + usualBytes)
  readonly #outer = Buffer.alloc(blockBytes + hashBytes)

  /** @param key at most 64 bytes */
  constructor(key: Uint8Array) {
    if (key.length > blockBytes) throw new TypeError('a key of more than 64 bytes')
    for (let i = 0; i < blockBytes; i++) {
      const byte = key[i] ?? 0
      this.#inner[i] = byte ^ 0x36
      this.#outer[i] = byte ^ 0x5c
    }
  }

  /** The MAC over the bytes and then the text as UTF-8: 64 digits of lower-case hexadecimal, which cost less than a buffer. */
  of(bytes: Uint8Array, text: string): string {
    const textAt = blockBytes + bytes.length
    // No character of UTF-16 is longer in UTF-8.
    const longest = textAt + 3 * text.length
    const buffer = longest <= this.#inner.length ? this.#inner : this.#longer(longest)
    buffer.set(bytes, blockBytes)
    const end = textAt + buffer.write(text, textAt, 'utf8')
    this.#outer.write(hash('sha256', buffer.subarray(0, end)), blockBytes, 'hex')
    return hash('sha256', this.#outer)
  }

  #longer(sizeBytes: number): Buffer {
    const buffer = Buffer.alloc(sizeBytes)
    this.#inner.copy(buffer, 0, 0, blockBytes)
    return buffer
  }
}
