import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { after, before, describe, it, type TestContext } from 'node:test'
import { type CallId, type LegId, silentLogger, systemClock, systemRandom } from '@vaxel/base'
import type { EchoLimits, EchoStreamFigures, MediaEngine, MediaLegId, SiteEcho } from '@vaxel/core'
import { type EchoPacket, readEcho, unknownTos, writeEcho } from '@vaxel/site'
import { FreePorts } from '@vaxel/testkit/free-ports'
import { createEmbeddedMedia } from '../engine/create-embedded-engine.ts'
import { classifyPacket } from '../rtp/classify.ts'
import { ScriptedPeer } from '../engine/scripted-peer.fixture.ts'
import { BatchedNetwork } from '../udp/batched-network.ts'
import { loadLinuxSockets } from '../udp/linux-sockets.ts'
import { PortableNetwork } from '../udp/portable-network.ts'
import { UdpAddress } from '../udp/udp-address.ts'
import type { UdpNetwork } from '../udp/udp-network.ts'
import { CheckPort } from './check-port.ts'
import { EchoResponder } from './echo-responder.ts'
import { StreamClient } from './stream-client.fixture.ts'

const limits: EchoLimits = {
  packetsPerSecond: 500,
  packets: 10_000,
  hellos: 100,
  longestPacketBytes: 2_048,
  sourceAddresses: 4,
  fiveTuples: 100,
}

let ports: FreePorts
let engine: MediaEngine
let echo: SiteEcho

before(async () => {
  ports = await FreePorts.claim()
  const media = await createEmbeddedMedia({
    clock: systemClock,
    log: silentLogger,
    workers: 1,
    mediaPort: await ports.port(),
    portRange: await ports.range(100),
    bindAddresses: ['127.0.0.1'],
    advertise: () => '127.0.0.1',
    drainMs: 1,
  })
  engine = media.engine
  echo = media.siteEcho
})

after(async () => {
  await echo.close()
  await engine.close()
  ports.release()
})

/** A check with some open ports, which ends with the test. */
async function check(t: TestContext, count: number) {
  const id = randomBytes(8).toString('hex')
  const key = randomBytes(32)
  assert.equal(await echo.begin({ id, key, limits }), true)
  t.after(() => echo.end(id))
  const open: number[] = []
  for (let port = echo.range.from; open.length < count; port += 3)
    if ((await echo.openPort(id, port)) === 'open') open.push(port)
  const mac = (bytes: Uint8Array) => createHmac('sha256', key).update(bytes).digest()
  const write = (type: EchoPacket['type'], more: Partial<EchoPacket> = {}) =>
    writeEcho({ type, checkId: id, sequence: 1, senderTimeUs: 0, lengthBytes: 100, ...more }, mac)
  return { id, open, write }
}

async function client(t: TestContext): Promise<StreamClient> {
  const made = await StreamClient.open()
  t.after(() => made.close())
  return made
}

/** Offers, is answered, proves the port and has keys. */
async function connect(
  t: TestContext,
  checkId: string,
  port: number | 'shared',
  streamId: string,
): Promise<StreamClient> {
  const peer = await client(t)
  const opened = await echo.openStream(checkId, { id: streamId, port, offer: peer.offer(), peerAddress: '127.0.0.1' })
  assert.ok('answer' in opened, JSON.stringify(opened))
  assert.equal(peer.take(opened.answer), opened.port)
  if (port !== 'shared') assert.equal(opened.port, port)
  peer.check()
  await peer.until(() => peer.isChecked)
  peer.start()
  await peer.until(() => peer.isKeyed)
  return peer
}

/** Asks until the figures are so. */
async function figuresWhen(
  streamId: string,
  holds: (figures: EchoStreamFigures) => boolean,
): Promise<EchoStreamFigures> {
  for (;;) {
    const figures = await echo.figures(streamId)
    assert.ok(figures)
    if (holds(figures)) return figures
    await new Promise(setImmediate)
  }
}

