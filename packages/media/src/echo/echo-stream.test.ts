import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { LegCounters } from '../engine/media-plane.ts'
import { EchoStream } from './echo-stream.ts'

const counters = (more: Partial<LegCounters> = {}): LegCounters => ({
  received: { packets: 90, lossRatio: 0.1, jitterMs: 4 },
  sent: { packets: 50, lossRatio: 0.02, jitterMs: 3 },
  ...more,
})
const silent = counters({ received: { packets: 0, lossRatio: 0, jitterMs: 0 } })

function stream() {
  const clock = new VirtualClock()
  let overs = 0
  const made = new EchoStream({ checkId: 'c', port: 50_000, clock, onOver: () => (overs += 1) })
  return { made, clock, overs: () => overs }
}

describe('a stream of a check', () => {
  it('waits, keys and runs, by what has come', () => {
    const { made } = stream()
    assert.equal(made.figures(undefined).state, 'waiting')
    assert.equal(made.figures(silent).state, 'waiting')
    assert.equal(made.figures({ ...silent, heard: true }).state, 'keying')
    made.see({ kind: 'audioStarted' })
    assert.equal(made.figures(silent).state, 'running')
  })

  it('says how many packets were lost each way', () => {
    const { made } = stream()
    const { packets, lost, sent, sentLost, tos, roundTripMs } = made.figures(
      counters({ trafficClass: 184, roundTripMs: 12 }),
    )
    assert.deepEqual(
      { packets, lost, sent, sentLost, tos, roundTripMs },
      { packets: 90, lost: 10, sent: 50, sentLost: 1, tos: 184, roundTripMs: 12 },
    )
  })

  it('ends by itself when no audio comes within half a minute', () => {
    const { made, clock, overs } = stream()
    clock.advance(29_999)
    assert.equal(overs(), 0)
    clock.advance(1)
    assert.equal(overs(), 1)
    assert.equal(made.figures(undefined).state, 'ended')
  })

  it('ends by itself when its peer has gone without a word, and not when it is heard again', () => {
    const { made, clock, overs } = stream()
    made.see({ kind: 'audioStarted' })
    clock.advance(600_000)
    made.see({ kind: 'quiet' })
    clock.advance(14_999)
    made.see({ kind: 'heard' })
    clock.advance(600_000)
    assert.equal(overs(), 0)
    made.see({ kind: 'quiet' })
    clock.advance(15_000)
    assert.equal(overs(), 1)
  })

  it('keeps its last figures after its end', () => {
    const { made } = stream()
    made.see({ kind: 'audioStarted' })
    made.end(counters())
    assert.deepEqual([made.figures(undefined).state, made.figures(undefined).packets], ['ended', 90])
    made.see({ kind: 'failed', reason: 'late' })
    assert.equal(made.figures(undefined).state, 'ended')
  })

  it('says why it failed', () => {
    const { made, overs } = stream()
    made.see({ kind: 'failed', reason: 'dtls-fingerprint' })
    made.end(undefined)
    assert.deepEqual(
      [made.figures(undefined).state, made.figures(undefined).reason, overs()],
      ['failed', 'dtls-fingerprint', 1],
    )
  })
})
