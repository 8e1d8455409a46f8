import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import type { Whereabouts } from '@vaxel/base'
import { messageLimits } from '@vaxel/sip'
import { type WebSocket, WebSocketServer } from '../web-socket-library.ts'
import { plainAddress } from './ip-address.ts'
import { type Place, placeGivenUp, type Places } from './places.ts'

/** A WebSocket connection that was let in. */
export interface AcceptedWebSocket {
  readonly webSocket: WebSocket
  readonly socket: Socket
  readonly place: Place
  readonly protocol: 'ws' | 'wss'
  readonly client: Whereabouts | undefined
}

export interface WebSocketListenerOptions {
  readonly places: Places
  onConnection(accepted: AcceptedWebSocket): void
  onRefused(address: string, reason: string): void
}

/** Takes over upgrade requests of an existing HTTP or HTTPS server (RFC 7118 §4: subprotocol `sip`). */
export class WebSocketListener {
  readonly #options: WebSocketListenerOptions
  readonly #server: WebSocketServer

  constructor(options: WebSocketListenerOptions) {
    this.#options = options
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: messageLimits.sizeBytes,
      handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
    })
  }

  /**
   * For the server's `upgrade` event, once the path was checked. Answers 400 without the subprotocol and 503 above the limits.
   * @param webPlace among the server's connections; from here on it counts among ours
   * @param client who asks, where it is not who has the connection
   */
  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer, webPlace?: Place, client?: Whereabouts): void {
    const socket = stream as Socket
    const address = plainAddress(socket.remoteAddress ?? '')
    if (!offersSip(request))
      return this.#refuse(socket, address, '400 Bad Request', 'the WebSocket subprotocol must be "sip"')
    const place = this.#options.places.admit(address, () => {
      socket.destroy()
      this.#options.onRefused(address, placeGivenUp)
    })
    if (place === undefined) return this.#refuse(socket, address, '503 Service Unavailable', 'too many connections')
    webPlace?.leave()
    socket.once('close', place.leave)
    const protocol = socket instanceof TLSSocket ? 'wss' : 'ws'
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#options.onConnection({ webSocket, socket, place, protocol, client })
    })
  }

  close(): void {
    this.#server.close()
  }

  #refuse(socket: Socket, address: string, status: string, reason: string): void {
    socket.on('error', () => {})
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${reason.length}\r\n\r\n${reason}`,
      () => socket.destroy(),
    )
    this.#options.onRefused(address, reason)
  }
}

function offersSip(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? ''
  return offered.split(',').some((name) => name.trim() === 'sip')
}