describe('the echo on the media range', () => {
  it('answers packets on each port that is open, and on no other', async (t) => {
    const { open, write, id } = await check(t, 3)
    const socket = createSocket('udp4')
    t.after(() => socket.close())
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const answers: { port: number; packet: EchoPacket }[] = []
    socket.on('message', (bytes, { port }) => {
      const read = readEcho(bytes)
      if (read.ok) answers.push({ port, packet: read.packet })
    })
    const closed = echo.keepOneClosed(id)!
    for (const port of [closed, echo.range.from + 1, ...open]) {
      socket.send(write('hello'), port, '127.0.0.1')
      if (open.includes(port)) await once(socket, 'message')
    }
    assert.deepEqual(
      answers.map(({ port, packet }) => [port, packet.type]),
      open.map((port) => [port, 'cookie']),
    )
    assert.equal(answers[0]!.packet.seen?.port, socket.address().port)
  })

  it('tells the traffic class that a datagram arrived with, where the system does', async (t) => {
    const system = loadLinuxSockets()
    if (!system) return assert.notEqual(process.platform, 'linux')
    const { open, write } = await check(t, 1)
    const network = new BatchedNetwork(system)
    t.after(() => network.close())
    let tos: number | undefined
    const socket = await network.bind({
      address: '127.0.0.1',
      port: 0,
      receive: (buffer, length) => {
        const read = readEcho(buffer.subarray(0, length))
        if (read.ok) tos = read.packet.tos
      },
    })
    assert.ok('send' in socket)
    const hello = write('hello')
    socket.send(hello, hello.length, UdpAddress.parse('127.0.0.1', open[0]!)!)
    network.flush()
    while (tos === undefined) {
      network.poll(10)
      await new Promise(setImmediate)
    }
    // Media sockets mark what they send as Expedited Forwarding.
    assert.equal(tos, 46 << 2)
  })

  it('gives audio back on exactly the port that was asked for, and says what came and how', async (t) => {
    const { id, open } = await check(t, 1)
    const peer = await connect(t, id, open[0]!, 'exact')
    assert.equal((await echo.figures('exact'))?.state, 'keying')
    for (let index = 0; index < 50; index += 1) peer.speak(index % 10 === 5)
    const figures = await figuresWhen('exact', ({ packets }) => packets === 45)
    assert.equal(figures.state, 'running')
    assert.equal(figures.lost, 5)
    assert.equal(figures.codec, 'PCMA')
    assert.equal(figures.port, open[0])
    if (process.platform === 'linux') assert.equal(figures.tos, 0)
    // 45 packets of 20 ms came within a few milliseconds of each other.
    assert.ok(figures.jitterMs > 5, `${figures.jitterMs}`)
    await peer.until(() => peer.heard >= 10 && peer.reported !== undefined)
    assert.equal(peer.reported?.lost, 5)
    assert.deepEqual(
      peer.sequences.map((sequence) => (sequence - peer.sequences[0]!) & 0xffff),
      peer.sequences.map((_, index) => index),
    )
  })

  it('sends nothing to an address that somebody merely names by a connectivity check', async (t) => {
    const { id, open } = await check(t, 1)
    for (const port of [open[0]!, 'shared'] as const) {
      const streamId = `named-${port}`
      const peer = await connect(t, id, port, streamId)
      const victim = createSocket('udp4')
      t.after(() => victim.close())
      victim.bind(0, '127.0.0.1')
      await once(victim, 'listening')
      const came: string[] = []
      victim.on('message', (bytes) => came.push(classifyPacket(bytes, bytes.length)))
      const named = once(victim, 'message')
      peer.check(undefined, victim)
      await named
      for (let index = 0; index < 30; index += 1) peer.speak()
      await figuresWhen(streamId, ({ sent }) => sent > 20)
      assert.deepEqual(came, ['stun'])
      peer.check()
      for (const before = peer.heard; peer.heard < before + 5; ) {
        peer.speak()
        await peer.until(() => true)
        await new Promise(setImmediate)
      }
    }
  })

  it('believes no check of a stream on another port than its own', async (t) => {
    const { id, open } = await check(t, 2)
    const peer = await client(t)
    const opened = await echo.openStream(id, {
      id: 'two',
      port: open[0]!,
      offer: peer.offer(),
      peerAddress: '127.0.0.1',
    })
    assert.ok('answer' in opened)
    peer.take(opened.answer)
    peer.check(open[1])
    peer.check(echo.sharedPort)
    // Answered after the two before it, had they been answered.
    const other = await connect(t, id, open[1]!, 'three')
    assert.equal(other.isChecked, true)
    assert.equal(peer.isChecked, false)
    assert.deepEqual(
      { state: (await echo.figures('two'))?.state, heard: (await echo.figures('two'))?.heard },
      { state: 'waiting', heard: false },
    )
  })

  it('gives audio back on the port that calls of browsers share', async (t) => {
    const { id } = await check(t, 1)
    const peer = await connect(t, id, 'shared', 'shared')
    for (let index = 0; index < 20; index += 1) peer.speak()
    await figuresWhen('shared', ({ packets, state }) => packets === 20 && state === 'running')
    await peer.until(() => peer.heard >= 5)
    const ended = new Promise<string>((resolve) => echo.onStreamEnded(resolve))
    await echo.endStream('shared')
    assert.equal(await ended, 'shared')
    assert.equal((await echo.figures('shared'))?.state, 'ended')
    assert.equal((await echo.figures('shared'))?.packets, 20)
  })

  it('carries several streams at once, each with its own figures', async (t) => {
    const { id, open } = await check(t, 4)
    const peers = await Promise.all(open.map((port, index) => connect(t, id, port, `many-${index}`)))
    peers.forEach((peer, index) => {
      for (let packet = 0; packet < 10 + index; packet += 1) peer.speak()
    })
    for (const index of peers.keys()) await figuresWhen(`many-${index}`, ({ packets }) => packets === 10 + index)
  })

  it('refuses what it cannot serve, and says why', async (t) => {
    const { id, open } = await check(t, 1)
    const peer = await client(t)
    const wish = { id: 'no', offer: peer.offer(), peerAddress: '127.0.0.1' }
    const faults = [
      await echo.openStream(id, { ...wish, port: open[0]! + 1 }),
      await echo.openStream('another', { ...wish, port: open[0]! }),
      await echo.openStream('another', { ...wish, port: 'shared' }),
      await echo.openStream(id, { ...wish, port: open[0]!, offer: 'nonsense, no description' }),
      await echo.openStream(id, { ...wish, port: open[0]!, offer: wish.offer.replace(/a=ice-.*\r\n/g, '') }),
      await echo.openStream(id, { ...wish, port: 'shared', offer: wish.offer.replace(/a=ice-.*\r\n/g, '') }),
      await echo.openStream(id, {
        ...wish,
        port: open[0]!,
        offer: wish.offer.replace('PCMA', 'VMR-WB').replace('SAVPF 8', 'SAVPF 99').replace(':8 ', ':99 '),
      }),
    ].map((answer) => ('fault' in answer ? answer.fault : 'opened'))
    assert.deepEqual(faults, [
      'port-not-open',
      'port-not-open',
      'port-not-open',
      'unusable-offer',
      'unusable-offer',
      'unusable-offer',
      'unusable-offer',
    ])
    assert.equal(await echo.figures('no'), undefined)
  })

  it('closes everything of a check that ends, and lets the calls have the ports', async (t) => {
    const { id, open } = await check(t, 2)
    const peer = await connect(t, id, open[0]!, 'ending')
    peer.speak()
    await echo.end(id)
    assert.equal(await echo.figures('ending'), undefined)
    for (const port of open) assert.equal(echo.openPorts.has(port), false)
    const probe = createSocket('udp4')
    probe.bind(open[0]!, '127.0.0.1')
    await once(probe, 'listening')
    probe.close()
  })

  it('takes no port of a call that goes on', async (t) => {
    const { id } = await check(t, 0)
    const leg = 'call' as MediaLegId
    const policy = { offer: 'rtp', accept: ['rtp'], ice: false, codecs: ['PCMA'], peerAddress: '127.0.0.1' } as const
    await engine.allocate({ id: leg, callId: 'c' as CallId, legId: 'l' as LegId, policy })
    const offer = await engine.createOffer(leg)
    const port = Number(/m=audio (\d+)/.exec(offer)?.[1])
    assert.equal(await echo.openPort(id, port), 'in-use')
    assert.equal(await echo.openPort(id, port + 1), 'in-use')
    await engine.release(leg)
  })

  it('survives a stream of garbage on an open port', async (t) => {
    const { id, open } = await check(t, 1)
    const peer = await connect(t, id, open[0]!, 'garbage')
    for (let index = 0; index < 3_000; index += 1) peer.raw(randomBytes(1 + (index % 300)))
    // The garbage may still fill the socket.
    do peer.speak()
    while ((await echo.figures('garbage'))?.packets === 0)
    assert.equal((await echo.figures('garbage'))?.state, 'running')
  })

  it('takes nothing from a call, however it is flooded', async (t) => {
    const { id, open, write } = await check(t, 2)
    const leg = 'unharmed' as MediaLegId
    const policy = { offer: 'rtp', accept: ['rtp'], ice: false, codecs: ['PCMA'], peerAddress: '127.0.0.1' } as const
    await engine.allocate({ id: leg, callId: 'u' as CallId, legId: 'u' as LegId, policy })
    const phone = await ScriptedPeer.open()
    t.after(() => phone.close())
    await engine.receiveOffer(leg, phone.describe())
    phone.takeDescription(await engine.createAnswer(leg))
    engine.echo(leg)
    phone.speak(440)
    await phone.hear(5)
    const attacker = createSocket('udp4')
    t.after(() => attacker.close())
    const hellos = [write('hello'), randomBytes(1_200), write('probe', { cookie: randomBytes(16) })]
    const sendSome = () => {
      for (let index = 0; index < 50; index += 1) attacker.send(hellos[index % 3]!, open[index % 2]!, '127.0.0.1')
    }
    const flood = setInterval(sendSome, 5)
    await phone.hear(50)
    clearInterval(flood)
    const heard = await echo.heard(id)
    assert.ok(
      heard.some(({ hellos: count }) => count > 100),
      JSON.stringify(heard),
    )
    const { sequences } = phone
    assert.equal((sequences.at(-1)! - sequences[0]!) & 0xffff, sequences.length - 1)
    assert.equal((await engine.release(leg))?.received.lossRatio, 0)
  })
})

