import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { Drain } from './drain.ts'

function world(count: number) {
  const clock = new VirtualClock()
  const listeners = new Set<() => void>()
  const calls = {
    count,
    isRefusing: false,
    refuseNewCalls: (isRefusing: boolean) => void (calls.isRefusing = isRefusing),
    onCallFinished: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    end: () => {
      calls.count--
      for (const listener of listeners) listener()
    },
  }
  const over: string[] = []
  const drain = new Drain({ calls, clock, log: silentLogger, onOver: (why) => over.push(why) })
  return { clock, calls, over, drain, listeners }
}

describe('a drain', () => {
  it('refuses new calls and is over when the last one has ended', () => {
    const { clock, calls, over, drain } = world(2)
    drain.start(60_000)
    assert.equal(calls.isRefusing, true)
    clock.advance(30_000)
    calls.end()
    assert.deepEqual(over, [])
    calls.end()
    assert.deepEqual(over, ['no call is left'])
    assert.equal(drain.state, undefined)
    clock.advance(60_000)
    assert.equal(over.length, 1, 'it is over once')
  })

  it('is over at once without calls, after whoever asked has an answer', () => {
    const { clock, over, drain } = world(0)
    drain.start(60_000)
    assert.deepEqual(over, [])
    clock.advance(0)
    assert.deepEqual(over, ['no call is left'])
  })

  it('is over at its limit whatever goes on; asked again it gets another one, and keeps since when', () => {
    const { clock, over, drain } = world(1)
    const first = drain.start(60_000)
    clock.advance(50_000)
    const second = drain.start(60_000)
    assert.equal(second.sinceMs, first.sinceMs)
    clock.advance(59_999)
    assert.deepEqual(over, [])
    clock.advance(1)
    assert.deepEqual(over, ['the limit has come'])
  })

  it('can be taken back: new calls are taken again and nothing ends', () => {
    const { clock, calls, over, drain, listeners } = world(1)
    drain.start(60_000)
    assert.equal(drain.cancel(), true)
    assert.equal(drain.cancel(), false)
    assert.equal(calls.isRefusing, false)
    calls.end()
    clock.advance(120_000)
    assert.deepEqual(over, [])
    assert.equal(listeners.size, 0)
  })
})
