import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { G711Codec } from '../audio/g711.ts'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { PlacedVoice } from './placed-voice.ts'
import { RecordedSide } from './recorded-side.ts'
import { StereoRecorder } from './stereo-recorder.ts'

const delay = 960

/** A recording of one side in memory, 8,000 Hz; ticks pass when the test says so. */
class Tape {
  readonly #blocks: Int16Array[] = []
  readonly recorder = new StereoRecorder(
    { coding: 'pcm16', sampleRate: 8000, channels: 1 },
    { write: (bytes) => void this.#blocks.push(new Int16Array(Uint8Array.from(bytes).buffer)) },
  )

  sound(): Int16Array {
    for (let i = 0; i < 50; i++) this.recorder.pass(160)
    this.recorder.close()
    return Int16Array.from(this.#blocks.flatMap((block) => [...block]))
  }
}

interface Sent {
  readonly index: number
  readonly ssrc?: number
  readonly timestamp?: number
  readonly payloadType?: number
  readonly marker?: boolean
}

/** A sine of 400 Hz as A-law, the piece of packet `index` of 20 ms. */
const [sine, tone] = [new Int16Array(160 * 6000), new ToneSource(sineCadence(400, -12), 8000)]
tone.read(sine)
const codec = new G711Codec('PCMA')

function packetOf({ index, ssrc = 1, timestamp = index * 160, payloadType = 8, marker = false }: Sent) {
  const bytes = new Uint8Array(160)
  codec.encode(sine.subarray(index * 160, index * 160 + 160), bytes)
  return {
    payloadType,
    marker,
    sequence: (65_000 + index) & 0xffff,
    timestamp: (timestamp + 0xffff_f000) >>> 0,
    ssrc,
    bytes,
    payloadStart: 0,
    payloadEnd: payloadType === 8 ? 160 : 1,
    arrivalMs: 0,
  }
}

/** Where two sounds differ by more than A-law makes of them. */
function differences(sound: Int16Array, at: number, from: number, count: number): number {
  let found = 0
  for (let i = 0; i < count; i++) if (Math.abs(sound[at + i]! - sine[from + i]!) > 300) found++
  return found
}

/** Pieces of 10 ms in which there is hardly anything. */
function quietPieces(sound: Int16Array, from: number, count: number): number {
  let quiet = 0
  for (let at = from; at + 80 <= from + count; at += 80) if (meanPower(sound.subarray(at, at + 80)) < 10_000) quiet++
  return quiet
}

describe('G.711 in a recording', () => {
  it('stands where its time stamp says, whatever the order of the packets, over the ends of sequence and time stamp', () => {
    const tape = new Tape()
    const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
    const order = Array.from({ length: 800 }, (_, i) => i).map((i) => (i % 7 === 3 ? i + 1 : i % 7 === 4 ? i - 1 : i))
    for (const index of order) {
      voice.packet(packetOf({ index }))
      if (index % 5 === 0) voice.packet(packetOf({ index }))
      tape.recorder.pass(160)
    }
    const sound = tape.sound()
    assert.equal(meanPower(sound.subarray(0, delay)), 0)
    // Where a packet was missing for a moment, four milliseconds behind it flow into each other.
    assert.ok(differences(sound, delay, 0, 800 * 160) < 115 * 32)
    assert.ok(measureTone(sound.subarray(delay, delay + 800 * 160), 400, 8000).share > 0.99)
    assert.equal(meanPower(sound.subarray(delay + 800 * 160)), 0)
  })

  it('goes on through a loss and fades in a longer one, and a packet that comes late takes its place', () => {
    const tape = new Tape()
    const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
    const lost = new Set([20, 40, 41, 60, ...Array.from({ length: 20 }, (_, i) => 80 + i)])
    for (let index = 0; index < 150; index++) {
      if (!lost.has(index)) voice.packet(packetOf({ index }))
      if (index === 63) voice.packet(packetOf({ index: 60 }))
      tape.recorder.pass(160)
    }
    const sound = tape.sound()
    const piece = (index: number, packets: number) =>
      sound.subarray(delay + index * 160, delay + (index + packets) * 160)
    assert.ok(measureTone(piece(18, 5), 400, 8000).share > 0.95)
    assert.ok(meanPower(piece(40, 1)) > 0.5 * meanPower(piece(38, 1)))
    assert.ok(differences(sound, delay + 60 * 160, 60 * 160, 160) === 0)
    assert.equal(meanPower(piece(86, 14)), 0)
    assert.ok(differences(sound, delay + 101 * 160, 101 * 160, 49 * 160) < 10)
  })

  it('keeps a pause of the sender as silence of that length', () => {
    const tape = new Tape()
    const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
    for (let tick = 0; tick < 100; tick++) {
      if (tick < 20) voice.packet(packetOf({ index: tick }))
      else if (tick >= 60) voice.packet(packetOf({ index: tick - 40, timestamp: tick * 160 }))
      tape.recorder.pass(160)
    }
    const sound = tape.sound()
    assert.equal(meanPower(sound.subarray(delay + 20 * 160, delay + 60 * 160)), 0)
    assert.ok(differences(sound, delay + 60 * 160, 20 * 160, 40 * 160) < 10)
  })

  it('has all of a talk spurt that is marked, also where the clock of its sender stood still before', () => {
    const tape = new Tape()
    const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
    for (let tick = 0; tick < 120; tick++) {
      if (tick < 20) voice.packet(packetOf({ index: tick }))
      else if (tick >= 70) voice.packet(packetOf({ index: tick - 50, marker: tick === 70 }))
      tape.recorder.pass(160)
    }
    const sound = tape.sound()
    assert.equal(meanPower(sound.subarray(delay + 20 * 160, delay + 70 * 160)), 0)
    assert.ok(differences(sound, delay + 70 * 160, 20 * 160, 50 * 160) < 10)
  })

  it('begins anew at another source, and where the time stamps leap', () => {
    const tape = new Tape()
    const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
    for (let index = 0; index < 150; index++) {
      const timestamp = index * 160 + (index < 50 ? 0 : index < 100 ? 9_000_000 : 5_000)
      voice.packet(packetOf({ index, timestamp, ssrc: index < 100 ? 1 : 2 }))
      tape.recorder.pass(160)
    }
    assert.ok(differences(tape.sound(), delay, 0, 150 * 160) < 10)
  })

  it('follows a way that has become longer: what is late has its place for a while, and what is too late for ever begins anew', () => {
    for (const longer of [10, 25]) {
      const tape = new Tape()
      const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
      for (let tick = 0; tick < 400; tick++) {
        if (tick < 100) voice.packet(packetOf({ index: tick }))
        else if (tick >= 100 + longer) voice.packet(packetOf({ index: tick - longer }))
        tape.recorder.pass(160)
      }
      const sound = tape.sound()
      assert.ok(differences(sound, delay, 0, 100 * 160) < 10)
      if (longer === 10) assert.equal(quietPieces(sound, delay, 390 * 160), 0)
      else assert.ok(differences(sound, delay + 150 * 160, 125 * 160, 100 * 160) < 10)
    }
  })

  it('loses nothing when the line stalls for 300 ms and then brings all at once, at the beginning neither', () => {
    for (const stalled of [1, 200]) {
      const tape = new Tape()
      const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
      for (let tick = 0, index = 0; tick < 400; tick++) {
        const isStalled = tick >= stalled && tick < stalled + 15
        while (!isStalled && index <= tick) voice.packet(packetOf({ index: index++ }))
        tape.recorder.pass(160)
      }
      assert.ok(differences(tape.sound(), delay, 0, 400 * 160) < 10)
    }
    const tape = new Tape()
    const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
    for (let tick = 15, index = 0; tick < 400; tick++) {
      while (index <= tick) voice.packet(packetOf({ index: index++ }))
      tape.recorder.pass(160)
    }
    const sound = tape.sound()
    assert.ok(differences(sound, delay, 0, 90 * 160) < 10)
    assert.equal(quietPieces(sound, delay, 380 * 160), 0)
  })

  it('follows a clock that is slower or faster than ours, without a break', () => {
    for (const every of [250, -250]) {
      const tape = new Tape()
      const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
      let index = 0
      // 4,000 ppm off: forty times what a telephone is.
      for (let tick = 0; tick < 5000; tick++) {
        if (every < 0 || tick % every !== 0) voice.packet(packetOf({ index: index++ }))
        if (every < 0 && tick % -every === 0) voice.packet(packetOf({ index: index++ }))
        tape.recorder.pass(160)
      }
      const sound = tape.sound()
      const end = sound.findLastIndex((sample) => Math.abs(sample) > 1000)
      assert.ok(Math.abs(end - (delay + 5000 * 160)) < 800, `${end - (delay + 5000 * 160)}`)
      for (let at = delay + 160; at < end - 800; at += 800)
        assert.ok(measureTone(sound.subarray(at, at + 800), 400, 8000).share > 0.75)
      assert.equal(quietPieces(sound, delay + 160, end - delay - 160), 0)
    }
  })

  it('leaves nothing to be heard of a pause, not even what was on its way', () => {
    const tape = new Tape()
    const voice = new PlacedVoice(tape.recorder, 0, 'PCMA', 120)
    for (let tick = 0; tick < 150; tick++) {
      if (tick === 50) tape.recorder.silenceUntil(Number.POSITIVE_INFINITY)
      if (tick === 100) tape.recorder.silenceUntil(tape.recorder.position + delay)
      voice.packet(packetOf({ index: tick }))
      tape.recorder.pass(160)
    }
    const sound = tape.sound()
    assert.ok(differences(sound, delay, 0, 44 * 160) < 10)
    assert.equal(meanPower(sound.subarray(50 * 160, 106 * 160)), 0)
    assert.ok(differences(sound, 106 * 160, 100 * 160, 50 * 160) < 10)
  })

  it('takes no more of a packet than there is room for', () => {
    const tape = new Tape()
    const voice = new PlacedVoice(tape.recorder, 0, 'PCMU', 120)
    const long = { ...packetOf({ index: 0 }), bytes: new Uint8Array(20_000), payloadEnd: 20_000 }
    voice.packet(long)
    voice.packet({ ...long, timestamp: long.timestamp + 20_480, sequence: 3 })
    voice.packet({ ...long, payloadEnd: 0 })
    tape.recorder.pass(160)
    assert.equal(tape.sound().length, 51 * 160)
  })
})

describe('a side of a recording', () => {
  it('goes over to a jitter buffer with comfort noise or another codec, and loses nothing of before', () => {
    for (const how of ['noise', 'codec'] as const) {
      const tape = new Tape()
      const side = new RecordedSide(tape.recorder, 0, { sampleRate: 8000, delayMs: 120 })
      side.speaks(new G711Codec('PCMA'))
      for (let tick = 0; tick < 100; tick++) {
        if (tick === 40 && how === 'noise') side.packet(packetOf({ index: tick, payloadType: 13 }))
        else if (tick < 40 || tick >= 60) side.packet(packetOf({ index: tick }))
        if (tick === 40 && how === 'codec') side.speaks(Object.assign(new G711Codec('PCMA'), { sampleRate: 16_000 }))
        if (tick === 60 && how === 'codec') side.speaks(new G711Codec('PCMA'))
        side.tick()
        tape.recorder.pass(160)
      }
      const sound = tape.sound()
      assert.ok(differences(sound, delay, 0, 40 * 160) < 10)
      assert.ok(measureTone(sound.subarray(70 * 160, 100 * 160), 400, 8000).share > 0.9)
      side.close()
    }
  })
})
