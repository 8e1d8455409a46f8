import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BehindClock } from './behind-clock.ts'

/** Turns of that length, each doing so many a millisecond. @returns whether each began behind */
function through(clock: BehindClock, fromMs: number, turnsMs: readonly number[], aMs: number): boolean[] {
  let nowMs = fromMs
  return turnsMs.map((ms) => {
    const isBehind = clock.begin(nowMs, false)
    clock.did(ms * aMs)
    nowMs += ms
    return isBehind
  })
}

describe('a loop that does what is ready', () => {
  it('is behind when it is late, more and more, for half a second', () => {
    const turnsMs = [50, 75, 110, 170, 250, 380, 570]
    const behind = through(new BehindClock(0), 0, turnsMs, 50)
    assert.deepEqual(behind, [false, false, false, false, false, true, true])
    const clock = new BehindClock(0)
    for (let nowMs = 0; nowMs < 450; nowMs += 3) {
      assert.equal(clock.begin(nowMs, false), false)
      clock.did(250)
      clock.leftSome()
    }
    clock.begin(500, false)
    clock.did(60_000)
    clock.leftSome()
    assert.equal(clock.begin(600, false), true, 'what is left is older and older')
  })

  it('is not behind while it keeps up, however long its turns', () => {
    assert.ok(through(new BehindClock(0), 0, new Array(40).fill(190), 50).every((isBehind) => !isBehind))
  })

  it('is not behind on a machine that gives it no time for little work', () => {
    assert.ok(through(new BehindClock(0), 0, [100, 200, 300, 400, 500, 600, 700], 1).every((isBehind) => !isBehind))
  })

  it('is behind again as soon as it is late after something was dropped, and is not once nothing waits', () => {
    const clock = new BehindClock(0)
    clock.dropped(0)
    assert.deepEqual(through(clock, 0, [20, 20, 50, 50, 50], 50), [false, false, false, true, true])
    assert.equal(clock.begin(400, true), false)
    assert.ok(
      through(clock, 12_000, [20, 50, 50, 50], 50).every((isBehind) => !isBehind),
      'ten seconds later',
    )
  })
})
