import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OwnDay } from './flow.ts'
import { holidayOn } from './holidays.ts'

const isClosed = (own: Omit<OwnDay, 'name'>, date: string): boolean => {
  const node = { id: 'h', kind: 'holiday' as const, kinds: [], ownDays: [{ ...own, name: 'closed' }], exits: {} }
  return holidayOn(node, { date, weekday: 1, minutes: 0 }) !== undefined
}

describe('own days over the turn of the year', () => {
  it('last into the next year, of every year and of one', () => {
    for (const own of [
      { day: '12-27', until: '01-03' },
      { day: '2026-12-27', until: '01-03' },
      { day: '2026-12-27', until: '2027-01-03' },
    ]) {
      const days = ['2026-12-26', '2026-12-27', '2026-12-31', '2027-01-01', '2027-01-03', '2027-01-04']
      const closed = days.map((date) => isClosed(own, date))
      assert.deepEqual(closed, [false, true, true, true, true, false], JSON.stringify(own))
    }
    assert.equal(isClosed({ day: '2026-12-27', until: '01-03' }, '2027-12-28'), false, 'not again')
    assert.equal(isClosed({ day: '2026-07-06', until: '07-31' }, '2026-07-31'), true)
    assert.equal(isClosed({ day: '2026-07-06', until: '07-31' }, '2027-07-10'), false)
  })
})
