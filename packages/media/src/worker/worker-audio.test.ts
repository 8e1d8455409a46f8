import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { CodecName, MixId, RecordingId } from '@vaxel/core'
import { dtmfCadence } from '../tone/dtmf.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { type RigPhone, WorkerRig } from './worker-rig.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'vaxel-audio-'))
after(() => rmSync(folder, { recursive: true }))

const sine = (rateHz: number, phone: RigPhone) => new ToneSource(sineCadence(rateHz, -15), phone.sampleRate)
const assertHears = (phone: RigPhone, rateHz: number, levelDbov = -15) => {
  const level = phone.hearsTone(rateHz)
  assert.ok(Math.abs(level - levelDbov) < 2, `${phone.id} hears ${rateHz} Hz at ${level} dBov`)
}

describe('what a leg hears', () => {
  for (const codec of ['PCMA', 'G722', 'opus'] as const) {
    it(`is itself at the echo test, in ${codec}`, async () => {
      const rig = new WorkerRig()
      const phone = await rig.phone('a', codec)
      rig.perform({ do: 'hear', leg: phone.id, hearing: { kind: 'echo' } })
      phone.voice = sine(500, phone)
      await rig.pass(1500)
      assertHears(phone, 500)
      await rig.close()
    })

    it(`is an announcement, in ${codec}`, async () => {
      const rig = new WorkerRig()
      const phone = await rig.phone('a', codec)
      const source = { kind: 'sine', rateHz: 700, levelDbov: -15 } as const
      rig.perform({ do: 'play', leg: phone.id, source, loop: false })
      await rig.pass(1000)
      assertHears(phone, 700)
      await rig.close()
    })
  }

  it('is itself too where its description has a name in place of an address, at the address of its signalling', async () => {
    const rig = new WorkerRig()
    const phone = await rig.phone('a', 'PCMA')
    rig.perform({ do: 'peerMoved', leg: phone.id, peerAddress: '127.0.0.1' })
    rig.configure(phone, { remote: { address: 'phone.example.com', rtpPort: phone.port, rtcpPort: phone.port + 1 } })
    rig.perform({ do: 'hear', leg: phone.id, hearing: { kind: 'echo' } })
    phone.voice = sine(500, phone)
    await rig.pass(1500)
    assertHears(phone, 500)
    await rig.close()
  })

  it('is the rest of the digits as sound, when a new agreement has no place for them as events', async () => {
    const rig = new WorkerRig()
    const sendEvents = { payloadType: 101, rateHz: 8000 }
    const phone = await rig.phone('a', 'PCMA', { sendEvents })
    for (const digit of '159') rig.perform({ do: 'sendDigit', leg: phone.id, digit, durationMs: 400 })
    await rig.pass(100)
    rig.configure(phone)
    await rig.pass(400)
    // 5 is 770 and 1336 Hz, 9 is 852 and 1477 Hz.
    for (const rateHz of [770, 1336]) assert.ok(phone.hearsTone(rateHz) > -30, `${rateHz} Hz`)
    await rig.pass(600)
    for (const rateHz of [852, 1477]) assert.ok(phone.hearsTone(rateHz) > -30, `${rateHz} Hz`)
    await rig.close()
  })

  it('is all others of a conference, also one that sends another codec than it gets', async () => {
    const rig = new WorkerRig()
    const mix = 'm' as MixId
    rig.perform({ do: 'createMix', mix })
    const a = await rig.phone('a', 'opus')
    const b = await rig.phone('b', 'PCMA', {}, 'G722')
    const c = await rig.phone('c', 'G722')
    for (const { id } of rig.phones) rig.perform({ do: 'hear', leg: id, hearing: { kind: 'mix', mix, muted: false } })
    for (const [i, phone] of rig.phones.entries()) phone.voice = sine(400 * (i + 1), phone)
    await rig.pass(2000)
    for (const rateHz of [800, 1200]) assertHears(a, rateHz)
    for (const rateHz of [400, 1200]) assertHears(b, rateHz)
    for (const rateHz of [400, 800]) assertHears(c, rateHz)
    assert.ok(b.hearsTone(800) < -45)
    await rig.close()
  })

  for (const [says, hears] of [
    ['PCMA', 'PCMA'],
    ['opus', 'opus'],
    ['G722', 'PCMU'],
  ] as const)
    it(`is the other one and a beep at the same time, without a gap: ${says} to ${hears}`, async () => {
      const rig = new WorkerRig()
      const [a, b] = [await rig.phone('a', says), await rig.phone('b', hears)]
      rig.perform({ do: 'hear', leg: b!.id, hearing: { kind: 'leg', leg: a!.id } })
      a!.voice = sine(500, a!)
      await rig.pass(1000)
      const before = b!.packets
      rig.perform({ do: 'playOver', leg: b!.id, source: { kind: 'tone', tone: 'recorded', country: '' } })
      // As between two packets: codecs get ready.
      await new Promise(setImmediate)
      await rig.pass(500)
      // Another encoder than before is at work for a moment: the wave goes on elsewhere.
      assert.ok(b!.hearsTone(500) > -19, `${b!.hearsTone(500)} dBov`)
      assert.ok(b!.hearsTone(1400) > -34, `a fifth of a second in half a second: ${b!.hearsTone(1400)} dBov`)
      await rig.pass(1000)
      assertHears(b!, 500)
      assert.ok(b!.hearsTone(1400) < -50)
      assert.equal(b!.packets - before, 75)
      const steps = b!.timestamps.map((timestamp, i) => (timestamp - (b!.timestamps[i - 1] ?? timestamp)) >>> 0)
      assert.equal(new Set(steps.slice(-100)).size, 1, `an even stream: ${[...new Set(steps.slice(-100))].join()}`)
      await rig.close()
    })

  it('goes on where it was when a new offer changes the codec', async () => {
    const rig = new WorkerRig()
    const phone = await rig.phone('a', 'PCMA')
    const source = { kind: 'tone', tone: 'ringback', country: 'se' } as const
    rig.perform({ do: 'play', leg: phone.id, source, loop: false })
    await rig.pass(3000)
    assert.ok(phone.hearsTone(425) < -60, 'the pause of 5 s after the first ring of 1 s')
    for (const codec of ['G722', 'opus', 'PCMU'] as const) {
      phone.hears = codec
      rig.configure(phone)
      await rig.pass(600)
      assert.ok(phone.hearsTone(425) < -60, `${codec}: it does not begin anew`)
    }
    await rig.pass(1200 + 700)
    assert.ok(phone.hearsTone(425) > -30, 'the second ring')
    await rig.close()
  })
})

