import { randomBytes } from 'node:crypto'
import { TransientMap } from '@vaxel/base'
import type { Endpoint } from '@vaxel/sip'
import { familyOf } from '../ip-address.ts'
import { readXorAddress, writeXorAddress } from '../xor-address.ts'
import { Allocation, type TurnClient } from './allocation.ts'
import { authenticateRequest, type TurnRequest, type Verifier } from './authenticate-request.ts'
import { Nonces } from './nonces.ts'
import { defaultRelayLimits, lifetimes, type RelayLimits } from './relay-limits.ts'
import type { RelayTargets } from './relay-targets.ts'
import { attribute, method, readFrame, type StunFrame, valueOf } from './stun-codec.ts'
import { type BindAction, ignore, reply, type TurnAction } from './turn-actions.ts'
import { accept, channelData, dataIndication, fault, lifetimeValue, refuse } from './turn-answers.ts'
import type { TurnCredentials } from './turn-credentials.ts'

export interface TurnServerOptions {
  readonly credentials: TurnCredentials
  readonly targets: RelayTargets
  readonly limits?: Partial<RelayLimits>
  /** Wall clock, for when credentials end; everything else is monotonic. */
  readonly wallMs: () => number
}

const udpProtocol = 17
/** RFC 8656 §12 has channels up to 0x4fff; clients of RFC 5766 count to 0x7fff, and nothing else begins so. */
const lastChannelByte = 0x7f

/**
 * A TURN server (RFC 8656) without sockets: datagrams in, actions out. It relays to our own media alone: what a client reaches
 * through it is what it could reach without, if its network let it. Times are monotonic milliseconds.
 */
export class TurnServer {
  readonly #verifier: Verifier
  readonly #targets: RelayTargets
  readonly #limits: RelayLimits
  readonly #allocations = new TransientMap<string, Allocation>()
  readonly #perUser = new Map<string, number>()

  constructor(options: TurnServerOptions) {
    const { credentials, wallMs } = options
    this.#verifier = { credentials, wallMs, nonces: new Nonces(randomBytes(32)) }
    this.#targets = options.targets
    this.#limits = { ...defaultRelayLimits, ...options.limits }
  }

  get size(): number {
    return this.#allocations.size
  }

  has(client: TurnClient): boolean {
    return this.#allocations.has(client.key)
  }

