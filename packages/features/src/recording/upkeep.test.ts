import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import type { KeptRecording } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { RecordingUpkeep } from './upkeep.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe('the upkeep of recordings', () => {
  it('deletes nothing by a clock that was set forward by years, and goes on when it is right again', async (t) => {
    const clock = new VirtualClock()
    const tomorrowMs = clock.now() + dayMs
    const nextYearMs = clock.now() + 400 * dayMs
    let kept = [tomorrowMs, nextYearMs].map((expiresAtMs) => ({ expiresAtMs }) as unknown as KeptRecording)
    const untilOf = (recording: KeptRecording) => (recording as unknown as { expiresAtMs: number }).expiresAtMs
    const upkeep = new RecordingUpkeep({
      store: { expired: async (nowMs: number) => kept.filter((one) => untilOf(one) <= nowMs) } as never,
      library: {
        expire: async (recording: KeptRecording) => {
          kept = kept.filter((one) => one !== recording)
        },
      } as never,
      directory: { companies: () => [] } as never,
      clock,
      log: silentLogger,
    })
    t.after(() => upkeep.close())
    upkeep.start()
    await clock.advanceAsync(hourMs)
    clock.setWallClock(10 * 365 * dayMs)
    await clock.advanceAsync(20 * hourMs)
    assert.equal(kept.length, 2)
    clock.setWallClock(-10 * 365 * dayMs)
    await clock.advanceAsync(30 * hourMs)
    assert.deepEqual(kept.map(untilOf), [nextYearMs], 'what is really past its time goes')
    clock.setWallClock(10 * 365 * dayMs)
    await clock.advanceAsync(26 * hourMs)
    assert.equal(kept.length, 0, 'a clock that stays there is believed after a day')
  })
})
