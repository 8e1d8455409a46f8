import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { silentLogger, systemClock } from '@vaxel/base'
import { NotAuthenticated } from '@vaxel/contract'
import { issueCertificate, makeAuthority } from '../certificates/certificate-issuer.ts'
import { createHttpServer, type HttpServer } from './http-server.ts'

const stunRequest = Buffer.from('000100002112a4420102030405060708090a0b0c', 'hex')
const httpRequest = 'GET /healthz-none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'

describe('the web port', () => {
  let server: HttpServer
  before(async () => {
    const times = { nowMs: Date.now(), lifetimeMs: 3_600_000 }
    const authority = await makeAuthority({ commonName: 'a', ...times })
    const asked = { commonName: 'a', names: ['127.0.0.1'], uses: ['serverAuth' as const], ...times }
    server = await createHttpServer({
      clock: systemClock,
      log: silentLogger,
      https: { address: '127.0.0.1', port: 0, ...(await issueCertificate(authority, asked)) },
      handlers: [],
      authenticate: () => NotAuthenticated(),
      landing: { version: '1' },
      limits: { headersMs: 300, checkMs: 50 },
    })
    // Sends back what it gets, so that a lost byte is seen.
    server.onStun((socket) => {
      socket.on('error', () => socket.destroy())
      socket.on('data', (bytes: Buffer) => socket.write(bytes))
    })
    await server.listen()
  })
  after(() => server.close())

  async function open(options: ConnectionOptions = {}): Promise<TLSSocket> {
    const { port } = server.addresses.https!
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options })
    socket.on('error', () => {})
    await once(socket, 'secureConnect')
    return socket
  }

  /** The first bytes that come back, at least so many. */
  async function reply(socket: TLSSocket, atLeast: number): Promise<Buffer> {
    let all = Buffer.alloc(0)
    for await (const bytes of socket) {
      all = Buffer.concat([all, bytes as Buffer])
      if (all.length >= atLeast) break
    }
    return all
  }

  it('hands STUN over by its first byte, whole, also when it comes byte by byte', async () => {
    const socket = await open()
    for (const byte of stunRequest) socket.write(Buffer.of(byte))
    assert.deepEqual(await reply(socket, stunRequest.length), stunRequest)
  })

  it('hands over who says stun.turn in the handshake (RFC 7443)', async () => {
    const socket = await open({ ALPNProtocols: ['stun.turn'] })
    assert.equal(socket.alpnProtocol, 'stun.turn')
    socket.write(stunRequest)
    assert.deepEqual(await reply(socket, stunRequest.length), stunRequest)
  })

  it('goes on with HTTP, whole and byte by byte', async () => {
    for (const parts of [[httpRequest], [...httpRequest]]) {
      const socket = await open({ ALPNProtocols: ['http/1.1'] })
      for (const part of parts) socket.write(part)
      assert.match((await reply(socket, 1_000_000)).toString(), /^HTTP\/1\.1 404 /)
    }
  })

  it('ends a connection that says nothing after its handshake, and one that begins as neither', async () => {
    for (const bytes of ['', Buffer.alloc(8, 0xff)]) {
      const socket = await open()
      if (bytes.length > 0) socket.write(bytes)
      socket.resume()
      await once(socket, 'close')
    }
  })
})
