import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { type CallId, isRefusal, type LegId, silentLogger, systemClock } from '@vaxel/base'
import type { MediaEngine, MediaEvent, MediaLegId, MediaPolicy, MixId, RecordingId } from '@vaxel/core'
import { FreePorts } from '@vaxel/testkit/free-ports'
import { createEmbeddedMediaEngine } from './create-embedded-engine.ts'
import { loudness, ScriptedPeer, toneShare } from './scripted-peer.fixture.ts'

/** Real workers, real sockets on loopback, peers written apart from the engine. */
let ports: FreePorts
let engine: MediaEngine
let folder: string
const events: MediaEvent[] = []
const watchers: (() => void)[] = []
let legs = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vaxel-engine-'))
  ports = await FreePorts.claim()
  engine = await startEngine(1, 100)
  engine.onEvent((event) => {
    events.push(event)
    for (const watcher of watchers) watcher()
  })
})

after(async () => {
  await engine.close()
  ports.release()
  await rm(folder, { recursive: true })
})

async function startEngine(workers: number, portCount: number): Promise<MediaEngine> {
  return createEmbeddedMediaEngine({
    clock: systemClock,
    log: silentLogger,
    workers,
    mediaPort: await ports.port(),
    portRange: await ports.range(portCount),
    bindAddresses: ['127.0.0.1'],
    advertise: () => '127.0.0.1',
    drainMs: 1,
  })
}

/** Resolves with the first event of this kind for a leg (now or later). */
async function eventOf<Kind extends MediaEvent['kind']>(
  kind: Kind,
  matches: (event: MediaEvent) => boolean = () => true,
) {
  for (;;) {
    const found = events.find((event) => event.kind === kind && matches(event))
    if (found) return found as Extract<MediaEvent, { kind: Kind }>
    await new Promise<void>((resolve) => watchers.push(resolve))
  }
}

interface Party {
  readonly engine: MediaEngine
  readonly leg: MediaLegId
  readonly peer: ScriptedPeer
}

/** A leg whose peer has offered and been answered. */
async function party(
  t: TestContext,
  options: {
    law?: 'PCMA' | 'PCMU'
    key?: Buffer
    call?: string
    on?: MediaEngine
    policy?: Partial<MediaPolicy>
  } = {},
): Promise<Party> {
  const leg = `leg-${++legs}` as MediaLegId
  const on = options.on ?? engine
  const peer = await ScriptedPeer.open(options)
  t.after(async () => {
    peer.close()
    await on.release(leg)
  })
  const refused = await on.allocate({
    id: leg,
    callId: (options.call ?? 'call') as CallId,
    legId: leg as unknown as LegId,
    policy: {
      offer: 'rtp',
      accept: ['sdes', 'rtp'],
      ice: false,
      codecs: ['PCMA', 'PCMU'],
      peerAddress: '127.0.0.1',
      ...options.policy,
    },
  })
  assert.equal(refused, undefined)
  const made = { engine: on, leg, peer }
  await negotiate(made)
  return made
}

async function negotiate({ engine, leg, peer }: Party, direction = 'sendrecv'): Promise<void> {
  const summary = await engine.receiveOffer(leg, peer.describe(direction))
  assert.ok(!isRefusal(summary), isRefusal(summary) ? summary.code : '')
  peer.takeDescription(await engine.createAnswer(leg))
}

const key = Buffer.from(Array.from({ length: 30 }, (_, i) => i * 7 + 1))

function isTone(samples: Float64Array, rateHz: number): void {
  const share = toneShare(samples, rateHz)
  assert.ok(share > 0.9, `${rateHz} Hz has ${share.toFixed(3)} of the power, loudness ${loudness(samples).toFixed(0)}`)
}

