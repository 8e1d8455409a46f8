import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { alawToLinear, G711Codec } from '../audio/g711.ts'
import { PeerVoice } from '../audio/peer-voice.ts'
import { TelephoneEventReceiver } from '../rtp/telephone-event.ts'
import { callProgressTone } from '../tone/call-progress.ts'
import { meanPower } from '../tone/goertzel.ts'
import { ToneSource } from '../tone/tone-source.ts'
import { type Feed, hearLeg } from './feeds.ts'
import { agreedOn, LegRig } from './leg-rig.fixture.ts'

const events = { payloadType: 101, rateHz: 8000 }

/** The digits that a peer understands of what it was sent. */
function digitsIn(rig: LegRig, rateHz = 8000): [string, number][] {
  const digits: [string, number][] = []
  const receiver = new TelephoneEventReceiver((digit, durationMs) => digits.push([digit, durationMs]))
  for (const { payloadType, timestamp, payload } of rig.sent)
    if (payloadType === events.payloadType) receiver.receive(payload, 0, 4, { timestamp, ssrc: 1 }, rateHz, 0)
  return digits
}

const withEventsAt = (rateHz: number) => {
  const events = { payloadType: 101, rateHz }
  return agreedOn({ receiveEvents: [events], sendEvents: events })
}

const eventOf = (event: number, isEnd: boolean, ticks: number) =>
  Uint8Array.of(event, isEnd ? 0x8a : 10, ticks >> 8, ticks & 255)

describe('digits that pass from one leg to another', () => {
  it('are heard once each when the end of one is overtaken by the next', async () => {
    const [a, b] = [await LegRig.open(), await LegRig.open()]
    hearLeg(b.leg, a.leg)
    a.receive(101, 1, 1000, eventOf(1, false, 160), 0)
    a.receive(101, 2, 1000, eventOf(1, true, 800), 100)
    a.receive(101, 4, 2000, eventOf(2, false, 160), 125)
    a.receive(101, 3, 1000, eventOf(1, true, 800), 126)
    a.receive(101, 5, 2000, eventOf(2, true, 800), 225)
    a.receive(101, 6, 2000, eventOf(2, true, 800), 226)
    assert.deepEqual(digitsIn(b), [
      ['1', 100],
      ['2', 100],
    ])
  })

  for (const [from, to] of [
    [8000, 8000],
    [8000, 48_000],
    [48_000, 8000],
  ] as const)
    it(`are heard once however long they are held, at ${from} Hz and passed on at ${to} Hz`, async () => {
      const [a, b] = [await LegRig.open(withEventsAt(from)), await LegRig.open(withEventsAt(to))]
      hearLeg(b.leg, a.leg)
      const tick = from / 50
      let [start, ticks] = [1000, 0]
      for (let packets = 1; packets <= 500; packets++) {
        if (ticks + tick > 0xffff) [start, ticks] = [start + ticks, 0]
        ticks += tick
        // A stall of the line brings some late, and some never.
        if (packets % 7 > 2) a.receive(101, packets, start, eventOf(9, false, ticks), packets * 20 + (packets % 3))
      }
      for (let end = 1; end <= 3; end++) a.receive(101, 500 + end, start, eventOf(9, true, ticks), 10_000 + end)
      assert.deepEqual(digitsIn(b, to), [['9', 10_000]])
    })

  it('are heard once when no more than their ends arrive, and these at a rate at which they are too long', async () => {
    const [a, b] = [await LegRig.open(), await LegRig.open(withEventsAt(48_000))]
    hearLeg(b.leg, a.leg)
    for (let end = 1; end <= 3; end++) a.receive(101, end, 1000, eventOf(9, true, 16_000), end)
    assert.deepEqual(digitsIn(b, 48_000), [['9', Math.round(0xffff / 48)]])
  })
})

describe('digits that a leg sends', () => {
  it('leave it able to speak when a new agreement has no place for them', async () => {
    const { leg, sent } = await LegRig.open()
    assert.ok(leg.sendDigit('5', 1000))
    for (let nowMs = 0; nowMs < 100; nowMs += 20) leg.tick(nowMs)
    const { sendEvents: _, ...agreed } = agreedOn()
    leg.configure(agreed, 100)
    sent.length = 0
    leg.frameSink('feed').sendFrame(new Uint8Array(160), 160, 0)
    assert.equal(sent.length, 1)
    assert.ok(leg.mayRest)
  })
})

