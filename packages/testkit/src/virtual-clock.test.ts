import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from './virtual-clock.ts'

describe('VirtualClock', () => {
  it('runs timers in the order of their time and lets them start others that are due', () => {
    const clock = new VirtualClock()
    const seen: string[] = []
    clock.startTimer(20, () => seen.push(`b ${clock.monotonicMs()}`))
    clock.startTimer(10, () => {
      seen.push(`a ${clock.monotonicMs()}`)
      clock.startTimer(5, () => seen.push(`c ${clock.monotonicMs()}`))
    })
    clock.startTimer(31, () => seen.push('too late'))
    clock.advance(30)
    assert.deepEqual(seen, ['a 10', 'c 15', 'b 20'])
    assert.equal(clock.monotonicMs(), 30)
    assert.equal(clock.waiting, 1)
  })

  it('does not run a stopped timer', () => {
    const clock = new VirtualClock()
    clock.startTimer(1, () => assert.fail('it ran')).stop()
    clock.advance(10)
  })

  it('lets promises settle between timers', async () => {
    const clock = new VirtualClock()
    const sleep = (ms: number) => new Promise<void>((resolve) => clock.startTimer(ms, resolve))
    let passes = 0
    const loop = (async () => {
      for (; passes < 3; passes++) await sleep(100)
    })()
    await clock.advanceAsync(300)
    await loop
    assert.equal(passes, 3)
  })
})
