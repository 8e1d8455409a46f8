import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { duePeriod, lastPeriod, nextDueMs } from './due-report.ts'

const zone = 'Europe/Stockholm'
const at = (time: string) => Date.parse(time)

describe('reports that go out by mail', () => {
  it('are of the day, the week from Monday and the month that are over', () => {
    assert.deepEqual(lastPeriod('day', '2026-03-01'), { from: '2026-02-28', to: '2026-02-28' })
    // 21 November 2026 is a Saturday.
    assert.deepEqual(lastPeriod('week', '2026-11-21'), { from: '2026-11-09', to: '2026-11-15' })
    assert.deepEqual(lastPeriod('week', '2026-11-23'), { from: '2026-11-16', to: '2026-11-22' })
    assert.deepEqual(lastPeriod('month', '2026-03-01'), { from: '2026-02-01', to: '2026-02-28' })
    assert.deepEqual(lastPeriod('month', '2026-01-31'), { from: '2025-12-01', to: '2025-12-31' })
  })

  it('go out at their hour by the clock of the company, once', () => {
    const daily = { every: 'day', atHour: 6, sentTo: '2026-11-19' } as const
    assert.equal(duePeriod(daily, zone, at('2026-11-21T04:59:00Z')), undefined)
    assert.deepEqual(duePeriod(daily, zone, at('2026-11-21T05:00:00Z')), { from: '2026-11-20', to: '2026-11-20' })
    assert.equal(duePeriod({ ...daily, sentTo: '2026-11-20' }, zone, at('2026-11-21T12:00:00Z')), undefined)
  })

  it('go out once for the last period after a long time without a server', () => {
    const weekly = { every: 'week', atHour: 6, sentTo: '2026-10-04' } as const
    assert.deepEqual(duePeriod(weekly, zone, at('2026-11-21T12:00:00Z')), { from: '2026-11-09', to: '2026-11-15' })
  })

  it('say when they go out next', () => {
    const nowMs = at('2026-11-21T12:00:00Z')
    const next = (every: 'day' | 'week' | 'month') =>
      new Date(nextDueMs({ every, atHour: 6 }, zone, nowMs)).toISOString()
    assert.equal(next('day'), '2026-11-22T05:00:00.000Z')
    assert.equal(next('week'), '2026-11-23T05:00:00.000Z')
    assert.equal(next('month'), '2026-12-01T05:00:00.000Z')
  })
})