describe('embedded engine with real packets', { timeout: 20_000, concurrency: true }, () => {
  it('carries audio both ways between two plain peers, without a gap', async (t) => {
    const [a, b] = [await party(t), await party(t)]
    engine.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await Promise.all([a.peer.hear(5), b.peer.hear(5)])
    const [atA, atB] = await Promise.all([a.peer.hear(20), b.peer.hear(20)])
    isTone(atA, 1000)
    isTone(atB, 440)
    const { sequences } = b.peer
    assert.deepEqual(
      sequences.map((sequence) => (sequence - sequences[0]!) & 0xffff),
      [...sequences.keys()],
    )
    const quality = await engine.quality(a.leg)
    assert.ok(quality!.received.packets >= 20)
    assert.equal(quality!.received.lossRatio, 0)
    assert.ok(quality!.received.mos! > 4)
  })

  it('carries audio between SDES and plain, each side in its own keys', async (t) => {
    const [a, b] = [await party(t, { key }), await party(t)]
    engine.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await Promise.all([a.peer.hear(5), b.peer.hear(5)])
    const [atA, atB] = await Promise.all([a.peer.hear(15), b.peer.hear(15)])
    isTone(atA, 1000)
    isTone(atB, 440)
    assert.equal(a.peer.forged, 0)
    assert.equal((await engine.quality(a.leg))?.keying, 'sdes')
  })

  it('goes on when a peer renews its key', async (t) => {
    const [a, b] = [await party(t, { key }), await party(t)]
    engine.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await Promise.all([a.peer.hear(5), b.peer.hear(5)])
    a.peer.renewKey(Buffer.from(key).reverse())
    await negotiate(a)
    await Promise.all([a.peer.hear(5), b.peer.hear(5)])
    const [atA, atB] = await Promise.all([a.peer.hear(15), b.peer.hear(15)])
    isTone(atA, 1000)
    isTone(atB, 440)
    assert.equal(a.peer.forged, 0)
  })

  it('transcodes where the two share no codec', async (t) => {
    const [a, b] = [await party(t, { law: 'PCMA' }), await party(t, { law: 'PCMU' })]
    engine.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await Promise.all([a.peer.hear(10), b.peer.hear(10)])
    const [atA, atB] = await Promise.all([a.peer.hear(20), b.peer.hear(20)])
    isTone(atA, 1000)
    isTone(atB, 440)
  })

  it('carries audio, conferences and fax data between legs of two workers', async (t) => {
    const on = await startEngine(2, 48)
    t.after(() => on.close())
    const [a, b] = [await party(t, { on, call: 'one' }), await party(t, { on, call: 'two' })]
    on.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await Promise.all([a.peer.hear(15), b.peer.hear(15)])
    const [atA, atB] = await Promise.all([a.peer.hear(20), b.peer.hear(20)])
    isTone(atA, 1000)
    isTone(atB, 440)
    on.createMix('mix' as MixId)
    on.joinMix('mix' as MixId, a.leg)
    on.joinMix('mix' as MixId, b.leg)
    await Promise.all([a.peer.hear(20), b.peer.hear(20)])
    const [mixedAtA, mixedAtB] = await Promise.all([a.peer.hear(20), b.peer.hear(20)])
    isTone(mixedAtA, 1000)
    isTone(mixedAtB, 440)
    for (const { peer } of [a, b]) peer.hush()
    assert.ok(on.canRelayFax(a.leg, b.leg))
    const faxOf = ({ peer }: Party) => ({ address: peer.address, port: peer.port, attributes: [] })
    on.relayFax({ leg: a.leg, peer: faxOf(a) }, { leg: b.leg, peer: faxOf(b) })
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const datagram = Buffer.from(`udptl of ${from.leg}`)
      const came = new Promise<void>((resolve) => {
        to.peer.onDatagram = (bytes) => bytes.equals(datagram) && resolve()
      })
      // The workers take the command and the datagram by two ways.
      const repeat = setInterval(() => from.peer.sendRaw(datagram), 10)
      await came
      clearInterval(repeat)
    }
  })

  it('echoes, and tells that audio started', async (t) => {
    const a = await party(t)
    engine.echo(a.leg)
    a.peer.speak(600)
    await a.peer.hear(15)
    isTone(await a.peer.hear(20), 600)
    await eventOf('audioStarted', (event) => 'leg' in event && event.leg === a.leg)
  })

  it('plays a tone over a bridge and gives the bridge back', async (t) => {
    const [a, b] = [await party(t), await party(t)]
    engine.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await a.peer.hear(10)
    engine.play(a.leg, { kind: 'sine', rateHz: 700, levelDbov: -10 })
    await a.peer.hear(10)
    isTone(await a.peer.hear(15), 700)
    engine.stopPlay(a.leg)
    await a.peer.hear(10)
    isTone(await a.peer.hear(15), 1000)
  })

  it('records both sides apart: left what the peer says, right what it hears', async (t) => {
    const [a, b] = [await party(t), await party(t)]
    const path = join(folder, 'call.wav')
    assert.equal(await engine.startRecording('r1' as RecordingId, a.leg, path), undefined)
    engine.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await a.peer.hear(60)
    engine.stopRecording('r1' as RecordingId)
    const ended = await eventOf('recordingEnded')
    assert.equal(ended.path, path)
    const { left, right, sampleRate } = readStereo(await readFile(path))
    assert.ok(left.length > sampleRate * 0.8, `${left.length} samples at ${sampleRate}`)
    const middle = (samples: Float64Array) => samples.subarray(samples.length * 0.4, samples.length * 0.8)
    assert.ok(toneShare(middle(left), 440, sampleRate) > 0.9)
    assert.ok(toneShare(middle(right), 1000, sampleRate) > 0.9)
  })

  it('sends nothing to a peer that has gone inactive, and silence where nothing is connected', async (t) => {
    const [a, b, metronome] = [await party(t), await party(t), await party(t)]
    engine.connect(a.leg, b.leg)
    engine.play(metronome.leg, { kind: 'sine', rateHz: 700, levelDbov: -10 })
    b.peer.speak(1000)
    await a.peer.hear(5)
    await negotiate(a, 'inactive')
    await engine.quality(a.leg)
    const before = a.peer.datagrams
    await metronome.peer.hear(15)
    assert.ok(a.peer.datagrams - before <= 2, `${a.peer.datagrams - before} datagrams came while inactive`)
    await negotiate(a)
    await a.peer.hear(5)
    engine.disconnect(a.leg)
    await engine.quality(a.leg)
    await a.peer.hear(5)
    assert.ok(loudness(await a.peer.hear(10)) < 50)
  })

  it('lets everybody in a mix hear the others, and nobody themselves', async (t) => {
    const [a, b, c] = [
      await party(t, { call: 'one' }),
      await party(t, { call: 'one' }),
      await party(t, { call: 'two' }),
    ]
    const mix = 'mix' as MixId
    engine.createMix(mix)
    for (const { leg } of [a, b, c]) engine.joinMix(mix, leg)
    a.peer.speak(400)
    b.peer.speak(1000)
    c.peer.speak(1600)
    await Promise.all([a.peer.hear(25), c.peer.hear(25)])
    const [atA, atC] = await Promise.all([a.peer.hear(20), c.peer.hear(20)])
    engine.releaseMix(mix)
    for (const [samples, shares] of [
      [atA, [0, 1, 1]],
      [atC, [1, 1, 0]],
    ] as const)
      for (const [index, rateHz] of [400, 1000, 1600].entries()) {
        const share = toneShare(samples, rateHz)
        assert.ok(shares[index] ? share > 0.3 : share < 0.02, `${rateHz} Hz has ${share.toFixed(3)}`)
      }
  })

  it('tells the digits of a peer, passes them on, and sends digits of its own (RFC 4733)', async (t) => {
    const [a, b] = [await party(t), await party(t)]
    engine.connect(a.leg, b.leg)
    b.peer.speak(1000)
    await a.peer.hear(3)
    const atB = b.peer.nextDigit()
    a.peer.press('5')
    const told = await eventOf('digit', (event) => 'leg' in event && event.leg === a.leg)
    assert.equal(told.digit, '5')
    assert.equal(await atB, '5')
    const atA = a.peer.nextDigit()
    engine.sendDigit(a.leg, '#', 60)
    assert.equal(await atA, '#')
  })

  it('sends to no address that has not proven itself', async (t) => {
    const [plain, keyed] = [await party(t), await party(t, { key })]
    engine.play(plain.leg, { kind: 'sine', rateHz: 700, levelDbov: -10 })
    engine.play(keyed.leg, { kind: 'sine', rateHz: 700, levelDbov: -10 })
    const foreign = await ScriptedPeer.open({ address: '127.0.0.2' })
    const beside = await ScriptedPeer.open()
    t.after(() => {
      foreign.close()
      beside.close()
    })
    foreign.takeDescription(await engine.createAnswer(plain.leg))
    beside.takeDescription(await engine.createAnswer(keyed.leg))
    foreign.speak(440)
    beside.speak(440)
    await Promise.all([plain.peer.hear(25), keyed.peer.hear(25)])
    assert.equal(foreign.datagrams, 0)
    assert.equal(beside.datagrams, 0)
    assert.equal((await engine.quality(keyed.leg))?.received.packets, 0)
  })

  it('frees every port on release', async (t) => {
    const parties = [await party(t), await party(t, { key })]
    engine.connect(parties[0]!.leg, parties[1]!.leg)
    const ports = await Promise.all(
      parties.map(async ({ leg }) => Number(/m=audio (\d+)/.exec(await engine.createAnswer(leg))![1])),
    )
    await Promise.all(parties.map(({ leg }) => engine.release(leg)))
    for (const port of ports.flatMap((rtp) => [rtp, rtp + 1])) {
      const socket = createSocket('udp4')
      socket.bind(port, '127.0.0.1')
      await once(socket, 'listening')
      socket.close()
    }
  })
})

function readStereo(wav: Buffer): { left: Float64Array; right: Float64Array; sampleRate: number } {
  assert.equal(wav.toString('latin1', 0, 4), 'RIFF')
  assert.equal(wav.readUInt16LE(22), 2)
  const samples = wav.subarray(wav.indexOf('data') + 8)
  const count = Math.floor(samples.length / 4)
  const channel = (offset: number) =>
    Float64Array.from({ length: count }, (_, i) => samples.readInt16LE(4 * i + offset))
  return { left: channel(0), right: channel(2), sampleRate: wav.readUInt32LE(24) }
}
