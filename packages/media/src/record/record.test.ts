import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { alawToLinear, G711Codec } from '../audio/g711.ts'
import { parseWavHeader } from '../play/wav-format.ts'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { LegRecording } from './leg-recording.ts'
import { RecordingFile } from './recording-file.ts'
import { StereoRecorder } from './stereo-recorder.ts'

const folder = mkdtempSync(join(tmpdir(), 'vaxel-record-'))
after(() => rmSync(folder, { recursive: true }))

/** Both channels of a recording, decoded. */
function readStereo(path: string): { left: Int16Array; right: Int16Array; sampleRate: number } {
  const bytes = readFileSync(path)
  const parsed = parseWavHeader(bytes, bytes.length)
  assert.ok(parsed.ok && parsed.format.channels === 2)
  const { dataStart, dataEnd, coding, sampleRate } = parsed.format
  const size = coding === 'pcm16' ? 2 : 1
  const at = (index: number) =>
    size === 2 ? bytes.readInt16LE(dataStart + 2 * index) : (alawToLinear[bytes[dataStart + index] as number] as number)
  const frames = (dataEnd - dataStart) / (2 * size)
  return {
    left: Int16Array.from({ length: frames }, (_, i) => at(2 * i)),
    right: Int16Array.from({ length: frames }, (_, i) => at(2 * i + 1)),
    sampleRate,
  }
}

/** Sends a sine as G.711, a packet a tick. */
function sender(hz: number, sink: { packet(p: never): void }, ssrc: number) {
  const codec = new G711Codec('PCMA')
  const tone = new ToneSource(sineCadence(hz, -15), 8000)
  return (index: number, arrivalMs = index * 20) => {
    const frame = new Int16Array(160)
    tone.read(frame)
    const bytes = new Uint8Array(160)
    codec.encode(frame, bytes)
    const packet = {
      payloadType: 8,
      marker: false,
      sequence: index,
      timestamp: index * 160,
      ssrc,
      bytes,
      payloadStart: 0,
      payloadEnd: 160,
      arrivalMs,
    }
    sink.packet(packet as never)
  }
}

