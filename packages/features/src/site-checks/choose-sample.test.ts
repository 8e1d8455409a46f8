import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chooseSample } from './choose-sample.ts'

const range = { from: 49_152, to: 65_535 }

describe('the sample of a range of ports', () => {
  it('holds both ends, the middle and some at random, each with neighbours in the range', () => {
    const places = chooseSample(range, 5, '0000002a')
    assert.deepEqual(
      places.slice(0, 3).map(([first]) => first),
      [49_152, 65_535, 57_344],
    )
    assert.deepEqual(places[1]?.slice(0, 3), [65_535, 65_534, 65_533])
    assert.equal(places.length, 8)
    for (const port of places.flat()) assert.ok(port >= range.from && port <= range.to, `${port}`)
  })

  it('is the same for the same seed and another for another', () => {
    assert.deepEqual(chooseSample(range, 5, 'deadbeef'), chooseSample(range, 5, 'deadbeef'))
    assert.notDeepEqual(chooseSample(range, 5, 'deadbeef'), chooseSample(range, 5, 'deadbeee'))
  })

  it('spreads its random ports over the whole range', () => {
    const quarters = new Map<number, number>()
    for (let seed = 0; seed < 500; seed += 1)
      for (const [port] of chooseSample(range, 4, seed.toString(16).padStart(8, '0')).slice(3)) {
        const quarter = Math.floor((port! - range.from) / 4096)
        quarters.set(quarter, (quarters.get(quarter) ?? 0) + 1)
      }
    for (const count of quarters.values()) assert.ok(count > 400 && count < 600, `${count}`)
  })

  it('stays within a range of four ports', () => {
    for (const port of chooseSample({ from: 50_000, to: 50_003 }, 5, 'ffffffff').flat())
      assert.ok(port >= 50_000 && port <= 50_003)
  })
})
