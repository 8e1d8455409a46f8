import type { RandomBytes } from '@vaxel/base'

/** No first byte of STUN (0 to 3), of SIP, nor of a keep-alive. */
const firstByte = 0xf0
const probeBytes = 12
/** One that has not come by then is taken as lost, and the next is sent. */
const lostAfterMs = 1_000

/**
 * How long what comes to a UDP port waits until it is read: datagrams of our own, sent to ourselves through the same queue. Where none ever comes
 * back (a filter on loopback), nothing is known and it says 0.
 */
export class WaitingProbe {
  readonly #random: RandomBytes
  #underWay: Buffer | undefined
  #sentAtMs = 0
  #waitedMs = 0
  #hasComeBack = false

  constructor(random: RandomBytes) {
    this.#random = random
  }

  /** How long the last one waited, or the one under way has waited until now; the next is sent if none is. Milliseconds. */
  look(nowMs: number, send: (probe: Uint8Array) => void): number {
    const underWayMs = this.#underWay ? nowMs - this.#sentAtMs : 0
    const waitedMs = this.#hasComeBack ? Math.max(this.#waitedMs, underWayMs) : 0
    if (!this.#underWay || underWayMs >= lostAfterMs) {
      this.#underWay = Buffer.from([firstByte, ...this.#random(probeBytes - 1)])
      this.#sentAtMs = nowMs
      send(this.#underWay)
    }
    return waitedMs
  }

  /** Whether a datagram is the one that is under way; it is then done. */
  takes(bytes: Uint8Array, nowMs: number): boolean {
    if (bytes[0] !== firstByte || bytes.length !== probeBytes || !this.#underWay?.equals(bytes)) return false
    this.#underWay = undefined
    this.#waitedMs = nowMs - this.#sentAtMs
    this.#hasComeBack = true
    return true
  }
}
