import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Clock, systemClock } from '@vaxel/base'
import { sharedTimeMs, steadyWallMs, toShared, wallClockOfShared } from './shared-time.ts'

describe('time that threads share', () => {
  it('is told in the wall clock of the main thread, also after that was set', () => {
    let setMs = 0
    const clock: Clock = { ...systemClock, now: () => performance.timeOrigin + performance.now() + setMs }
    const toWall = wallClockOfShared(clock)
    const at = toShared(steadyWallMs())
    assert.ok(Math.abs(sharedTimeMs() - at) < 50)
    const before = toWall(at)
    assert.equal(toWall(at), before, 'equal times stay equal')
    setMs = 86_400_000
    assert.ok(Math.abs(toWall(at) - before - 86_400_000) <= 60)
  })
})
