import { createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from '@vaxel/sip'
import { plainAddress } from './ip-address.ts'
import { listen } from './listening.ts'
import { type Place, placeGivenUp, type Places } from './places.ts'

export interface TcpListenerOptions {
  /** Named in errors: `tcp` or `tls`. */
  readonly protocol: 'tcp' | 'tls'
  readonly endpoint: Endpoint
  readonly places: Places
  /** A connection that was let in. */
  onConnection(socket: Socket, place: Place, listeningPort: number): void
  onRefused(address: string, reason: string): void
  onError(error: Error): void
}

/** A listening TCP port with the limits of the gate; what runs on a connection is not its concern. */
export class TcpListener {
  readonly protocol: 'tcp' | 'tls'
  readonly bound: Endpoint
  readonly #server: Server

  private constructor(protocol: 'tcp' | 'tls', bound: Endpoint, server: Server) {
    this.protocol = protocol
    this.bound = bound
    this.#server = server
  }

  static async open(options: TcpListenerOptions): Promise<TcpListener> {
    const server = createServer({ noDelay: true, allowHalfOpen: false })
    const bound = await listen(server, options.protocol, options.endpoint)
    server.on('error', options.onError)
    server.on('connection', (socket) => admit(socket, bound.port, options))
    return new TcpListener(options.protocol, bound, server)
  }

  /** Stops accepting; connections that are open stay so. */
  stopAccepting(): void {
    this.#server.close()
  }
}

/** A connection above the limits is reset: it costs no TIME-WAIT here and no memory. */
function admit(socket: Socket, listeningPort: number, options: TcpListenerOptions): void {
  const address = plainAddress(socket.remoteAddress ?? '')
  const refuse = (reason: string): void => {
    socket.resetAndDestroy()
    options.onRefused(address, reason)
  }
  const place = options.places.admit(address, () => refuse(placeGivenUp))
  if (place === undefined) {
    socket.on('error', () => {})
    return refuse('too many connections')
  }
  socket.once('close', place.leave)
  options.onConnection(socket, place, listeningPort)
}
