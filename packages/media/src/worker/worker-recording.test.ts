import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { MediaEvent, MixId, RecordingId, RecordingOptions } from '@vaxel/core'
import { Conference } from '../mix/conference.ts'
import { SealedSound } from '../record/sealed-sound.ts'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { type RigPhone, WorkerRig } from './worker-rig.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'vaxel-recording-'))
after(() => rmSync(folder, { recursive: true }))
const recording = 'r' as RecordingId
const key = randomBytes(32)
let files = 0

async function started(options: RecordingOptions): Promise<{ rig: WorkerRig; phone: RigPhone; path: string }> {
  const rig = new WorkerRig()
  const phone = await rig.phone('a', 'PCMA')
  phone.voice = new ToneSource(sineCadence(440, -15), 8000)
  const path = join(folder, `${++files}.vxs`)
  const command = { do: 'startRecording', recording, leg: phone.id, path, options }
  assert.equal(await rig.ask(command), undefined)
  return { rig, phone, path }
}

async function ended(rig: WorkerRig): Promise<MediaEvent & { kind: 'recordingEnded' }> {
  await rig.until('recordingEnded')
  const [event] = rig.events('recordingEnded')
  assert.ok(event?.kind === 'recordingEnded')
  return event
}

/** The samples of a sealed mono recording. */
async function soundIn(path: string): Promise<Int16Array> {
  const opened = (await SealedSound.open(path, key))!
  assert.deepEqual([opened.form.channels, await opened.verify()], [1, 'whole'])
  const pieces: Uint8Array[] = []
  for await (const piece of opened.read(58, opened.sizeBytes)) pieces.push(piece)
  await opened.close()
  const bytes = Buffer.concat(pieces)
  return Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i))
}

/** Where a tone is heard, in pieces of 10 ms. */
function piecesWith(samples: Int16Array, hz: number, rateHz: number): number[] {
  const length = rateHz / 100
  const count = Math.floor(samples.length / length)
  return Array.from({ length: count }, (_, i) => i).filter(
    (i) => measureTone(samples.subarray(i * length, (i + 1) * length), hz, rateHz).levelDbov > -30,
  )
}

