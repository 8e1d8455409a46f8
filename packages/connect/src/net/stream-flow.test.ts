import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { defaultNetworkLimits as limits } from './network-limits.ts'
import { type NetworkUnderTest, openNetwork, optionsRequest, RawPeer } from './network-under-test.ts'

const loopback = { address: '127.0.0.1', port: 0 }

describe('a TCP connection', () => {
  let net: NetworkUnderTest
  before(async () => {
    net = await openNetwork({ tcp: [loopback] })
  })
  after(() => net.close())

  it('gives the same messages wherever the stream is cut', async () => {
    const stream = `${optionsRequest('first', 5)}\r\n\r\n${optionsRequest('second')}`
    const peer = await RawPeer.tcp(net.port('tcp'))
    for (let cut = 1; cut < stream.length; cut++) {
      await peer.write(stream.slice(0, cut))
      await new Promise((resolve) => setImmediate(resolve))
      await peer.write(stream.slice(cut))
      assert.equal((await net.nextMessage()).text, optionsRequest('first', 5), `cut at ${cut}`)
      assert.equal((await net.nextMessage()).text, optionsRequest('second'), `cut at ${cut}`)
    }
    peer.socket.destroy()
    await net.nextClosed()
  })

  it('answers a double CRLF with one (RFC 5626 §3.5.1), and takes a single one as an answer', async () => {
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write('\r\n\r\n')
    assert.equal(await peer.received(2), '\r\n')
    await peer.write(`\r\n${optionsRequest('behind')}`)
    assert.equal((await net.nextMessage()).text, optionsRequest('behind'))
    assert.equal(peer.text, '\r\n')
    peer.socket.destroy()
    await net.nextClosed()
  })

  it('is one flow for all its messages, with the listening port to be reached at', async () => {
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write(optionsRequest('a') + optionsRequest('b'))
    const { flow } = await net.nextMessage()
    assert.equal((await net.nextMessage()).flow, flow)
    assert.deepEqual(flow.remote, { address: '127.0.0.1', port: peer.socket.localPort })
    assert.deepEqual(net.network.advertised(flow), { address: '127.0.0.1', port: net.port('tcp') })
    assert.equal(net.network.findFlow('tcp', flow.remote), flow)
    peer.socket.end()
    const closed = await net.nextClosed()
    assert.equal(closed.flow, flow)
    assert.equal(flow.isOpen, false)
    assert.equal(net.network.flow(flow.id), undefined)
  })

  it('is closed on what cannot be framed, and on a message that is too large', async () => {
    for (const [bad, reason] of [
      ['OPTIONS sip:x SIP/2.0\r\n\r\n', /Content-Length/],
      ['OPTIONS sip:x SIP/2.0\r\nContent-Length: 65536\r\n\r\n', /./],
      [`OPTIONS sip:x SIP/2.0\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, /too large/],
      ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', /./],
    ] as const) {
      const peer = await RawPeer.tcp(net.port('tcp'))
      void peer.write(bad)
      await peer.ended
      assert.match((await net.nextClosed()).reason, reason)
    }
    assert.equal(net.waiting, 0)
    assert.equal(net.network.counts().incoming, 0)
  })

  it('tells the sender of bytes for a closed connection, later', async () => {
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write(optionsRequest('a'))
    const { flow } = await net.nextMessage()
    peer.socket.destroy()
    await net.nextClosed()
    const told = await new Promise((resolve) => net.network.send(flow, Buffer.from('x'), resolve))
    assert.equal(told, 'the connection is closed')
  })

  it('lets written bytes leave before it is closed', async () => {
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write(optionsRequest('a'))
    const { flow } = await net.nextMessage()
    net.network.send(flow, Buffer.from('y'.repeat(100_000)))
    net.network.closeFlow(flow, 'done')
    await peer.ended
    assert.equal(peer.text.length, 100_000)
    assert.equal((await net.nextClosed()).reason, 'done')
  })
})

describe('the limits of TCP connections', () => {
  it('reset what is above them, and let in again what came down', async () => {
    const net = await openNetwork({ tcp: [loopback], limits: { connectionsPerSource: 3 } })
    const peers = []
    for (let i = 0; i < 3; i++) peers.push(await RawPeer.tcp(net.port('tcp')))
    const many = await Promise.all(Array.from({ length: 20 }, () => RawPeer.tcp(net.port('tcp'))))
    await Promise.all(many.map((peer) => peer.ended))
    assert.equal(net.network.counts().connections, 3)
    peers[0]!.socket.destroy()
    await net.nextClosed()
    const another = await RawPeer.tcp(net.port('tcp'))
    await another.write(optionsRequest('again'))
    assert.equal((await net.nextMessage()).text, optionsRequest('again'))
    for (const peer of [...peers, another]) peer.socket.destroy()
    await net.close()
    assert.deepEqual(net.network.counts(), { udpFlows: 0, connections: 0, incoming: 0 })
  })

  it('end a peer that says nothing and one that never finishes (slow-loris)', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({ clock, tcp: [loopback] })
    const loris = await RawPeer.tcp(net.port('tcp'))
    await loris.write(optionsRequest('whole'))
    const { flow } = await net.nextMessage()
    await loris.write('OPTIONS sip:')
    while (net.network.flow(flow.id) !== undefined) {
      clock.advance(limits.messageMs / 3)
      await loris.write('x')
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.equal((await net.nextClosed()).reason, 'a message was not finished in time')
    const silent = await RawPeer.tcp(net.port('tcp'))
    while (net.network.counts().connections === 0) await new Promise((resolve) => setImmediate(resolve))
    clock.advance(limits.firstMessageMs)
    assert.equal((await net.nextClosed()).reason, 'no message came')
    await silent.ended
    await net.close()
    assert.equal(clock.waiting, 0)
  })

  it('end a message whose beginning came in one piece with the one before, also when nothing follows', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({ clock, tcp: [loopback] })
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write(`${optionsRequest('whole')}OPTIONS sip:`)
    const { flow } = await net.nextMessage()
    net.network.proved(flow)
    clock.advance(limits.messageMs)
    assert.equal(flow.isOpen, false)
    assert.equal((await net.nextClosed()).reason, 'a message was not finished in time')
    await peer.ended
    await net.close()
  })

  it('take NULs and line feeds between messages for a sign of life, and for no message begun', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({ clock, tcp: [loopback] })
    const peer = await RawPeer.tcp(net.port('tcp'))
    await peer.write(optionsRequest('whole'))
    const { flow } = await net.nextMessage()
    net.network.proved(flow)
    for (const idle of ['\0\0\0\0', '\n', '\n\0']) {
      await peer.write(idle)
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
      clock.advance(limits.messageMs)
      assert.equal(flow.isOpen, true, JSON.stringify(idle))
    }
    peer.socket.destroy()
    await net.nextClosed()
    await net.close()
  })

  it('cut off a peer that does not read, with the buffer bounded', async () => {
    const net = await openNetwork({ tcp: [loopback], limits: { writeBufferBytes: 100_000 } })
    const peer = await RawPeer.tcp(net.port('tcp'))
    peer.socket.pause()
    await peer.write(optionsRequest('a'))
    const { flow } = await net.nextMessage()
    const block = new Uint8Array(50_000)
    let refusal: string | undefined
    for (let i = 0; i < 2_000 && flow.isOpen; i++) {
      net.network.send(flow, block, (reason) => {
        refusal ??= reason
      })
      if (i % 2 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    assert.equal((await net.nextClosed()).reason, 'the peer reads too slowly')
    assert.ok(refusal)
    peer.socket.destroy()
    await net.close()
  })
})

describe('a connection that we open', () => {
  let net: NetworkUnderTest
  let far: NetworkUnderTest
  before(async () => {
    net = await openNetwork({ tcp: [loopback] })
    far = await openNetwork({ tcp: [loopback] })
  })
  after(async () => {
    await net.close()
    await far.close()
  })
  const target = () => ({ protocol: 'tcp', address: '127.0.0.1', port: far.port('tcp') }) as const

  it('is shared by all requests to that target, also while it is being opened', async () => {
    const [a, b] = await Promise.all([net.network.connect(target()), net.network.connect(target())])
    assert.equal(a, b)
    assert.equal(await net.network.connect(target()), a)
    assert.deepEqual(
      net.network.advertised(a),
      { address: '127.0.0.1', port: net.port('tcp') },
      'our listening port, not the chance one',
    )
    assert.notEqual(a.local.port, net.port('tcp'))
  })

  it('carries messages both ways and is replaced once it is closed', async () => {
    const flow = await net.network.connect(target())
    net.network.send(flow, Buffer.from(optionsRequest('there')))
    const there = await far.nextMessage()
    far.network.send(there.flow, Buffer.from(optionsRequest('back')))
    assert.equal((await net.nextMessage()).flow, flow)
    far.network.closeFlow(there.flow, 'enough')
    assert.equal((await net.nextClosed()).flow, flow)
    const next = await net.network.connect(target())
    assert.notEqual(next, flow)
    assert.equal(next.isOpen, true)
  })

  it('is never taken from the connections that peers opened (no RFC 5923 alias)', async () => {
    const flow = await net.network.connect(target())
    net.network.send(flow, Buffer.from(optionsRequest('in')))
    const incoming = (await far.nextMessage()).flow
    const back = { protocol: 'tcp', ...incoming.remote } as const
    await assert.rejects(far.network.connect(back), /Cannot connect to TCP 127\.0\.0\.1:\d+: nothing listens there/)
  })

  it('that nobody answers is given up in time', async () => {
    const clock = new VirtualClock()
    const waiting = await openNetwork({ clock })
    const { server, address } = await silentListener()
    const opening = waiting.network.connect({ protocol: 'tls', ...address })
    const failed = assert.rejects(opening, /no answer within 4000 ms/)
    await once(server, 'connection')
    clock.advance(limits.connectMs)
    await failed
    await waiting.close()
    server.close()
    assert.equal(clock.waiting, 0)
  })

  it('is refused when too many are open', async () => {
    const small = await openNetwork({ limits: { outgoingConnections: 1 } })
    await small.network.connect(target())
    await assert.rejects(small.network.connect({ ...target(), address: '127.0.0.2' }), /too many connections are open/)
    await small.close()
  })

  it('to WebSocket is refused with the reason', async () => {
    await assert.rejects(net.network.connect({ ...target(), protocol: 'wss' }), /Only a browser can open a WebSocket/)
  })
})

/** Accepts connections and never says a word. */
async function silentListener() {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, address: { address: '127.0.0.1', port: (server.address() as { port: number }).port } }
}
