import { TransientMap } from '@vaxel/base'
import { classifyPacket } from '../rtp/classify.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import { type DatagramReceiver, largestDatagramBytes, type UdpSocket } from '../udp/udp-network.ts'
import { IceSession } from './ice-session.ts'
import { RequestLimit } from './request-limit.ts'
import {
  bindingError,
  bindingRequest,
  bindingSuccess,
  hasIntegrity,
  readStun,
  type StunAnswer,
  type StunMessage,
  writeStunAnswer,
} from './stun-message.ts'

/** The peer behind an ICE session, as the shared port serves it. */
export interface IcePeer {
  /** A packet from an address that the peer has proven. */
  readonly receive: DatagramReceiver
  /** An address was proven for the first time, or chosen: packets may go there. */
  readonly onChecked?: (nowMs: number) => void
}

interface Entry {
  readonly session: IceSession
  readonly peer: IcePeer
  /** The socket on which the last check came. */
  socket: UdpSocket | undefined
}

interface Place {
  readonly address: UdpAddress
  readonly entry: Entry
}

/**
 * All ICE peers on one UDP port. A check finds its session by the ufrag in its USERNAME and proves itself by the password;
 * everything else is told apart by the source address of earlier checks, and dropped without one.
 */
export class SharedPort {
  /** Datagrams from nobody, forged checks and such, for the metrics. */
  dropped = 0
  readonly #entries = new TransientMap<string, Entry>()
  readonly #places = new TransientMap<number, Place[]>()
  readonly #seed: number
  readonly #limit: RequestLimit
  readonly #answer = Buffer.alloc(512)

  /** @param seed random, so that strangers cannot make addresses collide */
  constructor(seed: number) {
    this.#seed = seed
    this.#limit = new RequestLimit(seed, new UdpAddress())
  }

  /** Answers checks for these credentials from now on; replaces a session of the same ufrag. */
  add(credentials: { readonly ufrag: string; readonly password: string }, peer: IcePeer): IceSession {
    this.remove(credentials.ufrag)
    const session = new IceSession(credentials)
    this.#entries.set(credentials.ufrag, { session, peer, socket: undefined })
    return session
  }

  remove(ufrag: string): void {
    const entry = this.#entries.get(ufrag)
    if (!entry) return
    this.#entries.delete(ufrag)
    for (const address of entry.session.addresses) this.#forget(address, entry)
  }

  /** Sends to where the session's peer may be sent to now. @returns whether there was such an address */
  send(session: IceSession, buffer: Uint8Array, length: number, nowMs: number): boolean {
    const destination = session.destination(nowMs)
    const socket = this.#entries.get(session.ufrag)?.socket
    if (!destination || !socket || length > largestDatagramBytes) return false
    socket.send(buffer, length, destination)
    return true
  }

  /** Takes a datagram of one of the port's sockets. */
  receive(socket: UdpSocket, buffer: Buffer, length: number, from: UdpAddress, nowMs: number): void {
    if (classifyPacket(buffer, length) === 'stun') return this.#receiveStun(socket, buffer, length, from, nowMs)
    const place = this.#placeOf(from)
    if (!place) this.dropped++
    else place.entry.peer.receive(buffer, length, from, nowMs)
  }

  #receiveStun(socket: UdpSocket, buffer: Buffer, length: number, from: UdpAddress, nowMs: number): void {
    if (!this.#limit.takes(from, nowMs)) return this.#drop()
    const message = readStun(buffer, length)
    if (message?.type !== bindingRequest || message.username === undefined) return this.#drop()
    const colon = message.username.indexOf(':')
    const entry = colon < 0 ? undefined : this.#entries.get(message.username.slice(0, colon))
    // Nothing is told to strangers: an answer to a forged check would help nobody but them.
    if (!entry?.session.accepts(message.username)) return this.#drop()
    if (!hasIntegrity(buffer, message, entry.session.password)) return this.#drop()
    this.#reply(socket, entry, message, from, nowMs)
  }

  #reply(socket: UdpSocket, entry: Entry, message: StunMessage, from: UdpAddress, nowMs: number): void {
    const { transactionId } = message
    let answer: StunAnswer = { type: bindingSuccess, transactionId, mapped: from }
    if (message.unknown.length > 0) {
      const error = { code: 420, reason: 'Unknown Attribute', unknown: message.unknown }
      answer = { type: bindingError, transactionId, error }
    } else if (message.role === 'controlled') {
      // We are lite and never controlling: the peer must take that role (RFC 8445 §6.1.1, §7.3.1.1).
      answer = { type: bindingError, transactionId, error: { code: 487, reason: 'Role Conflict' } }
    } else this.#note(socket, entry, message, from, nowMs)
    socket.send(this.#answer, writeStunAnswer(this.#answer, answer, entry.session.password), from)
    if (answer.type === bindingSuccess) entry.peer.onChecked?.(nowMs)
  }

  #note(socket: UdpSocket, entry: Entry, message: StunMessage, from: UdpAddress, nowMs: number): void {
    const { isNew, dropped } = entry.session.check(from, message.useCandidate, nowMs)
    entry.socket = socket
    if (dropped) this.#forget(dropped, entry)
    const place = this.#placeOf(from)
    if (!isNew && place?.entry === entry) return
    // The address proved another session before: whoever knows the newer password has it now.
    if (place) this.#forget(from, place.entry)
    const hash = from.hash(this.#seed)
    const bucket = this.#places.get(hash) ?? []
    bucket.push({ address: from.copy(), entry })
    this.#places.set(hash, bucket)
  }

  #placeOf(address: UdpAddress): Place | undefined {
    const bucket = this.#places.get(address.hash(this.#seed))
    if (!bucket) return undefined
    for (let i = 0; i < bucket.length; i++) if (bucket[i]!.address.equals(address)) return bucket[i]
    return undefined
  }

  #forget(address: UdpAddress, entry: Entry): void {
    const hash = address.hash(this.#seed)
    const left = this.#places.get(hash)?.filter((place) => place.entry !== entry || !place.address.equals(address))
    if (left === undefined || left.length === 0) this.#places.delete(hash)
    else this.#places.set(hash, left)
  }

  #drop(): void {
    this.dropped++
  }
}
