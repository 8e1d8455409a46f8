import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import type { MediaEngine, MediaLegId, MixId, RecordingId } from '@vaxel/core'
import { attributeOf, parseDescription } from '@vaxel/sip/sdp'
import { offerOf, startRig } from './engine-rig.fixture.ts'

const iceOffer =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n' +
  'a=rtpmap:111 opus/48000/2\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\na=rtcp-mux\r\na=setup:actpass\r\n' +
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'CD').join(':')}\r\n`

/** Another leg, whose peer takes that payload type alone. */
async function withCodec(engine: MediaEngine, leg: (id: string) => Promise<MediaLegId>, format: string) {
  const id = await leg('other')
  await engine.receiveOffer(id, offerOf(format))
  await engine.createAnswer(id)
  return id
}

function audioOf(text: string) {
  const parsed = parseDescription(text)
  assert.ok(parsed.ok)
  return parsed.description.media[0]!
}

describe('EmbeddedMediaEngine: negotiation', () => {
  it('agrees both legs on a codec they share, so that nothing is transcoded', async () => {
    const { engine, leg, told } = await startRig()
    const [caller, callee] = [await leg('caller'), await leg('callee')]
    await engine.receiveOffer(caller, offerOf('111 8'))
    const offer = await engine.createOffer(callee, { like: caller })
    assert.deepEqual(audioOf(offer).formats.slice(0, 4), ['111', '8', '9', '0'])
    const summary = await engine.receiveAnswer(callee, offerOf('8', 4002))
    assert.ok(!isRefusal(summary))
    assert.deepEqual(summary, { codec: 'PCMA', keying: 'rtp', peerDirection: 'sendrecv', dtmf: 'info' })
    const answer = await engine.createAnswer(caller, { like: callee })
    assert.deepEqual(audioOf(answer).formats, ['8'])
    assert.deepEqual(told(), [
      'configure callee PCMA rtp sendrecv 192.0.2.9',
      'configure caller PCMA rtp sendrecv 192.0.2.9',
    ])
  })

  it('gives the same answer however often it is asked, and a new one for a new offer', async () => {
    const { engine, leg } = await startRig()
    const id = await leg('a')
    await engine.receiveOffer(id, offerOf('8'))
    const answer = await engine.createAnswer(id)
    assert.equal(await engine.createAnswer(id, { direction: 'sendonly' }), answer)
    await engine.receiveOffer(id, offerOf('8', 4000, 'a=sendonly\r\n'))
    assert.equal(attributeOf(audioOf(await engine.createAnswer(id)), 'recvonly'), '')
  })

  it('keeps the codec in use when the peer offers again: a hold or an ICE restart begins no transcoding', async () => {
    const { engine, leg } = await startRig()
    const id = await leg('a')
    await engine.receiveOffer(id, offerOf('111 8'))
    await engine.createAnswer(id, { like: await withCodec(engine, leg, '8') })
    await engine.receiveOffer(id, offerOf('111 8', 4000, 'a=sendonly\r\n'))
    assert.deepEqual(audioOf(await engine.createAnswer(id)).formats, ['8'])
  })

  it('answers a browser at once whatever candidates it has: none, hidden, of IPv6, of TCP, or unreadable', async () => {
    const { engine, leg } = await startRig()
    const candidates = [
      '',
      'a=candidate:1 1 udp 2122260223 1f2d9f10-1c1e-4e0e-8a0e-0f1f0c7a9d11.local 50001 typ host\r\n',
      'a=candidate:1 1 udp 2122262783 2001:db8::7 50001 typ host\r\n',
      'a=candidate:1 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active\r\n',
      'a=candidate:nonsense\r\n',
      'a=end-of-candidates\r\n',
      'a=ice-options:trickle\r\n',
    ]
    for (const [index, lines] of candidates.entries()) {
      const id = await leg(`browser${index}`, { accept: ['dtls'], ice: true })
      const summary = await engine.receiveOffer(id, iceOffer + lines)
      assert.ok(!isRefusal(summary), lines)
      const answer = audioOf(await engine.createAnswer(id))
      assert.ok(attributeOf(answer, 'candidate')?.includes(' typ host'), lines)
    }
  })

  it('refuses an offer without changing what was', async () => {
    const { engine, leg, told } = await startRig()
    const id = await leg('a', { accept: ['rtp'] })
    await engine.receiveOffer(id, offerOf('8'))
    const answer = await engine.createAnswer(id)
    told()
    for (const [text, code] of [
      ['hello', 'SDP_MALFORMED'],
      [offerOf('18'), 'SDP_NO_COMMON_CODEC'],
      [offerOf('8', 0), 'SDP_NO_AUDIO'],
      [iceOffer, 'SDP_NO_COMMON_KEYING'],
    ] as const) {
      const refused = await engine.receiveOffer(id, text)
      assert.ok(isRefusal(refused))
      assert.equal(refused.code, code)
    }
    assert.equal(await engine.createAnswer(id), answer)
    assert.deepEqual(told(), [])
  })

  it('carries ICE legs on the shared port and gives them no pair', async () => {
    const { engine, leg, ports, told } = await startRig()
    const id = await leg('browser', { offer: 'dtls', ice: true })
    assert.equal(ports.inUse, 0)
    assert.equal(audioOf(await engine.createOffer(id)).port, 5004)
    assert.deepEqual(told(), ['prepareIce browser'])
    const refused = await engine.receiveOffer(id, iceOffer)
    assert.ok(!isRefusal(refused))
    assert.equal(audioOf(await engine.createAnswer(id)).port, 5004)
  })

  it('takes a pair where an ICE leg meets a peer without ICE', async () => {
    const { engine, leg, ports } = await startRig()
    const id = await leg('a', { ice: true })
    await engine.receiveOffer(id, offerOf('8'))
    assert.equal(ports.inUse, 1)
    assert.ok(audioOf(await engine.createAnswer(id)).port >= 50_000)
  })
})

describe('EmbeddedMediaEngine: ports', () => {
  it('refuses with MEDIA_NO_PORT and lets ports rest after release', async () => {
    const { engine, allocate, leg, clock } = await startRig({ range: [50_000, 50_003] })
    const first = await leg('a')
    await leg('b')
    const refused = await allocate('c')
    assert.ok(isRefusal(refused))
    assert.equal(refused.code, 'MEDIA_NO_PORT')
    assert.equal(refused.sip, 503)
    await engine.release(first)
    assert.ok(isRefusal(await allocate('d')))
    clock.pass(30_000)
    await leg('e')
  })

  it('passes over ports that another program holds', async () => {
    const { fakes, leg } = await startRig({ range: [50_000, 50_009] })
    for (const port of [50_000, 50_002, 50_006, 50_008]) fakes[0]!.busy.add(port)
    await leg('a')
    assert.equal(fakes[0]!.open_.get('a'), 50_004)
  })

  it('frees everything when it closes', async () => {
    const { engine, leg, ports, fakes } = await startRig()
    await leg('a')
    await leg('b')
    await engine.close()
    assert.equal(ports.inUse, 0)
    assert.equal(fakes[0]!.open_.size, 0)
    assert.equal(fakes[0]!.told.at(-1), 'close')
  })
})

describe('EmbeddedMediaEngine: who hears whom', () => {
  it('bridges two legs, and a later bridge replaces an earlier one for all three', async () => {
    const { engine, leg, told } = await startRig()
    const [a, b, c] = [await leg('a'), await leg('b'), await leg('c')]
    engine.connect(a, b)
    assert.deepEqual(told(), ['a hears b', 'b hears a'])
    engine.connect(b, c)
    assert.deepEqual(told(), ['a hears nothing', 'b hears c', 'c hears b'])
  })

  it('ends a playing by connect, echo and joinMix, but not by disconnect', async () => {
    const { engine, leg, told } = await startRig()
    const [a, b] = [await leg('a'), await leg('b')]
    engine.connect(a, b)
    engine.disconnect(a)
    engine.play(a, { kind: 'music' }, { loop: true })
    assert.deepEqual(told().slice(2), ['b hears nothing', 'a hears nothing', 'play a music'])
    engine.connect(a, b)
    assert.deepEqual(told(), ['stopPlay a', 'a hears b', 'b hears a'])
  })

  it('keeps a monitor when the bridge that it listens to changes, and tells it when the leg is gone', async () => {
    const { engine, leg, told } = await startRig()
    const [a, b, c, monitor] = [await leg('a'), await leg('b'), await leg('c'), await leg('m')]
    engine.connect(a, b)
    engine.listen(monitor, a)
    told()
    engine.connect(a, c)
    assert.ok(!told().some((line) => line.startsWith('m ')))
    await engine.release(a)
    assert.deepEqual(told().sort(), ['c hears nothing', 'm hears nothing', 'release a'])
  })

  it('ignores commands for legs that are gone; release is final and idempotent', async () => {
    const { engine, leg, told } = await startRig()
    const [a, b] = [await leg('a'), await leg('b')]
    assert.equal((await engine.release(a))?.received.packets, 100)
    assert.equal(await engine.release(a), undefined)
    told()
    engine.connect(a, b)
    engine.play(a, { kind: 'music' })
    engine.echo(a)
    engine.sendDigit(a, '5')
    assert.equal(await engine.quality(a), undefined)
    assert.ok(isRefusal(await engine.receiveOffer(a, offerOf('8'))))
    await assert.rejects(engine.createOffer(a))
    assert.deepEqual(told(), [])
  })

  it('mixes on the plane of the first that joins', async () => {
    const { engine, leg, told } = await startRig()
    const [a, b] = [await leg('a'), await leg('b')]
    engine.createMix('m' as MixId)
    engine.joinMix('m' as MixId, a)
    engine.joinMix('m' as MixId, b, { muted: true })
    engine.releaseMix('m' as MixId)
    assert.deepEqual(told(), [
      'createMix m',
      'a hears m',
      'b hears m',
      'a hears nothing',
      'b hears nothing',
      'releaseMix m',
    ])
  })
})

describe('EmbeddedMediaEngine: several workers', () => {
  it('keeps the legs of a call together and spreads calls', async () => {
    const { fakes, leg } = await startRig({ planes: 2 })
    await leg('a1', {}, 'A')
    await leg('b1', {}, 'B')
    await leg('a2', {}, 'A')
    assert.deepEqual([...fakes[0]!.open_.keys()], ['a1', 'a2'])
    assert.deepEqual([...fakes[1]!.open_.keys()], ['b1'])
  })

  it('gives new calls to workers that have room, and is full when none has', async () => {
    const { engine, fakes, leg, tell } = await startRig({ planes: 2 })
    tell[0]!({ kind: 'load', isFull: true })
    assert.equal(engine.isFull, false)
    for (const call of ['one', 'two', 'three']) await leg(`${call}-a`, {}, call)
    assert.deepEqual([fakes[0]!.open_.size, fakes[1]!.open_.size], [0, 3])
    tell[1]!({ kind: 'load', isFull: true })
    assert.equal(engine.isFull, true)
    await leg('three-b', {}, 'three')
    assert.equal(fakes[1]!.open_.size, 4, 'a call that is in goes on')
    tell[0]!({ kind: 'load', isFull: false })
    assert.equal(engine.isFull, false)
    tell[0]!({ kind: 'load', isFull: true })
    tell[0]!({ kind: 'died', reason: 'test' })
    await new Promise(setImmediate)
    assert.equal(engine.isFull, false, 'the new worker has room')
  })

  it('links legs of two workers over loopback, and frees the links with the bridge', async () => {
    const { engine, fakes, leg, ports, told } = await startRig({ planes: 2 })
    const [a, b] = [await leg('a', {}, 'A'), await leg('b', {}, 'B')]
    engine.connect(a, b)
    await new Promise(setImmediate)
    assert.equal(ports.inUse, 6)
    const heard = [...told(0), ...told(1)].filter((line) => line.includes('hears'))
    assert.ok(heard.some((line) => /^a hears link-\d+-near$/.test(line)))
    assert.ok(heard.some((line) => /^link-\d+-far hears b$/.test(line)))
    assert.ok(heard.some((line) => /^b hears link-\d+-near$/.test(line)))
    await engine.release(a)
    await new Promise(setImmediate)
    assert.equal(ports.inUse, 1)
    assert.deepEqual([...fakes[0]!.open_.keys(), ...fakes[1]!.open_.keys()], ['b'])
  })

  it('takes fax data from one worker to the other, and drops what is for a leg that is gone', async () => {
    const { engine, leg, told, tell } = await startRig({ planes: 2 })
    await leg('a', {}, 'A')
    const b = await leg('b', {}, 'B')
    tell[0]!({ kind: 'faxData', to: b, packet: Uint8Array.of(1, 2) })
    assert.deepEqual(
      told(1).filter((line) => line.startsWith('fax')),
      ['fax data b 0102'],
    )
    await engine.release(b)
    tell[0]!({ kind: 'faxData', to: b, packet: Uint8Array.of(3) })
    assert.ok(!told(1).includes('fax data b 03'))
  })

  it('fails the legs of a worker that dies, ends their recordings and starts another', async () => {
    const { engine, events, fakes, leg, ports, tell } = await startRig({ planes: 2 })
    const [a, b] = [await leg('a', {}, 'A'), await leg('b', {}, 'B')]
    engine.connect(a, b)
    await engine.startRecording('r' as RecordingId, a, '/tmp/r.wav')
    const before = fakes[0]
    tell[0]!({ kind: 'died', reason: 'test' })
    await new Promise(setImmediate)
    assert.deepEqual(
      events.map((event) => event.kind),
      ['recordingEnded', 'failed'],
    )
    assert.notEqual(fakes[0], before)
    assert.equal(ports.inUse, 1)
    await leg('c', {}, 'C')
    assert.equal(fakes[0]!.open_.has('c'), true)
  })
})

describe('EmbeddedMediaEngine: a mix', () => {
  it('is recorded where it lives, also when whoever entered first has gone; its recording ends with its worker', async () => {
    const { engine, events, leg, tell, told } = await startRig({ planes: 2 })
    const recording = 'r' as RecordingId
    const mix = 'm' as MixId
    engine.createMix(mix)
    assert.ok(await engine.startMixRecording(recording, mix, '/tmp/m.wav'), 'nobody is in it')
    const [a, b] = [await leg('a', {}, 'A'), await leg('b', {}, 'B')]
    engine.joinMix(mix, a)
    engine.joinMix(mix, b)
    assert.equal(await engine.startMixRecording(recording, mix, '/tmp/m.wav'), undefined)
    await engine.release(a)
    await engine.pauseRecording(recording, true)
    const ofRecording = told(0).filter((line) => line.includes('ecording'))
    assert.deepEqual(ofRecording, ['startMixRecording r m', 'pauseRecording r true'])
    tell[0]!({ kind: 'died', reason: 'test' })
    const [ended] = events.filter(({ kind }) => kind === 'recordingEnded')
    assert.ok(ended?.kind === 'recordingEnded' && ended.reason === 'failed')
  })

  it('moves to a living worker when its own dies', async () => {
    const { engine, leg, tell, told } = await startRig({ planes: 2 })
    const [a, b] = [await leg('a', {}, 'A'), await leg('b', {}, 'B')]
    engine.createMix('m' as MixId)
    engine.joinMix('m' as MixId, a)
    engine.joinMix('m' as MixId, b, { muted: true })
    await new Promise(setImmediate)
    told(1)
    tell[0]!({ kind: 'died', reason: 'test' })
    const after = told(1)
    assert.deepEqual(after.slice(-2), ['createMix m', 'b hears m'])
  })
})

/** In steps in which the engine does what is due. */
async function passInSteps(clock: { pass(ms: number): void }, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    clock.pass(100)
    await new Promise(setImmediate)
  }
}

describe('EmbeddedMediaEngine: events', () => {
  it('passes on events of living legs alone, and a listener that throws harms only itself', async () => {
    const { engine, events, leg, tell } = await startRig()
    const a = await leg('a')
    engine.onEvent(() => {
      throw new Error('listener')
    })
    tell[0]!({ kind: 'digit', leg: a, digit: '5', durationMs: 100 })
    tell[0]!({ kind: 'digit', leg: 'gone' as MediaLegId, digit: '5', durationMs: 100 })
    assert.equal(events.length, 1)
  })

  it('tells about once a second that the audio of a leg goes on, with the quality as it was scored last', async () => {
    const { engine, clock, events, fakes, leg } = await startRig()
    const a = await leg('a')
    await engine.receiveOffer(a, offerOf('8'))
    await engine.createAnswer(a)
    const told = async () => {
      events.length = 0
      await passInSteps(clock, 1_000)
      return events.map((event) => (event.kind === 'quality' ? (event.lastAudioAtMs ?? event.quality) : event.kind))
    }
    assert.deepEqual(await told(), [])
    fakes[0]!.heardAtMs.set(a, 1_500).set('another' as MediaLegId, 1_500)
    assert.equal((await told()).length, 1, 'the first one is scored')
    fakes[0]!.heardAtMs.set(a, 2_500)
    assert.deepEqual(await told(), [2_500])
    assert.deepEqual(await told(), [], 'no audio came')
    await engine.close()
  })

  it('tells the quality of each agreed leg now and then, with a score and its formula', async () => {
    const { engine, clock, events, leg } = await startRig()
    const a = await leg('a')
    await engine.receiveOffer(a, offerOf('8'))
    await engine.createAnswer(a)
    await passInSteps(clock, 5_000)
    const [event] = events
    assert.ok(event?.kind === 'quality')
    assert.equal(event.quality.received.mos, 4.41)
    assert.equal(event.quality.received.mosFormula, 'g107-2015-e-model')
    assert.equal(event.quality.sent.mos, undefined)
  })

  it('asks of some legs at a time, so that the audio of the others is not held up, and of each in its turn', async () => {
    const { engine, clock, events, fakes, leg } = await startRig()
    for (let i = 0; i < 4; i++) {
      const id = await leg(`leg-${i}`)
      await engine.receiveOffer(id, offerOf('8'))
      await engine.createAnswer(id)
    }
    const most = { counters: 0, parts: new Set<string>() }
    let asked = 0
    for (const fake of fakes) {
      const { counters } = fake
      fake.counters = () => (asked++, counters.call(fake))
      fake.lastAudio = async (part, parts) => (most.parts.add(`${part}/${parts}`), fake.heardAtMs)
    }
    for (let ms = 0; ms < 5_000; ms += 100) {
      asked = 0
      await passInSteps(clock, 100)
      most.counters = Math.max(most.counters, asked)
    }
    assert.equal(new Set(events.map((event) => 'leg' in event && event.leg)).size, 4, 'each was told')
    assert.equal(events.length, 4)
    assert.equal(most.counters, 1)
    assert.deepEqual(
      [...most.parts].sort(),
      Array.from({ length: 10 }, (_, part) => `${part}/10`),
    )
    await engine.close()
  })

  it('refuses a recording that cannot be written', async () => {
    const { engine, leg } = await startRig()
    const refused = await engine.startRecording('r' as RecordingId, await leg('a'), '/no/folder/r.wav')
    assert.ok(isRefusal(refused))
    assert.equal(refused.code, 'MEDIA_RECORDING_IMPOSSIBLE')
  })
})
