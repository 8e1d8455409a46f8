import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { sourceOfAddress } from '@vaxel/base'

/** How long a nonce counts (RFC 8656 §5 asks for at most an hour). */
export const nonceMs = 3_600_000
const timeDigits = 8
const proofDigits = 16

/** Nonces that need no table: the second they were made in, and a proof that we made it for this source. */
export class Nonces {
  readonly #key: KeyObject

  /** @param key random, of this process alone */
  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key)
  }

  /** 24 characters. @param nowMs monotonic */
  make(address: string, nowMs: number): Uint8Array {
    const time = Math.floor(nowMs / 1000)
      .toString(16)
      .padStart(timeDigits, '0')
    return Buffer.from(time + this.#proof(time, address), 'latin1')
  }

  /** Whether it is ours, for that source, and not too old. */
  counts(nonce: Uint8Array, address: string, nowMs: number): boolean {
    if (nonce.length !== timeDigits + proofDigits) return false
    const text = Buffer.from(nonce).toString('latin1')
    const time = text.slice(0, timeDigits)
    if (!timingSafeEqual(Buffer.from(this.#proof(time, address)), Buffer.from(nonce.subarray(timeDigits)))) return false
    const ageMs = nowMs - 1000 * Number.parseInt(time, 16)
    return ageMs >= 0 && ageMs <= nonceMs
  }

  #proof(time: string, address: string): string {
    return createHmac('sha256', this.#key)
      .update(`${time} ${sourceOfAddress(address)}`)
      .digest('base64')
      .slice(0, proofDigits)
  }
}