describe('a recording of a leg', () => {
  for (const coding of ['pcm16', 'alaw'] as const) {
    for (const sampleRate of [8000, 16000] as const) {
      it(`has what the peer said on the left and what it heard on the right (${coding}, ${sampleRate} Hz)`, async () => {
        const path = join(folder, `${coding}-${sampleRate}.wav`)
        const recording = await LegRecording.create(path, { coding, sampleRate })
        const say = sender(440, recording.receiveSaid(new G711Codec('PCMA')), 1)
        const hear = sender(1000, recording.receiveHeard(new G711Codec('PCMA')), 2)
        for (let i = 0; i < 150; i++) {
          say(i)
          if (i < 50 || i >= 100) hear(i)
          recording.tick()
        }
        assert.equal(recording.durationMs, 3000)
        await recording.close()
        const { left, right } = readStereo(path)
        const piece = (side: Int16Array, from: number, to: number) =>
          side.subarray((from * sampleRate) / 1000, (to * sampleRate) / 1000)
        assert.ok(measureTone(piece(left, 300, 2900), 440, sampleRate).share > 0.99)
        assert.ok(measureTone(piece(right, 300, 1000), 1000, sampleRate).share > 0.98)
        assert.ok(meanPower(piece(right, 1400, 2000)) < 100)
        assert.ok(measureTone(piece(right, 2400, 2900), 1000, sampleRate).share > 0.98)
        assert.equal(recording.droppedBlocks, 0)
      })
    }
  }

  it('keeps both sides aligned to a packet when one comes by an uneven line', async () => {
    const path = join(folder, 'aligned.wav')
    const recording = await LegRecording.create(path, { coding: 'pcm16', sampleRate: 8000 })
    const say = sender(500, recording.receiveSaid(new G711Codec('PCMA')), 1)
    const hear = sender(500, recording.receiveHeard(new G711Codec('PCMA')), 2)
    const late = (i: number) => (i * 7) % 3
    for (let tick = 0; tick < 200; tick++) {
      for (let i = Math.max(0, tick - 3); i <= tick; i++) if (i + late(i) === tick && i < 150) say(i, tick * 20)
      if (tick < 150) hear(tick)
      recording.tick()
    }
    await recording.close()
    const { left, right } = readStereo(path)
    const end = (side: Int16Array) => side.findLastIndex((sample) => Math.abs(sample) > 2000)
    assert.ok(Math.abs(end(left) - end(right)) <= 400, `${end(left)} ${end(right)}`)
  })

  it('has nothing of what was said in a pause, also when that came late and all at once', async () => {
    for (const sampleRate of [8000, 16_000] as const) {
      const path = join(folder, `paused-${sampleRate}.wav`)
      const recording = await LegRecording.create(path, { coding: 'pcm16', sampleRate })
      const sink = recording.receiveSaid(new G711Codec('PCMA'))
      const [high, low] = [sender(1000, sink, 1), sender(440, sink, 1)]
      for (let tick = 0; tick < 150; tick++) {
        if (tick === 20) recording.pause()
        // A stall of 200 ms, over just before the pause is.
        for (let i = 90; i <= 100 && tick === 100; i++) high(i, tick * 20)
        if (tick >= 20 && tick < 90) high(tick)
        if (tick < 20 || tick > 100) low(tick)
        if (tick === 100) recording.resume()
        recording.tick()
      }
      await recording.close()
      const { left } = readStereo(path)
      const length = sampleRate / 100
      const pieces = Array.from({ length: 250 }, (_, i) => left.subarray((50 + i) * length, (51 + i) * length))
      const leaks = pieces.flatMap((piece, i) => (measureTone(piece, 1000, sampleRate).levelDbov > -30 ? [50 + i] : []))
      assert.deepEqual(leaks, [], `at ${sampleRate} Hz`)
    }
  })

  it('has its last words also when a stalled line brought them right before the end', async () => {
    for (const sampleRate of [8000, 16_000] as const) {
      const path = join(folder, `stalled-${sampleRate}.wav`)
      const recording = await LegRecording.create(path, { coding: 'pcm16', sampleRate })
      const sink = recording.receiveSaid(new G711Codec('PCMA'))
      const [low, high] = [sender(440, sink, 1), sender(1000, sink, 1)]
      for (let tick = 0; tick < 100; tick++) {
        if (tick < 88) low(tick)
        for (let i = 88; i < 100 && tick === 99; i++) (i < 95 ? low : high)(i, tick * 20)
        recording.tick()
      }
      await recording.close()
      const { left } = readStereo(path)
      const length = sampleRate / 100
      const pieces = Array.from({ length: Math.floor(left.length / length) }, (_, i) =>
        left.subarray(i * length, (i + 1) * length),
      )
      const last = pieces.filter((piece) => measureTone(piece, 1000, sampleRate).share > 0.7)
      assert.ok(last.length >= 8, `${last.length * 10} ms of 100 at ${sampleRate} Hz`)
      assert.ok(left.length <= (2500 * sampleRate) / 1000, `${left.length}`)
    }
  })

  it('is refused where it cannot be written, and never overwrites', async () => {
    const form = { coding: 'pcm16', sampleRate: 8000 } as const
    await assert.rejects(LegRecording.create(join(folder, 'no', 'such.wav'), form))
    const path = join(folder, 'once.wav')
    await (await LegRecording.create(path, form)).close()
    await assert.rejects(LegRecording.create(path, form))
    assert.equal(statSync(path).mode & 0o777, 0o600)
  })
})

describe('a recording’s file', () => {
  it('is a valid WAV file after each block, as if the process were killed there', async () => {
    const path = join(folder, 'killed.wav')
    const file = await RecordingFile.create(path, { coding: 'pcm16', sampleRate: 8000 })
    const recorder = new StereoRecorder({ coding: 'pcm16', sampleRate: 8000 }, file)
    const sound = new Int16Array(4000).fill(1000)
    recorder.write(sound, undefined, 4000)
    for (let i = 1; i <= 3; i++) {
      recorder.write(sound, undefined, 4000)
      await file.settled()
      const { left, right } = readStereo(path)
      assert.equal(left.length, 4000 * i)
      assert.equal(left.at(-1), 1000)
      assert.equal(meanPower(right), 0)
      assert.equal(readFileSync(path).readUInt32LE(4), statSync(path).size - 8)
    }
    await file.close()
  })

  it('drops what the disk is too slow for, says so once, and leaves silence in its place', async () => {
    const path = join(folder, 'slow.wav')
    const told: string[] = []
    const file = await RecordingFile.create(path, { coding: 'alaw', sampleRate: 8000 }, (reason) => told.push(reason))
    for (let i = 0; i < 20; i++) file.write(new Uint8Array(100).fill(0x11))
    await file.settled()
    file.write(new Uint8Array(100).fill(0x11))
    await file.close()
    assert.equal(file.droppedBlocks, 12)
    assert.deepEqual(told, ['the disk is too slow'])
    const { left } = readStereo(path)
    assert.equal(left.length, 21 * 50)
    assert.equal(left[10 * 50], 8)
    assert.equal(left[399], left.at(-1))
  })
})
