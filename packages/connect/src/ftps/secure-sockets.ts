import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { type ServerCertificate, tlsVersions } from '../net/tls-settings.ts'

/**
 * Makes TLS connections of one visitor's connections. Each visitor has one of their own, so that its keys of session tickets are known to
 * nobody else: a session that is resumed on a data connection is that of this control connection (RFC 4217 §10.2).
 */
export class SecureSockets {
  readonly #server: Server
  readonly #waiting = new Map<string, (socket: TLSSocket | undefined) => void>()

  constructor({ certPem, keyPem }: ServerCertificate, handshakeMs: number) {
    this.#server = createServer({
      ...tlsVersions,
      cert: certPem,
      key: keyPem,
      honorCipherOrder: true,
      handshakeTimeout: handshakeMs,
    })
    this.#server.on('secureConnection', (socket) => this.#settle(socket, socket))
    this.#server.on('tlsClientError', (_error, socket) => {
      this.#settle(socket, undefined)
      socket.destroy()
    })
  }

  /** Undefined when the handshake fails, is not done in time, or the connection ends in it. */
  secure(socket: Socket): Promise<TLSSocket | undefined> {
    return new Promise((resolve) => {
      this.#waiting.set(nameOf(socket), resolve)
      const key = nameOf(socket)
      socket.once('close', () => {
        this.#waiting.get(key)?.(undefined)
        this.#waiting.delete(key)
      })
      socket.on('error', () => {})
      this.#server.emit('connection', socket)
    })
  }

  #settle(socket: Socket, secure: TLSSocket | undefined): void {
    const key = nameOf(socket)
    const resolve = this.#waiting.get(key)
    this.#waiting.delete(key)
    if (resolve) resolve(secure)
    else socket.destroy()
  }
}

const nameOf = (socket: Socket): string => `${socket.remoteAddress}|${socket.remotePort}|${socket.localPort}`
