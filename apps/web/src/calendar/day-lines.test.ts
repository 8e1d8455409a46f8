import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { en } from '../words/en.ts'
import { Format } from '../words/format.ts'
import { type ColleagueDay, dayLines } from './day-lines.ts'

const format = new Format('en')
const at = (hour: number, minute = 0, day = 20): number => new Date(2026, 10, day, hour, minute).getTime()
const block = (fromMs: number, toMs: number, more: Partial<ColleagueDay['blocks'][number]> = {}) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  kind: 'busy' as const,
  ...more,
})
const lines = (...blocks: ColleagueDay['blocks']) =>
  dayLines({ state: 'known', to: new Date(at(0, 0, 22)).toISOString(), blocks }, en, format, at(9))

describe('the day of a colleague', () => {
  it('begins with how long they are free', () => {
    assert.equal(lines(block(at(14), at(15)))?.free, 'Free until 14:00')
    assert.equal(lines()?.free, 'Free for the rest of the day')
    assert.equal(lines(block(at(14, 0, 21), at(15, 0, 21)))?.free, 'Free for the rest of the day')
    assert.equal(lines(block(at(8), at(10)))?.free, undefined)
    assert.equal(lines(block(at(8), at(10), { kind: 'tentative' }))?.free, 'Free for the rest of the day')
  })

  it('has a line for each meeting, under its day', () => {
    const days = lines(
      block(at(8), at(10), { title: 'Budget', place: 'Lyon' }),
      block(at(14), at(15, 30)),
      block(at(22), at(7, 0, 21), { kind: 'out' }),
    )?.days
    assert.deepEqual(
      days?.map(({ title, lines: told }) => [title, ...told.map(({ times, text }) => `${times} ${text}`)]),
      [
        ['Today', 'until 10:00 Budget · Lyon', '14:00–15:30 Busy', '22:00– Out of office'],
        ['Tomorrow', 'until 07:00 Out of office'],
      ],
    )
    const whole = lines(block(at(0, 0, 19), at(0, 0, 23), { kind: 'elsewhere', place: 'Home' }))?.days
    assert.deepEqual(
      whole?.map(({ lines: [line] }) => `${line?.times} ${line?.text}`),
      ['All day Working elsewhere · Home', 'All day Working elsewhere · Home'],
    )
  })

  it('is not there without a calendar', () => {
    assert.equal(dayLines({ state: 'none', to: '', blocks: [] }, en, format, at(9)), undefined)
  })
})
