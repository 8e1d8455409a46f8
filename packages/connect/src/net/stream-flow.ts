import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Clock, FlowId } from '@vaxel/base'
import { type Endpoint, type Flow, StreamFramer } from '@vaxel/sip'
import { ConnectionWatch } from './connection-watch.ts'
import { plainAddress } from './ip-address.ts'
import { failLater, NetworkFlow, type SendFailed } from './network-flow.ts'
import type { NetworkLimits } from './network-limits.ts'
import type { Place } from './places.ts'

const pong = new Uint8Array([13, 10])

export interface StreamFlowOptions {
  readonly id: FlowId
  readonly protocol: 'tcp' | 'tls'
  /** Connected; for TLS with the handshake done. The flow owns it from here on. */
  readonly socket: Socket
  readonly clock: Clock
  readonly limits: NetworkLimits
  /** Of a connection that came in; undefined for one that we opened, which is nobody's to prove. */
  readonly place: Place | undefined
  readonly listeningPort: number | undefined
  readonly peerNames?: readonly string[]
  onMessage(flow: Flow, bytes: Uint8Array): void
  /** Told once. */
  onClosed(flow: StreamFlow, reason: string): void
}

/** One TCP or TLS connection: framing, keep-alive (RFC 5626 §3.5.1), time limits and a bounded write buffer. */
export class StreamFlow extends NetworkFlow {
  readonly local: Endpoint
  readonly listeningPort: number | undefined
  readonly #socket: Socket
  readonly #options: StreamFlowOptions
  readonly #framer = new StreamFramer()
  readonly #watch: ConnectionWatch
  #isOpen = true

  constructor(options: StreamFlowOptions) {
    const { socket, clock, limits, place } = options
    super({
      id: options.id,
      protocol: options.protocol,
      remote: { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 },
      ...(options.peerNames === undefined ? {} : { peerNames: options.peerNames }),
    })
    this.local = { address: plainAddress(socket.localAddress ?? ''), port: socket.localPort ?? 0 }
    this.listeningPort = options.listeningPort
    this.#options = options
    this.#socket = socket
    this.#watch = new ConnectionWatch(clock, limits, (why) => this.destroy(why), place !== undefined)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 120_000)
    socket.on('data', (bytes: Uint8Array) => this.#receive(bytes))
    socket.on('drain', () => this.#watch.writeLeft())
    socket.on('error', (error) => this.#ended(error.message))
    socket.on('end', () => this.close('the peer closed the connection'))
    socket.on('close', () => this.#ended('the connection closed'))
    if (socket.destroyed) queueMicrotask(() => this.#ended('the connection closed'))
  }

  /** What the peer proved itself with; undefined for TCP, and where it gave none. */
  get tlsSocket(): TLSSocket | undefined {
    return this.#socket instanceof TLSSocket ? this.#socket : undefined
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  override send(bytes: Uint8Array, onError?: SendFailed): void {
    this.#watch.answered()
    this.#options.place?.renew()
    this.#write(bytes, onError)
  }

  override prove(): void {
    this.#watch.proved()
    this.#options.place?.keep()
  }

  #write(bytes: Uint8Array, onError?: SendFailed): void {
    if (!this.#isOpen) return failLater(onError, 'the connection is closed')
    if (this.#socket.writableLength + bytes.length > this.#options.limits.writeBufferBytes) {
      failLater(onError, 'the peer reads too slowly')
      return this.destroy('the peer reads too slowly')
    }
    const isFlushed = this.#socket.write(
      bytes,
      onError === undefined ? undefined : (error) => error && onError(error.message),
    )
    if (!isFlushed) this.#watch.writeWaits()
  }

  /** What was written still leaves; nothing is read any more. */
  override close(reason: string): void {
    if (!this.#isOpen) return
    this.#socket.end()
    this.#ended(reason)
    const { clock, limits } = this.#options
    const timer = clock.startTimer(limits.closeMs, () => this.#socket.destroy())
    this.#socket.once('close', () => timer.stop())
  }

  /** Ends it at once; what was not written yet is lost and told to its senders. */
  destroy(reason: string): void {
    this.#ended(reason)
    this.#socket.destroy()
  }

  /** Resolves when the socket is gone. */
  whenGone(): Promise<void> {
    if (this.#socket.closed) return Promise.resolve()
    return new Promise((resolve) => this.#socket.once('close', () => resolve()))
  }

  #receive(bytes: Uint8Array): void {
    if (!this.#isOpen) return
    const framed = this.#framer.push(bytes)
    if (framed.length > 0 || !this.#framer.isWithin) this.#watch.wholeArrived()
    // Also what came in one piece with the end of the one before.
    if (this.#framer.isWithin) this.#watch.partArrived()
    for (const item of framed) {
      if (item.kind === 'message') this.#options.onMessage(this, item.bytes)
      else if (item.kind === 'ping') this.#write(pong)
      else if (item.kind === 'fault') return this.destroy(item.reason)
    }
  }

  #ended(reason: string): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#watch.stop()
    this.#options.onClosed(this, reason)
  }
}
