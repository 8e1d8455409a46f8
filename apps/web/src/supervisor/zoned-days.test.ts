import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dateAt, momentsOf } from './zoned-days.ts'

describe('days of a company', () => {
  it('begin at its own midnight, wherever the page is looked at', () => {
    assert.equal(dateAt('Europe/Stockholm', Date.parse('2026-11-21T23:26:00Z')), '2026-11-22')
    assert.deepEqual(momentsOf('Europe/Stockholm', '2026-11-22', '2026-11-22'), {
      from: '2026-11-21T23:00:00.000Z',
      to: '2026-11-22T23:00:00.000Z',
    })
    assert.equal(momentsOf('Pacific/Kiritimati', '2026-11-22', '2026-11-22').from, '2026-11-21T10:00:00.000Z')
    assert.equal(momentsOf('America/Los_Angeles', '2026-11-22', '2026-11-22').from, '2026-11-22T08:00:00.000Z')
  })

  it('have 23 or 25 hours where clocks change, over the end of months and years', () => {
    const hours = (timeZone: string, from: string, to = from) => {
      const moments = momentsOf(timeZone, from, to)
      return (Date.parse(moments.to) - Date.parse(moments.from)) / 3_600_000
    }
    assert.equal(hours('Europe/Stockholm', '2026-03-29'), 23)
    assert.equal(hours('Europe/Stockholm', '2026-10-25'), 25)
    assert.equal(hours('Europe/Stockholm', '2026-12-31', '2027-01-01'), 48)
    // Clocks leap over midnight itself.
    assert.equal(momentsOf('America/Santiago', '2026-09-06', '2026-09-06').from, '2026-09-06T04:00:00.000Z')
  })
})
