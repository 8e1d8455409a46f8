import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { type NetworkUnderTest, openNetwork } from './network-under-test.ts'

const loopback = { address: '127.0.0.1', port: 0 }

async function phone(address = '127.0.0.1'): Promise<{ socket: Socket; port: number; next(): Promise<Buffer> }> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  const listening = once(socket, 'listening')
  socket.bind(0, address)
  await listening
  return { socket, port: socket.address().port, next: async () => (await once(socket, 'message'))[0] as Buffer }
}

describe('a UDP listener', () => {
  let net: NetworkUnderTest
  before(async () => {
    net = await openNetwork({ udp: [loopback, { address: '::1', port: 0 }] })
  })
  after(() => net.close())

  it('hands on each datagram with its pair, and gives the same flow for the same pair', async () => {
    const { socket, port } = await phone()
    socket.send('one', net.port('udp'), '127.0.0.1')
    socket.send('two', net.port('udp'), '127.0.0.1')
    const [first, second] = [await net.nextMessage(), await net.nextMessage()]
    assert.deepEqual([first.text, second.text], ['one', 'two'])
    assert.equal(first.flow, second.flow)
    assert.deepEqual(first.flow.remote, { address: '127.0.0.1', port })
    assert.deepEqual(first.flow.local, { address: '127.0.0.1', port: net.port('udp') })
    assert.equal(net.network.flow(first.flow.id), first.flow)
    assert.equal(await net.network.connect({ protocol: 'udp', address: '127.0.0.1', port }), first.flow)
    socket.close()
  })

  it('sends from its own port, so that answers pass a NAT (RFC 3581 §4)', async () => {
    const { socket, port } = await phone()
    const flow = await net.network.connect({ protocol: 'udp', address: '127.0.0.1', port })
    const coming = once(socket, 'message')
    net.network.send(flow, Buffer.from('hello'))
    const [bytes, from] = (await coming) as [Buffer, { port: number }]
    assert.equal(bytes.toString(), 'hello')
    assert.equal(from.port, net.port('udp'))
    socket.close()
  })

  it('finds out by a datagram of its own how long one waits, which nobody else sees', async () => {
    assert.equal(net.network.waitingMs(), 0)
    let waitedMs = 0
    for (let turns = 0; turns < 10_000 && waitedMs === 0; turns++) {
      await new Promise((resolve) => setImmediate(resolve))
      waitedMs = net.network.waitingMs()
    }
    assert.ok(waitedMs > 0)
    const { socket } = await phone()
    // A stranger's guess of it is a message like any other.
    socket.send(Buffer.from([0xf0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), net.port('udp'), '127.0.0.1')
    assert.equal((await net.nextMessage()).text.length, 12)
    socket.close()
  })

  it('carries a message larger than the path takes in one piece, and says when it is too large for any datagram', async () => {
    const { socket, port } = await phone()
    const flow = await net.network.connect({ protocol: 'udp', address: '127.0.0.1', port })
    const coming = once(socket, 'message')
    net.network.send(flow, Buffer.alloc(20_000, 'x'))
    assert.equal(((await coming) as [Buffer])[0].length, 20_000)
    for (const size of [65_510, 70_000]) {
      const reason = await new Promise((resolve) => net.network.send(flow, Buffer.alloc(size), resolve))
      assert.match(String(reason), /EMSGSIZE|too large/)
    }
    socket.close()
  })

  it('speaks IPv6 from the listener of that family', async () => {
    const { socket, port } = await phone('::1')
    const flow = await net.network.connect({ protocol: 'udp', address: '::1', port })
    const coming = once(socket, 'message')
    net.network.send(flow, Buffer.from('six'))
    assert.equal(String((await coming)[0]), 'six')
    assert.deepEqual(flow.local, { address: '::1', port: net.network.endpoints()[1]!.port })
    socket.close()
  })

  it('answers a STUN keep-alive on the SIP port and tells nobody (RFC 5626 §3.5.2)', async () => {
    const { socket, next } = await phone()
    const answer = next()
    socket.send(Buffer.from('000100002112a442b7e7a701bc34d686fa87dfae', 'hex'), net.port('udp'), '127.0.0.1')
    assert.equal((await answer).readUInt16BE(0), 0x0101)
    assert.equal(net.waiting, 0)
    socket.close()
  })

  it('takes bare line ends and zeros as keep-alive and hands on what comes behind them', async () => {
    const { socket } = await phone()
    for (const keepAlive of ['\r\n\r\n', '\r\n', '\0', '\0\0\0\0']) socket.send(keepAlive, net.port('udp'), '127.0.0.1')
    socket.send('after', net.port('udp'), '127.0.0.1')
    assert.equal((await net.nextMessage()).text, 'after')
    socket.close()
  })

  it('tells that a datagram was too large to leave', async () => {
    const flow = await net.network.connect({ protocol: 'udp', address: '127.0.0.1', port: 9 })
    const reasons: string[] = []
    await new Promise<void>((resolve) => {
      net.network.send(flow, new Uint8Array(65_530), (reason) => {
        reasons.push(reason)
        resolve()
      })
      assert.deepEqual(reasons, [], 'not from within the call')
    })
    assert.equal(reasons.length, 1)
  })

  it('harms nobody with a listener that throws', async () => {
    net.network.onMessage((_flow, bytes) => {
      if (Buffer.from(bytes).toString() === 'throw') throw new Error('a fault of that listener')
    })
    const { socket } = await phone()
    socket.send('throw', net.port('udp'), '127.0.0.1')
    socket.send('go on', net.port('udp'), '127.0.0.1')
    assert.equal((await net.nextMessage()).text, 'throw')
    assert.equal((await net.nextMessage()).text, 'go on')
    socket.close()
  })
})

describe('a UDP listener for both families', () => {
  it('shows IPv4 peers as IPv4, reaches them, and never advertises the wildcard', async () => {
    const net = await openNetwork({ udp: [{ address: '::', port: 0 }] })
    const four = await phone()
    const six = await phone('::1')
    four.socket.send('four', net.port('udp'), '127.0.0.1')
    const { flow } = await net.nextMessage()
    assert.deepEqual(flow.remote, { address: '127.0.0.1', port: four.port })
    assert.deepEqual(net.network.advertised(flow), { address: '127.0.0.1', port: net.port('udp') })
    const back = four.next()
    net.network.send(flow, Buffer.from('back'))
    assert.equal(String(await back), 'back')
    six.socket.send('six', net.port('udp'), '::1')
    assert.deepEqual(net.network.advertised((await net.nextMessage()).flow), { address: '::1', port: net.port('udp') })
    four.socket.close()
    six.socket.close()
    await net.close()
  })

  it('advertises the public address to peers of its family', async () => {
    const net = await openNetwork({ udp: [{ address: '::', port: 0 }], publicAddress: '203.0.113.5' })
    const four = await net.network.connect({ protocol: 'udp', address: '127.0.0.1', port: 9 })
    const six = await net.network.connect({ protocol: 'udp', address: '::1', port: 9 })
    assert.deepEqual(net.network.advertised(four), { address: '203.0.113.5', port: net.port('udp') })
    assert.deepEqual(net.network.advertised(six), { address: '::1', port: net.port('udp') })
    await net.close()
  })
})

describe('the flows of a UDP listener', () => {
  it('are bounded, and those that are in use stay', async () => {
    const net = await openNetwork({ udp: [loopback], limits: { udpFlows: 20 } })
    const to = (port: number) => net.network.connect({ protocol: 'udp', address: '127.0.0.1', port })
    const used = await to(1)
    for (let port = 2; port < 200; port++) {
      await to(port)
      await to(1)
    }
    assert.equal(net.network.counts().udpFlows, 20)
    assert.equal(await to(1), used)
    await net.close()
    assert.equal(net.network.counts().udpFlows, 0)
  })

  it('are forgotten when idle, and put back by sending', async () => {
    const clock = new VirtualClock()
    const net = await openNetwork({ clock, udp: [loopback], limits: { udpIdleMs: 600_000 } })
    const flow = await net.network.connect({ protocol: 'udp', address: '127.0.0.1', port: 9 })
    clock.advance(500_000)
    net.network.send(flow, Buffer.from('x'))
    clock.advance(500_000)
    assert.equal(net.network.flow(flow.id), flow)
    clock.advance(200_000)
    assert.equal(net.network.flow(flow.id), undefined)
    net.network.send(flow, Buffer.from('x'))
    assert.equal(net.network.flow(flow.id), flow)
    await net.close()
    assert.equal(clock.waiting, 0)
  })
})

describe('a port that is taken', () => {
  it('is named, with what to do about it, and nothing stays open', async () => {
    const taken = await openNetwork({ udp: [loopback], tcp: [loopback] })
    for (const protocol of ['udp', 'tcp'] as const) {
      const port = taken.port(protocol)
      const bad = { [protocol]: [{ address: '127.0.0.1', port }] }
      await assert.rejects(
        openNetwork(bad),
        new RegExp(
          `Cannot listen on ${protocol.toUpperCase()} 127\\.0\\.0\\.1:${port}: another program .*configure another port`,
        ),
      )
    }
    await taken.close()
  })

  it('is told apart from an address that the machine does not have', async () => {
    await assert.rejects(openNetwork({ udp: [{ address: '203.0.113.9', port: 0 }] }), /does not have that address/)
    await assert.rejects(openNetwork({ tcp: [{ address: '203.0.113.9', port: 0 }] }), /does not have that address/)
    await assert.rejects(openNetwork({ udp: [{ address: 'localhost', port: 0 }] }), /not an IP address/)
  })
})
