import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Clock } from '@vaxel/base'
import type { Place } from '../net/places.ts'
import { defaultHttpLimits, type HttpLimits } from './http-limits.ts'
import { isLoopback } from './is-loopback.ts'
import { alpnProtocols, tellApart } from './tell-apart.ts'
import { securityHeaders } from './security-headers.ts'
import { makeWebApplication, type WebApplicationOptions } from './web-application.ts'
import { Proxies } from './proxies.ts'
import { WebPlaces } from './web-places.ts'

export interface HttpServerOptions extends WebApplicationOptions {
  readonly clock: Clock
  readonly http?: { readonly address: string; readonly port: number }
  readonly https?: {
    readonly address: string
    readonly port: number
    readonly certPem: string
    readonly keyPem: string
  }
  readonly limits?: Partial<HttpLimits>
  /** Addresses and networks of reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; none if absent. */
  readonly proxies?: readonly string[]
}

/**
 * An upgrade request (RFC 9110 §7.8) whose path somebody has claimed. It must answer or destroy the socket. Until it keeps the place of
 * the connection, or gives it back because it counts its connections itself, another's may need it.
 */
export interface UpgradeHandler {
  (request: IncomingMessage, socket: Duplex, head: Buffer, place?: Place): void
  /** Says goodbye on all its connections, when the server closes; they have a second. Without it they are cut. */
  close?(): void
}

/** Takes a TLS connection over; what was read of it is put back. It is cut off when the server closes. Its place as for {@link UpgradeHandler}. */
export type StunHandler = (socket: TLSSocket, place?: Place) => void

export interface HttpServer {
  /** Resolves when every listener is up; rejects with a sentence when one cannot be. */
  listen(): Promise<void>
  /** Where it listens, once it does; port 0 has become a real one. */
  readonly addresses: { readonly http?: AddressInfo; readonly https?: AddressInfo }
  /** Hands upgrade requests for this very path to the handler. */
  onUpgrade(path: string, handler: UpgradeHandler): void
  /** Hands over connections on the HTTPS port that speak STUN or TURN (RFC 7443); without it they are cut off. */
  onStun(handler: StunHandler): void
  /** Uses another certificate for connections from now on. */
  setCertificate(certPem: string, keyPem: string): void
  /** Takes no more, lets requests that go on end for a second, then closes every connection. */
  close(): Promise<void>
}

const closeAfterMs = 1000

/**
 * The web's door: HTTP and HTTPS in front of one application. Plain HTTP from other machines is redirected
 * to HTTPS when there is one; upgrade requests go by path to whoever claimed it.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = await makeWebApplication(options)
  const upgrades = new Map<string, UpgradeHandler>()
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    places.of(request.socket)?.renew()
    proxies.meet(request)
    app.routing(request, response)
  }
  const sockets = new Map<Duplex, UpgradeHandler>()
  const { https } = options
  const limits = { ...defaultHttpLimits, ...options.limits }
  const proxies = new Proxies(options.proxies)
  const places = new WebPlaces(limits, proxies)
  // Whoever asks for others has itself led them to HTTPS.
  const maySpeakPlain = ({ remoteAddress }: Socket): boolean =>
    isLoopback(remoteAddress) || proxies.isTrusted(remoteAddress)
  const { handshakeMs: handshakeTimeout, checkMs: connectionsCheckingInterval } = limits
  const secure =
    https &&
    createSecureServer(
      {
        cert: https.certPem,
        key: https.keyPem,
        minVersion: 'TLSv1.2',
        ALPNProtocols: [...alpnProtocols],
        handshakeTimeout,
        connectionsCheckingInterval,
      },
      answer,
    )
  let stun: StunHandler | undefined
  const stunSockets = new Set<TLSSocket>()
  if (secure)
    tellApart(secure, limits.headersMs, (socket) => {
      if (!stun) return void socket.destroy()
      stunSockets.add(socket)
      socket.once('close', () => stunSockets.delete(socket))
      stun(socket, places.of(socket))
    })
  const addresses: { http?: AddressInfo; https?: AddressInfo } = {}
  const plain =
    options.http &&
    createServer({ connectionsCheckingInterval }, (request, response) => {
      if (secure && addresses.https && !maySpeakPlain(request.socket)) redirect(request, response, addresses.https.port)
      else answer(request, response)
    })
  const servers = [plain, secure].filter((server): server is Server => server !== undefined)
  for (const server of servers) {
    limit(server, limits, places)
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on('error', () => socket.destroy())
      const mustBeSecure = server === plain && secure !== undefined && !maySpeakPlain(request.socket)
      const handler = upgrades.get(pathOf(request.url))
      if (!handler || mustBeSecure) return refuseUpgrade(socket, handler ? '426 Upgrade Required' : '404 Not Found')
      proxies.meet(request)
      sockets.set(socket, handler)
      socket.on('close', () => sockets.delete(socket))
      handler(request, socket, head, places.of(socket))
    })
  }
  return {
    addresses,
    onUpgrade: (path, handler) => void upgrades.set(path, handler),
    onStun: (handler) => {
      stun = handler
    },
    setCertificate: (cert, key) => secure?.setSecureContext({ cert, key, minVersion: 'TLSv1.2' }),
    async listen() {
      if (secure && https) addresses.https = await listen(secure, https, 'HTTPS')
      if (plain && options.http) addresses.http = await listen(plain, options.http, 'HTTP')
    },
    async close() {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
      for (const server of servers) server.closeIdleConnections()
      for (const socket of stunSockets) socket.destroy()
      for (const handler of upgrades.values()) handler.close?.()
      for (const [socket, handler] of sockets) if (!handler.close) socket.destroy()
      const timer = options.clock.startTimer(closeAfterMs, () => {
        for (const server of servers) server.closeAllConnections()
        for (const socket of sockets.keys()) socket.destroy()
      })
      await Promise.all(closed)
      timer.stop()
      await app.close()
    },
  }
}

function limit(server: Server, limits: HttpLimits, places: WebPlaces): void {
  server.requestTimeout = limits.requestMs
  server.headersTimeout = limits.headersMs
  server.keepAliveTimeout = limits.keepAliveMs
  // Those from loopback have no place, and those of SIP are counted by the network.
  server.maxConnections = 2 * limits.connections
  server.on('clientError', (_, socket) => socket.destroy())
  // The raw connection, before any handshake: half of one counts too.
  server.on('connection', (socket: Socket) => places.admit(socket))
}

function listen(
  server: Server,
  { address, port }: { address: string; port: number },
  name: string,
): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error & { code?: string }) => {
      const why = error.code === 'EADDRINUSE' ? 'another program has that port' : error.message
      reject(new Error(`${name} cannot listen on ${address} port ${port}: ${why}.`))
    }
    server.once('error', fail)
    server.listen(port, address, () => {
      server.off('error', fail)
      resolve(server.address() as AddressInfo)
    })
  })
}

function redirect(request: IncomingMessage, response: ServerResponse, port: number): void {
  const host = /^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(?::\d+)?$/.exec(request.headers.host ?? '')?.[1]
  request.resume()
  const headers = securityHeaders({ kind: 'page', isSecure: false })
  if (host === undefined) return void response.writeHead(400, headers).end()
  const where = `https://${host}${port === 443 ? '' : `:${port}`}${request.url ?? '/'}`
  response.writeHead(308, { ...headers, location: where }).end()
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}

const pathOf = (url: string | undefined): string => (url ?? '/').split('?', 1)[0]!