describe('the end of what is played', () => {
  it('is told of a file that cannot be played, and why', async () => {
    const rig = new WorkerRig()
    const phone = await rig.phone('a', 'PCMA')
    const path = join(folder, 'none.wav')
    rig.perform({ do: 'play', leg: phone.id, source: { kind: 'file', path }, loop: true })
    await rig.until('playEnded')
    await rig.until('trouble')
    assert.deepEqual(rig.events('playEnded'), [{ kind: 'playEnded', leg: phone.id }])
    const [trouble] = rig.events('trouble')
    assert.ok(trouble?.kind === 'trouble')
    assert.equal(trouble.path, path)
    assert.match(trouble.reason, /ENOENT/)
    await rig.close()
  })

  it('comes also where the leg may not be sent to', async () => {
    const rig = new WorkerRig()
    const phone = await rig.phone('a', 'PCMA')
    const recording = { do: 'startRecording', recording: 'r', leg: phone.id, path: join(folder, 'short.wav') }
    assert.equal(await rig.ask(recording), undefined)
    await rig.pass(600)
    rig.perform({ do: 'stopRecording', recording: 'r' as RecordingId })
    await rig.until('recordingEnded')
    rig.configure(phone, { direction: 'recvonly', peerDirection: 'sendonly' })
    const before = phone.packets
    const source = { kind: 'file', path: recording.path } as const
    rig.perform({ do: 'play', leg: phone.id, source, loop: false })
    await rig.pass(400)
    assert.deepEqual(rig.events('playEnded'), [])
    await rig.until('playEnded')
    assert.equal(phone.packets, before)
    await rig.close()
  })
})