describe('a port of a check', () => {
  const key = randomBytes(32)
  const hello = writeEcho(
    { type: 'hello', checkId: 'c'.repeat(16), sequence: 1, senderTimeUs: 0, lengthBytes: 100 },
    (bytes) => createHmac('sha256', key).update(bytes).digest(),
  )

  /** Opens one by these sockets; resolves with the answers to a hello at each address. */
  async function ask(
    t: TestContext,
    network: UdpNetwork & { poll?: BatchedNetwork['poll'] },
    addresses: readonly string[],
  ) {
    const responder = new EchoResponder(systemRandom)
    responder.add({ id: 'c'.repeat(16), key, limits })
    const port = await ports.port()
    const opened = await CheckPort.open({ network, addresses, port, seed: 1, responder })
    assert.ok(opened)
    t.after(() => network.close())
    const answers: EchoPacket[] = []
    for (const address of addresses) {
      const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
      socket.on('message', (bytes) => {
        const read = readEcho(bytes)
        if (read.ok) answers.push(read.packet)
      })
      socket.send(hello, port, address)
      for (const count = answers.length; answers.length === count; ) {
        network.poll?.(5)
        await new Promise(setImmediate)
      }
      socket.close()
    }
    return { answers, port, opened }
  }

  it('answers by the portable sockets too, which cannot tell the traffic class', async (t) => {
    const { answers } = await ask(t, new PortableNetwork(), ['127.0.0.1'])
    assert.equal(answers[0]?.tos, unknownTos)
  })

  it('answers on all addresses of both families', async (t) => {
    const system = loadLinuxSockets()
    const { answers } = await ask(t, system ? new BatchedNetwork(system) : new PortableNetwork(), ['127.0.0.1', '::1'])
    assert.deepEqual(
      answers.map(({ seen }) => [seen?.family, seen?.address]),
      [
        [4, '127.0.0.1'],
        [6, '::1'],
      ],
    )
    if (system)
      assert.deepEqual(
        answers.map(({ tos }) => tos),
        [0, 0],
      )
  })

  it('is not opened where one of its addresses is taken, and holds none then', async (t) => {
    const network = new PortableNetwork()
    t.after(() => network.close())
    const port = await ports.port()
    const responder = new EchoResponder(systemRandom)
    const other = createSocket('udp6')
    other.bind({ port, address: '::1' })
    await once(other, 'listening')
    assert.equal(
      await CheckPort.open({ network, addresses: ['127.0.0.1', '::1'], port, seed: 1, responder }),
      undefined,
    )
    other.close()
    assert.ok(await CheckPort.open({ network, addresses: ['127.0.0.1'], port, seed: 1, responder }))
  })
})
