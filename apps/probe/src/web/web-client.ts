import { request, type IncomingHttpHeaders } from 'node:http'
import { isIP, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { connectTcp, type TcpFault } from '../tcp/connect-tcp.ts'
import { type Handshake, type HandshakeFault, handshake } from '../tls/handshake.ts'
import { tellsWrongName } from '../tls/name-rules.ts'
import { openTunnel } from './open-tunnel.ts'
import { type Proxy, proxyFor } from './proxy.ts'

export interface WebRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
  readonly limitMs?: number
  readonly limitBytes?: number
}

export interface WebAnswer {
  readonly ok: true
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Local time, milliseconds since 1970, half way between request and answer. */
  readonly atMs: number
  readonly roundTripMs: number
  /** Absent over plain HTTP. */
  readonly tls?: Handshake
  /** The certificate is trusted by this machine and is for this name. */
  readonly isVerified: boolean
}

export type WebFault =
  | { readonly ok: false; readonly at: 'name'; readonly fault: 'not-found'; readonly detail: string }
  | { readonly ok: false; readonly at: 'proxy'; readonly fault: string; readonly detail: string }
  | { readonly ok: false; readonly at: 'tcp'; readonly fault: TcpFault; readonly detail: string }
  | { readonly ok: false; readonly at: 'tls'; readonly fault: HandshakeFault; readonly detail: string }
  | {
      readonly ok: false
      readonly at: 'http'
      readonly fault: 'nonsense' | 'silent' | 'too-long'
      readonly detail: string
    }

export interface WebClientOptions {
  /** Further roots, PEM. */
  readonly roots?: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  resolve(name: string): Promise<readonly string[]>
}

export type Opened =
  | {
      readonly ok: true
      readonly socket: Socket | TLSSocket
      readonly tls?: Handshake
      readonly isVerified: boolean
      readonly by?: Proxy
    }
  | WebFault

/** HTTP as the probe needs it: through the site's proxy, never stopped by a bad certificate but always aware of it, and bounded. */
export class WebClient {
  readonly #options: WebClientOptions

  constructor(options: WebClientOptions) {
    this.#options = options
  }

  get roots(): readonly string[] {
    return this.#options.roots ?? []
  }

  proxyFor(host: string): Proxy | { readonly fault: string } | undefined {
    return proxyFor(host, this.#options.environment)
  }

  /** A connection for HTTP to where a URL points: by the proxy or directly, with TLS for https. */
  async open(url: URL, signal?: AbortSignal, goesDirectly = false): Promise<Opened> {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const isSecure = url.protocol === 'https:'
    const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port)
    const proxy = isSecure && !goesDirectly ? this.proxyFor(host) : undefined
    if (proxy && 'fault' in proxy) return { ok: false, at: 'proxy', fault: 'address', detail: proxy.fault }
    const addresses = await this.#options.resolve(proxy?.host ?? host)
    const name = proxy?.host ?? host
    if (addresses.length === 0) return { ok: false, at: 'name', fault: 'not-found', detail: name }
    let last: WebFault | undefined
    for (const address of addresses.slice(0, 4)) {
      const limitMs = addresses.length > 1 ? 4000 : 7500
      const found = await connectTcp({ address, port: proxy?.port ?? port }, { limitMs, ...(signal && { signal }) })
      if (!found.ok) {
        const detail = `${address} port ${proxy?.port ?? port}`
        last = proxy
          ? { ok: false, at: 'proxy', fault: found.fault, detail }
          : { ok: false, at: 'tcp', fault: found.fault, detail }
        continue
      }
      if (proxy) {
        const refused = await openTunnel(found.socket, proxy, host, port, signal)
        if (refused) return { ok: false, at: 'proxy', ...refused }
      }
      if (!isSecure) return { ok: true, socket: found.socket, isVerified: false, ...(proxy && { by: proxy }) }
      const shaken = await handshake(found.socket, {
        ...(isIP(host) === 0 && { serverName: host }),
        roots: this.roots,
        ...(signal && { signal }),
      })
      if (!shaken.ok) return { ok: false, at: 'tls', fault: shaken.fault, detail: shaken.detail }
      const [leaf] = shaken.handshake.chain
      const isVerified =
        shaken.handshake.distrust === undefined && leaf !== undefined && !tellsWrongName(leaf, host, 'browser')
      return { ok: true, socket: shaken.socket, tls: shaken.handshake, isVerified, ...(proxy && { by: proxy }) }
    }
    return last!
  }

  /** One request on a connection of its own; never rejects. */
  async ask(asked: WebRequest): Promise<WebAnswer | WebFault> {
    const opened = await this.open(asked.url, asked.signal)
    if (!opened.ok) return opened
    try {
      return await exchangeOver(opened, asked)
    } finally {
      opened.socket.destroy()
    }
  }
}

function exchangeOver(opened: Extract<Opened, { ok: true }>, asked: WebRequest): Promise<WebAnswer | WebFault> {
  const { method, url, headers, body, limitMs = 10_000, limitBytes = 6_000_000, signal } = asked
  const startMs = performance.now()
  return new Promise((resolve) => {
    const fail = (fault: 'nonsense' | 'silent' | 'too-long', detail: string): void => {
      clearTimeout(timer)
      resolve({ ok: false, at: 'http', fault, detail })
      outgoing.destroy()
    }
    const outgoing = request({
      method,
      path: `${url.pathname}${url.search}`,
      createConnection: () => opened.socket as Socket,
      headers: {
        host: url.host,
        accept: 'application/json',
        connection: 'close',
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    })
    const timer = setTimeout(() => fail('silent', ''), limitMs)
    signal?.addEventListener('abort', () => fail('silent', ''), { once: true })
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail('nonsense', error.code ?? error.message))
    outgoing.on('response', (response) => {
      const roundTripMs = performance.now() - startMs
      const atMs = Date.now() - roundTripMs / 2
      const chunks: Buffer[] = []
      let size = 0
      response.on('error', (error) => fail('nonsense', error.message))
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > limitBytes) fail('too-long', `${limitBytes}`)
        else chunks.push(chunk)
      })
      response.on('end', () => {
        clearTimeout(timer)
        resolve({
          ok: true,
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          atMs,
          roundTripMs,
          ...(opened.tls && { tls: opened.tls }),
          isVerified: opened.isVerified,
        })
      })
      response.on('close', () => fail('nonsense', 'the answer broke off'))
    })
    outgoing.end(body)
  })
}
