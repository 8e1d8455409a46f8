import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { Clock, Timer } from '@vaxel/base'
import type { Place } from './places.ts'
import { type ServerCertificate, tlsVersions } from './tls-settings.ts'

export type ClientCertificates = 'none' | 'optional' | 'required'

export interface TlsAcceptorOptions {
  readonly clock: Clock
  readonly certificate: ServerCertificate
  /** Certificate authorities that client certificates must come from, PEM. */
  readonly clientCa?: readonly string[]
  /** `optional` asks for one and takes anybody; `required` ends the handshake without a verified one. */
  readonly clientCertificates: ClientCertificates
  readonly handshakeMs: number
  onSecure(socket: TLSSocket, place: Place): void
  /** @param error with OpenSSL's own `code`, where it is one of its errors */
  onFailed(address: string | undefined, error: NodeJS.ErrnoException): void
}

/** Makes TLS connections of accepted TCP connections. The certificate may be replaced while it runs. */
export class TlsAcceptor {
  readonly #options: TlsAcceptorOptions
  readonly #server: Server
  /** Handshakes under way, by the far and the near port. */
  readonly #handshakes = new Map<string, { timer: Timer; socket: Socket; place: Place }>()

  constructor(options: TlsAcceptorOptions) {
    this.#options = options
    this.#server = createServer({
      ...this.#secureContext(options.certificate),
      honorCipherOrder: true,
      requestCert: options.clientCertificates !== 'none',
      rejectUnauthorized: options.clientCertificates === 'required',
      // Only a bound behind the clock's own limit.
      handshakeTimeout: 2 * options.handshakeMs,
    })
    this.#server.on('secureConnection', (socket) => {
      const place = this.#end(nameOf(socket))
      if (!place) return void socket.destroy()
      options.onSecure(socket, place)
    })
    this.#server.on('tlsClientError', (error, socket) => {
      this.#end(nameOf(socket))
      options.onFailed(socket.remoteAddress, error)
      socket.destroy()
    })
  }

  /** Handshakes under way. */
  get pending(): number {
    return this.#handshakes.size
  }

  accept(socket: Socket, place: Place): void {
    const name = nameOf(socket)
    const address = socket.remoteAddress
    const timer = this.#options.clock.startTimer(this.#options.handshakeMs, () => {
      this.#handshakes.delete(name)
      this.#options.onFailed(address, new Error('the TLS handshake was not finished in time'))
      socket.destroy()
    })
    this.#handshakes.set(name, { timer, socket, place })
    socket.on('error', () => {})
    socket.once('close', () => this.#end(name))
    this.#server.emit('connection', socket)
  }

  /** New connections get the new certificate; open ones stay as they are. Throws when the PEM texts do not fit together. */
  replaceCertificate(certificate: ServerCertificate): void {
    this.#server.setSecureContext(this.#secureContext(certificate))
  }

  /** Ends the connections whose handshake is under way. */
  abandonHandshakes(): void {
    for (const { timer, socket } of this.#handshakes.values()) {
      timer.stop()
      socket.destroy()
    }
    this.#handshakes.clear()
  }

  #secureContext({ certPem, keyPem }: ServerCertificate) {
    const { clientCa } = this.#options
    return { ...tlsVersions, cert: certPem, key: keyPem, ...(clientCa === undefined ? {} : { ca: [...clientCa] }) }
  }

  /** @returns the place of the connection, if its handshake was under way */
  #end(name: string): Place | undefined {
    const handshake = this.#handshakes.get(name)
    handshake?.timer.stop()
    this.#handshakes.delete(name)
    return handshake?.place
  }
}

const nameOf = (socket: Socket): string =>
  `${socket.remoteAddress}|${socket.remotePort}|${socket.localAddress}|${socket.localPort}`
