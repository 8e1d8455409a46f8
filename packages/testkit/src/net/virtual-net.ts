import type { Clock } from '@vaxel/base'
import type { SeededRandom } from '../seeded-random.ts'
import { type Address, type Datagram, Nat, type NatOptions } from './nat.ts'

/** What the network does to packets; every number is drawn from the seed. */
export interface Impairment {
  /** 0 to 1. */
  readonly lossRatio?: number
  readonly delayMs?: number
  /** Added to the delay, 0 to this; larger than the packet spacing it reorders. */
  readonly jitterMs?: number
  /** 0 to 1: packets that arrive twice. */
  readonly duplicateRatio?: number
}

export interface VirtualSocket {
  readonly local: Address
  send(bytes: Uint8Array, to: Address): void
  close(): void
}

type Receive = (bytes: Uint8Array, from: Address) => void

/**
 * An in-memory datagram network. Hosts have addresses; a host may stand behind a NAT. Packets travel by the clock's timers,
 * so nothing moves until a VirtualClock does. An address nobody has bound swallows what is sent to it.
 */
export class VirtualNet {
  readonly #clock: Clock
  readonly #random: SeededRandom
  readonly #sockets = new Map<string, Receive>()
  readonly #natOfHost = new Map<string, Nat>()
  readonly #natByAddress = new Map<string, Nat>()
  impairment: Impairment
  /** Sees each packet that is delivered, after translation. */
  onDelivery: ((datagram: Datagram) => void) | undefined
  #sent = 0
  #lost = 0

  constructor(options: { clock: Clock; random: SeededRandom; impairment?: Impairment }) {
    this.#clock = options.clock
    this.#random = options.random
    this.impairment = options.impairment ?? {}
  }

  get counts(): { sent: number; lost: number } {
    return { sent: this.#sent, lost: this.#lost }
  }

  /** Puts hosts behind a NAT; they reach each other directly, and the rest through it. */
  addNat(options: NatOptions, insideAddresses: readonly string[]): Nat {
    const nat = new Nat(options)
    this.#natByAddress.set(options.publicAddress, nat)
    for (const address of insideAddresses) this.#natOfHost.set(address, nat)
    return nat
  }

  bind(local: Address, receive: Receive): VirtualSocket {
    const key = `${local.address}:${local.port}`
    if (this.#sockets.has(key)) throw new Error(`${key} is bound already`)
    this.#sockets.set(key, receive)
    return {
      local,
      send: (bytes, to) => this.#send({ from: local, to, bytes: Uint8Array.from(bytes) }),
      close: () => void this.#sockets.delete(key),
    }
  }

  #send(datagram: Datagram): void {
    this.#sent++
    const { lossRatio = 0, duplicateRatio = 0 } = this.impairment
    if (this.#random.next() < lossRatio) {
      this.#lost++
      return
    }
    const own = this.#natOfHost.get(datagram.from.address)
    const stays = own !== undefined && this.#natOfHost.get(datagram.to.address) === own
    const travelling = own && !stays ? own.translateOut(datagram, this.#clock.monotonicMs()) : datagram
    this.#deliverLater(travelling)
    if (this.#random.next() < duplicateRatio) this.#deliverLater(travelling)
  }

  #deliverLater(datagram: Datagram): void {
    const { delayMs = 0, jitterMs = 0 } = this.impairment
    this.#clock.startTimer(delayMs + this.#random.next() * jitterMs, () => this.#deliver(datagram))
  }

  #deliver(datagram: Datagram): void {
    const nat = this.#natByAddress.get(datagram.to.address)
    const arrived = nat ? nat.translateIn(datagram, this.#clock.monotonicMs()) : datagram
    if (!arrived) return
    this.onDelivery?.(arrived)
    this.#sockets.get(`${arrived.to.address}:${arrived.to.port}`)?.(arrived.bytes, arrived.from)
  }
}
