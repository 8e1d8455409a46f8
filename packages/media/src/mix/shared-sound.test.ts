import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CodecName } from '@vaxel/core'
import { createCodec } from '../audio/create-codec.ts'
import { loadOpus, OpusCodec } from '../audio/opus.ts'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { Conference, type ConferenceMember } from './conference.ts'
import { WatchedConference } from './watched-conference.ts'

/** A leg of a conference that says a tone when it wants to, and keeps what it hears. */
class Leg {
  readonly member: ConferenceMember
  readonly heard: number[] = []
  readonly payloads: string[] = []
  isTalking = false
  readonly #encoder
  readonly #tone: ToneSource
  readonly #payload = new Uint8Array(1500)
  readonly #silence: Int16Array
  #n = 0

  constructor(conference: Conference, name: CodecName, toneHz: number) {
    const decoder = createCodec(name, 16_000)
    this.#encoder = createCodec(name, 16_000)
    this.#tone = new ToneSource(sineCadence(toneHz, -20), this.#encoder.sampleRate)
    this.#silence = new Int16Array(this.#encoder.sampleRate / 50)
    const decoded = new Int16Array(2000)
    this.member = conference.join(createCodec(name, 16_000), {
      sendFrame: (payload) => {
        this.payloads.push(Buffer.from(payload).toString('base64'))
        const count = decoder.decode(payload, decoded)
        for (let at = 0; at < count; at++) this.heard.push(decoded[at] as number)
      },
    })
  }

  get rateHz(): number {
    return this.#encoder.sampleRate
  }

  talk(): void {
    const frame = new Int16Array(this.#silence.length)
    if (this.isTalking) this.#tone.read(frame)
    const bytes = this.#encoder.encode(frame, this.#payload)
    const sequence = this.#n++
    this.member.packet({
      payloadType: 0,
      marker: false,
      sequence,
      timestamp: (sequence * this.#encoder.clockRate) / 50,
      ssrc: 1,
      bytes: this.#payload,
      payloadStart: 0,
      payloadEnd: bytes,
      arrivalMs: sequence * 20,
    })
  }
}

async function room(names: readonly CodecName[], mostSpeakers = 2): Promise<{ conference: Conference; legs: Leg[] }> {
  await loadOpus()
  const probe = new OpusCodec({ sampleRate: 16_000 })
  await probe.ready
  probe.close()
  const conference = new Conference({ mostSpeakers })
  return { conference, legs: names.map((name, i) => new Leg(conference, name, 400 + 250 * i)) }
}

function run(conference: Conference, legs: readonly Leg[], ticks: number): void {
  for (let n = 0; n < ticks; n++) {
    for (const leg of legs) leg.talk()
    conference.tick()
  }
}

describe('a conference of more people than may speak', () => {
  it('encodes once for all who do not speak, with each codec', async () => {
    const { conference, legs } = await room(['PCMA', 'PCMA', 'PCMA', 'G722', 'G722', 'PCMA'])
    legs[0]!.isTalking = true
    run(conference, legs, 60)
    const last = legs.map(({ payloads }) => payloads.slice(-20))
    assert.deepEqual(last[1], last[2])
    assert.deepEqual(last[1], last[5])
    assert.deepEqual(last[3], last[4])
    assert.notDeepEqual(last[0], last[1])
  })

  for (const name of ['PCMA', 'G722', 'opus'] as const)
    it(`lets a ${name} listener begin and stop speaking without a seam in what it hears`, async () => {
      const { conference, legs } = await room([name, 'PCMA', 'PCMA', 'PCMA'])
      const [listener, speaker] = legs as [Leg, Leg, Leg, Leg]
      speaker.isTalking = true
      run(conference, legs, 75)
      for (let turn = 0; turn < 4; turn++) {
        listener.isTalking = true
        run(conference, legs, 30)
        listener.isTalking = false
        run(conference, legs, 45)
      }
      const { rateHz } = listener
      const heard = Int16Array.from(listener.heard).subarray(rateHz)
      const window = rateHz / 50
      let least = 1
      for (let at = 0; at + window <= heard.length; at += window)
        least = Math.min(least, measureTone(heard.subarray(at, at + window), 650, rateHz).share)
      // A click spreads over all frequencies; a seam of one sample of this tone would leave less than 0.9.
      assert.ok(least > (name === 'opus' ? 0.9 : 0.97), `a window is the tone by only ${least}`)
    })

  it('plays to all of them what is announced, over what is said', async () => {
    const { conference, legs } = await room(['PCMA', 'G722', 'PCMA', 'PCMA'])
    legs[0]!.isTalking = true
    run(conference, legs, 30)
    const tone = new ToneSource(
      { steps: [{ frequenciesHz: [1500], durationMs: 200 }], isRepeated: false, levelDbov: -20 },
      conference.sampleRate,
    )
    conference.play(tone)
    run(conference, legs, 12)
    for (const leg of legs) {
      const last = Int16Array.from(leg.heard.slice(-leg.rateHz / 5))
      assert.ok(measureTone(last, 1500, leg.rateHz).levelDbov > -27)
    }
    run(conference, legs, 10)
    const after = Int16Array.from(legs[2]!.heard.slice(-800))
    assert.ok(measureTone(after, 1500, 8000).levelDbov < -50)
  })

  it('lets nobody hear what was said while muted, also not afterwards', async () => {
    const { conference, legs } = await room(['PCMA', 'PCMA', 'PCMA'])
    legs[0]!.member.setHeard({ muted: true })
    legs[0]!.isTalking = true
    run(conference, legs, 40)
    legs[0]!.isTalking = false
    legs[0]!.member.setHeard({ muted: false })
    run(conference, legs, 40)
    for (const leg of legs.slice(1)) assert.ok(meanPower(Int16Array.from(leg.heard)) < 200)
  })
})

describe('a conference that is watched', () => {
  it('tells who speaks four times a second, and once that nobody does', () => {
    const told: number[] = []
    const conference = new WatchedConference((speakers) => told.push(speakers.length))
    let speakers: { leg: never; levelDbov: number }[] = []
    const tick = (count: number): void => {
      for (let n = 0; n < count; n++) conference.tick(() => speakers)
    }
    tick(50)
    assert.deepEqual(told, [])
    conference.watch(true)
    tick(50)
    assert.deepEqual(told, [])
    speakers = [{ leg: 'a' as never, levelDbov: -20 }]
    tick(48)
    assert.equal(told.length, 4)
    speakers = []
    tick(48)
    assert.deepEqual(told, [1, 1, 1, 1, 0])
  })
})
