import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, it } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { type Clock, silentLogger, systemClock } from '@vaxel/base'
import { NotAuthenticated, perform, readHealth } from '@vaxel/contract'
import { issueCertificate, makeAuthority } from '../certificates/certificate-issuer.ts'
import { createHttpServer, type HttpServer, type HttpServerOptions } from './http-server.ts'

const clock: Clock = systemClock

async function withServer(
  options: Partial<HttpServerOptions>,
  test: (server: HttpServer, url: string) => Promise<void>,
): Promise<void> {
  const server = await createHttpServer({
    clock,
    log: silentLogger,
    http: { address: '127.0.0.1', port: 0 },
    handlers: [perform(readHealth, () => ({ status: 'ok' as const, version: '1', uptimeSeconds: 1, warnings: [] }))],
    authenticate: () => NotAuthenticated(),
    landing: { version: '1' },
    ...options,
  })
  await server.listen()
  try {
    await test(server, `http://127.0.0.1:${server.addresses.http?.port}`)
  } finally {
    await server.close()
  }
}

/** What comes back for a raw request, until the server closes. */
function raw(port: number, request: string, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, host, () => socket.write(request))
    socket.on('data', (bytes) => (text += bytes.toString()))
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

describe('the HTTP server', () => {
  it('says in a sentence why it cannot listen', async () => {
    await withServer({}, async (server) => {
      const { port } = server.addresses.http!
      const second = createHttpServer({
        clock,
        log: silentLogger,
        http: { address: '127.0.0.1', port },
        handlers: [],
        authenticate: () => NotAuthenticated(),
        landing: { version: '1' },
      })
      await assert.rejects(
        (await second).listen(),
        new RegExp(`HTTP cannot listen on 127.0.0.1 port ${port}: another program has that port`),
      )
    })
  })

  it('hands upgrade requests to whoever claimed the path and refuses others', async () => {
    await withServer({}, async (server) => {
      const { port } = server.addresses.http!
      server.onUpgrade('/sip', (request, socket) => {
        socket.end(`HTTP/1.1 200 OK\r\nX-Seen: ${request.url}\r\n\r\n`)
      })
      const upgrade = (path: string) =>
        raw(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
      assert.match(await upgrade('/sip?a=1'), /X-Seen: \/sip\?a=1/)
      assert.match(await upgrade('/other'), /^HTTP\/1\.1 404/)
    })
  })

  it('closes at once, also with a connection that idles and a request that never ends', async () => {
    await withServer({}, async (server) => {
      const { port } = server.addresses.http!
      const half = raw(
        port,
        'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
      )
      const idle = raw(port, '')
      const stuck: Promise<string>[] = [half, idle]
      await server.close()
      await Promise.allSettled(stuck)
    })
  })

  it('redirects other machines to HTTPS, but not this one', async (t) => {
    const own = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry?.family === 'IPv4' && !entry.internal)
    if (!own) return t.skip('this machine has no address besides loopback')
    const times = { nowMs: Date.now(), lifetimeMs: 3_600_000 }
    const authority = await makeAuthority({ commonName: 'test', ...times })
    const keyed = await issueCertificate(authority, {
      commonName: own.address,
      names: [own.address],
      uses: ['serverAuth'],
      ...times,
    })
    const everywhere = { address: '0.0.0.0', port: 0 }
    await withServer({ http: everywhere, https: { ...everywhere, ...keyed } }, async (server) => {
      const { http, https } = server.addresses
      const there = await fetch(`http://${own.address}:${http!.port}/healthz?x=1`, { redirect: 'manual' })
      assert.equal(there.status, 308)
      assert.equal(there.headers.get('location'), `https://${own.address}:${https!.port}/healthz?x=1`)
      assert.equal((await fetch(`http://127.0.0.1:${http!.port}/healthz`)).status, 200)
      const secure = await new Promise<IncomingMessage>((resolve, reject) => {
        get({ host: own.address, port: https!.port, path: '/healthz', ca: authority.certPem }, resolve).on(
          'error',
          reject,
        )
      })
      secure.resume()
      assert.equal(secure.statusCode, 200)
      assert.equal(secure.headers['strict-transport-security'], 'max-age=31536000')
      const upgrade = 'GET /sip HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
      server.onUpgrade('/sip', (_, socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
      assert.match(await raw(http!.port, upgrade, own.address), /^HTTP\/1\.1 426/)
    })
  })

  it('ends half a request, half an upgrade and half a handshake in time, whatever trickles in', async () => {
    const nowMs = Date.now()
    const lifetimeMs = 86_400_000
    const authority = await makeAuthority({ commonName: 'a', nowMs, lifetimeMs })
    const issued = { commonName: 'a', names: ['127.0.0.1'], nowMs, lifetimeMs, uses: ['serverAuth' as const] }
    const https = { ...(await issueCertificate(authority, issued)), address: '127.0.0.1', port: 0 }
    const limits = { headersMs: 200, requestMs: 300, handshakeMs: 200, checkMs: 50 }
    await withServer({ limits, https }, async ({ addresses }) => {
      const plain = addresses.http!.port
      const upgrade = 'GET /sip HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-Web'
      const body = 'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{'
      const answers = await Promise.all([
        raw(plain, 'GET / HTTP/1.1\r\nHost: a\r\nX-A'),
        raw(plain, upgrade),
        raw(plain, body),
        raw(plain, ''),
        raw(addresses.https!.port, '\x16\x03\x01'),
        raw(addresses.https!.port, ''),
      ])
      for (const answer of answers) assert.doesNotMatch(answer, /^HTTP\/1\.1 [123]/)
    })
  })

  it('lets one source hold so many connections, and the next come in when one has left', async () => {
    const limits = { connectionsPerSource: 2, loopbackLimited: 1 }
    await withServer({ limits }, async ({ addresses }, url) => {
      const { port } = addresses.http!
      const held = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
      for (const socket of held) await new Promise((resolve) => socket.once('connect', resolve))
      await assert.rejects(
        raw(port, 'GET / HTTP/1.1\r\n\r\n').then((text) => text || Promise.reject(new Error('closed'))),
      )
      held[0]!.destroy()
      let status = 0
      while (status !== 200)
        status = await fetch(`${url}/healthz`).then(
          (reply) => reply.status,
          () => 0,
        )
      held[1]!.destroy()
    })
  })

  for (const kind of ['http', 'https'] as const)
    it(`has room for a newcomer when strangers have taken all places (${kind}), and keeps whom it knows`, async (t) => {
      const times = { nowMs: Date.now(), lifetimeMs: 86_400_000 }
      const authority = await makeAuthority({ commonName: 'a', ...times })
      const issued = { commonName: 'a', names: ['127.0.0.1'], ...times, uses: ['serverAuth' as const] }
      const https = { ...(await issueCertificate(authority, issued)), address: '127.0.0.1', port: 0 }
      const limits = { connections: 4, connectionsPerSource: 2, loopbackLimited: 1 }
      await withServer({ limits, https }, async (server) => {
        const { port } = server.addresses[kind]!
        server.onUpgrade('/stream', (_, socket, _head, place) => {
          place?.keep()
          socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')
        })
        const sockets: Socket[] = []
        t.after(() => {
          for (const socket of sockets) socket.destroy()
        })
        const open = async (localAddress: string): Promise<Socket> => {
          const to = { host: '127.0.0.1', port, localAddress }
          const socket = kind === 'http' ? connect(to) : connectTls({ ...to, rejectUnauthorized: false })
          sockets.push(socket.on('error', () => {}))
          await new Promise((done) => socket.once(kind === 'http' ? 'connect' : 'secureConnect', done))
          return socket
        }
        const ask = (socket: Socket, path: string, more = ''): Promise<string> =>
          new Promise((resolve) => {
            socket.once('data', (bytes) => resolve(bytes.toString().split('\r\n', 1)[0]!))
            socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`)
          })
        const stream = await open('127.0.0.2')
        const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n'
        assert.equal(await ask(stream, '/stream', upgrade), 'HTTP/1.1 101 Switching Protocols')
        const [asks, quiet, last] = [await open('127.0.0.3'), await open('127.0.0.3'), await open('127.0.0.4')]
        assert.equal(await ask(asks, '/healthz'), 'HTTP/1.1 200 OK')
        const ended = new Promise((done) => quiet.once('close', done))
        assert.equal(await ask(await open('127.0.0.5'), '/healthz'), 'HTTP/1.1 200 OK')
        await ended
        assert.deepEqual([asks.closed, last.closed, stream.closed], [false, false, false])
        for (let i = 10; i < 20; i++) assert.equal(await ask(await open(`127.0.0.${i}`), '/healthz'), 'HTTP/1.1 200 OK')
        assert.equal(stream.closed, false)
        assert.equal(last.closed, true)
      })
    })

  it('survives bytes that are not HTTP', async () => {
    await withServer({}, async (server, url) => {
      await raw(server.addresses.http!.port, '\u0000\u0001\u0002 hello\r\n\r\n')
      assert.equal((await fetch(`${url}/healthz`)).status, 200)
    })
  })

  it('lets someone else serve what is not claimed', async () => {
    const serveOther: HttpServerOptions['serveOther'] = (request, response) => {
      if (request.url !== '/app.js') return false
      response.end('portal')
      return true
    }
    await withServer({ serveOther }, async (_, url) => {
      const served = await fetch(`${url}/app.js`)
      assert.equal(await served.text(), 'portal')
      assert.equal(served.headers.get('x-content-type-options'), 'nosniff')
      assert.equal((await fetch(`${url}/other.js`)).status, 404)
      assert.equal((await fetch(`${url}/setup`)).status, 200)
    })
  })

  it('refuses metrics to whoever comes by a proxy on this machine without an operator', async () => {
    await withServer({ metrics: () => 'up 1\n' }, async (_, url) => {
      for (const name of ['X-Forwarded-Proto', 'X-Forwarded-For', 'Forwarded', 'Via'])
        assert.equal((await fetch(`${url}/metrics`, { headers: { [name]: 'https' } })).status, 401, name)
      assert.equal(await (await fetch(`${url}/metrics`)).text(), 'up 1\n')
    })
  })

  it('refuses metrics to other machines without an operator', async (t) => {
    const own = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry?.family === 'IPv4' && !entry.internal)
    if (!own) return t.skip('this machine has no address besides loopback')
    await withServer({ http: { address: '0.0.0.0', port: 0 }, metrics: () => 'up 1\n' }, async (server) => {
      const { port } = server.addresses.http!
      assert.equal((await fetch(`http://${own.address}:${port}/metrics`)).status, 401)
      assert.equal(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(), 'up 1\n')
    })
  })
})
