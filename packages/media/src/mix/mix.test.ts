import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createCodec } from '../audio/create-codec.ts'
import { loadOpus, OpusCodec } from '../audio/opus.ts'
import { measureTone, meanPower } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { Conference, type ConferenceMember } from './conference.ts'
import { Limiter } from './limiter.ts'
import { Mixer } from './mixer.ts'

const tickSamples = 320
const lateSamples = 80

describe('a mixer', () => {
  it('lets each member hear the exact sum of the others and nothing of itself, while it fits', () => {
    const frames = fc.array(
      fc.array(fc.integer({ min: -8000, max: 8000 }), { minLength: tickSamples, maxLength: tickSamples }),
      { minLength: 2, maxLength: 4 },
    )
    fc.assert(
      fc.property(frames, (voices) => {
        const mixer = new Mixer({ mostSpeakers: 4 })
        const places = voices.map(() => mixer.join())
        mixer.tick()
        for (let n = 0; n < 3; n++) {
          for (const [i, place] of places.entries()) place.input.set(voices[i] as number[])
          mixer.tick()
        }
        for (const [i, place] of places.entries()) {
          for (let at = 0; at < tickSamples; at++) {
            const from = (at + tickSamples - lateSamples) % tickSamples
            const others = voices.reduce((sum, voice, k) => (k === i ? sum : sum + (voice[from] as number)), 0)
            assert.equal(place.output[at], others)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  it('never clips, however loud its members are', () => {
    const level = fc.integer({ min: -32768, max: 32767 })
    fc.assert(
      fc.property(fc.array(level, { minLength: 40, maxLength: 40 }), fc.integer({ min: 2, max: 6 }), (levels, size) => {
        const mixer = new Mixer({ mostSpeakers: 6 })
        const places = Array.from({ length: size }, () => mixer.join())
        for (const start of levels) {
          for (const place of places) place.input.fill(start)
          mixer.tick()
          for (const place of places) for (const sample of place.output) assert.ok(Math.abs(sample) <= 32001)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('gives silence to who is alone and does not let others hear who is muted', () => {
    const mixer = new Mixer()
    const alone = mixer.join()
    alone.input.fill(5000)
    mixer.tick()
    mixer.tick()
    assert.equal(meanPower(alone.output), 0)
    const other = mixer.join()
    alone.isMuted = true
    for (let i = 0; i < 4; i++) mixer.tick()
    assert.equal(meanPower(other.output), 0)
    alone.isMuted = false
    for (let i = 0; i < 3; i++) mixer.tick()
    assert.equal(other.output[200], 5000)
    mixer.leave(alone)
    for (let i = 0; i < 2; i++) mixer.tick()
    assert.equal(meanPower(other.output), 0)
  })

  it('lets somebody be heard by some alone, who hear all others too, and changes that while they speak', () => {
    const mixer = new Mixer()
    const customer = mixer.join()
    const agent = mixer.join({ as: 'agent' })
    const supervisor = mixer.join({ heardBy: 'agent' })
    const speak = (ticks: number): void => {
      for (let n = 0; n < ticks; n++) {
        customer.input.fill(1000)
        agent.input.fill(200)
        supervisor.input.fill(3000)
        mixer.tick()
      }
    }
    speak(4)
    assert.equal(customer.output[300], 200, 'the customer hears the agent alone')
    assert.equal(agent.output[300], 4000, 'the agent hears both')
    assert.equal(supervisor.output[300], 1200, 'the supervisor hears both, and nothing of itself')
    supervisor.heardBy = undefined
    speak(4)
    assert.deepEqual(
      [customer, agent, supervisor].map(({ output }) => output[300]),
      [3200, 4000, 1200],
    )
    supervisor.isMuted = true
    speak(4)
    assert.deepEqual(
      [customer, agent, supervisor].map(({ output }) => output[300]),
      [200, 1000, 1200],
    )
  })

  it('lets an agent who is silent hear what is said to them alone', () => {
    const mixer = new Mixer()
    const customer = mixer.join()
    const agent = mixer.join({ as: 'agent', isMuted: true })
    const supervisor = mixer.join({ heardBy: 'agent' })
    for (let n = 0; n < 4; n++) {
      supervisor.input.fill(3000)
      mixer.tick()
    }
    assert.equal(agent.output[300], 3000)
    assert.equal(meanPower(customer.output), 0)
  })

  it('lets only the loudest be heard when there are more than it may carry, and they keep the floor', () => {
    const mixer = new Mixer({ mostSpeakers: 2 })
    const places = Array.from({ length: 10 }, () => mixer.join())
    for (const [i, place] of places.entries()) place.input.fill(100 * (i + 1))
    for (let i = 0; i < 5; i++) mixer.tick()
    assert.deepEqual(
      places.flatMap((place, i) => (place.isHeard ? [i] : [])),
      [8, 9],
    )
    assert.equal(places[0]?.output[100], 1900)
    places[0]?.input.fill(1100)
    for (let i = 0; i < 20; i++) mixer.tick()
    assert.equal(places[0]?.isHeard, false)
    places[9]?.input.fill(0)
    for (let i = 0; i < 40; i++) mixer.tick()
    assert.equal(places[0]?.isHeard, true)
  })
})

describe('a limiter', () => {
  it('turns a loud sine down without distorting it', () => {
    const limiter = new Limiter(16000)
    const sum = new Float64Array(320)
    const heard = new Int16Array(320 * 50)
    for (let n = 0; n < 50; n++) {
      for (let i = 0; i < 320; i++) sum[i] = 90000 * Math.sin((2 * Math.PI * 500 * (n * 320 + i)) / 16000)
      limiter.process(sum, heard.subarray(n * 320, n * 320 + 320))
    }
    assert.ok(measureTone(heard.subarray(3200), 500, 16000).share > 0.999)
  })
})

/** Conference legs that send a sine each, and keep what they hear. */
async function confer(names: readonly ('PCMA' | 'G722' | 'opus')[], ms: number): Promise<Int16Array[]> {
  const conference = new Conference()
  await loadOpus()
  const legs = []
  for (const [i, name] of names.entries()) {
    const own = createCodec(name, 16000)
    const encoder = createCodec(name, 16000)
    const decoder = createCodec(name, 16000)
    for (const codec of [own, encoder, decoder]) if (codec instanceof OpusCodec) await codec.ready
    const heard: number[] = []
    const decoded = new Int16Array(2000)
    const sendFrame = (payload: Uint8Array): void => {
      const count = decoder.decode(payload, decoded)
      for (let at = 0; at < count; at++) heard.push(decoded[at] as number)
    }
    const member: ConferenceMember = conference.join(own, { sendFrame })
    const tone = new ToneSource(sineCadence(400 * (i + 1), -20), encoder.sampleRate)
    legs.push({ own, encoder, decoder, member, tone, heard })
  }
  const payload = new Uint8Array(1500)
  for (let n = 0; n * 20 < ms; n++) {
    for (const leg of legs) {
      const frame = new Int16Array(leg.encoder.sampleRate / 50)
      leg.tone.read(frame)
      const bytes = leg.encoder.encode(frame, payload)
      const ticks = (n * leg.encoder.clockRate) / 50
      leg.member.packet({
        payloadType: 0,
        marker: false,
        sequence: n,
        timestamp: ticks,
        ssrc: 1,
        bytes: payload,
        payloadStart: 0,
        payloadEnd: bytes,
        arrivalMs: n * 20,
      })
    }
    conference.tick()
  }
  for (const leg of legs) {
    leg.own.close()
    leg.encoder.close()
    leg.decoder.close()
  }
  return legs.map((leg) => Int16Array.from(leg.heard.slice(-leg.decoder.sampleRate / 2)))
}

describe('a conference', () => {
  it('of G.711, G.722 and Opus lets each hear the two others and not itself', async () => {
    const rates = [8000, 16000, 16000]
    const heard = await confer(['PCMA', 'G722', 'opus'], 2000)
    for (const [i, sound] of heard.entries()) {
      const rate = rates[i] as number
      for (let k = 0; k < 3; k++) {
        const level = measureTone(sound, 400 * (k + 1), rate).levelDbov
        if (k === i) assert.ok(level < -45, `${i} hears itself at ${level}`)
        else assert.ok(Math.abs(level + 20) < 2, `${i} hears ${k} at ${level}`)
      }
    }
  })
})
