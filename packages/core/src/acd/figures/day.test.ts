import assert from 'node:assert/strict'
import test from 'node:test'
import { startOfDay } from '@vaxel/base'
import { dayAt, daysBetween, intervalAt } from './day.ts'

const zone = 'Europe/Stockholm'
const at = (time: string) => Date.parse(time)

test('finds the midnight of a zone, in summer and in winter', () => {
  assert.equal(startOfDay(zone, '2026-11-21'), at('2026-11-20T23:00:00Z'))
  assert.equal(startOfDay(zone, '2026-07-01'), at('2026-06-30T22:00:00Z'))
  assert.equal(startOfDay('Pacific/Kiritimati', '2026-11-21'), at('2026-11-20T10:00:00Z'))
  assert.equal(startOfDay('America/Santiago', '2026-09-06'), at('2026-09-06T04:00:00Z'), 'clocks leap over midnight')
})

test('gives days of 23 and 25 hours where clocks change', () => {
  const hours = (time: string) => {
    const { fromMs, toMs } = dayAt(zone, at(time))
    return (toMs - fromMs) / 3_600_000
  }
  assert.equal(hours('2026-03-29T12:00:00Z'), 23)
  assert.equal(hours('2026-10-25T12:00:00Z'), 25)
  assert.equal(hours('2026-11-21T22:59:59Z'), 24)
})

test('begins intervals where the clock on the wall does', () => {
  assert.equal(intervalAt('hour', 'Asia/Kolkata', at('2026-11-21T10:40:00Z')), at('2026-11-21T10:30:00Z'))
  assert.equal(intervalAt('quarter', 'Asia/Kathmandu', at('2026-11-21T10:40:00Z')), at('2026-11-21T10:30:00Z'))
  assert.equal(intervalAt('day', zone, at('2026-11-21T23:30:00Z')), at('2026-11-21T23:00:00Z'))
})

test('lists days, and not more than asked for', () => {
  assert.deepEqual(daysBetween('2026-02-27', '2026-03-01', 10), ['2026-02-27', '2026-02-28', '2026-03-01'])
  assert.equal(daysBetween('2026-01-01', '2027-01-01', 5).length, 5)
})
