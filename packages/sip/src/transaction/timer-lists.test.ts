import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { TestClock } from '../ua/testing/test-clock.ts'
import { TimerLists } from './timer-lists.ts'

const make = () => {
  const clock = new TestClock()
  const fired: string[] = []
  const timers = new TimerLists(clock, (fire) => fire())
  const target = { timerFired: (name: string): void => void fired.push(name) }
  return { clock, fired, timers, target }
}

describe('timer lists', () => {
  it('fire in the order of their time over one timer of the clock', async () => {
    const { clock, fired, timers, target } = make()
    timers.start(500, target, 'late')
    timers.start(100, target, 'soon')
    timers.start(500, target, 'later')
    assert.equal(clock.waitingCount, 1)
    assert.equal(timers.count, 3)
    await clock.advance(499)
    assert.deepEqual(fired, ['soon'])
    await clock.advance(1)
    assert.deepEqual(fired, ['soon', 'late', 'later'])
    assert.equal(clock.waitingCount, 0)
  })

  it('do not fire once stopped, however often', async () => {
    const { clock, fired, timers, target } = make()
    const timer = timers.start(10, target, 'never')
    timer.stop()
    timer.stop()
    await clock.advance(100)
    assert.deepEqual(fired, [])
    assert.equal(timers.count, 0)
  })

  it('nothing fires after close', async () => {
    const { clock, fired, timers, target } = make()
    timers.start(10, target, 'never')
    timers.close()
    timers.start(10, target, 'never')
    await clock.advance(100)
    assert.deepEqual(fired, [])
    assert.equal(timers.count, 0)
  })

  it('fire exactly what was not stopped, each at its time', async () => {
    const step = fc.record({ delayMs: fc.integer({ min: 0, max: 200 }), isStopped: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { clock, timers } = make()
        const wrong: string[] = []
        let due = 0
        let fired = 0
        for (const { delayMs, isStopped } of steps) {
          const atMs = clock.monotonicMs() + delayMs
          const timer = timers.start(
            delayMs,
            {
              timerFired: () => {
                fired++
                if (clock.monotonicMs() !== atMs || isStopped) wrong.push(`${atMs}`)
              },
            },
            'x',
          )
          if (isStopped) timer.stop()
          else due++
        }
        await clock.advance(300)
        assert.deepEqual(wrong, [])
        assert.equal(fired, due)
        assert.equal(timers.count, 0)
      }),
      { numRuns: 50 },
    )
  })
})
