import type { Socket } from 'node:net'
import type { Clock, Timer } from '@vaxel/base'
import { plainAddress } from '../ip-address.ts'
import { answerBinding } from '../stun-keep-alive.ts'
import type { Place } from '../places.ts'
import { StunRate } from '../stun-rate.ts'
import type { Allocation, TurnClient } from './allocation.ts'
import { RelaySockets } from './relay-sockets.ts'
import type { RelayTargets } from './relay-targets.ts'
import { StreamFraming } from './stream-framing.ts'
import type { BindAction, TurnAction } from './turn-actions.ts'
import type { TurnServer } from './turn-server.ts'

/** Time limits and sizes of streams. */
const streamLimits = {
  /** Without an allocation, so long without a whole message. */
  idleMs: 30_000,
  /** From the first byte of a message to its last. */
  messageMs: 10_000,
  /** Audio that would have to wait behind more than this is dropped: it would come too late. */
  lateBytes: 16_384,
  /** A client that reads nothing at all is cut off. */
  unreadBytes: 262_144,
} as const

const expireEveryMs = 5_000
/** Of one source over streams, where no address is forged. */
const streamRequestsEachSecond = 200

export interface TurnDoorOptions {
  readonly clock: Clock
  readonly server: TurnServer
  readonly targets: RelayTargets
  /** Ports that relays keep out of. */
  readonly avoid: readonly [from: number, to: number]
}

/** Does what {@link TurnServer} says: the clients' datagrams and connections, and the sockets of their allocations. */
export class TurnDoor {
  readonly #clock: Clock
  readonly #server: TurnServer
  readonly #targets: RelayTargets
  readonly #relays: RelaySockets
  readonly #streams = new Map<string, Socket>()
  readonly #rate = new StunRate(streamRequestsEachSecond)
  readonly #datagramTo = new Map<string, (bytes: Uint8Array) => void>()
  #timer: Timer
  #isClosed = false

