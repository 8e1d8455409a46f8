import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addDays, commonWindow, daysBetween, firstDay, isDay, lastDay, windowOn } from './source-day.ts'

describe('days as sources tell them', () => {
  it('begin and end with their year or month', () => {
    assert.deepEqual(
      [firstDay('2026'), firstDay('2026-02'), firstDay('2026-02-03')],
      ['2026-01-01', '2026-02-01', '2026-02-03'],
    )
    assert.deepEqual(
      [lastDay('2026'), lastDay('2028-02'), lastDay('2026-12'), lastDay('2026-02-03')],
      ['2026-12-31', '2028-02-29', '2026-12-31', '2026-02-03'],
    )
  })

  it('count over months and years', () => {
    assert.equal(addDays('2026-12-31', 1), '2027-01-01')
    assert.equal(daysBetween('2026-02-28', '2026-03-01'), 1)
  })

  it('exist or do not', () => {
    assert.deepEqual(['2028-02-29', '2026-02-29', '2026-13-01', '2026-1-1', ''].map(isDay), [
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('leave of a window what is still to be said', () => {
    assert.deepEqual(windowOn({ effective: '2026', retired: '2027' }, '2025-12-31'), {
      openBy: '2026',
      closeAfter: '2027',
    })
    assert.deepEqual(windowOn({ effective: '2026', retired: '2027' }, '2026-01-01'), { closeAfter: '2027' })
    assert.equal(windowOn({ retired: '2027' }, '2028-01-01'), undefined)
    assert.deepEqual(windowOn(undefined, '2026-01-01'), {})
  })

  it('have a common time, or none', () => {
    assert.deepEqual(commonWindow([{ effective: '2026' }, undefined, { effective: '2025-12', retired: '2030' }]), {
      effective: '2026',
      retired: '2030',
    })
    assert.equal(commonWindow([{ effective: '2027' }, { retired: '2026-06' }]), undefined)
  })
})
