import { createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from '@vaxel/sip'
import type { ConnectionGate } from './connection-gate.ts'
import { plainAddress } from './ip-address.ts'
import { listen } from './listening.ts'

export interface TcpListenerOptions {
  /** Named in errors: `tcp` or `tls`. */
  readonly protocol: 'tcp' | 'tls'
  readonly endpoint: Endpoint
  readonly gate: ConnectionGate
  /** A connection that was let in. */
  onConnection(socket: Socket, listeningPort: number): void
  onRefused(address: string): void
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
  const release = options.gate.admit(address)
  if (release === undefined) {
    socket.on('error', () => {})
    socket.resetAndDestroy()
    return options.onRefused(address)
  }
  socket.once('close', release)
  options.onConnection(socket, listeningPort)
}