  /** Takes one message or ChannelData of a client; Binding requests are answered elsewhere. */
  receive(client: TurnClient, bytes: Uint8Array, nowMs: number): TurnAction {
    if (bytes.length >= 4 && bytes[0]! >= 0x40 && bytes[0]! <= lastChannelByte)
      return this.#channelData(client, bytes, nowMs)
    const frame = readFrame(bytes)
    if (frame === undefined) return ignore('no message')
    if (frame.class === 'indication' && frame.method === method.send) return this.#send(client, frame, nowMs)
    if (frame.class !== 'request') return ignore('no request')
    const perform = this.#requests[frame.method]
    if (perform === undefined) return ignore('another method')
    const request = authenticateRequest(this.#verifier, client, frame, this.#allocations.get(client.key), nowMs)
    return request instanceof Uint8Array ? reply(request) : perform(request)
  }

  /** Takes a datagram that came to an allocation's relayed address. */
  receiveFromPeer(allocation: Allocation, bytes: Uint8Array, from: Endpoint, nowMs: number): TurnAction {
    const peer = allocation.nameOf(from.address)
    if (peer?.port !== from.port) return this.#dropped(allocation, 'from no peer')
    const channel = allocation.channelTo(peer, nowMs)
    if (!channel && !allocation.permits(peer.address, nowMs)) return this.#dropped(allocation, 'no permission')
    if (!allocation.takes('in', bytes.length, nowMs)) return this.#dropped(allocation, 'too much')
    const message = channel ? channelData(channel.number, bytes) : dataIndication(peer, bytes)
    return { do: 'deliver', client: allocation.client, bytes: message }
  }

  /** The socket that was asked for is there, or `relayed` is undefined: it could not be had. */
  relayBound({ allocation, request }: BindAction, relayed: Endpoint | undefined, nowMs: number): TurnAction {
    const { client, key } = allocation
    if (this.#allocations.get(client.key) !== allocation) return { do: 'unbind', allocation }
    if (relayed === undefined) {
      this.#forget(allocation)
      return { do: 'deliver', client, bytes: refuse(request, fault.capacity, key) }
    }
    allocation.expiresAtMs = nowMs + allocation.lifetimeMs
    allocation.answer = accept(request, key, [
      [attribute.xorRelayedAddress, writeXorAddress(relayed, request.cookieAndId)],
      [attribute.lifetime, lifetimeValue(allocation.lifetimeMs)],
      [attribute.xorMappedAddress, writeXorAddress(client.remote, request.cookieAndId)],
    ])
    return { do: 'deliver', client, bytes: allocation.answer }
  }

  /** The connection of a client is gone, and its allocation with it (RFC 8656 §5). */
  clientGone(client: TurnClient): TurnAction {
    const allocation = this.#allocations.get(client.key)
    if (!allocation) return ignore('no allocation')
    this.#forget(allocation)
    return { do: 'unbind', allocation }
  }

  /** Ends what has expired. To be called every few seconds. */
  expire(nowMs: number): readonly TurnAction[] {
    const expired = [...this.#allocations.values()].filter(({ expiresAtMs }) => expiresAtMs <= nowMs)
    for (const allocation of expired) this.#forget(allocation)
    return expired.map((allocation) => ({ do: 'unbind', allocation }))
  }

  readonly #requests: Readonly<Record<number, (request: TurnRequest) => TurnAction>> = {
    [method.allocate]: (request) => this.#allocate(request),
    [method.refresh]: (request) => this.#refresh(request),
    [method.createPermission]: (request) => this.#createPermission(request),
    [method.channelBind]: (request) => this.#channelBind(request),
  }

  /** RFC 8656 §7.2, in its order. */
  #allocate({ client, frame, allocation, key, username, userId, nowMs }: TurnRequest): TurnAction {
    const refused = (why: Parameters<typeof refuse>[1]) => reply(refuse(frame, why, key))
    const transactionId = idOf(frame)
    if (allocation) {
      if (allocation.transactionId !== transactionId) return refused(fault.noAllocation)
      return allocation.answer ? reply(allocation.answer) : ignore('being made')
    }
    const transport = valueOf(frame, attribute.requestedTransport)
    if (transport?.length !== 4) return refused(fault.badRequest)
    if (transport[0] !== udpProtocol) return refused(fault.notUdp)
    const evenPort = valueOf(frame, attribute.evenPort)
    const familyValue = valueOf(frame, attribute.requestedAddressFamily)
    if (valueOf(frame, attribute.reservationToken))
      return refused(evenPort || familyValue ? fault.badRequest : fault.capacity)
    const family = this.#familyFor(familyValue, client)
    if (family === undefined) return refused(fault.wrongFamily)
    // Two ports in a row are for RTP without multiplexing, which no client of ours has.
    if (evenPort && (evenPort[0]! & 0x80) !== 0) return refused(fault.capacity)
    if ((this.#perUser.get(userId) ?? 0) >= this.#limits.perUser) return refused(fault.quota)
    if (this.#allocations.size >= this.#limits.inAll) return refused(fault.capacity)
    const lifetimeMs = lifetimeOf(frame)
    const made = new Allocation(
      { client, username, userId, key, family, lifetimeMs: lifetimeMs || lifetimes.usualMs, transactionId },
      this.#limits,
      nowMs,
    )
    this.#allocations.set(client.key, made)
    this.#perUser.set(userId, (this.#perUser.get(userId) ?? 0) + 1)
    return { do: 'bind', allocation: made, isEven: evenPort !== undefined, request: frame }
  }

  /** As asked for; where nothing is asked for, IPv4 by RFC 8656, but the client's own family if it is reached by that alone. */
  #familyFor(asked: Uint8Array | undefined, client: TurnClient): 4 | 6 | undefined {
    const own = familyOf(client.remote.address) === 6 ? 6 : 4
    const family = asked === undefined ? own : asked[0] === 1 ? 4 : asked[0] === 2 ? 6 : undefined
    return family !== undefined && this.#targets.has(family) ? family : undefined
  }

  /** RFC 8656 §8.2. */
  #refresh({ frame, allocation, key, nowMs }: TurnRequest): TurnAction {
    if (!allocation?.answer) return reply(refuse(frame, fault.noAllocation, key))
    const family = valueOf(frame, attribute.requestedAddressFamily)
    if (family && family[0] !== (allocation.family === 4 ? 1 : 2)) return reply(refuse(frame, fault.peerFamily, key))
    const lifetimeMs = lifetimeOf(frame)
    const bytes = accept(frame, key, [[attribute.lifetime, lifetimeValue(lifetimeMs)]])
    allocation.expiresAtMs = nowMs + lifetimeMs
    if (lifetimeMs > 0) return reply(bytes)
    this.#forget(allocation)
    return { do: 'reply', bytes, unbind: allocation }
  }

  /** RFC 8656 §10.2: all of them, or none. */
  #createPermission({ frame, allocation, key, nowMs }: TurnRequest): TurnAction {
    const refused = (why: Parameters<typeof refuse>[1]) => reply(refuse(frame, why, key))
    if (!allocation?.answer) return refused(fault.noAllocation)
    const addresses: string[] = []
    for (const { type, value } of frame.attributes) {
      if (type !== attribute.xorPeerAddress) continue
      const peer = readXorAddress(value, frame.cookieAndId)
      if (!peer) return refused(fault.badRequest)
      if (familyOf(peer.address) !== allocation.family) return refused(fault.peerFamily)
      if (!this.#targets.isOwn(peer.address)) return refused(fault.forbidden)
      addresses.push(peer.address)
    }
    if (addresses.length === 0) return refused(fault.badRequest)
    return allocation.permit(addresses, nowMs) ? reply(accept(frame, key)) : refused(fault.capacity)
  }

  /** RFC 8656 §12.2. */
  #channelBind({ frame, allocation, key, nowMs }: TurnRequest): TurnAction {
    const refused = (why: Parameters<typeof refuse>[1]) => reply(refuse(frame, why, key))
    if (!allocation?.answer) return refused(fault.noAllocation)
    const number = valueOf(frame, attribute.channelNumber)
    const name = readXorAddress(valueOf(frame, attribute.xorPeerAddress) ?? new Uint8Array(), frame.cookieAndId)
    if (number?.length !== 4 || !name || number[0]! < 0x40 || number[0]! > lastChannelByte)
      return refused(fault.badRequest)
    if (familyOf(name.address) !== allocation.family) return refused(fault.peerFamily)
    const target = this.#targets.resolve(name)
    if (!target) return refused(fault.forbidden)
    switch (allocation.bindChannel((number[0]! << 8) | number[1]!, { name, target }, nowMs)) {
      case 'bound':
        return reply(accept(frame, key))
      case 'taken':
        return refused(fault.badRequest)
      case 'full':
        return refused(fault.capacity)
    }
  }

  /** RFC 8656 §11.2: no answer, whatever is wrong. */
  #send(client: TurnClient, frame: StunFrame, nowMs: number): TurnAction {
    const allocation = this.#allocations.get(client.key)
    const bytes = valueOf(frame, attribute.data)
    const name = readXorAddress(valueOf(frame, attribute.xorPeerAddress) ?? new Uint8Array(), frame.cookieAndId)
    if (!allocation?.answer || !bytes || !name || frame.unknown.length > 0) return ignore('no indication of a client')
    const target = allocation.permits(name.address, nowMs) ? this.#targets.resolve(name) : undefined
    if (!target) return this.#dropped(allocation, 'no permission')
    return this.#relay(allocation, name, target, bytes, nowMs)
  }

