import { isLoopback, sourceOfAddress } from '@vaxel/base'

/** Answers to one source: a hundred phones behind one NAT ask three times each at once and seldom after. And to all. */
export const stunRates = { perSourceEachSecond: 20, perSourceAtOnce: 300, eachSecond: 5_000, sources: 20_000 } as const

/** On the SIP port, where a request each 30 s is a phone's keep-alive (RFC 5626 §4.4.2): 6,000 phones behind one NAT. */
export const keepAlivesEachSecond = 200

interface Bucket {
  left: number
  atMs: number
}

/**
 * How many STUN requests over UDP are answered. An answer is longer than its request, and its address is the asker's word, so
 * nobody must be able to aim more than a trickle at somebody else by us. A source is an IPv4 address or an IPv6 /64; beyond
 * `sources` the quietest is forgotten, and the rate of all of them together holds. Loopback, where no address is forged, is free.
 */
export class StunRate {
  readonly #perSourceEachSecond: number
  readonly #sources = new Map<string, Bucket>()
  readonly #all: Bucket = { left: stunRates.eachSecond, atMs: 0 }

  /** @param perSourceEachSecond for long */
  constructor(perSourceEachSecond: number = stunRates.perSourceEachSecond) {
    this.#perSourceEachSecond = perSourceEachSecond
  }

  get size(): number {
    return this.#sources.size
  }

  /** @param nowMs monotonic */
  admits(address: string, nowMs: number): boolean {
    if (isLoopback(address)) return true
    const source = sourceOfAddress(address)
    const { perSourceAtOnce, eachSecond, sources } = stunRates
    const bucket = this.#sources.get(source) ?? { left: perSourceAtOnce, atMs: nowMs }
    if (!this.#sources.delete(source) && this.#sources.size >= sources)
      this.#sources.delete(this.#sources.keys().next().value!)
    this.#sources.set(source, bucket)
    return (
      take(bucket, this.#perSourceEachSecond, perSourceAtOnce, nowMs) && take(this.#all, eachSecond, eachSecond, nowMs)
    )
  }
}

function take(bucket: Bucket, eachSecond: number, atOnce: number, nowMs: number): boolean {
  bucket.left = Math.min(atOnce, bucket.left + (eachSecond * (nowMs - bucket.atMs)) / 1000)
  bucket.atMs = nowMs
  if (bucket.left < 1) return false
  bucket.left--
  return true
}
