import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import type { AudioSource } from '../audio/audio-source.ts'
import { dtmfCadence } from '../tone/dtmf.ts'
import { ToneSource } from '../tone/tone-source.ts'
import { hearLeg, sendSource } from './feeds.ts'
import { agreedOn, LegRig } from './leg-rig.fixture.ts'

/** Samples that tell where they belong: each is louder than the one before, as far as A-law keeps that apart. */
function staircase(): AudioSource {
  let read = 0
  return {
    read(out) {
      for (let i = 0; i < out.length; i++) out[i] = 100 * Math.floor(read++ / 8)
      return true
    },
  }
}

async function played(agreed: AgreedAudio, ticks: number): Promise<LegRig> {
  const rig = await LegRig.open(agreed)
  const feed = sendSource(rig.leg, 'feed', staircase)
  for (let nowMs = 0; nowMs < ticks * 20; nowMs += 20) {
    rig.leg.tick(nowMs)
    feed.tick?.(nowMs)
  }
  feed.close()
  return rig
}

const bytesOf = ({ sent }: LegRig) => sent.flatMap(({ payload }) => [...payload])

describe('what is of our own making leaves in packets as the peer wants them', () => {
  for (const ptimeMs of [10, 30, 40, 60])
    it(`of ${ptimeMs} ms, with the same sound in the same order`, async () => {
      const usual = bytesOf(await played(agreedOn(), 12))
      const rig = await played(agreedOn({ sendPtimeMs: ptimeMs }), 12)
      assert.equal(rig.sent.length, 240 / ptimeMs)
      assert.deepEqual(bytesOf(rig), usual)
      const [first, ...others] = rig.sent
      others.forEach((packet, index) => {
        assert.equal((packet.timestamp - first!.timestamp) >>> 0, (index + 1) * ptimeMs * 8)
        assert.equal((packet.sequence - first!.sequence) & 0xffff, index + 1)
        assert.equal(packet.marker, false)
      })
    })

  it('to its end: what is left goes in a shorter packet', async () => {
    for (const sendPtimeMs of [10, 30, 60]) {
      const rig = await LegRig.open(agreedOn({ sendPtimeMs }))
      const feed = sendSource(rig.leg, 'overlay', (rate) => new ToneSource(dtmfCadence('5', 60), rate))
      let nowMs = 0
      for (let goesOn = true; goesOn; nowMs += 20) {
        rig.leg.tick(nowMs)
        goesOn = feed.tick?.(nowMs) === true
      }
      assert.equal(bytesOf(rig).length, nowMs * 8, `${sendPtimeMs} ms`)
      feed.close()
    }
  })

  it('and what was begun before a pause is not heard after it', async () => {
    const rig = await LegRig.open(agreedOn({ sendPtimeMs: 30 }))
    const frames = rig.leg.frameSink('feed')
    const say = (nowMs: number, byte: number, pauseTicks = 0) => {
      rig.leg.setNow(nowMs)
      frames.sendFrame(new Uint8Array(160).fill(byte), 160, pauseTicks)
    }
    say(0, 1)
    say(1000, 2)
    say(1020, 2)
    say(2020, 3, 7840)
    say(2040, 3)
    const [first, second] = rig.sent
    assert.deepEqual(
      rig.sent.map(({ payload }) => [payload.length, ...new Set(payload)]),
      [
        [240, 2],
        [240, 3],
      ],
    )
    assert.ok(second!.marker)
    assert.equal(second!.timestamp - first!.timestamp, (2020 - 1000) * 8)
  })
})

describe('packets of one leg on their way to another', () => {
  it('pass as they are where the other one likes shorter ones', async () => {
    const [a, b] = [await LegRig.open(), await LegRig.open(agreedOn({ sendPtimeMs: 10 }))]
    const feed = hearLeg(b.leg, a.leg)
    for (let i = 0; i < 5; i++) a.receive(8, i, i * 240, new Uint8Array(240).fill(0x55), i * 30)
    assert.deepEqual(
      b.sent.map(({ payload }) => payload.length),
      [240, 240, 240, 240, 240],
    )
    feed.close()
  })

  it('are cut where the other one takes no longer ones', async () => {
    const [a, b] = [await LegRig.open(), await LegRig.open(agreedOn({ sendMaxPtimeMs: 20 }))]
    const feed = hearLeg(b.leg, a.leg)
    for (let i = 0; i < 5; i++) a.receive(8, i, i * 480, new Uint8Array(480).fill(0x30 + i), i * 60)
    assert.ok(b.sent.every(({ payload }) => payload.length === 160))
    assert.deepEqual(
      b.sent.map(({ payload }) => payload[0]),
      [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4].map((i) => 0x30 + i),
    )
    feed.close()
  })
})
