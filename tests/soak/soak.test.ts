import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { activities } from './activities.ts'
import { trendOf } from './memory-samples.ts'
import { soak } from './soak.ts'

const megabyte = 1_048_576

describe('a short soak (node tests/soak/main.ts for an hour)', () => {
  it('goes through everything without a fault, and keeps nothing when it is quiet again', async () => {
    const result = await soak({ seconds: 20, rate: 2, seed: 7, sampleSeconds: 1, say: () => {} })
    assert.deepEqual(result.faults, {})
    for (const { name } of activities) assert.ok(result.done[name]! > 0, `${name}: none`)
    assert.equal(result.afterwards.calls, 0)
    assert.equal(result.afterwards.transactions, 0)
    assert.equal(result.afterwards.bindings, 12)
    const least = Math.min(...result.samples.map(({ heapBytes }) => heapBytes))
    assert.ok(
      result.afterwards.heapBytes < least + 40 * megabyte,
      `${Math.round((result.afterwards.heapBytes - least) / megabyte)} MB more than at its least`,
    )
  })
})

describe('the trend of memory', () => {
  it('is that of what stays when garbage is collected', () => {
    // 100 bytes a second stay; garbage of up to 5,000 comes and goes.
    const samples = Array.from({ length: 600 }, (_, seconds) => ({
      seconds,
      bytes: 10_000 + 100 * seconds + 500 * (seconds % 10),
    }))
    const trend = trendOf(samples, 60)
    assert.ok(trend)
    assert.ok(Math.abs(trend.bytesPerMinute - 6000) < 100, String(trend.bytesPerMinute))
    assert.equal(trend.firstBytes, 10_000)
  })

  it('is not known of a moment', () => {
    assert.equal(trendOf([{ seconds: 0, bytes: 1 }], 60), undefined)
  })
})
