import { classifyPacket } from '../rtp/classify.ts'
import type { UdpAddress } from '../udp/udp-address.ts'

/** As many as an ICE session has. */
const mostAddresses = 16
/** Of a handshake that is not finished: its first answer is longer than its question (RFC 9000 §8.1 allows as much). */
const handshakeFactor = 3
const handshakeBytes = 2_000

interface Account {
  readonly address: UdpAddress
  receivedBytes: number
  sentBytes: number
}

/**
 * How much may be sent to an address by a stream of somebody unknown. A connectivity check proves that its sender knows the password and
 * nothing of where it is: its source may be forged. Only a DTLS handshake of which every packet went between us and one address proves
 * that address, since its end depends on what we sent there. That address gets what it likes; every other one no more bytes than
 * came from it, and so a stream is of no use against a third party.
 */
export class AddressBudget {
  readonly #accounts: Account[] = []
  /** The only address of the handshake so far. */
  #only: Account | undefined
  #isSpread = false

  /** A packet came from a checked address. */
  received(from: UdpAddress, packet: Uint8Array, length: number): void {
    const account = this.#accountOf(from)
    account.receivedBytes += length
    if (classifyPacket(packet, length) === 'dtls') this.#noteHandshake(account)
  }

  /** Whether a packet may go there; then it counts as sent. */
  maySend(to: UdpAddress, packet: Uint8Array, length: number): boolean {
    const account = this.#accountOf(to)
    const isHandshake = classifyPacket(packet, length) === 'dtls'
    if (isHandshake) this.#noteHandshake(account)
    const most = isHandshake ? handshakeBytes + handshakeFactor * account.receivedBytes : account.receivedBytes
    const isProven = !isHandshake && !this.#isSpread && this.#only === account
    if (!isProven && account.sentBytes + length > most) return false
    account.sentBytes += length
    return true
  }

  #noteHandshake(account: Account): void {
    this.#only ??= account
    if (this.#only !== account) this.#isSpread = true
  }

  #accountOf(address: UdpAddress): Account {
    const known = this.#accounts.find((account) => account.address.equals(address))
    if (known) return known
    const made = { address: address.copy(), receivedBytes: 0, sentBytes: 0 }
    // Whoever comes back after so many others begins anew, with nothing.
    if (this.#accounts.length >= mostAddresses) this.#accounts.splice(this.#only === this.#accounts[0] ? 1 : 0, 1)
    this.#accounts.push(made)
    return made
  }
}
