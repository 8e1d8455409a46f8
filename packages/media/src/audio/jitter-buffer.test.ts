import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import type { AudioPacket } from '../relay/audio-sink.ts'
import type { Codec } from './codec.ts'
import { createCodec } from './create-codec.ts'
import { G711Codec } from './g711.ts'
import { JitterBuffer } from './jitter-buffer.ts'

const frame = 160

/** A received packet. */
function packet(
  sequence: number,
  timestamp: number,
  ssrc: number,
  bytes: Uint8Array,
  arrivalMs: number,
  isNoise = false,
): AudioPacket {
  const payloadType = isNoise ? 13 : 8
  const [payloadStart, payloadEnd] = [0, bytes.length]
  return { payloadType, marker: false, sequence, timestamp, ssrc, bytes, payloadStart, payloadEnd, arrivalMs }
}

/** A sender of a continuous sine in G.711, packet by packet; a buffer that is read every 20 ms; all on one virtual clock. */
class Line {
  readonly buffer: JitterBuffer
  readonly heard: Int16Array[] = []
  readonly #codec: Codec = new G711Codec('PCMA')
  readonly #first: number
  readonly #firstTimestamp: number
  readonly #hz: number
  #arrivals: { atMs: number; deliver: () => void }[] = []

  constructor(options: { hz?: number; first?: number; firstTimestamp?: number } = {}) {
    this.#hz = options.hz ?? 440
    this.#first = options.first ?? 1000
    this.#firstTimestamp = options.firstTimestamp ?? 5000
    this.buffer = new JitterBuffer(new G711Codec('PCMA'))
  }

