import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { type CallId, isRefusal, type LegId, silentLogger, systemClock } from '@vaxel/base'
import type { MediaEngine, MediaEvent, MediaLegId, MediaPolicy, RecordingId } from '@vaxel/core'
import { createEmbeddedMediaEngine } from './create-embedded-engine.ts'
import { loudness, ScriptedPeer, toneShare } from './scripted-peer.fixture.ts'

/** Real workers, real sockets on loopback, peers written apart from the engine. */
const portRange = [43_200, 43_299] as const
let engine: MediaEngine
let folder: string
const events: MediaEvent[] = []
const watchers: (() => void)[] = []
const peers: ScriptedPeer[] = []
const open = new Set<MediaLegId>()
let legs = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vaxel-engine-'))
  engine = await createEmbeddedMediaEngine({
    clock: systemClock,
    log: silentLogger,
    workers: 2,
    mediaPort: 43_198,
    portRange,
    bindAddresses: ['127.0.0.1'],
    advertise: () => '127.0.0.1',
    drainMs: 1,
  })
  engine.onEvent((event) => {
    events.push(event)
    for (const watcher of watchers) watcher()
  })
})

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close()
  await Promise.all([...open].map((leg) => engine.release(leg)))
  open.clear()
})

after(async () => {
  await engine.close()
  await rm(folder, { recursive: true })
})

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
  readonly leg: MediaLegId
  readonly peer: ScriptedPeer
}

/** A leg whose peer has offered and been answered. */
async function party(
  options: {
    law?: 'PCMA' | 'PCMU'
    key?: Buffer
    call?: string
    policy?: Partial<MediaPolicy>
    like?: MediaLegId
  } = {},
): Promise<Party> {
  const leg = `leg-${++legs}` as MediaLegId
  const peer = await ScriptedPeer.open(options)
  peers.push(peer)
  const refused = await engine.allocate({
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
  open.add(leg)
  await negotiate({ leg, peer })
  return { leg, peer }
}

async function negotiate({ leg, peer }: Party, direction = 'sendrecv'): Promise<void> {
  const summary = await engine.receiveOffer(leg, peer.describe(direction))
  assert.ok(!isRefusal(summary), isRefusal(summary) ? summary.code : '')
  peer.takeDescription(await engine.createAnswer(leg))
}

const key = Buffer.from(Array.from({ length: 30 }, (_, i) => i * 7 + 1))

function isTone(samples: Float64Array, rateHz: number): void {
  const share = toneShare(samples, rateHz)
  assert.ok(share > 0.9, `${rateHz} Hz has ${share.toFixed(3)} of the power, loudness ${loudness(samples).toFixed(0)}`)
}

describe('embedded engine with real packets', { timeout: 20_000 }, () => {
  it('carries audio both ways between two plain peers, without a gap', async () => {
    const [a, b] = [await party(), await party()]
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

  it('carries audio between SDES and plain, each side in its own keys', async () => {
    const [a, b] = [await party({ key }), await party()]
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

  it('transcodes where the two share no codec', async () => {
    const [a, b] = [await party({ law: 'PCMA' }), await party({ law: 'PCMU' })]
    engine.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await Promise.all([a.peer.hear(10), b.peer.hear(10)])
    const [atA, atB] = await Promise.all([a.peer.hear(20), b.peer.hear(20)])
    isTone(atA, 1000)
    isTone(atB, 440)
  })

  it('carries audio between legs of two workers', async () => {
    const [a, b] = [await party({ call: 'one' }), await party({ call: 'two' })]
    engine.connect(a.leg, b.leg)
    a.peer.speak(440)
    b.peer.speak(1000)
    await Promise.all([a.peer.hear(15), b.peer.hear(15)])
    const [atA, atB] = await Promise.all([a.peer.hear(20), b.peer.hear(20)])
    isTone(atA, 1000)
    isTone(atB, 440)
  })

  it('echoes, and tells that audio started', async () => {
    const a = await party()
    engine.echo(a.leg)
    a.peer.speak(600)
    await a.peer.hear(15)
    isTone(await a.peer.hear(20), 600)
    await eventOf('audioStarted', (event) => 'leg' in event && event.leg === a.leg)
  })

  it('plays a tone over a bridge and gives the bridge back', async () => {
    const [a, b] = [await party(), await party()]
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

  it('records both sides apart: left what the peer says, right what it hears', async () => {
    const [a, b] = [await party(), await party()]
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

  it('sends nothing to a peer that has gone inactive, and silence where nothing is connected', async () => {
    const [a, b, metronome] = [await party(), await party(), await party()]
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

  it('sends to no address that has not proven itself', async () => {
    const [plain, keyed] = [await party(), await party({ key })]
    engine.play(plain.leg, { kind: 'sine', rateHz: 700, levelDbov: -10 })
    engine.play(keyed.leg, { kind: 'sine', rateHz: 700, levelDbov: -10 })
    const foreign = await ScriptedPeer.open({ address: '127.0.0.2' })
    const beside = await ScriptedPeer.open()
    peers.push(foreign, beside)
    foreign.takeDescription(await engine.createAnswer(plain.leg))
    beside.takeDescription(await engine.createAnswer(keyed.leg))
    foreign.speak(440)
    beside.speak(440)
    await Promise.all([plain.peer.hear(25), keyed.peer.hear(25)])
    assert.equal(foreign.datagrams, 0)
    assert.equal(beside.datagrams, 0)
    assert.equal((await engine.quality(keyed.leg))?.received.packets, 0)
  })

  it('frees every port on release', async () => {
    const parties = [await party(), await party({ key })]
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
