import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { CalendarThread } from './calendar-thread.ts'

const question = { fromMs: Date.UTC(2026, 10, 19), toMs: Date.UTC(2026, 10, 21), timeZone: 'UTC', owner: [] }
const bytes = (text: string) => new TextEncoder().encode(text)
const small = bytes(
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261120T090000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
)

describe('the thread that reads calendars', () => {
  it('ends over a calendar that takes too long, and reads the next one', async () => {
    const clock = new VirtualClock()
    const thread = new CalendarThread({ clock, limitMs: 20_000 })
    const event = (i: number) =>
      `BEGIN:VEVENT\r\nUID:${i}\r\nDTSTART:19010101T090000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY;BYSECOND=${i % 60}\r\nEND:VEVENT\r\n`
    const hard = bytes(
      `BEGIN:VCALENDAR\r\n${Array.from({ length: 20_000 }, (_, i) => event(i)).join('')}END:VCALENDAR\r\n`,
    )
    const both = Promise.all([thread.read('feed', hard, question), thread.read('feed', small, question)])
    clock.advance(20_000)
    const [first, second] = await both
    assert.equal(first.kind, 'tooHard')
    assert.ok(second.kind === 'read' && second.entries.length === 1)
    await thread.close()
    assert.deepEqual(await thread.read('feed', small, question), { kind: 'closed' })
  })
})