  payload(index: number): Uint8Array {
    const samples = Int16Array.from({ length: frame }, (_, i) =>
      Math.round(8000 * Math.sin((2 * Math.PI * this.#hz * (index * frame + i)) / 8000)),
    )
    const out = new Uint8Array(frame)
    this.#codec.encode(samples, out)
    return out
  }

  send(index: number, atMs = index * 20, ssrc = 7): void {
    const payload = this.payload(index)
    const deliver = () =>
      this.buffer.packet(
        packet((this.#first + index) & 0xffff, (this.#firstTimestamp + index * frame) >>> 0, ssrc, payload, atMs),
      )
    this.#arrivals.push({ atMs, deliver })
  }

  /** Runs the clock up to a time, delivering and reading. */
  run(untilMs: number): void {
    this.#arrivals.sort((a, b) => a.atMs - b.atMs)
    for (let nowMs = this.heard.length * 20 + 10; nowMs < untilMs; nowMs += 20) {
      while (this.#arrivals[0] !== undefined && this.#arrivals[0].atMs <= nowMs) this.#arrivals.shift()?.deliver()
      const out = new Int16Array(frame)
      this.buffer.read(out)
      this.heard.push(out)
    }
  }

  /** What was heard between two times. */
  sound(fromMs: number, toMs: number): Int16Array {
    return Int16Array.from(this.heard.slice(fromMs / 20, toMs / 20).flatMap((samples) => [...samples]))
  }
}

/** The largest second difference: a click is one far above what the sine itself has. */
function roughness(samples: Int16Array): number {
  let most = 0
  for (let i = 2; i < samples.length; i++) {
    const bend = (samples[i] as number) - 2 * (samples[i - 1] as number) + (samples[i - 2] as number)
    most = Math.max(most, Math.abs(bend))
  }
  return most
}
const sineRoughness = 8000 * ((2 * Math.PI * 440) / 8000) ** 2 + 600

describe('a jitter buffer on a perfect line', () => {
  it('gives the sender’s samples unchanged after 40 to 60 ms', () => {
    const line = new Line()
    for (let i = 0; i < 100; i++) line.send(i)
    line.run(2000)
    const sound = line.sound(100, 1900)
    assert.ok(measureTone(sound, 440, 8000).share > 0.999)
    assert.ok(roughness(sound) < sineRoughness)
    assert.equal(line.buffer.lostPackets + line.buffer.discardedPackets, 0)
    assert.ok(line.buffer.delayMs >= 30 && line.buffer.delayMs <= 65, `${line.buffer.delayMs}`)
  })

  it('passes the wrap-around of sequence number and timestamp without a gap', () => {
    const line = new Line({ first: 65500, firstTimestamp: 0xffff_ffff - 40 * frame })
    for (let i = 0; i < 150; i++) line.send(i)
    line.run(3000)
    assert.ok(measureTone(line.sound(100, 2900), 440, 8000).share > 0.999)
    assert.equal(line.buffer.lostPackets + line.buffer.discardedPackets, 0)
  })
})

describe('a jitter buffer on a bad line', () => {
  it('puts reordered packets in order and counts duplicates', () => {
    const line = new Line()
    for (let i = 0; i < 100; i++) {
      line.send(i, i * 20 + (i % 5 === 0 ? 25 : 0))
      if (i % 7 === 0) line.send(i, i * 20 + 1)
    }
    line.run(2000)
    assert.ok(measureTone(line.sound(500, 1900), 440, 8000).share > 0.99)
    assert.ok(line.buffer.reorderedPackets > 10)
    assert.ok(line.buffer.duplicatePackets >= 10)
    assert.equal(line.buffer.lostPackets, 0)
  })

  it('takes a packet that was overtaken by the very first one', () => {
    const line = new Line()
    line.send(0, 30)
    for (let i = 1; i < 50; i++) line.send(i)
    line.run(1000)
    assert.equal(line.buffer.discardedPackets + line.buffer.lostPackets, 0)
  })

  it('hides 5 % loss without a gap and without clicks', () => {
    const line = new Line()
    for (let i = 0; i < 250; i++) if (i % 20 !== 13) line.send(i)
    line.run(5000)
    const sound = line.sound(200, 4900)
    assert.ok(measureTone(sound, 440, 8000).levelDbov > -16.5)
    assert.ok(roughness(sound) < 2.5 * sineRoughness, `${roughness(sound)}`)
    for (let at = 0; at + 80 < sound.length; at += 80) assert.ok(meanPower(sound, at, at + 80) > 1e6)
    assert.ok(line.buffer.lostPackets >= 11 && line.buffer.lostPackets <= 13)
  })

  it('raises its delay when the line becomes uneven and lowers it again, without gaps or clicks', () => {
    const line = new Line()
    let seed = 12345
    const random = () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff
      return seed / 0x7fffffff
    }
    for (let i = 0; i < 2500; i++) line.send(i, i * 20 + (i > 100 && i < 500 ? random() * 80 : 0))
    line.run(10000)
    const raised = line.buffer.delayMs
    assert.ok(raised > 70 && raised < 140, `raised ${raised}`)
    line.run(48000)
    assert.ok(line.buffer.delayMs < 65, `lowered ${line.buffer.delayMs}`)
    const later = line.sound(4000, 47000)
    assert.ok(roughness(later) < 2.5 * sineRoughness, `${roughness(later)}`)
    for (let at = 0; at + 80 < later.length; at += 80) assert.ok(meanPower(later, at, at + 80) > 1e7)
  })

  it('follows a sender whose clock is 300 ppm off for minutes, without a gap or a click', () => {
    for (const drift of [3e-4, -3e-4]) {
      const line = new Line()
      for (let i = 0; i < 6000; i++) line.send(i, 50 + i * 20 * (1 + drift))
      line.run(119000)
      const sound = line.sound(200, 118000)
      assert.ok(line.buffer.delayMs > 20 && line.buffer.delayMs < 70, `${line.buffer.delayMs}`)
      assert.equal(line.buffer.lostPackets + line.buffer.discardedPackets, 0)
      assert.ok(roughness(sound) < 2 * sineRoughness)
      for (let at = 0; at + 80 < sound.length; at += 80) assert.ok(meanPower(sound, at, at + 80) > 1e7)
    }
  })

  it('gives up old sound after a stall instead of staying late', () => {
    const line = new Line()
    for (let i = 0; i < 300; i++) line.send(i, i >= 100 && i < 140 ? 2800 : i * 20)
    line.run(6000)
    assert.ok(line.buffer.delayMs < 260, `${line.buffer.delayMs}`)
    assert.ok(line.buffer.discardedPackets > 15)
    assert.ok(measureTone(line.sound(4000, 5900), 440, 8000).share > 0.99)
  })

  it('fades to silence when the peer stops, and begins again with a new talk spurt', () => {
    const line = new Line()
    for (let i = 0; i < 50; i++) line.send(i)
    for (let i = 150; i < 200; i++) line.send(i)
    line.run(4000)
    assert.equal(meanPower(line.sound(1300, 2900)), 0)
    assert.ok(measureTone(line.sound(3200, 3900), 440, 8000).levelDbov > -16)
  })

  it('begins anew with another SSRC', () => {
    const line = new Line()
    for (let i = 0; i < 50; i++) line.send(i)
    line.run(1000)
    const other = new Line({ hz: 1000 })
    for (let i = 0; i < 50; i++) {
      line.buffer.packet(packet(i, 99 + i * frame, 8, other.payload(i), 1000 + i * 20))
      line.run(1000 + (i + 1) * 20)
    }
    assert.ok(measureTone(line.sound(1140, 1900), 1000, 8000).share > 0.99)
    assert.ok(roughness(line.sound(900, 1900)) < 2 * roughness(line.sound(1200, 1900)))
  })

  it('believes a leap of the sequence when the next packet confirms it', () => {
    const line = new Line()
    for (let i = 0; i < 50; i++) line.send(i)
    line.run(1000)
    for (let i = 0; i < 50; i++) {
      line.buffer.packet(packet(40000 + i, 700000 + i * frame, 7, line.payload(i), 1000 + i * 20))
      line.run(1000 + (i + 1) * 20)
    }
    assert.ok(measureTone(line.sound(1200, 1900), 440, 8000).share > 0.99)
  })
})

describe('a jitter buffer and pauses', () => {
  it('plays comfort noise at the level the peer names until it talks again (RFC 3389)', () => {
    const line = new Line()
    for (let i = 0; i < 50; i++) line.send(i)
    line.run(1000)
    line.buffer.packet(packet(1050, 5000 + 50 * frame, 7, Uint8Array.of(40), 1000, true))
    line.run(3000)
    const rest = line.sound(1200, 2900)
    const levelDbov = 10 * Math.log10(meanPower(rest) / 32768 ** 2)
    assert.ok(Math.abs(levelDbov + 40) < 1, `${levelDbov}`)
  })

  for (const pauseMs of [300, 1000, 1900])
    it(`goes on as it was when the sender's clock stood still in a pause of ${pauseMs} ms`, () => {
      const line = new Line()
      for (let i = 0; i < 1000; i++) line.send(i, i * 20 + (i >= 100 ? pauseMs : 0))
      line.run(20_000)
      const sound = line.sound(2500 + pauseMs, 19_500)
      for (let at = 0; at + 80 < sound.length; at += 80)
        assert.ok(meanPower(sound, at, at + 80) > 2.5e7, `${at / 8} ms`)
      assert.ok(line.buffer.targetMs < 60, `${line.buffer.targetMs}`)
    })

  it('expects a stall of the line again, which brings late what was held back', () => {
    const line = new Line()
    for (let i = 0; i < 200; i++) line.send(i, i >= 100 && i < 110 ? 2200 + i : i * 20)
    line.run(2400)
    assert.ok(line.buffer.targetMs > 100, `${line.buffer.targetMs}`)
  })

  it('keeps a short pause as long as the peer made it', () => {
    const line = new Line()
    for (let i = 0; i < 50; i++) line.send(i)
    for (let i = 50; i < 100; i++) {
      const payload = line.payload(i)
      const atMs = i * 20 + 60
      line.run(atMs - 10)
      line.buffer.packet(packet(1000 + i, 5000 + (i + 3) * frame, 7, payload, atMs))
    }
    line.run(2000)
    const pauses = line.heard.filter((samples) => meanPower(samples) < 1000).length
    assert.ok(pauses <= 7, `${pauses}`)
  })
})

describe('any stream at all', () => {
  it('plays on when a first packet is overtaken by more than the queue holds', () => {
    const line = new Line()
    const payload = line.payload(0)
    for (const [sequence, timestamp] of [
      [1000, 0x8000_0000],
      [1000 - 40, 0x7000_0000],
      [1000 - 64, 0x6000_0000],
    ] as const)
      line.buffer.packet(packet(sequence, timestamp, 7, payload, 0))
    line.run(500)
    assert.ok(line.heard.length > 0)
  })

  it('never makes the buffer throw, grow or stop giving samples', () => {
    const anyPacket = fc.record({
      sequence: fc.oneof(fc.nat(65535), fc.nat(100)),
      timestamp: fc.oneof(fc.nat(0xffffffff), fc.nat(20000)),
      ssrc: fc.nat(1),
      length: fc.nat(400),
      noise: fc.boolean(),
      reads: fc.nat(3),
    })
    const buffers = (['PCMU', 'G722'] as const).map((name) => new JitterBuffer(createCodec(name)))
    fc.assert(
      fc.property(fc.array(anyPacket, { maxLength: 60 }), (packets) => {
        let nowMs = 0
        for (const buffer of buffers) {
          const out = new Int16Array(buffer.codec.sampleRate / 50)
          for (const p of packets) {
            const payload = new Uint8Array(p.length).fill(p.length & 255)
            buffer.packet(packet(p.sequence, p.timestamp, p.ssrc, payload, nowMs, p.noise))
            for (let i = 0; i < p.reads; i++) buffer.read(out)
            nowMs += p.reads * 20
          }
          assert.ok(buffer.delayMs <= 400 && buffer.targetMs <= 200)
        }
      }),
      { numRuns: 300 },
    )
  })
})