describe('what a new agreement changes', () => {
  it('is the codec that comfort noise belongs to, where the old one does not come any more', async () => {
    const rig = await LegRig.open()
    const heard: [string, boolean][] = []
    rig.leg.sinks.add({ audio: (_, codec, isNoise) => void heard.push([codec, isNoise]), event() {} })
    rig.receive(8, 1, 160, new Uint8Array(160), 20)
    rig.leg.configure(agreedOn({ codec: 'G722', sendPayloadType: 9, receive: [{ payloadType: 9, codec: 'G722' }] }), 30)
    assert.equal(rig.leg.codec, 'G722')
    rig.receive(13, 2, 320, new Uint8Array([60]), 40)
    assert.deepEqual(heard, [
      ['PCMA', false],
      ['G722', true],
    ])
  })
})

describe('a peer that changes its codec', () => {
  const receive = [
    { payloadType: 8, codec: 'PCMA' },
    { payloadType: 9, codec: 'G722' },
  ] as const

  async function heardOf(payloadTypeAt: (i: number) => number, packets: number): Promise<string[]> {
    const rig = await LegRig.open(agreedOn({ receive }))
    const heard: string[] = []
    rig.leg.sinks.add({ audio: (_, codec) => void heard.push(codec) })
    for (let i = 0; i < packets; i++) rig.receive(payloadTypeAt(i), i, i * 160, new Uint8Array(160), i * 20)
    return heard
  }
  const changesIn = (heard: string[]) => heard.filter((codec, i) => i > 0 && codec !== heard[i - 1]).length

  it('is heard without a gap, also where packets of before come late', async () => {
    const heard = await heardOf((i) => (i < 50 || i === 51 || i === 53 ? 8 : 9), 100)
    assert.equal(heard.length, 100)
    assert.equal(changesIn(heard), 5)
  })

  it('with each packet makes no decoder for each', async () => {
    const heard = await heardOf((i) => (i % 2 ? 8 : 9), 3000)
    assert.ok(changesIn(heard) <= 5 * 61, String(changesIn(heard)))
    assert.ok(heard.length > 1500, String(heard.length))
  })
})

describe('a peer that sends two sources at once', () => {
  it('is heard with one of them', async () => {
    const rig = await LegRig.open()
    const voice = new PeerVoice(new G711Codec('PCMA'))
    rig.leg.sinks.add({ audio: (packet) => voice.packet(packet) })
    const [loud, frame] = [new Uint8Array(160).fill(0x2a), new Int16Array(160)]
    let heard = 0
    for (let i = 0; i < 100; i++) {
      rig.receive(8, i, i * 160, loud, i * 20, 1)
      rig.receive(8, i + 9000, i * 160 + 77_777, loud, i * 20 + 10, 2)
      voice.read(frame)
      if (meanPower(frame) > 1_000_000) heard++
    }
    assert.ok(heard > 90, String(heard))
  })

  it('is heard with the other one from its second packet on, and at once after a pause', async () => {
    const rig = await LegRig.open()
    const heard: number[] = []
    rig.leg.sinks.add({ audio: ({ ssrc }) => void heard.push(ssrc) })
    const sent = [1, 1, 1, 2, 1, 2, 2, 2]
    for (const [i, ssrc] of sent.entries()) rig.receive(8, i + ssrc * 5000, i * 160, new Uint8Array(160), i * 20, ssrc)
    rig.receive(8, 1, 0, new Uint8Array(160), 400, 3)
    assert.deepEqual(heard, [1, 1, 1, 1, 2, 2, 3])
  })

  it('is understood with digits that have a source of their own (RFC 4733 §2.2)', async () => {
    const rig = await LegRig.open()
    let heard = 0
    rig.leg.sinks.add({ audio: () => void heard++ })
    for (let i = 0; i < 10; i++) {
      rig.receive(8, i, i * 160, new Uint8Array(160), i * 20, 1)
      rig.receive(101, i, 0, eventOf(5, i === 9, (i + 1) * 160), i * 20, 2)
    }
    assert.equal(heard, 10)
    assert.deepEqual(rig.digits, ['5'])
  })
})

describe('a peer that sends nothing', () => {
  async function silencesAfter(payloadType: number, forMs: number): Promise<number[]> {
    const rig = await LegRig.open(agreedOn({ comfortNoise: { payloadType: 13 } }))
    rig.receive(8, 1, 0, new Uint8Array(160), 0)
    rig.receive(payloadType, 2, 160, Uint8Array.of(60), 20)
    rig.receive(101, 3, 320, eventOf(1, true, 800), 20)
    for (let nowMs = 40; nowMs <= forMs; nowMs += 20) rig.leg.tick(nowMs)
    return rig.silences
  }

  it('is told as silent, again and again', async () => {
    assert.deepEqual(await silencesAfter(8, 30_100), [10_000, 20_000, 30_000])
  })

  it('is not, for ten minutes, after it said by comfort noise that it pauses (RFC 3389)', async () => {
    assert.deepEqual(await silencesAfter(13, 600_000), [])
    assert.deepEqual(await silencesAfter(13, 610_100), [600_000, 610_000])
  })
})

