import type { UdpAddress } from '../udp/udp-address.ts'

const slots = 4096
const perSecond = 200
const burst = 400

/**
 * How many checks are worked on for one source IP address: 200 a second, 400 at once. Sources share slots by a seeded hash, so
 * that memory is fixed; a stranger cannot choose whose slot to fill.
 */
export class RequestLimit {
  readonly #left = new Float64Array(slots).fill(burst)
  readonly #atMs = new Float64Array(slots)
  readonly #seed: number
  readonly #ip: { hash(seed: number): number; copyFrom(other: UdpAddress): void; port: number }

  /** @param scratch an address of the limit's own */
  constructor(seed: number, scratch: UdpAddress) {
    this.#seed = seed
    this.#ip = scratch
  }

  /** Takes one of the source's allowance, if there is one left. */
  takes(from: UdpAddress, nowMs: number): boolean {
    this.#ip.copyFrom(from)
    this.#ip.port = 0
    const slot = this.#ip.hash(this.#seed) % slots
    const earned = Math.max(0, nowMs - this.#atMs[slot]!) * (perSecond / 1000)
    const left = Math.min(burst, this.#left[slot]! + earned)
    this.#atMs[slot] = nowMs
    this.#left[slot] = left < 1 ? left : left - 1
    return left >= 1
  }
}
