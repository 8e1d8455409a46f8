import { UdpAddress } from '../udp/udp-address.ts'

/** Plain packets from a second port of the peer are believed when the first has been silent for so long. */
const silenceMs = 500

/**
 * Where one peer's packets come from and go to, without ICE. Proven are: the signalled address; any address from which
 * authenticated packets come; and, because of address translation, the first port that speaks on an IP address that is
 * the signalled one or the one that signalling comes from. Another port of these takes over only after a silence, unless it
 * is the signalled one itself: what spoke before was somebody else there, such as a phone whose call on this port is long over.
 */
export class Latch {
  readonly #signalled = new UdpAddress()
  readonly #current = new UdpAddress()
  #signalling: UdpAddress | undefined
  #hasSignalled = false
  #isLatched = false
  #heardMs = Number.NEGATIVE_INFINITY

  /** @param signalling where signalling comes from; its port does not matter */
  constructor(signalling: UdpAddress | undefined) {
    this.#signalling = signalling
  }

  /** Signalling comes from another address now; what was latched is kept until that one speaks. */
  setSignalling(address: UdpAddress | undefined): void {
    this.#signalling = address
  }

  /** What the description says; what was latched is kept as long as it says the same. */
  setSignalled(address: UdpAddress | undefined): void {
    if (address && this.#hasSignalled && address.equals(this.#signalled)) return
    this.#hasSignalled = address !== undefined && !address.isUnspecified
    this.#isLatched = false
    if (address) this.#signalled.copyFrom(address)
  }

  /** Where to send; undefined while nothing is proven. */
  get destination(): UdpAddress | undefined {
    if (this.#isLatched) return this.#current
    return this.#hasSignalled ? this.#signalled : undefined
  }

  /** Whether a packet without authentication is the peer's; latches to its source if so. */
  accepts(from: UdpAddress, nowMs: number): boolean {
    if (!this.#hasSignalled) return false
    if (this.#isLatched && from.equals(this.#current)) {
      this.#heardMs = nowMs
      return true
    }
    if (!this.mayBePeer(from)) return false
    if (this.#isLatched && nowMs - this.#heardMs < silenceMs && !from.equals(this.#signalled)) return false
    this.prove(from, nowMs)
    return true
  }

  /** Whether the IP address is one from which the peer may speak. */
  mayBePeer(from: UdpAddress): boolean {
    if (this.#hasSignalled && from.hasIpOf(this.#signalled)) return true
    return this.#signalling !== undefined && from.hasIpOf(this.#signalling)
  }

  /** An authenticated packet came from there. */
  prove(from: UdpAddress, nowMs: number): void {
    this.#heardMs = nowMs
    if (this.#isLatched && from.equals(this.#current)) return
    this.#current.copyFrom(from)
    this.#isLatched = true
  }
}
