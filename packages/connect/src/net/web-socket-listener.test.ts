import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { type Clock, systemClock } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { WebSocket } from 'ws'
import { issueCertificate, makeAuthority } from '../certificates/certificate-issuer.ts'
import type { NetworkLimits } from './network-limits.ts'
import { defaultNetworkLimits } from './network-limits.ts'
import { type NetworkUnderTest, openNetwork, optionsRequest, RawPeer } from './network-under-test.ts'

interface Site {
  readonly net: NetworkUnderTest
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

async function open(
  clock: Clock = systemClock,
  limits: Partial<NetworkLimits> = {},
  server: Server | SecureServer = createServer(),
): Promise<Site> {
  const net = await openNetwork({ clock, limits })
  server.on('upgrade', (request, socket, head) => net.network.handleUpgrade(request, socket, head))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    await net.close()
    server.closeAllConnections()
    server.close()
  }
  return { net, port, url: `ws://127.0.0.1:${port}/sip`, close }
}

async function dial(url: string, protocols: string[] = ['sip']): Promise<WebSocket> {
  const socket = new WebSocket(url, protocols)
  await once(socket, 'open')
  return socket
}

describe('SIP over WebSocket (RFC 7118)', () => {
  let site: Site
  before(async () => {
    site = await open()
  })
  after(() => site.close())

  it('agrees on the subprotocol sip and gives one message for each WebSocket message, text or binary (§4, §5)', async () => {
    const socket = await dial(site.url, ['other', 'sip'])
    assert.equal(socket.protocol, 'sip')
    socket.send(optionsRequest('text'))
    socket.send(Buffer.from(optionsRequest('binary')), { binary: true })
    const first = await site.net.nextMessage()
    assert.equal(first.text, optionsRequest('text'))
    assert.equal((await site.net.nextMessage()).text, optionsRequest('binary'))
    assert.equal(first.flow.protocol, 'ws')
    assert.deepEqual(site.net.network.advertised(first.flow), { address: '127.0.0.1', port: site.port })
    socket.close()
    assert.equal((await site.net.nextClosed()).flow, first.flow)
  })

  it('sends text, which browsers expect, and binary only for what is no UTF-8', async () => {
    const socket = await dial(site.url)
    socket.send(optionsRequest('x'))
    const { flow } = await site.net.nextMessage()
    const coming = once(socket, 'message')
    site.net.network.send(flow, Buffer.from('Grüße'))
    const [text, isBinary] = (await coming) as [Buffer, boolean]
    assert.deepEqual([text.toString(), isBinary], ['Grüße', false])
    const next = once(socket, 'message')
    site.net.network.send(flow, Uint8Array.of(0xff, 0xfe))
    assert.equal((await next)[1], true)
    socket.terminate()
    await site.net.nextClosed()
  })

  it('answers a double CRLF with one and hands neither on (§6)', async () => {
    const socket = await dial(site.url)
    const coming = once(socket, 'message')
    socket.send('\r\n\r\n')
    assert.equal(String((await coming)[0]), '\r\n')
    assert.equal(site.net.waiting, 0)
    socket.terminate()
    await site.net.nextClosed()
  })

  it('is refused without the subprotocol, in words', async () => {
    const peer = await RawPeer.tcp(site.port)
    await peer.write(
      'GET /sip HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    await peer.ended
    assert.match(peer.text, /^HTTP\/1\.1 400 .*subprotocol must be "sip"$/s)
  })

  it('ends on a message that is too large', async () => {
    const socket = await dial(site.url)
    socket.on('error', () => {})
    socket.send('x'.repeat(65_536))
    const [code] = await once(socket, 'close')
    assert.equal(code, 1009)
    await site.net.nextClosed()
    assert.equal(site.net.waiting, 0)
  })

  it('counts in the limits of connections', async () => {
    const small = await open(systemClock, { connectionsPerSource: 1 })
    const first = await dial(small.url)
    const second = new WebSocket(small.url, ['sip'])
    const [, answer] = (await once(second, 'unexpected-response')) as [unknown, { statusCode: number }]
    assert.equal(answer.statusCode, 503)
    second.on('error', () => {})
    second.terminate()
    first.terminate()
    await small.net.nextClosed()
    while (small.net.network.counts().incoming > 0) await new Promise((resolve) => setImmediate(resolve))
    await small.close()
  })

  it('ends on a message that is never finished, though each ping is answered (slow-loris)', async () => {
    const clock = new VirtualClock()
    const own = await open(clock)
    const socket = await dial(own.url)
    socket.send(optionsRequest('whole'))
    const { flow } = await own.net.nextMessage()
    while (flow.isOpen) {
      socket.send('OPTIONS sip:', { fin: false })
      const closed = once(socket, 'close')
      const pinged = Promise.race([once(socket, 'ping'), closed])
      clock.advance(defaultNetworkLimits.webSocketPingMs)
      await pinged
      // What comes back for a ping of ours comes after the answer to the server's.
      if (!flow.isOpen) break
      socket.ping()
      await Promise.race([once(socket, 'pong'), closed])
    }
    assert.equal((await own.net.nextClosed()).reason, 'a message was not finished in time')
    await own.close()
    assert.equal(clock.waiting, 0)
  })

  it('ends on such a message also where thousands of pongs came in one piece with the one before', async () => {
    const clock = new VirtualClock()
    const own = await open(clock)
    const socket = await dial(own.url)
    const { _socket: stream } = socket as unknown as { _socket: { cork(): void; uncork(): void } }
    stream.cork()
    socket.send(optionsRequest('whole'))
    for (let i = 0; i < 5000; i++) socket.pong()
    stream.uncork()
    const { flow } = await own.net.nextMessage()
    for (let i = 0; i < 20 && flow.isOpen; i++) {
      socket.send('O', { fin: false })
      const closed = once(socket, 'close')
      const pinged = Promise.race([once(socket, 'ping'), closed])
      clock.advance(defaultNetworkLimits.webSocketPingMs)
      await pinged
      if (!flow.isOpen) break
      socket.ping()
      await Promise.race([once(socket, 'pong'), closed])
    }
    assert.equal(flow.isOpen, false)
    assert.equal((await own.net.nextClosed()).reason, 'a message was not finished in time')
    await own.close()
  })

  it('gives a message whole however it was cut into frames, and stays open between messages', async () => {
    const clock = new VirtualClock()
    const own = await open(clock)
    const socket = await dial(own.url)
    const text = optionsRequest('cut', 30)
    for (let at = 0; at < text.length; at++) {
      socket.send(text[at]!, { fin: at === text.length - 1 })
      if (at % 9 === 0) socket.pong()
    }
    const { flow, text: got } = await own.net.nextMessage()
    assert.equal(got, text)
    own.net.network.proved(flow)
    for (let i = 0; i < 4; i++) {
      const pinged = once(socket, 'ping')
      clock.advance(defaultNetworkLimits.webSocketPingMs)
      await pinged
      const answered = once(socket, 'message')
      socket.send('\r\n\r\n')
      await answered
    }
    assert.equal(flow.isOpen, true)
    await own.close()
  })

  it('takes no compression: an offer of it is passed over, and a compressed frame ends the connection', async () => {
    const socket = new WebSocket(site.url, ['sip'], { perMessageDeflate: { threshold: 0 } })
    await once(socket, 'open')
    assert.equal(socket.extensions, '')
    const compressedText = Buffer.from([0xc1, 0x80, 0, 0, 0, 0])
    const closed = once(socket, 'close')
    socket.on('error', () => {})
    ;(socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(compressedText)
    const [code] = await closed
    assert.equal(code, 1002)
    await site.net.nextClosed()
  })

  it('is pinged, and ends when a ping has no answer', async () => {
    const clock = new VirtualClock()
    const own = await open(clock)
    const socket = await dial(own.url)
    socket.send(optionsRequest('x'))
    const { flow } = await own.net.nextMessage()
    own.net.network.proved(flow)
    for (let i = 0; i < 3; i++) {
      const pinged = once(socket, 'ping')
      clock.advance(defaultNetworkLimits.webSocketPingMs)
      await pinged
      const answered = once(socket, 'message')
      socket.send('\r\n\r\n')
      await answered
    }
    assert.equal(flow.isOpen, true)
    socket.pause()
    clock.advance(2 * defaultNetworkLimits.webSocketPingMs)
    assert.equal((await own.net.nextClosed()).reason, 'the peer does not answer pings')
    await own.close()
    assert.equal(clock.waiting, 0)
  })

  it('over HTTPS is a secure flow', async () => {
    const authority = await makeAuthority({ commonName: 'a test', nowMs: Date.now(), lifetimeMs: 86_400_000 })
    const { certPem, keyPem } = await issueCertificate(authority, {
      commonName: '127.0.0.1',
      names: ['127.0.0.1'],
      nowMs: Date.now(),
      lifetimeMs: 86_400_000,
      uses: ['serverAuth'],
    })
    const own = await open(systemClock, {}, createSecureServer({ cert: certPem, key: keyPem }))
    const socket = new WebSocket(own.url.replace('ws:', 'wss:'), ['sip'], { ca: authority.certPem })
    await once(socket, 'open')
    socket.send(optionsRequest('secure'))
    assert.equal((await own.net.nextMessage()).flow.protocol, 'wss')
    socket.terminate()
    await own.close()
  })

  it('is closed with "going away" when the network closes', async () => {
    const own = await open()
    const socket = await dial(own.url)
    const closed = once(socket, 'close')
    await own.close()
    assert.equal((await closed)[0], 1001)
  })
})