describe('a digit in the sound', () => {
  const press = async (rig: WorkerRig, phone: RigPhone, digits: string) => {
    for (const digit of digits) {
      phone.voice = new ToneSource(dtmfCadence(digit, 80), phone.sampleRate)
      await rig.pass(200)
    }
    await rig.pass(200)
  }
  const told = (rig: WorkerRig) => rig.events('digit').map((event) => (event.kind === 'digit' ? event.digit : ''))

  for (const codec of ['PCMA', 'G722', 'opus'] as const)
    it(`is told of a peer without telephone events, in ${codec}, also under an announcement`, async () => {
      const rig = new WorkerRig()
      const phone = await rig.phone('a', codec, { receiveEvents: [] })
      await press(rig, phone, '1*8')
      rig.perform({ do: 'play', leg: phone.id, source: { kind: 'music' }, loop: true })
      await press(rig, phone, '0#')
      assert.equal(told(rig).join(''), '1*80#')
      await rig.close()
    })

  it('is not told where the peer has telephone events or talks with another leg, which hears it', async () => {
    const rig = new WorkerRig()
    const modern = await rig.phone('modern', 'PCMA')
    const old = await rig.phone('old', 'PCMA', { receiveEvents: [] })
    rig.perform({ do: 'hear', leg: old.id, hearing: { kind: 'leg', leg: modern.id } })
    await press(rig, modern, '1')
    await press(rig, old, '2')
    assert.deepEqual(told(rig), [])
    await rig.close()
  })
})

describe('a peer that begins its stream anew under the same SSRC', () => {
  for (const packets of [50, 150, 2_000, 3_200])
    it(`is heard on at once, after ${packets} packets`, async () => {
      const rig = new WorkerRig()
      const [speaking, hearing] = [await rig.phone('a', 'PCMA'), await rig.phone('b', 'PCMA')]
      rig.perform({ do: 'hear', leg: hearing.id, hearing: { kind: 'leg', leg: speaking.id } })
      speaking.voice = sine(500, speaking)
      speaking.beginAnew()
      await rig.pass(packets * 20)
      const before = hearing.packets
      speaking.beginAnew()
      await rig.pass(1_000)
      // The first packet waits for the second to confirm it (RFC 3550 A.1).
      assert.ok(hearing.packets - before >= 49, `${hearing.packets - before} of 50`)
      assertHears(hearing, 500)
      await rig.close()
    })
})

describe('a recording', () => {
  for (const [codec, rateHz] of [
    ['PCMA', 8000],
    ['G722', 16_000],
    ['opus', 16_000],
  ] as const satisfies readonly (readonly [CodecName, number])[])
    it(`of a leg in ${codec} has ${rateHz} Hz`, async () => {
      const rig = new WorkerRig()
      const phone = await rig.phone('a', codec)
      assert.equal(await recordedRate(rig, phone, `${codec}.wav`), rateHz)
      await rig.close()
    })

  it('has 16 kHz where the codec is not known yet', async () => {
    const rig = new WorkerRig()
    const ports = { address: '127.0.0.1', rtpPort: 20_000 }
    assert.equal(await rig.ask({ do: 'open', leg: 'early', ports }), 'opened')
    assert.equal(await recordedRate(rig, { id: 'early' as RigPhone['id'] }, 'early.wav'), 16_000)
    await rig.close()
  })
})

async function recordedRate(rig: WorkerRig, { id }: Pick<RigPhone, 'id'>, name: string): Promise<number> {
  const path = join(folder, name)
  assert.equal(await rig.ask({ do: 'startRecording', recording: 'r', leg: id, path }), undefined)
  rig.perform({ do: 'stopRecording', recording: 'r' as RecordingId })
  while (rig.events('recordingEnded').length === 0) await new Promise(setImmediate)
  return readFileSync(path).readUInt32LE(24)
}
