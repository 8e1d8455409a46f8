import { connect, type Socket } from 'node:net'
import { type Clock, silentLogger, systemClock } from '@vaxel/base'
import type { Flow } from '@vaxel/sip'
import { createNetwork } from './create-network.ts'
import type { Network, NetworkOptions } from './network.ts'

export interface Received {
  readonly flow: Flow
  readonly text: string
}

/** A network on loopback with free ports, whose messages and closed flows tests wait for in order. For tests alone. */
export interface NetworkUnderTest {
  readonly network: Network
  /** The first listening port of that protocol. */
  port(protocol: 'udp' | 'tcp' | 'tls'): number
  nextMessage(): Promise<Received>
  nextClosed(): Promise<{ flow: Flow; reason: string }>
  /** Messages that came and were not waited for. */
  readonly waiting: number
  close(): Promise<void>
}

export async function openNetwork(
  options: Partial<NetworkOptions> & { clock?: Clock } = {},
): Promise<NetworkUnderTest> {
  const network = await createNetwork({ clock: systemClock, log: silentLogger, ...options })
  const messages = new Inbox<Received>()
  const closed = new Inbox<{ flow: Flow; reason: string }>()
  network.onMessage((flow, bytes) => messages.put({ flow, text: Buffer.from(bytes).toString('latin1') }))
  network.onFlowClosed((flow, reason) => closed.put({ flow, reason }))
  return {
    network,
    port: (protocol) => network.endpoints().find((endpoint) => endpoint.protocol === protocol)!.port,
    nextMessage: () => messages.take(),
    nextClosed: () => closed.take(),
    get waiting() {
      return messages.size
    },
    close: () => network.close(),
  }
}

/** Values in order, waited for. */
export class Inbox<T> {
  readonly #values: T[] = []
  readonly #takers: ((value: T) => void)[] = []

  get size(): number {
    return this.#values.length
  }

  put(value: T): void {
    const taker = this.#takers.shift()
    if (taker === undefined) this.#values.push(value)
    else taker(value)
  }

  take(): Promise<T> {
    if (this.#values.length > 0) return Promise.resolve(this.#values.shift()!)
    return new Promise((resolve) => this.#takers.push(resolve))
  }
}

/** A TCP connection whose bytes are collected as text. */
export class RawPeer {
  readonly socket: Socket
  readonly #inbox = new Inbox<string>()
  #text = ''
  readonly ended: Promise<void>

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes) => {
      this.#text += bytes.toString('latin1')
      this.#inbox.put(this.#text)
    })
    socket.on('error', () => {})
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()))
  }

  static async tcp(port: number, address = '127.0.0.1'): Promise<RawPeer> {
    const socket = connect({ port, host: address, noDelay: true })
    const peer = new RawPeer(socket)
    await Promise.race([new Promise<void>((resolve) => socket.once('connect', () => resolve())), peer.ended])
    return peer
  }

  get text(): string {
    return this.#text
  }

  /** Resolves once so many bytes came. */
  async received(bytes: number): Promise<string> {
    while (this.#text.length < bytes) await this.#inbox.take()
    return this.#text
  }

  /** Resolves when the bytes are handed to the system. */
  write(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => this.socket.write(data, () => resolve()))
  }
}

/** A whole SIP message of that body length. */
export function optionsRequest(marker: string, bodyBytes = 0): string {
  return `OPTIONS sip:${marker} SIP/2.0\r\nCall-ID: ${marker}\r\nContent-Length: ${bodyBytes}\r\n\r\n${'b'.repeat(bodyBytes)}`
}
