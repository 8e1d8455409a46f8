import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { WebSocket } from 'ws'
import { issueCertificate, makeAuthority } from '../certificates/certificate-issuer.ts'
import { defaultNetworkLimits as limits } from './network-limits.ts'
import { type NetworkUnderTest, openNetwork, optionsRequest, RawPeer } from './network-under-test.ts'

const loopback = { address: '127.0.0.1', port: 0 }
const dayMs = 86_400_000
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function untilIncoming(net: NetworkUnderTest, count: number): Promise<void> {
  while (net.network.counts().incoming !== count) await turn()
}

/** A listener for WebSockets, whose number of connections is that of the network. */
async function webServer(net: NetworkUnderTest) {
  const server = createServer().on('upgrade', (...upgrade) => net.network.handleUpgrade(...upgrade))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sip`, close: () => server.close() }
}

describe('a connection of a stranger', () => {
  it('ends soon, however many keep-alives and messages without an answer come; an answer prolongs it', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({ clock, tcp: [loopback] })
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write(optionsRequest('first'))
    const { flow } = await net.nextMessage()
    clock.advance(limits.strangerMs / 2)
    net.network.send(flow, Buffer.from('answer'))
    for (let i = 0; i < 3; i++) {
      await peer.write(`\r\n\r\n${optionsRequest(`more ${i}`)}`)
      await net.nextMessage()
      clock.advance(limits.strangerMs / 3 - 1)
    }
    assert.equal(flow.isOpen, true)
    clock.advance(3)
    assert.equal((await net.nextClosed()).reason, 'it proved nothing in time')
    await peer.ended
    assert.equal(peer.text, 'answer\r\n\r\n\r\n')
    await net.close()
    assert.equal(clock.waiting, 0)
  })

  it('may be quiet for as long as a registration lasts once it is somebody’s', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({ clock, tcp: [loopback] })
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write(optionsRequest('first'))
    const { flow } = await net.nextMessage()
    net.network.proved(flow)
    clock.advance(limits.idleMs - 1)
    assert.equal(flow.isOpen, true)
    clock.advance(1)
    assert.equal((await net.nextClosed()).reason, 'idle')
    await net.close()
  })

  it('need not say a word where its address is known', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({ clock, tcp: [loopback], isKnown: ({ address }) => address === '127.0.0.1' })
    const trunk = await RawPeer.tcp(net.port('tcp'))
    while (net.network.counts().connections === 0) await turn()
    clock.advance(limits.idleMs - 1)
    assert.equal(net.network.counts().connections, 1)
    trunk.socket.destroy()
    await net.close()
  })

  it('that we opened asks for no proof', async () => {
    const clock = new VirtualClock()
    const [near, far] = [await openNetwork({ clock }), await openNetwork({ tcp: [loopback] })]
    const target = { protocol: 'tcp', address: '127.0.0.1', port: far.port('tcp') } as const
    const flow = await near.network.connect(target)
    near.network.send(flow, Buffer.from(optionsRequest('ours')))
    await far.nextMessage()
    clock.advance(limits.outgoingIdleMs - 1)
    assert.equal(flow.isOpen, true)
    await near.close()
    await far.close()
  })

  it('over WebSocket ends in time though it answers each ping and sends keep-alives, unless it is somebody’s', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({ clock })
    const web = await webServer(net)
    const dial = async () => {
      const socket = new WebSocket(web.url, ['sip'])
      await once(socket, 'open')
      socket.send(optionsRequest('first'))
      return { socket, flow: (await net.nextMessage()).flow }
    }
    const [stranger, browser] = [await dial(), await dial()]
    net.network.proved(browser.flow)
    for (let passedMs = limits.webSocketPingMs; stranger.flow.isOpen; passedMs += limits.webSocketPingMs) {
      assert.ok(passedMs <= limits.strangerMs)
      const pinged = [stranger, browser].map(({ socket }) =>
        Promise.race([once(socket, 'ping'), once(socket, 'close')]),
      )
      clock.advance(limits.webSocketPingMs)
      await Promise.all(pinged)
      for (const { socket, flow } of [stranger, browser]) {
        if (!flow.isOpen) continue
        const answered = once(socket, 'message')
        socket.send('\r\n\r\n')
        await answered
      }
    }
    assert.equal((await net.nextClosed()).reason, 'it proved nothing in time')
    assert.equal(browser.flow.isOpen, true)
    await net.close()
    web.close()
    assert.equal(clock.waiting, 0)
  })
})

describe('places that strangers have taken', () => {
  it('by TCP, half a TLS handshake, TLS and WebSocket go to newcomers one by one, and who proved something stays', async () => {
    const nowMs = Date.now()
    const authority = await makeAuthority({ commonName: 'a', nowMs, lifetimeMs: dayMs })
    const { certPem, keyPem } = await issueCertificate(authority, {
      commonName: '127.0.0.1',
      names: ['127.0.0.1'],
      nowMs,
      lifetimeMs: dayMs,
      uses: ['serverAuth'],
    })
    const net = await openNetwork({
      tcp: [loopback],
      tls: [{ ...loopback, certificate: { certPem, keyPem } }],
      limits: { connections: 5 },
    })
    const web = await webServer(net)
    const phone = await RawPeer.tcp(net.port('tcp'))
    await phone.write(optionsRequest('phone'))
    const { flow } = await net.nextMessage()
    net.network.proved(flow)

    const half = await RawPeer.tcp(net.port('tls'))
    await half.write(Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1))
    await untilIncoming(net, 2)
    const plain = await RawPeer.tcp(net.port('tcp'))
    await plain.write('\r\n\r\n')
    await plain.received(2)
    const secure = new RawPeer(connectTls({ host: '127.0.0.1', port: net.port('tls'), ca: [authority.certPem] }))
    await once(secure.socket, 'secureConnect')
    await secure.write('\r\n\r\n')
    await secure.received(2)
    const browser = new WebSocket(web.url, ['sip'])
    browser.on('error', () => {})
    const browserEnded = once(browser, 'close')
    await once(browser, 'open')

    const newcomers: RawPeer[] = []
    for (const ended of [half.ended, plain.ended, secure.ended, browserEnded]) {
      assert.equal(net.network.counts().incoming, 5)
      const newcomer = await RawPeer.tcp(net.port('tcp'))
      await newcomer.write(optionsRequest('let in'))
      assert.equal((await net.nextMessage()).text, optionsRequest('let in'))
      newcomers.push(newcomer)
      await ended
    }
    assert.equal(net.network.counts().incoming, 5)
    net.network.send(flow, Buffer.from('still here'))
    assert.equal(await phone.received(10), 'still here')
    for (const { socket } of [phone, ...newcomers]) socket.destroy()
    await untilIncoming(net, 0)
    await net.close()
    web.close()
  })
})