  /** RFC 8656 §12.6. A channel that is bound is permission enough: it leads to our own media. */
  #channelData(client: TurnClient, bytes: Uint8Array, nowMs: number): TurnAction {
    const allocation = this.#allocations.get(client.key)
    if (!allocation) return ignore('no allocation')
    const channel = allocation.channel((bytes[0]! << 8) | bytes[1]!, nowMs)
    const length = (bytes[2]! << 8) | bytes[3]!
    if (!channel || 4 + length > bytes.length) return this.#dropped(allocation, 'no channel, or cut short')
    return this.#relay(allocation, channel.peer.name, channel.peer.target, bytes.subarray(4, 4 + length), nowMs)
  }

  #relay(allocation: Allocation, name: Endpoint, target: Endpoint, bytes: Uint8Array, nowMs: number): TurnAction {
    if (!allocation.takes('out', bytes.length, nowMs)) return this.#dropped(allocation, 'too much')
    allocation.spokeTo(name, target.address)
    return { do: 'relay', allocation, bytes, to: target }
  }

  #dropped(allocation: Allocation, why: string): TurnAction {
    allocation.dropped++
    return ignore(why)
  }

  #forget(allocation: Allocation): void {
    if (!this.#allocations.delete(allocation.client.key)) return
    const left = (this.#perUser.get(allocation.userId) ?? 1) - 1
    if (left > 0) this.#perUser.set(allocation.userId, left)
    else this.#perUser.delete(allocation.userId)
  }
}

const idOf = (frame: StunFrame): string => Buffer.from(frame.cookieAndId.subarray(4)).toString('latin1')

/** What LIFETIME asks for, at most the longest and, unless it is 0, at least the usual (RFC 8656 §7.2). */
function lifetimeOf(frame: StunFrame): number {
  const value = valueOf(frame, attribute.lifetime)
  if (value?.length !== 4) return lifetimes.usualMs
  const asked = 1000 * new DataView(value.buffer, value.byteOffset).getUint32(0)
  return asked === 0 ? 0 : Math.min(lifetimes.longestMs, Math.max(lifetimes.usualMs, asked))
}
