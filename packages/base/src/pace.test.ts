import { Pace } from '@vaxel/base'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { isLoopback, whoIs } from './pace.ts'

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

  it('takes all of an IPv6 /64 for one', () => {
    assert.equal(whoIs('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2')
    assert.equal(whoIs('2001:db8:1:2::9'), '2001:db8:1:2')
    assert.equal(whoIs('2001:db8::9'), '2001:db8:0:0')
    assert.equal(whoIs('::1'), '0:0:0:0')
    assert.equal(whoIs('192.0.2.7'), '192.0.2.7')
    assert.deepEqual(['127.0.0.1', '127.9.9.9', '::1', '192.0.2.1'].map(isLoopback), [true, true, true, false])
  })
})
