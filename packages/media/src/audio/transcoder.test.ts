import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { AudioPacket } from '../relay/audio-sink.ts'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import type { Codec } from './codec.ts'
import { createCodec } from './create-codec.ts'
import { loadOpus, OpusCodec } from './opus.ts'
import { Transcoder } from './transcoder.ts'

type Name = 'PCMA' | 'PCMU' | 'G722' | 'opus'

async function codec(name: Name, rate: 8000 | 16000 | 48000 = 16000): Promise<Codec> {
  await loadOpus()
  const made = createCodec(name, rate)
  if (made instanceof OpusCodec) await made.ready
  return made
}

/** A sender, the transcoder, and a receiver that decodes what arrives and keeps the pauses. */
async function rig(from: Name, to: Name, options: { ms?: number } = {}) {
  const ms = options.ms ?? 20
  const [encoder, decodes, encodes, decoder] = await Promise.all([codec(from), codec(from), codec(to), codec(to)])
  const heard: number[] = []
  const pauses: number[] = []
  const out = new Int16Array(6000)
  let ticks = 0
  const transcoder = new Transcoder(decodes, encodes, {
    sendFrame(payload, durationTicks, pauseTicks) {
      pauses.push(pauseTicks)
      ticks += durationTicks + pauseTicks
      heard.push(...out.subarray(0, decoder.decode(payload, out)))
    },
  })
  const tone = new ToneSource(sineCadence(500, -15), encoder.sampleRate)
  const frame = new Int16Array((encoder.sampleRate * ms) / 1000)
  const bytes = new Uint8Array(1500)
  const send = (sequence: number, options: { isLost?: boolean; pauseMs?: number } = {}) => {
    tone.read(frame)
    const length = encoder.encode(frame, bytes)
    if (options.isLost === true) return
    const timestamp = (((sequence * ms + (options.pauseMs ?? 0)) * encoder.clockRate) / 1000 + 0xffff_f000) >>> 0
    transcoder.packet(packetOf((sequence + 65530) & 0xffff, timestamp, bytes, length))
  }
  return { send, heard, pauses, decoder, transcoder, ticks: () => ticks }
}

function packetOf(sequence: number, timestamp: number, bytes: Uint8Array, payloadEnd: number): AudioPacket {
  return {
    payloadType: 8,
    marker: false,
    sequence,
    timestamp,
    ssrc: 5,
    bytes,
    payloadStart: 0,
    payloadEnd,
    arrivalMs: 0,
  }
}

describe('a transcoder', () => {
  const pairs: [Name, Name][] = [
    ['PCMA', 'PCMU'],
    ['PCMU', 'G722'],
    ['G722', 'PCMA'],
    ['opus', 'PCMA'],
    ['PCMA', 'opus'],
    ['opus', 'G722'],
  ]
  for (const [from, to] of pairs) {
    it(`carries a tone from ${from} to ${to} without a gap, packet by packet`, async () => {
      const { send, heard, pauses, decoder } = await rig(from, to)
      for (let i = 0; i < 60; i++) send(i)
      assert.equal(pauses.length, 60)
      assert.ok(pauses.every((pause) => pause === 0))
      const level = measureTone(Int16Array.from(heard.slice(-decoder.sampleRate / 2)), 500, decoder.sampleRate)
      assert.ok(Math.abs(level.levelDbov + 15) < 1.5 && level.share > 0.9, `${level.levelDbov} ${level.share}`)
    })
  }

  it('makes frames of 20 ms of packets of 30 ms', async () => {
    const { send, pauses, heard } = await rig('PCMA', 'opus', { ms: 30 })
    for (let i = 0; i < 40; i++) send(i)
    assert.equal(pauses.length, 60)
    assert.ok(measureTone(Int16Array.from(heard.slice(-8000)), 500, 16000).share > 0.9)
  })

  it('fills lost packets in, so that the timestamps go on evenly', async () => {
    for (const from of ['PCMA', 'opus'] as const) {
      const { send, pauses, heard } = await rig(from, 'PCMU')
      for (let i = 0; i < 60; i++) send(i, { isLost: i % 10 === 5 })
      assert.equal(pauses.length, 60)
      assert.ok(pauses.every((pause) => pause === 0))
      const sound = Int16Array.from(heard.slice(1600))
      const quietest = from === 'PCMA' ? 1e6 : 1e4
      for (let at = 0; at + 80 <= sound.length; at += 80) assert.ok(meanPower(sound, at, at + 80) > quietest)
    }
  })

  it('drops late and doubled packets', async () => {
    const { send, pauses, transcoder } = await rig('PCMA', 'PCMU')
    for (let i = 0; i < 10; i++) send(i)
    transcoder.packet(packetOf((8 + 65530) & 0xffff, 0, new Uint8Array(160), 160))
    transcoder.packet(packetOf((9 + 65530) & 0xffff, 0, new Uint8Array(160), 160))
    assert.equal(pauses.length, 10)
  })

  it('passes a pause on as a pause', async () => {
    const { send, pauses } = await rig('PCMA', 'opus')
    for (let i = 0; i < 10; i++) send(i)
    for (let i = 10; i < 20; i++) send(i, { pauseMs: 500 })
    assert.equal(pauses.length, 20)
    assert.equal(pauses[10], 24000)
    assert.equal(pauses.filter((pause) => pause > 0).length, 1)
  })

  it('takes any packets at all', async () => {
    const [from, to] = await Promise.all([codec('G722'), codec('PCMA')])
    let longest = 0
    const transcoder = new Transcoder(from, to, {
      sendFrame: (_, durationTicks, pauseTicks) => {
        longest = Math.max(longest, pauseTicks)
        assert.ok(durationTicks === 160 && pauseTicks >= 0 && Number.isInteger(pauseTicks))
      },
    })
    const any = fc.tuple(fc.nat(65535), fc.nat(0xffffffff), fc.nat(1), fc.nat(1400))
    fc.assert(
      fc.property(fc.array(any), (packets) => {
        for (const [sequence, timestamp, ssrc, length] of packets) {
          transcoder.packet({ ...packetOf(sequence, timestamp, new Uint8Array(1500), length), ssrc })
        }
      }),
    )
    assert.ok(longest <= 60 * 8000)
  })
})
