import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localTime } from '@vaxel/base'
import { isWithin } from './schedule.ts'

const zone = 'Europe/Stockholm'

describe('a weekly schedule', () => {
  it('is read by the clock on the wall, also on the days when that is changed', () => {
    // 29 March 2026: 02:00 becomes 03:00. 25 October: 03:00 becomes 02:00.
    assert.deepEqual(localTime(zone, Date.UTC(2026, 2, 29, 0, 59)), { date: '2026-03-29', weekday: 7, minutes: 119 })
    assert.deepEqual(localTime(zone, Date.UTC(2026, 2, 29, 1, 0)), { date: '2026-03-29', weekday: 7, minutes: 180 })
    assert.deepEqual(localTime(zone, Date.UTC(2026, 9, 25, 0, 30)), { date: '2026-10-25', weekday: 7, minutes: 150 })
    assert.deepEqual(localTime(zone, Date.UTC(2026, 9, 25, 1, 30)), { date: '2026-10-25', weekday: 7, minutes: 150 })
    const office = [{ days: [1], from: '08:00', to: '17:00' }]
    const isOpen = (ms: number) => isWithin(office, localTime(zone, ms))
    assert.deepEqual([isOpen(Date.UTC(2026, 2, 30, 6, 0)), isOpen(Date.UTC(2026, 2, 30, 5, 59))], [true, false])
    assert.deepEqual([isOpen(Date.UTC(2026, 9, 26, 7, 0)), isOpen(Date.UTC(2026, 9, 26, 6, 59))], [true, false])
  })

  it('goes past midnight, from Sunday to Monday too', () => {
    const night = [{ days: [7], from: '22:00', to: '06:00' }]
    const at = (weekday: number, minutes: number) => isWithin(night, { date: '', weekday, minutes })
    assert.deepEqual(
      [at(7, 22 * 60), at(1, 359), at(1, 360), at(7, 60), at(1, 23 * 60)],
      [true, true, false, false, false],
    )
  })

  it('ends at the end of the day, and lasts a whole day from a time to itself', () => {
    const day = (from: string, to: string) => [{ days: [3], from, to }]
    assert.equal(isWithin(day('00:00', '24:00'), { date: '', weekday: 3, minutes: 1439 }), true)
    assert.equal(isWithin(day('00:00', '24:00'), { date: '', weekday: 4, minutes: 0 }), false)
    assert.equal(isWithin(day('07:00', '07:00'), { date: '', weekday: 4, minutes: 419 }), true)
  })

  it('takes UTC for a time zone that does not exist', () => {
    assert.equal(localTime('Europe/Atlantis', Date.UTC(2026, 0, 1, 12)).minutes, 720)
  })
})
