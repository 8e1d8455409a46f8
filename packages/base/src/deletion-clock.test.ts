import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DeletionClock } from './deletion-clock.ts'

const dayMs = 86_400_000

function at(lastWrittenMs: number | undefined) {
  let [nowMs, monotonicMs] = [100 * dayMs, 0]
  const doubts: number[] = []
  const clock = { now: () => nowMs, monotonicMs: () => monotonicMs, startTimer: () => ({ stop() {} }) }
  const deletion = new DeletionClock(clock, lastWrittenMs, (byMs) => doubts.push(byMs / dayMs))
  const wait = (days: number): void => {
    nowMs += days * dayMs
    monotonicMs += days * dayMs
  }
  return { deletion, doubts, wait, set: (days: number) => void (nowMs += days * dayMs) }
}

describe('a clock that things are deleted by', () => {
  it('is trusted in a new installation, after a restart and after some days off', () => {
    for (const last of [undefined, 100 * dayMs, 99.9 * dayMs, 94 * dayMs, 101 * dayMs])
      assert.equal(at(last).deletion.mayDelete(), true)
  })

  it('is doubted for a day where it is long after what was written last', () => {
    const { deletion, doubts, wait } = at(90 * dayMs)
    assert.deepEqual([deletion.mayDelete(), doubts], [false, [10]])
    wait(0.9)
    assert.equal(deletion.mayDelete(), false)
    wait(0.1)
    assert.deepEqual([deletion.mayDelete(), doubts], [true, [10]])
  })

  it('is doubted for a day after it was set forward by more than one, and not when it was set back', () => {
    const { deletion, doubts, wait, set } = at(undefined)
    assert.equal(deletion.mayDelete(), true)
    wait(0.5)
    set(0.9)
    assert.equal(deletion.mayDelete(), true)
    set(365)
    assert.deepEqual([deletion.mayDelete(), doubts], [false, [365]])
    set(-365)
    wait(0.5)
    assert.equal(deletion.mayDelete(), false)
    wait(0.5)
    assert.deepEqual([deletion.mayDelete(), doubts], [true, [365]])
  })
})
