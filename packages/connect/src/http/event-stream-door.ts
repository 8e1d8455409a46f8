import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Clock, isRefusal, type Refusal } from '@vaxel/base'
import { CrossSite, InvalidRequest, NotReady, type Principal } from '@vaxel/contract'
import { type WebSocket, WebSocketServer } from '../web-socket-library.ts'
import { type Authenticate, admit, credentialOf, isOurWebSocket, reading } from './authenticate.ts'
import type { UpgradeHandler } from './http-server.ts'
import { clientAddress } from './proxies.ts'
import { problemOf } from './problem-reply.ts'

/** A client of the event stream, as the one who feeds it sees it. */
export interface StreamClient {
  /** Bytes that wait because the client is slow. */
  readonly bufferedBytes: number
  send(text: string): void
  /** Ends it; the client reads the reason. */
  close(code: number, reason: string): void
  /** How it is to end because the login, or its rights, are not those any more that it began with; undefined while they are. */
  lapsed(): { readonly code: number; readonly reason: string } | undefined
  onClosed(listener: () => void): void
  /** Resolves when what was sent has left the process, or the client is gone. */
  drained(): Promise<void>
}

export interface StreamWish {
  /** From the event after this number on; `undefined`: from now on. */
  readonly after: number | undefined
  /** Also what is not kept. */
  readonly notices: boolean
  /** Of calls only that something happened: what it was is read when somebody looks. */
  readonly brief: boolean
}

/** Feeds one client with what it wishes. */
export type OpenStream = (principal: Principal, wish: StreamWish, client: StreamClient) => void

const protocol = 'vaxel.events.v1'
const mostClients = 20_000
/** Of one person: their pages, and the add-ons and scripts that they have logged in. */
const mostOfUser = 50
const pingMs = 30_000
const largestMessageBytes = 1024
/** RFC 6455 §7.4.1. */
const goingAway = 1001
/** RFC 6455 §7.4.1: policy violation; clients take it as the end of the login. */
const loginEnded = 1008
/** Service restart (IANA's registry of RFC 6455 §7.4.1): clients come again, with the number that they have. */
const comeAgain = 1012

/** The WebSocket door (RFC 6455) of the event stream: `/api/v1/events?after=NUMBER`. */
export function eventStreamDoor(options: {
  authenticate: Authenticate
  open: OpenStream
  clock: Clock
}): UpgradeHandler {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  })
  const ofUsers = new Map<string, number>()
  const count = (userId: string, more: 1 | -1): void => {
    const now = (ofUsers.get(userId) ?? 0) + more
    if (now === 0) ofUsers.delete(userId)
    else ofUsers.set(userId, now)
  }
  const accept: UpgradeHandler = (request, socket, head, place) => {
    const asked = readRequest(request, options.authenticate)
    if (isRefusal(asked)) return refuse(socket, asked)
    const { userId } = asked.principal
    if (server.clients.size >= mostClients || (ofUsers.get(userId) ?? 0) >= mostOfUser)
      return refuse(socket, NotReady('Too many event streams are open. Close some pages, and connect again.'))
    server.handleUpgrade(request, socket, head, (webSocket) => {
      place?.keep()
      count(userId, 1)
      const lapsed = () => lapses[asked.standing()]
      const stopPings = keepAlive(webSocket, options.clock, lapsed)
      webSocket.on('close', stopPings)
      webSocket.on('close', () => count(userId, -1))
      webSocket.on('error', () => webSocket.terminate())
      options.open(asked.principal, asked.wish, {
        get bufferedBytes() {
          return webSocket.bufferedAmount
        },
        send: (text) => webSocket.send(text, ignore),
        drained: () => drained(webSocket),
        close: (code, reason) => webSocket.close(code, reason),
        lapsed,
        onClosed: (listener) => void webSocket.on('close', listener),
      })
    })
  }
  accept.close = () => {
    for (const webSocket of server.clients) webSocket.close(goingAway, 'The server stops.')
  }
  return accept
}

/** Of a login while its stream is open. */
type Standing = 'same' | 'changed' | 'gone'

const lapses: Readonly<Record<Standing, ReturnType<StreamClient['lapsed']>>> = {
  same: undefined,
  changed: { code: comeAgain, reason: 'What you may see has changed. Connect again.' },
  gone: { code: loginEnded, reason: 'The login has ended.' },
}

function readRequest(
  request: IncomingMessage,
  authenticate: Authenticate,
): { principal: Principal; standing: () => Standing; wish: StreamWish } | Refusal {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams
  const credential = credentialOf(request)
  // Browsers let any page open a WebSocket anywhere, with the cookies of there.
  if (credential?.isCookie && !isOurWebSocket(request)) return CrossSite()
  const who = () =>
    admit(authenticate, reading('user'), {
      credential,
      companyId: query.get('companyId') ?? undefined,
      address: clientAddress(request),
      http: request,
    })
  const principal = who()
  if (isRefusal(principal)) return principal
  const standing = (): Standing => {
    const now = who()
    if (isRefusal(now)) return 'gone'
    const isSame =
      now.role === principal.role && now.companyId === principal.companyId && now.isOperator === principal.isOperator
    return isSame ? 'same' : 'changed'
  }
  const after = query.get('after')
  const more = { notices: query.get('notices') === '1', brief: query.get('brief') === '1' }
  if (after === null) return { principal, standing, wish: { after: undefined, ...more } }
  if (!/^\d{1,15}$/.test(after))
    return InvalidRequest(undefined, { mistakes: [{ path: '?after', reason: 'must be the number of an event' }] })
  return { principal, standing, wish: { after: Number(after), ...more } }
}

function refuse(socket: Duplex, refusal: Refusal): void {
  const { status, body, headers } = problemOf(refusal)
  const fields = { ...headers, connection: 'close', 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

const ignore = (): void => {}

/** An empty ping is called back once everything before it is written. */
function drained(webSocket: WebSocket): Promise<void> {
  if (webSocket.bufferedAmount === 0 || webSocket.readyState !== webSocket.OPEN) return Promise.resolve()
  return new Promise((resolve) => {
    webSocket.once('close', () => resolve())
    webSocket.ping('', false, () => resolve())
  })
}

/**
 * A peer that does not answer a ping until the next one is gone; so is one whose login has ended meanwhile. Whose rights have changed comes again
 * with those of now: a stream is cut to what its person might see when it began.
 */
function keepAlive(webSocket: WebSocket, clock: Clock, lapsed: StreamClient['lapsed']): () => void {
  let isAlive = true
  webSocket.on('pong', () => {
    isAlive = true
  })
  const beat = () => {
    if (!isAlive) return webSocket.terminate()
    const lapse = lapsed()
    if (lapse) return webSocket.close(lapse.code, lapse.reason)
    isAlive = false
    webSocket.ping()
    timer = clock.startTimer(pingMs, beat)
  }
  let timer = clock.startTimer(pingMs, beat)
  return () => timer.stop()
}
