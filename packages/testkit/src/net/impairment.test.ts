import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SeededRandom } from '../seeded-random.ts'
import { LineFate, type LineImpairment } from './impairment.ts'

const fates = (line: LineImpairment, count = 20_000, spacingMs = 20) => {
  const fate = new LineFate(line, new SeededRandom(line.seed))
  return Array.from({ length: count }, (_, i) => fate.next(200, i * spacingMs).map((atMs) => atMs - i * spacingMs))
}
const share = (all: readonly (readonly number[])[], is: (one: readonly number[]) => boolean): number =>
  all.filter(is).length / all.length
const near = (actual: number, expected: number, by: number) =>
  assert.ok(Math.abs(actual - expected) < by, `${actual}, not ${expected}`)

describe('LineFate', () => {
  it('does nothing to packets unless told to', () => {
    assert.ok(fates({ seed: 1 }, 100).every((one) => one.length === 1 && one[0] === 0))
  })

  it('loses and doubles as many as asked, the same ones for the same seed', () => {
    const line = { seed: 5, lossRatio: 0.05, duplicateRatio: 0.03 }
    const all = fates(line)
    near(
      share(all, (one) => one.length === 0),
      0.05,
      0.006,
    )
    near(
      share(all, (one) => one.length === 2),
      0.95 * 0.03,
      0.005,
    )
    assert.deepEqual(fates(line), all)
    assert.notDeepEqual(fates({ ...line, seed: 6 }), all)
  })

  it('delays within the jitter and keeps the order, but for those that overtake', () => {
    const all = fates({ seed: 2, delayMs: 100, jitterMs: 8 })
    assert.ok(all.every(([delay]) => delay! >= 92 && delay! <= 108))
    near(all.reduce((sum, [delay]) => sum + delay!, 0) / all.length, 100, 0.3)
    const overtaking = fates({ seed: 2, delayMs: 100, jitterMs: 8, reorderRatio: 0.02 })
    near(
      share(overtaking, ([delay]) => delay! < 92),
      0.02,
      0.004,
    )
  })

  it('lets packets wait their turn at a rate, and loses what would wait over a second', () => {
    const all = fates({ seed: 3, rateBits: 64_000 }, 200, 20)
    assert.equal(all[0]![0], 25, '200 bytes at 64 kbit/s')
    assert.equal(all[1]![0], 30, 'behind the first')
    const flooded = fates({ seed: 3, rateBits: 64_000 }, 200, 1)
    assert.ok(flooded.some((one) => one.length === 0))
    assert.ok(flooded.flat().every((delay) => delay <= 1026))
  })
})
