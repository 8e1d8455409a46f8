import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { Pace } from './pace.ts'

describe('the pace of what comes without login', () => {
  it('lets a burst through and then so much a second, for each name apart', () => {
    const clock = new VirtualClock()
    const pace = new Pace(clock, { burst: 3, perSecond: 1 / 60 })
    assert.deepEqual([pace.take('a'), pace.take('a'), pace.take('a'), pace.take('a'), pace.take('b')], [0, 0, 0, 60, 0])
    clock.advance(30_000)
    assert.equal(pace.take('a'), 30)
    clock.advance(30_000)
    assert.equal(pace.take('a'), 0)
    assert.equal(pace.take('a'), 60)
  })
})
