import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hearLeg } from './feeds.ts'
import { agreedOn, LegRig } from './leg-rig.fixture.ts'

const pcmu = { codec: 'PCMU', sendPayloadType: 0, receive: [{ payloadType: 0, codec: 'PCMU' }] } as const

/** A hears B in another codec; each packet of A is sent at 20 ms times its index, and arrives when `arrival` says. */
async function steps(arrivalMs: (i: number) => number, timestamp = (i: number) => i * 160): Promise<number[]> {
  const [a, b] = [await LegRig.open(), await LegRig.open(agreedOn(pcmu))]
  const feed = hearLeg(b.leg, a.leg)
  let nowMs = 0
  for (let i = 0; i < 100; i++) {
    for (; nowMs < arrivalMs(i); nowMs += 20) {
      b.leg.tick(nowMs)
      feed.tick?.(nowMs)
    }
    a.receive(8, i, timestamp(i), new Uint8Array(160).fill(0x55), arrivalMs(i))
  }
  feed.close()
  return b.sent.slice(1).map((packet, i) => (packet.timestamp - b.sent[i]!.timestamp) >>> 0)
}

describe('what a leg hears in another codec', () => {
  it('keeps its time through a line that stalls: what was late comes in a burst, and nothing is added to the delay', async () => {
    for (const stallMs of [100, 300, 600, 900]) {
      const endMs = 30 * 20 + stallMs
      const all = await steps((i) => (i > 30 ? Math.max(endMs, i * 20) : i * 20))
      assert.deepEqual(new Set(all), new Set([160]), `${stallMs} ms`)
      assert.equal(all.length, 99)
    }
  })

  it('keeps a pause that the speaker tells by its time stamps', async () => {
    const pausedMs = (i: number) => (i > 30 ? 700 : 0)
    const all = await steps(
      (i) => i * 20 + pausedMs(i),
      (i) => (i * 20 + pausedMs(i)) * 8,
    )
    assert.deepEqual(
      all.filter((step) => step !== 160),
      [160 + 700 * 8],
    )
  })
})
