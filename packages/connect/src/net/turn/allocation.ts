import type { KeyObject } from 'node:crypto'
import type { Endpoint } from '@vaxel/sip'
import { lifetimes, packetOverheadBytes, type RelayLimits } from './relay-limits.ts'

/** A client by how it reaches us; the server's side of the five-tuple is the socket that it came to. */
export interface TurnClient {
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly remote: Endpoint
  /** Tells five-tuples apart. */
  readonly key: string
}

/** A peer that may be sent to: always our own media. */
export interface RelayPeer {
  /** As the client names it, and as it is named to the client. */
  readonly name: Endpoint
  /** Where it is reached from here. */
  readonly target: Endpoint
}

export interface Channel {
  readonly number: number
  readonly peer: RelayPeer
  untilMs: number
}

export interface AllocationOptions {
  readonly client: TurnClient
  readonly username: string
  readonly userId: string
  readonly key: KeyObject
  readonly family: 4 | 6
  readonly lifetimeMs: number
  /** Transaction of the request that made it, so that its copies get the same answer. */
  readonly transactionId: string
}

interface Bucket {
  left: number
  atMs: number
}

/** One relayed address of one client (RFC 8656 §5), with who may send to it and by which channels. */
export class Allocation {
  readonly client: TurnClient
  readonly username: string
  readonly userId: string
  readonly key: KeyObject
  readonly family: 4 | 6
  readonly lifetimeMs: number
  readonly transactionId: string
  /** The answer that made it; undefined until its socket is bound. */
  answer: Uint8Array | undefined
  expiresAtMs = Infinity
  /** Packets that were not carried: too many bytes, no permission, a wrong peer. */
  dropped = 0
  readonly #limits: RelayLimits
  /** Addresses that were permitted, and until when. */
  readonly #permissions = new Map<string, number>()
  readonly #channels = new Map<number, Channel>()
  readonly #names = new Map<string, Endpoint>()
  readonly #buckets: { readonly out: Bucket; readonly in: Bucket }

  constructor(options: AllocationOptions, limits: RelayLimits, nowMs: number) {
    this.client = options.client
    this.username = options.username
    this.userId = options.userId
    this.key = options.key
    this.family = options.family
    this.lifetimeMs = options.lifetimeMs
    this.transactionId = options.transactionId
    this.#limits = limits
    this.#buckets = {
      out: { left: limits.bytesAtOnce, atMs: nowMs },
      in: { left: limits.bytesAtOnce, atMs: nowMs },
    }
  }

  /** @returns whether there was room */
  permit(addresses: readonly string[], nowMs: number): boolean {
    const fresh = new Set(addresses.filter((address) => !this.#permissions.has(address)))
    if (this.#permissions.size + fresh.size > this.#limits.peers) return false
    for (const address of addresses) this.#permissions.set(address, nowMs + lifetimes.permissionMs)
    return true
  }

  permits(address: string, nowMs: number): boolean {
    return (this.#permissions.get(address) ?? 0) > nowMs
  }

  /** Binds or renews a channel, and permits its peer (§12.2). A channel that was for another peer, or a peer with another one, is refused. */
  bindChannel(number: number, peer: RelayPeer, nowMs: number): 'bound' | 'taken' | 'full' {
    for (const [other, channel] of this.#channels) if (channel.untilMs <= nowMs) this.#channels.delete(other)
    const named = this.channelTo(peer.name, nowMs)
    const there = this.#channels.get(number)
    if (named !== there) return 'taken'
    if (!there && this.#channels.size >= this.#limits.peers) return 'full'
    if (!this.permit([peer.name.address], nowMs)) return 'full'
    this.#channels.set(number, { number, peer, untilMs: nowMs + lifetimes.channelMs })
    return 'bound'
  }

  channel(number: number, nowMs: number): Channel | undefined {
    const channel = this.#channels.get(number)
    return channel && channel.untilMs > nowMs ? channel : undefined
  }

  channelTo(peer: Endpoint, nowMs: number): Channel | undefined {
    for (const channel of this.#channels.values())
      if (channel.peer.name.port === peer.port && channel.peer.name.address === peer.address)
        return channel.untilMs > nowMs ? channel : undefined
    return undefined
  }

  /** Notes by which name the client spoke to a target, for what comes back from there. */
  spokeTo(name: Endpoint, target: string): void {
    if (!this.#names.has(target) && this.#names.size >= this.#limits.peers) this.#names.clear()
    this.#names.set(target, name)
  }

  nameOf(target: string): Endpoint | undefined {
    return this.#names.get(target)
  }

  /** Whether so many bytes may still be carried that way. */
  takes(way: 'out' | 'in', bytes: number, nowMs: number): boolean {
    const bucket = this.#buckets[way]
    const { bytesAtOnce, bytesEachSecond } = this.#limits
    bucket.left = Math.min(bytesAtOnce, bucket.left + (Math.max(0, nowMs - bucket.atMs) * bytesEachSecond) / 1000)
    bucket.atMs = nowMs
    if (bucket.left < bytes + packetOverheadBytes) return false
    bucket.left -= bytes + packetOverheadBytes
    return true
  }
}