describe('who hears a peer that pauses', () => {
  const comfortNoise = { payloadType: 13 }
  const pcmu = { codec: 'PCMU', sendPayloadType: 0, receive: [{ payloadType: 0, codec: 'PCMU' }] } as const

  it('gets silence where the comfort noise of the peer does not reach it, as in another codec', async () => {
    const [a, b] = [
      await LegRig.open(agreedOn({ comfortNoise })),
      await LegRig.open(agreedOn({ ...pcmu, comfortNoise })),
    ]
    const feed = hearLeg(b.leg, a.leg)
    a.receive(8, 1, 0, new Uint8Array(160), 0)
    a.receive(13, 2, 160, Uint8Array.of(60), 20)
    b.sent.length = 0
    passTime(b, feed, 20, 5000)
    assert.ok(b.sent.length > 150, String(b.sent.length))
    feed.close()
  })

  it('gets silence also after comfort noise, once the peer holds', async () => {
    const [a, b] = [await LegRig.open(agreedOn({ comfortNoise })), await LegRig.open(agreedOn({ comfortNoise }))]
    const feed = hearLeg(b.leg, a.leg)
    a.receive(8, 1, 0, new Uint8Array(160), 0)
    a.receive(13, 2, 160, Uint8Array.of(60), 20)
    b.sent.length = 0
    passTime(b, feed, 20, 5000)
    assert.equal(b.sent.length, 0)
    a.leg.configure(agreedOn({ comfortNoise, direction: 'inactive', peerDirection: 'inactive' }), 5000)
    passTime(b, feed, 5000, 8000)
    assert.ok(b.sent.length > 50, String(b.sent.length))
    feed.close()
  })

  it('gets no silence in the middle of a key that the peer holds down', async () => {
    const [a, b] = [await LegRig.open(), await LegRig.open()]
    const feed = hearLeg(b.leg, a.leg)
    a.receive(8, 1, 0, new Uint8Array(160), 0)
    for (let packets = 1; packets <= 150; packets++) {
      a.receive(101, packets + 1, 160, eventOf(1, packets === 150, packets * 160), packets * 20)
      passTime(b, feed, packets * 20, packets * 20 + 20)
    }
    assert.deepEqual([...new Set(b.sent.slice(1).map(({ payloadType }) => payloadType))], [101])
    feed.close()
  })
})

function passTime({ leg }: LegRig, feed: Feed, fromMs: number, toMs: number): void {
  for (let nowMs = fromMs; nowMs < toMs; nowMs += 20) {
    leg.tick(nowMs)
    feed.tick?.(nowMs)
  }
}

describe('a short sound that is added to what a leg hears', () => {
  const comfortNoise = { payloadType: 13 }
  for (const [name, agreed] of [
    ['nothing', agreedOn()],
    ['comfort noise', agreedOn({ comfortNoise })],
  ] as const)
    it(`is heard also while the other one sends ${name}, once`, async () => {
      const [a, b] = [await LegRig.open(agreed), await LegRig.open(agreed)]
      const feed = hearLeg(b.leg, a.leg)
      a.receive(8, 1, 0, new Uint8Array(160).fill(0xd5), 0)
      if (agreed.comfortNoise) a.receive(13, 2, 160, Uint8Array.of(60), 20)
      passTime(b, feed, 20, 3000)
      b.sent.length = 0
      feed.addSound?.((sampleRate) => new ToneSource(callProgressTone('recorded', 'se'), sampleRate))
      // Some say again and again that they pause.
      for (let i = 0; i < 15; i++) {
        if (agreed.comfortNoise) a.receive(13, 3 + i, 160, Uint8Array.of(60), 3000 + i * 200)
        passTime(b, feed, 3000 + i * 200, 3200 + i * 200)
      }
      const speech = b.sent.filter(({ payloadType }) => payloadType === 8)
      const loud = speech.filter(({ payload }) => payload.some((byte) => Math.abs(alawToLinear[byte]!) > 1000))
      assert.ok(loud.length >= 10 && loud.length <= 11, `${loud.length} packets of 20 ms`)
      feed.close()
    })
})