  constructor({ clock, server, targets, avoid }: TurnDoorOptions) {
    this.#clock = clock
    this.#server = server
    this.#targets = targets
    this.#relays = new RelaySockets({
      avoid,
      onDatagram: (allocation, bytes, from) =>
        this.#perform(server.receiveFromPeer(allocation, bytes, from, clock.monotonicMs()), allocation.client),
    })
    this.#timer = this.#expireLater()
  }

  /** Allocations, and the connections that hold some or want to. */
  counts(): { readonly allocations: number; readonly connections: number } {
    return { allocations: this.#server.size, connections: this.#streams.size }
  }

  /** Takes a datagram that is no Binding request. @param send the way back */
  receiveDatagram(bytes: Uint8Array, remote: TurnClient['remote'], send: (bytes: Uint8Array) => void): void {
    const client: TurnClient = { transport: 'udp', remote, key: `udp ${remote.address} ${remote.port}` }
    const action = this.#server.receive(client, bytes, this.#clock.monotonicMs())
    if (action.do === 'bind') this.#datagramTo.set(client.key, send)
    if (action.do === 'reply') send(action.bytes)
    this.#perform(action, client)
  }

  /**
   * Takes over a connection, whatever of it was read before put back.
   * @param place which it keeps once it has an allocation, as a login is needed for one
   */
  acceptStream(socket: Socket, transport: 'tcp' | 'tls', place?: Place): void {
    const remote = { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 }
    const client: TurnClient = { transport, remote, key: `${transport} ${remote.address} ${remote.port}` }
    if (this.#isClosed) return void socket.destroy()
    const framing = new StreamFraming()
    let partTimer: Timer | undefined
    this.#streams.set(client.key, socket)
    socket.setNoDelay(true)
    socket.setTimeout(streamLimits.idleMs, () => {
      if (!this.#server.has(client)) socket.destroy()
    })
    socket.on('error', () => socket.destroy())
    socket.on('end', () => socket.destroy())
    socket.on('close', () => {
      partTimer?.stop()
      if (this.#streams.get(client.key) !== socket) return
      this.#streams.delete(client.key)
      this.#perform(this.#server.clientGone(client), client)
    })
    socket.on('data', (bytes: Uint8Array) => {
      for (const message of framing.push(bytes)) this.#receiveStream(socket, client, message)
      if (this.#server.has(client)) place?.keep()
      if (framing.isBroken) return void socket.destroy()
      partTimer?.stop()
      partTimer = framing.isWaiting ? this.#clock.startTimer(streamLimits.messageMs, () => socket.destroy()) : undefined
    })
  }

  close(): void {
    this.#isClosed = true
    this.#timer.stop()
    for (const socket of this.#streams.values()) socket.destroy()
    this.#relays.closeAll()
  }

  #receiveStream(socket: Socket, client: TurnClient, bytes: Uint8Array): void {
    if (socket.destroyed) return
    const nowMs = this.#clock.monotonicMs()
    if (socket.writableLength > streamLimits.unreadBytes) return void socket.destroy()
    if (isRequest(bytes) && !this.#rate.admits(client.remote.address, nowMs)) return
    const binding = answerBinding(bytes, client.remote)
    if (binding) return void socket.write(binding)
    const action = this.#server.receive(client, bytes, nowMs)
    if (action.do === 'reply') socket.write(action.bytes)
    this.#perform(action, client)
  }

  #perform(action: TurnAction, client: TurnClient): void {
    switch (action.do) {
      case 'relay':
        return this.#relays.send(action.allocation, action.bytes, action.to)
      case 'deliver':
        return this.#deliver(action.client, action.bytes)
      case 'bind':
        void this.#bind(action)
        return
      case 'unbind':
        return this.#unbind(action.allocation)
      case 'reply':
        if (action.unbind) this.#unbind(action.unbind)
        return
      case 'ignore':
        // A stream that talks of nothing we know, with nothing to lose, is no client.
        if (client.transport !== 'udp' && !this.#server.has(client)) this.#streams.get(client.key)?.destroy()
    }
  }

  #deliver(client: TurnClient, bytes: Uint8Array): void {
    if (client.transport === 'udp') return this.#datagramTo.get(client.key)?.(bytes)
    const socket = this.#streams.get(client.key)
    if (!socket) return
    if (socket.writableLength > streamLimits.unreadBytes) return void socket.destroy()
    const isAudio = bytes[0]! >= 0x40 || bytes[1] === 0x17
    if (!isAudio || socket.writableLength <= streamLimits.lateBytes) socket.write(bytes)
  }

  async #bind(action: BindAction): Promise<void> {
    const { allocation, isEven } = action
    const address = this.#targets.relayAddress(allocation.client.remote.address, allocation.family)
    const relayed = address === undefined ? undefined : await this.#relays.open(allocation, address, isEven)
    if (this.#isClosed) return this.#relays.close(allocation)
    this.#perform(this.#server.relayBound(action, relayed, this.#clock.monotonicMs()), allocation.client)
    if (relayed === undefined) this.#datagramTo.delete(allocation.client.key)
  }

  #unbind(allocation: Allocation): void {
    const { key } = allocation.client
    this.#relays.close(allocation)
    this.#datagramTo.delete(key)
    this.#streams.get(key)?.end()
  }

  #expireLater(): Timer {
    return this.#clock.startTimer(expireEveryMs, () => {
      for (const action of this.#server.expire(this.#clock.monotonicMs()))
        if (action.do === 'unbind') this.#unbind(action.allocation)
      this.#timer = this.#expireLater()
    })
  }
}

/** Whether it is a STUN request by its two class bits. */
export const isRequest = (bytes: Uint8Array): boolean =>
  bytes[0]! <= 0x3f && (bytes[0]! & 0x01) === 0 && (bytes[1]! & 0x10) === 0
