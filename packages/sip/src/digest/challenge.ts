import { timingSafeEqual } from 'node:crypto'
import { type RandomBytes, systemRandom } from '@vaxel/base'
import { quoted } from './auth-header.ts'
import { HashedMac } from './hashed-mac.ts'
import { NonceCounts } from './nonce-counts.ts'

const timeBytes = 6
const seedBytes = 4
const countBytes = 4
const macBytes = 16
const signedBytes = timeBytes + seedBytes + countBytes
const wholeBytes = signedBytes + macBytes

/** What a server offers, in order of preference (RFC 8760 §2.3). */
const offered = ['SHA-256', 'MD5'] as const

export interface ChallengerOptions {
  /** How long a nonce may be used. Default 600 s. */
  readonly lifetimeSeconds?: number
  /** Nonces in use at once. Default 200,000 (about 40 MB when full). */
  readonly capacity?: number
  readonly random?: RandomBytes
}

/**
 * Makes challenges without keeping anything: a nonce carries its time and a MAC over time, count and source (RFC 7616 §5.4).
 * Only counts of nonces that were used with a right digest are kept.
 */
export class Challenger {
  readonly #mac: HashedMac
  /** What the MAC of the nonce that is looked at must be. */
  readonly #expected = Buffer.alloc(macBytes)
  /** Makes nonces of two runs different; within a run a count does. Only the MAC must be hard to guess. */
  readonly #seed: Uint8Array
  #count = 0
  readonly #lifetimeMs: number
  readonly #counts: NonceCounts
  #sweptAtMs = Number.NEGATIVE_INFINITY
  /** The nonce found sound last: a request's is looked at twice, before and after its digest. */
  #sound: { readonly nonce: string; readonly source: string; readonly madeAtMs: number } | undefined

  constructor(options: ChallengerOptions = {}) {
    const random = options.random ?? systemRandom
    this.#mac = new HashedMac(random(32))
    this.#seed = random(seedBytes)
    this.#lifetimeMs = 1000 * (options.lifetimeSeconds ?? 600)
    this.#counts = new NonceCounts(options.capacity ?? 200_000)
  }

  /** @param source where the request came from, e.g. its IP address; the nonce is good for that source alone */
  makeNonce(nowMs: number, source: string): string {
    const bytes = Buffer.alloc(wholeBytes)
    bytes.writeUIntBE(Math.floor(nowMs), 0, timeBytes)
    bytes.set(this.#seed, timeBytes)
    this.#count = (this.#count + 1) >>> 0
    bytes.writeUInt32BE(this.#count, timeBytes + seedBytes)
    bytes.write(this.#mac.of(bytes.subarray(0, signedBytes), source), signedBytes, macBytes, 'hex')
    return bytes.toString('base64url')
  }

  /**
   * Values for WWW-Authenticate or Proxy-Authenticate, one field line each, in this order.
   * @param stale the digest was right, only the nonce was not: phones then try again without asking for a password
   */
  challenge(
    realm: string,
    nowMs: number,
    source: string,
    stale = false,
    algorithms: readonly (typeof offered)[number][] = offered,
  ): string[] {
    const nonce = this.makeNonce(nowMs, source)
    const rest = `realm=${quoted(realm)}, nonce="${nonce}", qop="auth"${stale ? ', stale=true' : ''}`
    return algorithms.map((algorithm) => `Digest ${rest}, algorithm=${algorithm}`)
  }

  /** When the nonce was made, if it is ours, for this source, and still good; else undefined. */
  madeAt(nonce: string, source: string, nowMs: number): number | undefined {
    const madeAtMs =
      this.#sound?.nonce === nonce && this.#sound.source === source ? this.#sound.madeAtMs : this.#verify(nonce, source)
    if (madeAtMs === undefined) return undefined
    return nowMs - madeAtMs < this.#lifetimeMs && madeAtMs <= nowMs + this.#lifetimeMs ? madeAtMs : undefined
  }

  #verify(nonce: string, source: string): number | undefined {
    const bytes = Buffer.from(nonce, 'base64url')
    if (bytes.length !== wholeBytes || nonce.length !== Math.ceil((wholeBytes * 4) / 3)) return undefined
    this.#expected.write(this.#mac.of(bytes.subarray(0, signedBytes), source), 0, macBytes, 'hex')
    if (!timingSafeEqual(this.#expected, bytes.subarray(signedBytes))) return undefined
    const madeAtMs = bytes.readUIntBE(0, timeBytes)
    this.#sound = { nonce, source, madeAtMs }
    return madeAtMs
  }

  /** Takes the count as used. Call only once the digest was found right. @returns whether it was new */
  useCount(nonce: string, madeAtMs: number, count: number, nowMs: number): boolean {
    if (nowMs - this.#sweptAtMs >= this.#lifetimeMs) {
      this.#sweptAtMs = nowMs
      this.#counts.forgetBefore(nowMs - this.#lifetimeMs)
    }
    return this.#counts.use(nonce, madeAtMs, count)
  }
}
