import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { climb, highestClean, type StepResult } from './steps.ts'

const result = (rate: number, isClean: boolean): StepResult => ({
  rate,
  offered: rate,
  seconds: 1,
  begun: rate,
  done: rate,
  failed: isClean ? 0 : 1,
  late: 0,
  p50Ms: 1,
  p99Ms: 2,
  serverCpuSeconds: 1,
  others: 0,
  busiest: { thread: 'main', part: 0.5 },
  loadCpuSeconds: 1,
  refusals: {},
  isClean,
  isLoadTheLimit: false,
})
const rates = { first: 100, factor: 2, most: 10_000, maySeconds: 60 }

describe('climbing to the highest clean rate', () => {
  it('stops at the knee and looks once between the last two', async () => {
    const results = await climb(rates, async (rate) => result(rate, rate <= 500))
    assert.deepEqual(
      results.map(({ rate }) => rate),
      [100, 200, 400, 800, 800, 600],
    )
    assert.equal(highestClean(results), 400)
  })

  it('forgives one disturbed step', async () => {
    let disturbed = false
    const results = await climb(rates, async (rate) => {
      const isDisturbed = rate === 200 && !disturbed
      disturbed ||= isDisturbed
      return result(rate, !isDisturbed && rate <= 400)
    })
    assert.equal(highestClean(results), 400)
  })

  it('finds nothing clean where nothing is', async () => {
    assert.equal(highestClean(await climb(rates, async (rate) => result(rate, false))), 0)
  })
})
