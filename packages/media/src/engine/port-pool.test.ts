import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Clock, systemRandom } from '@vaxel/base'
import { PortPool } from './port-pool.ts'

function manualClock(): { clock: Clock; pass(ms: number): void } {
  let now = 0
  const timers: { at: number; run: () => void }[] = []
  return {
    clock: {
      now: () => now,
      monotonicMs: () => now,
      startTimer(delayMs, run) {
        const timer = { at: now + delayMs, run }
        timers.push(timer)
        return { stop: () => void timers.splice(timers.indexOf(timer), 1) }
      },
    },
    pass(ms) {
      now += ms
      for (const timer of [...timers]) if (timer.at <= now) timers.splice(timers.indexOf(timer), 1)[0]!.run()
    },
  }
}

describe('PortPool', () => {
  it('gives each even port of the range once and then none', () => {
    const pool = new PortPool({ range: [50_001, 50_009], clock: manualClock().clock, drainMs: 1, random: systemRandom })
    const ports = Array.from({ length: 4 }, () => pool.take())
    assert.deepEqual(ports.sort(), [50_002, 50_004, 50_006, 50_008].sort())
    assert.equal(pool.take(), undefined)
  })

  it('lets a pair rest before it is used again', () => {
    const time = manualClock()
    const pool = new PortPool({ range: [50_000, 50_001], clock: time.clock, drainMs: 30_000, random: systemRandom })
    pool.release(pool.take()!)
    assert.deepEqual([pool.available, pool.draining], [0, 1])
    time.pass(29_999)
    assert.deepEqual([pool.available, pool.draining], [0, 1])
    time.pass(1)
    assert.deepEqual([pool.available, pool.draining], [1, 0])
    assert.equal(pool.take(), 50_000)
    assert.equal(pool.inUse, 1)
  })

  it('gives what has rested longest first, and pairs never used before any of them', () => {
    const time = manualClock()
    const pool = new PortPool({ range: [50_000, 50_007], clock: time.clock, drainMs: 5_000, random: systemRandom })
    const [first, second, third] = [pool.take()!, pool.take()!, pool.take()!]
    for (const port of [second, first, third]) {
      pool.release(port)
      time.pass(1)
    }
    time.pass(5_000)
    assert.ok(![first, second, third].includes(pool.take()!))
    assert.deepEqual([pool.take(), pool.take(), pool.take(), pool.take()], [second, first, third, undefined])
  })

  it('cuts the longest rest short rather than refuse a call, but leaves each at least a second', () => {
    const time = manualClock()
    const pool = new PortPool({ range: [50_000, 50_003], clock: time.clock, drainMs: 5_000, random: systemRandom })
    const [first, second] = [pool.take()!, pool.take()!]
    pool.release(second)
    time.pass(500)
    pool.release(first)
    time.pass(499)
    assert.equal(pool.take(), undefined)
    time.pass(1)
    assert.equal(pool.take(), second)
    assert.equal(pool.take(), undefined)
    time.pass(500)
    assert.equal(pool.take(), first)
  })

  it('keeps giving over thousands of rounds', () => {
    const time = manualClock()
    const pool = new PortPool({ range: [40_000, 44_000], clock: time.clock, drainMs: 1, random: systemRandom })
    for (let round = 0; round < 5_000; round++) {
      pool.release(pool.take()!)
      time.pass(1)
    }
    assert.equal(pool.available, 2_000)
  })

  it('gives one certain pair, unless somebody has it, and counts right afterwards', () => {
    const time = manualClock()
    const pool = new PortPool({ range: [50_000, 50_007], clock: time.clock, drainMs: 1_000, random: systemRandom })
    assert.equal(pool.total, 4)
    assert.equal(pool.takeExactly(50_004), true)
    assert.equal(pool.takeExactly(50_004), false)
    assert.equal(pool.takeExactly(50_001), false)
    const others = [pool.take()!, pool.take()!, pool.take()!]
    assert.equal(others.includes(50_004), false)
    for (const port of others) pool.release(port)
    time.pass(1_000)
    pool.release(50_004)
    assert.deepEqual([pool.available, pool.draining], [3, 1])
    // One that rests, and one that has rested.
    assert.equal(pool.takeExactly(50_004), true)
    assert.equal(pool.takeExactly(others[1]!), true)
    assert.deepEqual([pool.available, pool.draining, pool.inUse], [2, 0, 2])
    assert.deepEqual([pool.take(), pool.take(), pool.take()], [others[0], others[2], undefined])
  })
})
