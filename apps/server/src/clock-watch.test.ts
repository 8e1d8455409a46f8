import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger, SteadyClock } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { ClockWatch } from './clock-watch.ts'

describe('a system clock that is set', () => {
  it('is told for a day, in a sentence with how far and when', () => {
    const source = new VirtualClock(Date.UTC(2026, 2, 29, 0, 59, 59))
    const clock = new SteadyClock(source)
    clock.follow()
    const watch = new ClockWatch(clock, silentLogger)
    source.setWallClock(3_600_000)
    source.advance(1000)
    assert.match(watch.warnings()[0]!, /^The system clock jumped forward by 3600 s at 2026-03-29T02:00:00\.000Z\./)
    source.setWallClock(-86_400_000)
    source.advance(1000)
    assert.match(watch.warnings()[1]!, /jumped back by 86400 s at 2026-03-28T02:00:01\.000Z/)
    source.advance(86_399_000)
    assert.equal(watch.warnings().length, 1)
    source.advance(1000)
    assert.deepEqual(watch.warnings(), [])
    for (let i = 0; i < 20; i++) {
      source.setWallClock(10_000)
      source.advance(1000)
    }
    assert.equal(watch.warnings().length, 5)
    watch.close()
    clock.close()
    assert.equal(source.waiting, 0)
  })
})