describe('a recording in a worker', () => {
  it('of what the peer says is sealed, mono, and ends at its limit by itself', async () => {
    const { rig, path } = await started({ of: 'said', seal: { key }, mostMs: 2000 })
    const event = await ended(rig)
    assert.equal(event.reason, 'limit')
    assert.ok(event.durationMs >= 2000 && event.durationMs <= 2200, `${event.durationMs}`)
    assert.match(event.sha256 ?? '', /^[0-9a-f]{64}$/)
    const samples = await soundIn(path)
    assert.ok(measureTone(samples.subarray(4000, 15_000), 440, 8000).share > 0.98)
    await rig.close()
  })

  it('ends when the peer has been silent for so long, and not before', async () => {
    const { rig, phone } = await started({ of: 'said', seal: { key }, silenceMs: 1500 })
    await rig.pass(3000)
    assert.deepEqual(rig.events('recordingEnded'), [])
    phone.voice = new ToneSource(sineCadence(440, -70), 8000)
    const event = await ended(rig)
    assert.equal(event.reason, 'silence')
    assert.ok(event.durationMs >= 4400 && event.durationMs <= 5200, `${event.durationMs}`)
    await rig.close()
  })

  it('has nothing of what was said while it was paused, and keeps its time', async () => {
    const { rig, phone, path } = await started({ of: 'said', seal: { key } })
    await rig.pass(1000)
    const from = await rig.ask<number>({ do: 'pauseRecording', recording, isPaused: true })
    phone.voice = new ToneSource(sineCadence(1000, -15), 8000)
    await rig.pass(1000)
    phone.voice = new ToneSource(sineCadence(440, -15), 8000)
    const to = await rig.ask<number>({ do: 'pauseRecording', recording, isPaused: false })
    await rig.pass(1000)
    rig.perform({ do: 'stopRecording', recording })
    const event = await ended(rig)
    const samples = await soundIn(path)
    assert.ok(Math.abs(from - 1000) <= 100 && Math.abs(to - 2100) <= 150 && event.durationMs >= 3000, `${from} ${to}`)
    assert.equal(meanPower(samples.subarray(from * 8, to * 8)), 0)
    assert.ok(measureTone(samples.subarray(to * 8 + 400, to * 8 + 6000), 440, 8000).share > 0.95)
    assert.ok(measureTone(samples, 1000, 8000).share < 0.001)
    assert.equal(await rig.ask({ do: 'pauseRecording', recording, isPaused: true }), undefined)
    await rig.close()
  })

  it('of a conference has everybody in it, goes on when some leave, and ends with the conference', async () => {
    const rig = new WorkerRig()
    const mix = 'm' as MixId
    rig.perform({ do: 'createMix', mix })
    const [low, high] = [await rig.phone('a', 'PCMA'), await rig.phone('b', 'G722')]
    low!.voice = new ToneSource(sineCadence(440, -20), 8000)
    high!.voice = new ToneSource(sineCadence(1000, -20), 16_000)
    for (const { id } of rig.phones) rig.perform({ do: 'hear', leg: id, hearing: { kind: 'mix', mix, muted: false } })
    const path = join(folder, `${++files}.vxs`)
    const start = { do: 'startMixRecording', recording, mix, path, options: { seal: { key } } }
    assert.equal(await rig.ask(start), undefined)
    assert.equal(await rig.ask(start), 'the recording runs already')
    await rig.pass(1000)
    rig.phones.shift()
    await rig.ask({ do: 'release', leg: low!.id })
    await rig.pass(1000)
    assert.deepEqual(rig.events('recordingEnded'), [])
    rig.perform({ do: 'releaseMix', mix })
    const event = await ended(rig)
    assert.equal(event.reason, 'gone')
    assert.ok(event.durationMs >= 1900 && event.durationMs <= 2200, `${event.durationMs}`)
    const samples = await soundIn(path)
    const [both, one] = [samples.subarray(8000, 15_000), samples.subarray(20_000, 30_000)]
    for (const hz of [440, 1000]) assert.ok(measureTone(both, hz, 16_000).share > 0.4, `${hz} Hz is in it`)
    assert.ok(measureTone(one, 1000, 16_000).share > 0.95)
    assert.equal(await rig.ask({ ...start, recording: 'r2', path: `${path}2` }), 'the conference is over')
    await rig.close()
    low!.close()
  })

  it('of a conference that a fault of ours ended ends with it, and what the conference held is freed', async (t) => {
    const rig = new WorkerRig()
    const mix = 'm' as MixId
    rig.perform({ do: 'createMix', mix })
    const phone = await rig.phone('a', 'PCMA')
    rig.perform({ do: 'hear', leg: phone.id, hearing: { kind: 'mix', mix, muted: false } })
    const path = join(folder, `${++files}.vxs`)
    await rig.ask({ do: 'startMixRecording', recording, mix, path, options: { seal: { key } } })
    await rig.pass(1000)
    const closed = t.mock.method(Conference.prototype, 'close')
    t.mock.method(Conference.prototype, 'tick', () => {
      throw new Error('a fault')
    })
    await rig.pass(1000)
    assert.equal(closed.mock.callCount(), 1)
    const event = await ended(rig)
    assert.equal(event.reason, 'gone')
    assert.ok(event.durationMs >= 900 && event.durationMs <= 1100, `${event.durationMs}`)
    await rig.close()
  })

  it('of a conference has nothing either of what was said while it was paused', async () => {
    const rig = new WorkerRig()
    const mix = 'm' as MixId
    rig.perform({ do: 'createMix', mix })
    const phone = await rig.phone('a', 'PCMA')
    const says = (hz: number) => (phone.voice = new ToneSource(sineCadence(hz, -15), 8000))
    says(440)
    rig.perform({ do: 'hear', leg: phone.id, hearing: { kind: 'mix', mix, muted: false } })
    const path = join(folder, `${++files}.vxs`)
    await rig.ask({ do: 'startMixRecording', recording, mix, path, options: { seal: { key } } })
    await rig.pass(1000)
    await rig.ask({ do: 'pauseRecording', recording, isPaused: true })
    says(1000)
    await rig.pass(1000)
    says(440)
    const to = await rig.ask<number>({ do: 'pauseRecording', recording, isPaused: false })
    await rig.pass(1000)
    rig.perform({ do: 'stopRecording', recording })
    await ended(rig)
    const samples = await soundIn(path)
    assert.deepEqual(piecesWith(samples, 1000, 16_000), [], 'what was said in the pause')
    assert.ok(to >= 2000 && to <= 2500, String(to))
    assert.ok(measureTone(samples.subarray(to * 16 + 800, to * 16 + 8000), 440, 16_000).share > 0.95)
    await rig.close()
  })

  it('ends with its leg', async () => {
    const { rig, phone } = await started({ of: 'said', seal: { key } })
    await rig.pass(500)
    rig.phones.length = 0
    await rig.ask({ do: 'release', leg: phone.id })
    assert.equal((await ended(rig)).reason, 'gone')
    await rig.close()
    phone.close()
  })
})
