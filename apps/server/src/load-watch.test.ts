import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { LoadWatch } from './load-watch.ts'

function watch(t: { after(done: () => void): void }) {
  const clock = new VirtualClock()
  const now = { calls: 0, isDraining: false, utilization: 0 }
  const load = new LoadWatch({
    clock,
    isDraining: () => now.isDraining,
    calls: () => now.calls,
    maxCalls: 100,
    utilization: () => ({ idle: 0, active: 0, utilization: now.utilization }),
  })
  t.after(() => load.close())
  return { clock, now, load }
}

describe('what is not for calls', () => {
  it('waits while the server drains, or is nearly full of calls', (t) => {
    const { now, load } = watch(t)
    assert.equal(load.busyWith(), undefined)
    now.calls = 89
    assert.equal(load.busyWith(), undefined)
    now.calls = 90
    assert.match(load.busyWith() ?? '', /nearly as many calls/)
    now.calls = 0
    now.isDraining = true
    assert.match(load.busyWith() ?? '', /about to stop/)
  })

  it('waits while the main thread has no time left, and no longer', (t) => {
    const { clock, now, load } = watch(t)
    now.utilization = 0.95
    assert.equal(load.busyWith(), undefined)
    clock.advance(4_000)
    assert.equal(load.busyWith(), undefined)
    clock.advance(2_000)
    assert.match(load.busyWith() ?? '', /limit of its processor/)
    now.utilization = 0.5
    clock.advance(2_000)
    assert.equal(load.busyWith(), undefined)
  })
})
