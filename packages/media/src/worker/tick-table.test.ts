import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { TickTable, type Ticked } from './tick-table.ts'

class Leg implements Ticked {
  place = -1
  readonly ticks: number[] = []
  restMs = 0
  onTick = () => {}

  tick(nowMs: number): number {
    this.ticks.push(nowMs)
    this.onTick()
    return this.restMs === 0 ? 0 : nowMs + this.restMs
  }
}

function table(count: number) {
  const all = new TickTable()
  const legs = Array.from({ length: count }, () => new Leg())
  for (const leg of legs) all.add(leg)
  const pass = (...times: number[]) => {
    for (const nowMs of times) all.pass(nowMs)
  }
  return { all, legs, pass }
}

describe('TickTable', () => {
  it('ticks who is busy each time and who rests when it wants to, sooner when it is woken', () => {
    const { all, legs, pass } = table(200)
    const [busy, resting] = [legs[3]!, legs[150]!]
    resting.restMs = 100
    pass(20, 40, 60, 80, 100, 120, 140)
    assert.deepEqual(busy.ticks, [20, 40, 60, 80, 100, 120, 140])
    assert.deepEqual(resting.ticks, [20, 120])
    all.wake(resting)
    pass(160, 180)
    assert.deepEqual(resting.ticks, [20, 120, 160])
  })

  it('forgets who is removed, whoever removes whom while it ticks', () => {
    const { all, legs, pass } = table(6)
    legs[1]!.onTick = () => {
      all.remove(legs[1]!)
      all.remove(legs[1]!)
      all.remove(legs[0]!)
      all.remove(legs[4]!)
    }
    legs[5]!.restMs = 100
    pass(20, 40, 60)
    assert.equal(all.size, 3)
    assert.deepEqual([legs[0]!.ticks, legs[1]!.ticks, legs[4]!.ticks], [[20], [20], []])
    for (const left of [legs[2]!, legs[3]!]) assert.ok(left.ticks.length >= 2 && left.ticks.at(-1) === 60)
    assert.equal(legs[5]!.ticks.length, 1)
    all.wake(legs[0]!)
    all.add(legs[0]!)
    pass(80)
    assert.deepEqual(legs[0]!.ticks, [20, 80])
  })
})
