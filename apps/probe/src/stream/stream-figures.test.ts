import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type EchoedPacket, meanJitterMs, streamFigures } from './stream-figures.ts'

/** Packets every 20 ms that take so long up and down; a delay of undefined is a loss. */
function line(
  count: number,
  up: (i: number) => number | undefined,
  down: (i: number) => number | undefined,
): readonly EchoedPacket[] {
  let serverCount = 0
  const echoed: EchoedPacket[] = []
  for (let i = 0; i < count; i += 1) {
    const [there, back] = [up(i), down(i)]
    if (there === undefined) continue
    serverCount += 1
    if (back === undefined) continue
    const sentMs = i * 20
    echoed.push({
      sequence: i,
      sentMs,
      serverMs: sentMs + there - 90_000,
      arrivedMs: sentMs + there + back,
      serverCount,
    })
  }
  return echoed
}

describe('figures of a stream', () => {
  it('tells loss up from loss down by what the server counted', () => {
    const echoed = line(
      1000,
      (i) => (i % 50 === 7 ? undefined : 10),
      (i) => (i % 20 === 3 ? undefined : 10),
    )
    const figures = streamFigures(1000, echoed)!
    assert.equal(figures.lossUpPercent, 2)
    assert.equal(figures.lossDownPercent, 5.1)
    assert.equal(figures.roundTripMs.p50, 20)
  })

  it('blames nobody for packets after the last answer, and counts the longest gap', () => {
    const echoed = line(
      100,
      (i) => (i >= 90 || (i >= 40 && i < 45) ? undefined : 5),
      () => 5,
    )
    const figures = streamFigures(100, echoed)!
    assert.equal(figures.silentAtEnd, 10)
    assert.equal(figures.longestGap, 5)
    assert.equal(figures.lossUpPercent, 5.56)
    assert.equal(figures.lossDownPercent, 0)
  })

  it('keeps jitter of each direction apart, whatever the zero of the server’s clock', () => {
    const figures = streamFigures(
      2000,
      line(
        2000,
        (i) => 10 + (i % 2) * 8,
        () => 10,
      ),
    )!
    assert.equal(figures.jitterUpMs, 8)
    assert.equal(figures.jitterDownMs, 0)
    assert.ok(figures.mosUp <= figures.mosDown)
  })

  it('is not fooled by answers that come twice, from another stream, or never', () => {
    const once = line(
      100,
      () => 5,
      () => 5,
    )
    const odd: EchoedPacket = { sequence: 5000, sentMs: 0, serverMs: 0, arrivedMs: 0, serverCount: 4_000_000_000 }
    const figures = streamFigures(100, [...once, ...once, odd])!
    assert.equal(figures.cameBack, 100)
    assert.equal(figures.lossUpPercent, 0)
    assert.equal(streamFigures(100, []), undefined)
  })

  it('is the running estimate of RFC 3550 A.8, as a mean', () => {
    assert.equal(meanJitterMs([0, 16]), 1)
    assert.equal(meanJitterMs([5]), 0)
  })
})
