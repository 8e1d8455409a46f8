import type { UdpAddress } from '../udp/udp-address.ts'
import type { UdpSocket } from '../udp/udp-network.ts'
import type { Latch } from './latch.ts'

/** Largest UDPTL datagram that is passed on; one with the most redundancy stays below. */
const mostBytes = 1_400
/** Datagrams a second, several times what a fax with redundancy sends. */
const mostPerSecond = 250

/**
 * Fax data of one leg (UDPTL, ITU-T T.38 §9.1): taken from where its peer was signalled or speaks first, as plain audio is, and passed on to the other
 * leg as it came, datagram by datagram. What is too large or too much is dropped.
 */
export class FaxWay {
  readonly #latch: Latch
  readonly #socket: UdpSocket
  readonly #onward: (packet: Buffer, length: number) => void
  #secondMs = Number.NEGATIVE_INFINITY
  #inSecond = 0
  /** Datagrams that were passed on. */
  passed = 0
  dropped = 0

  constructor(options: {
    socket: UdpSocket
    /** Of the port, with what the peer's description says; it may know where the peer's audio came from. */
    latch: Latch
    onward: (packet: Buffer, length: number) => void
  }) {
    this.#latch = options.latch
    this.#socket = options.socket
    this.#onward = options.onward
  }

  receive(packet: Buffer, length: number, from: UdpAddress, nowMs: number): void {
    if (length > mostBytes || !this.#latch.accepts(from, nowMs) || !this.#isWithinRate(nowMs))
      return void this.dropped++
    this.passed++
    this.#onward(packet, length)
  }

  send(packet: Buffer, length: number): void {
    const { destination } = this.#latch
    if (destination) this.#socket.send(packet, length, destination)
  }

  #isWithinRate(nowMs: number): boolean {
    if (nowMs - this.#secondMs >= 1000) {
      this.#secondMs = nowMs
      this.#inSecond = 0
    }
    return ++this.#inSecond <= mostPerSecond
  }
}
