import {
  AF_INET,
  AF_INET6,
  IP_TOS,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_TCLASS,
  type LinuxSockets,
  MSG_TRUNC,
} from './linux-sockets.ts'
import type { UdpAddress } from './udp-address.ts'
import { copyBytes } from './copy-bytes.ts'
import { largestDatagramBytes } from './udp-network.ts'

// struct mmsghdr and struct iovec on 64-bit Linux, both little-endian.
const messageBytes = 64
const nameAt = 0
const nameLengthAt = 8
const vectorAt = 16
const vectorCountAt = 24
const controlAt = 32
const controlLengthAt = 40
const flagsAt = 48
const lengthAt = 56
const vectorBytes = 16
const addressBytes = 28
// One struct cmsghdr with its value: an octet for IPv4, an int for IPv6.
const controlBytes = 24
const controlHeaderBytes = 16

/** Memory for a number of datagrams in the shape that recvmmsg and sendmmsg want: made once, used for ever. */
export class MessageBatch {
  readonly capacity: number
  /** One buffer a datagram. */
  readonly buffers: readonly Buffer[]
  readonly #headers: DataView
  readonly #controls: DataView | undefined
  readonly #addresses: DataView
  readonly #headersAt: number
  readonly #addressesAt: number
  readonly #vectors: DataView
  readonly #buffersAt: Float64Array

  /** @param hasControls whether what the system says of a datagram besides its bytes is received too */
  constructor(sockets: LinuxSockets, capacity: number, hasControls = false) {
    this.capacity = capacity
    const own = (bytes: number) => Buffer.from(new ArrayBuffer(bytes))
    const headers = own(capacity * messageBytes)
    const addresses = own(capacity * addressBytes)
    const controls = hasControls ? own(capacity * controlBytes) : undefined
    const vectors = own(capacity * vectorBytes)
    this.buffers = Array.from({ length: capacity }, () => own(largestDatagramBytes))
    this.#headers = new DataView(headers.buffer)
    this.#addresses = new DataView(addresses.buffer)
    this.#controls = controls && new DataView(controls.buffer)
    const controlsAt = controls ? sockets.addressOf(controls) : 0
    this.#headersAt = sockets.addressOf(headers)
    const addressesAt = sockets.addressOf(addresses)
    this.#addressesAt = addressesAt
    this.#buffersAt = Float64Array.from(this.buffers, (buffer) => sockets.addressOf(buffer))
    const vectorsAt = sockets.addressOf(vectors)
    this.#vectors = new DataView(vectors.buffer)
    for (let i = 0; i < capacity; i++) {
      this.#headers.setBigUint64(i * messageBytes + nameAt, BigInt(addressesAt + i * addressBytes), true)
      this.#headers.setUint32(i * messageBytes + nameLengthAt, addressBytes, true)
      this.#headers.setBigUint64(i * messageBytes + vectorAt, BigInt(vectorsAt + i * vectorBytes), true)
      this.#headers.setBigUint64(i * messageBytes + vectorCountAt, 1n, true)
      if (controls) {
        this.#headers.setBigUint64(i * messageBytes + controlAt, BigInt(controlsAt + i * controlBytes), true)
        this.#headers.setBigUint64(i * messageBytes + controlLengthAt, BigInt(controlBytes), true)
      }
      this.#vectors.setBigUint64(i * vectorBytes, BigInt(this.#buffersAt[i]!), true)
      this.#vectors.setUint32(i * vectorBytes + 8, largestDatagramBytes, true)
    }
  }

  /** Address of the header of datagram `index`, for the system. */
  at(index: number): number {
    return this.#headersAt + index * messageBytes
  }

  /** Address of the bytes of datagram `index`. */
  bufferAt(index: number): number {
    return this.#buffersAt[index]!
  }

  /** Address of the other side's address. */
  nameAt(index: number): number {
    return this.#addressesAt + index * addressBytes
  }

  /** Address of the length of that. */
  nameLengthAt(index: number): number {
    return this.#headersAt + index * messageBytes + nameLengthAt
  }

  nameLength(index: number): number {
    return this.#headers.getUint32(index * messageBytes + nameLengthAt, true)
  }

  /** Bytes that {@link put} has put into datagram `index`. */
  lengthToSend(index: number): number {
    return this.#vectors.getUint32(index * vectorBytes + 8, true)
  }

  /** Bytes that were received into datagram `index`; 0 for one that was too long to be received whole. */
  receivedLength(index: number): number {
    const at = index * messageBytes
    if (this.#headers.getInt32(at + flagsAt, true) & MSG_TRUNC) return 0
    return this.#headers.getUint32(at + lengthAt, true)
  }

  /** The system has overwritten the address length. */
  readyToReceive(index: number): void {
    this.#headers.setUint32(index * messageBytes + nameLengthAt, addressBytes, true)
    if (this.#controls) this.#headers.setUint32(index * messageBytes + controlLengthAt, controlBytes, true)
  }

  /** Traffic class octet of a datagram that was received; undefined where the system did not tell it. Read before {@link readyToReceive}. */
  trafficClass(index: number): number | undefined {
    const controls = this.#controls
    if (!controls) return undefined
    const length = this.#headers.getUint32(index * messageBytes + controlLengthAt, true)
    if (length <= controlHeaderBytes) return undefined
    const at = index * controlBytes
    const level = controls.getInt32(at + 8, true)
    const type = controls.getInt32(at + 12, true)
    const isKnown = (level === IPPROTO_IP && type === IP_TOS) || (level === IPPROTO_IPV6 && type === IPV6_TCLASS)
    return isKnown ? controls.getUint8(at + controlHeaderBytes) : undefined
  }

  /** Copies a datagram in, to be sent. */
  put(index: number, source: Uint8Array, length: number, to: UdpAddress): void {
    copyBytes(source, 0, length, this.buffers[index]!, 0)
    this.#vectors.setUint32(index * vectorBytes + 8, length, true)
    this.#headers.setUint32(index * messageBytes + nameLengthAt, to.family === 4 ? 16 : 28, true)
    writeAddress(this.#addresses, index * addressBytes, to)
  }

  readFrom(index: number, from: UdpAddress): void {
    readAddress(this.#addresses, index * addressBytes, from)
  }
}

/** `struct sockaddr_in` or `sockaddr_in6`. */
export function writeAddress(view: DataView, at: number, address: UdpAddress): void {
  view.setUint16(at + 2, address.port)
  if (address.family === 4) {
    view.setUint16(at, AF_INET, true)
    view.setInt32(at + 4, address.d)
    return
  }
  view.setUint16(at, AF_INET6, true)
  view.setInt32(at + 4, 0)
  view.setInt32(at + 8, address.a)
  view.setInt32(at + 12, address.b)
  view.setInt32(at + 16, address.c)
  view.setInt32(at + 20, address.d)
  view.setInt32(at + 24, 0)
}

export function readAddress(view: DataView, at: number, address: UdpAddress): void {
  const port = view.getUint16(at + 2)
  if (view.getUint16(at, true) === AF_INET) address.set(4, 0, 0, 0, view.getInt32(at + 4), port)
  else
    address.set(6, view.getInt32(at + 8), view.getInt32(at + 12), view.getInt32(at + 16), view.getInt32(at + 20), port)
}
