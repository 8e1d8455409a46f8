import { isUtf8 } from 'node:buffer'
import type { Clock, FlowId, Timer, Whereabouts } from '@vaxel/base'
import type { Endpoint, Flow } from '@vaxel/sip'
import { plainAddress } from './ip-address.ts'
import { failLater, NetworkFlow, type SendFailed } from './network-flow.ts'
import type { NetworkLimits } from './network-limits.ts'
import type { AcceptedWebSocket } from './web-socket-listener.ts'

export interface WebSocketFlowOptions extends AcceptedWebSocket {
  readonly id: FlowId
  readonly clock: Clock
  readonly limits: NetworkLimits
  onMessage(flow: Flow, bytes: Uint8Array): void
  /** Told once. */
  onClosed(flow: WebSocketFlow, reason: string): void
}

/** One WebSocket connection of a browser: one SIP message per WebSocket message (RFC 7118 §5), pinged to keep NATs open (§6). */
export class WebSocketFlow extends NetworkFlow {
  readonly local: Endpoint
  readonly listeningPort = undefined
  readonly client?: Whereabouts
  readonly #options: WebSocketFlowOptions
  #isOpen = true
  #ping: Timer | undefined
  #wasHeard = true
  #hasSpoken = false
  readonly #firstDueMs: number
  /** Until then it must be somebody's, or get an answer. */
  #strangerDueMs: number
  /** Bytes that belong to no whole message yet, and since when there are any. */
  #partBytes = 0
  #partSinceMs = Number.POSITIVE_INFINITY

  constructor(options: WebSocketFlowOptions) {
    const { socket, webSocket } = options
    super({
      id: options.id,
      protocol: options.protocol,
      remote: { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 },
    })
    this.local = { address: plainAddress(socket.localAddress ?? ''), port: socket.localPort ?? 0 }
    if (options.client !== undefined) this.client = options.client
    this.#options = options
    const { clock, limits } = options
    this.#firstDueMs = clock.monotonicMs() + limits.firstMessageMs
    this.#strangerDueMs = clock.monotonicMs() + limits.strangerMs
    webSocket.binaryType = 'nodebuffer'
    webSocket.on('message', (data) => this.#receive(data as Buffer))
    socket.prependListener('data', (bytes: Buffer) => {
      // Control frames that came in one piece with a message, and behind it, are no credit.
      this.#partBytes = Math.max(0, this.#partBytes)
      this.#partArrived(bytes.length)
    })
    webSocket.on('ping', (data) => this.#partArrived(-controlFrameBytes(data)))
    webSocket.on('pong', (data) => {
      this.#wasHeard = true
      this.#partArrived(-controlFrameBytes(data))
    })
    webSocket.on('error', (error) => this.#ended(error.message))
    webSocket.on('close', () => this.#ended('the connection closed'))
    this.#keepAlive()
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  override send(bytes: Uint8Array, onError?: SendFailed): void {
    const { clock, limits, place } = this.#options
    if (this.#strangerDueMs !== Number.POSITIVE_INFINITY) this.#strangerDueMs = clock.monotonicMs() + limits.strangerMs
    place.renew()
    this.#write(bytes, onError)
  }

  override prove(): void {
    this.#strangerDueMs = Number.POSITIVE_INFINITY
    this.#options.place.keep()
  }

  /** As text, which is what browsers' libraries expect; as binary only where the bytes are no UTF-8 (RFC 7118 §5). */
  #write(bytes: Uint8Array, onError?: SendFailed): void {
    const { webSocket, limits } = this.#options
    if (!this.#isOpen) return failLater(onError, 'the connection is closed')
    if (webSocket.bufferedAmount + bytes.length > limits.writeBufferBytes) {
      failLater(onError, 'the peer reads too slowly')
      return this.destroy('the peer reads too slowly')
    }
    webSocket.send(bytes, { binary: !isUtf8(bytes) }, (error) => error && onError?.(error.message))
  }

  override close(reason: string): void {
    if (!this.#isOpen) return
    const { webSocket, clock, limits } = this.#options
    this.#ended(reason)
    webSocket.close(1001)
    const timer = clock.startTimer(limits.closeMs, () => webSocket.terminate())
    webSocket.once('close', () => timer.stop())
  }

  destroy(reason: string): void {
    this.#ended(reason)
    this.#options.webSocket.terminate()
  }

  /** Resolves when the socket is gone. */
  whenGone(): Promise<void> {
    const { webSocket } = this.#options
    if (webSocket.readyState === webSocket.CLOSED) return Promise.resolve()
    return new Promise((resolve) => webSocket.once('close', () => resolve()))
  }

  #receive(data: Buffer): void {
    if (!this.#isOpen) return
    this.#wasHeard = true
    this.#hasSpoken = true
    this.#partBytes = 0
    this.#partSinceMs = Number.POSITIVE_INFINITY
    if (data.length <= 4 && isLineEnds(data)) {
      if (data.length === 4) this.#write(Buffer.from('\r\n'))
      return
    }
    if (data.length > 0) this.#options.onMessage(this, data)
  }

  /** Pings and pongs between the fragments of a message make it no less late. */
  #partArrived(bytes: number): void {
    this.#partBytes += bytes
    if (this.#partBytes <= 0) this.#partSinceMs = Number.POSITIVE_INFINITY
    else if (this.#partSinceMs === Number.POSITIVE_INFINITY) this.#partSinceMs = this.#options.clock.monotonicMs()
  }

  /** Pings, and closes a connection that did not answer the last ping, never said or proved anything, or never finishes a message. */
  #keepAlive(): void {
    const { clock, limits, webSocket } = this.#options
    const waitMs = this.#hasSpoken ? limits.webSocketPingMs : Math.min(limits.webSocketPingMs, limits.firstMessageMs)
    this.#ping = clock.startTimer(waitMs, () => {
      if (!this.#wasHeard) return this.destroy('the peer does not answer pings')
      if (!this.#hasSpoken && clock.monotonicMs() >= this.#firstDueMs) return this.destroy('no message came')
      if (clock.monotonicMs() >= this.#strangerDueMs) return this.destroy('it proved nothing in time')
      if (clock.monotonicMs() - this.#partSinceMs >= limits.messageMs)
        return this.destroy('a message was not finished in time')
      this.#wasHeard = false
      webSocket.ping()
      this.#keepAlive()
    })
  }

  #ended(reason: string): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#ping?.stop()
    this.#options.onClosed(this, reason)
  }
}

/** As it came: two bytes, the mask, and what it carries. */
const controlFrameBytes = (data: Uint8Array): number => 6 + data.length

function isLineEnds(data: Uint8Array): boolean {
  for (const byte of data) if (byte !== 13 && byte !== 10) return false
  return true
}
