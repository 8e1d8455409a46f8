import type { UdpAddress } from '../udp/udp-address.ts'

const slots = 4096
const usual = { perSecond: 200, burst: 400 }

/**
 * How many requests are worked on for one source IP address: 200 a second and 400 at once, if not said otherwise. Sources share slots by a seeded hash, so
 * that memory is fixed; a stranger cannot choose whose slot to fill.
 */
export class RequestLimit {
  readonly #left: Float64Array
  readonly #perSecond: number
  readonly #burst: number
  readonly #atMs = new Float64Array(slots)
  readonly #seed: number
  readonly #ip: { hash(seed: number): number; copyFrom(other: UdpAddress): void; port: number }

  /** @param scratch an address of the limit's own */
  constructor(seed: number, scratch: UdpAddress, { perSecond, burst } = usual) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#left = new Float64Array(slots).fill(burst)
    this.#seed = seed
    this.#ip = scratch
  }

  /** Takes one of the source's allowance, if there is one left. */
  takes(from: UdpAddress, nowMs: number): boolean {
    this.#ip.copyFrom(from)
    this.#ip.port = 0
    const slot = this.#ip.hash(this.#seed) % slots
    const earned = Math.max(0, nowMs - this.#atMs[slot]!) * (this.#perSecond / 1000)
    const left = Math.min(this.#burst, this.#left[slot]! + earned)
    this.#atMs[slot] = nowMs
    this.#left[slot] = left < 1 ? left : left - 1
    return left >= 1
  }
}
