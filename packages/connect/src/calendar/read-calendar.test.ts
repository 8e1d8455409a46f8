import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type CalendarReading, readCalendar, type ReadingQuestion } from './read-calendar.ts'

const dayMs = 86_400_000
const at = (iso: string): number => Date.parse(iso)
const week: ReadingQuestion = {
  fromMs: at('2026-11-16T00:00:00Z'),
  toMs: at('2026-11-25T00:00:00Z'),
  timeZone: 'Europe/Stockholm',
  owner: ['anna@firma.se'],
}
const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]): string => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'].join('\r\n')
const read = (text: string, question = week): Extract<CalendarReading, { kind: 'read' }> => {
  const reading = readCalendar(text, question)
  assert.equal(reading.kind, 'read')
  return reading as Extract<CalendarReading, { kind: 'read' }>
}
const times = (text: string, question = week): string[] =>
  read(text, question).entries.map(
    ({ startMs, endMs }) => `${new Date(startMs).toISOString().slice(0, 16)}/${(endMs - startMs) / 60_000}`,
  )
const meeting = (...more: string[]): string => event('DTSTART:20261120T090000Z', 'DTEND:20261120T100000Z', ...more)

const outlookZone = [
  'BEGIN:VTIMEZONE',
  'TZID:Our own zone',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
]

describe('when somebody is busy', () => {
  it('is read of an event with an end, or a duration', () => {
    assert.deepEqual(times(calendar(meeting())), ['2026-11-20T09:00/60'])
    assert.deepEqual(times(calendar(event('DTSTART:20261120T090000Z', 'DURATION:PT1H30M'))), ['2026-11-20T09:00/90'])
    assert.deepEqual(times(calendar(event('DTSTART:20261120T090000Z'))), [])
  })

  it('counts days without a time, and times without a zone, where the owner is', () => {
    const days = event('DTSTART;VALUE=DATE:20261119', 'DTEND;VALUE=DATE:20261121')
    assert.deepEqual(times(calendar(days)), ['2026-11-18T23:00/2880'])
    assert.deepEqual(times(calendar(event('DTSTART;VALUE=DATE:20261119'))), ['2026-11-18T23:00/1440'])
    const floating = event('DTSTART:20261120T090000', 'DTEND:20261120T100000')
    assert.deepEqual(times(calendar(floating)), ['2026-11-20T08:00/60'])
    assert.deepEqual(times(calendar('X-WR-TIMEZONE:America/New_York', floating)), ['2026-11-20T14:00/60'])
    assert.deepEqual(times(calendar('X-WR-TIMEZONE:Nowhere/Else', floating)), ['2026-11-20T08:00/60'])
  })

  it('knows summer time of zones by their name, by the name that Windows has, and as the calendar describes them', () => {
    const inZone = (zone: string, ...more: string[]) =>
      times(
        calendar(
          ...more,
          event(
            `DTSTART;TZID=${zone}:20261022T090000`,
            `DTEND;TZID=${zone}:20261022T093000`,
            'RRULE:FREQ=WEEKLY;COUNT=2',
          ),
        ),
        { ...week, fromMs: at('2026-10-20T00:00:00Z'), toMs: at('2026-11-02T00:00:00Z') },
      )
    const both = ['2026-10-22T07:00/30', '2026-10-29T08:00/30']
    for (const zone of ['Europe/Stockholm', '"W. Europe Standard Time"', '/citadel.org/20210210_1/Europe/Stockholm'])
      assert.deepEqual(inZone(zone), both, zone)
    assert.deepEqual(inZone('Our own zone', ...outlookZone), both)
    // Nobody knows it: the owner's.
    assert.deepEqual(inZone('Atlantis'), both)
    assert.deepEqual(inZone('Atlantis', ...outlookZone.map((line) => line.replace('Our own zone', 'Other'))), both)
  })

  it('follows recurrence with what was taken out, moved and cancelled', () => {
    const series = [
      event(
        'DTSTART;TZID=Europe/Stockholm:20200106T100000',
        'DTEND;TZID=Europe/Stockholm:20200106T110000',
        'RRULE:FREQ=DAILY',
        'EXDATE;TZID=Europe/Stockholm:20261117T100000,20261118T100000',
        'EXDATE;TZID=Europe/Stockholm:20261119T100000',
      ),
      event(
        'RECURRENCE-ID;TZID=Europe/Stockholm:20261120T100000',
        'DTSTART;TZID=Europe/Stockholm:20261120T150000',
        'DTEND;TZID=Europe/Stockholm:20261120T153000',
      ),
      event(
        'RECURRENCE-ID;TZID=Europe/Stockholm:20261121T100000',
        'DTSTART;TZID=Europe/Stockholm:20261121T100000',
        'DTEND;TZID=Europe/Stockholm:20261121T110000',
        'STATUS:CANCELLED',
      ),
      event(
        'RECURRENCE-ID;TZID=Europe/Stockholm:20261122T100000',
        'DTSTART;TZID=Europe/Stockholm:20271122T100000',
        'DTEND;TZID=Europe/Stockholm:20271122T110000',
      ),
    ]
    assert.deepEqual(times(calendar(...series)), [
      '2026-11-16T09:00/60',
      '2026-11-20T14:00/30',
      '2026-11-23T09:00/60',
      '2026-11-24T09:00/60',
    ])
  })

  it('ends recurrence by a date of another zone, by number, and adds single dates', () => {
    const rule = (more: string, ...lines: string[]) =>
      times(
        calendar(
          event('DTSTART;TZID=Europe/Stockholm:20261116T100000', 'DURATION:PT1H', `RRULE:FREQ=DAILY;${more}`, ...lines),
        ),
      )
    assert.deepEqual(rule('UNTIL=20261117T090000Z'), ['2026-11-16T09:00/60', '2026-11-17T09:00/60'])
    assert.deepEqual(rule('UNTIL=20261117T085959Z'), ['2026-11-16T09:00/60'])
    assert.deepEqual(rule('COUNT=1', 'RDATE;TZID=Europe/Stockholm:20261119T120000'), [
      '2026-11-16T09:00/60',
      '2026-11-19T11:00/60',
    ])
    assert.equal(rule('INTERVAL=3').length, 3)
    assert.deepEqual(
      times(calendar(event('DTSTART:20100105T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR'))),
      ['2026-11-17T08:00/60', '2026-11-20T08:00/60'],
    )
    assert.deepEqual(
      times(calendar(event('DTSTART:20150320T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=3FR'))),
      ['2026-11-20T08:00/60'],
    )
    assert.deepEqual(
      times(calendar(event('DTSTART;VALUE=DATE:20001117', 'RRULE:FREQ=YEARLY', 'EXDATE;VALUE=DATE:20251117'))),
      ['2026-11-16T23:00/1440'],
    )
  })
})

describe('a series that other programs write their own way', () => {
  const daily = (...more: string[]) =>
    event('DTSTART;TZID=Europe/Stockholm:20261116T100000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=5', ...more)

  it('adds single stretches of time with a length of their own', () => {
    const added = 'RDATE;VALUE=PERIOD:20261120T120000Z/PT15M,20261121T080000Z/20261121T120000Z'
    const single = event('DTSTART:20261116T090000Z', 'DTEND:20261116T100000Z', added)
    assert.equal(read(calendar(single)).unread, 0)
    const periods = ['2026-11-20T12:00/15', '2026-11-21T08:00/240']
    assert.deepEqual(times(calendar(single)), ['2026-11-16T09:00/60', ...periods])
    assert.deepEqual(
      times(calendar(event('DTSTART:20261116T090000Z', 'DURATION:PT1H', added, 'EXDATE:20261120T120000Z'))),
      ['2026-11-16T09:00/60', '2026-11-21T08:00/240'],
    )
    const longer = daily('RDATE;TZID=Europe/Stockholm;VALUE=PERIOD:20261117T100000/PT3H', 'RDATE:20261121T080000Z')
    assert.deepEqual(times(calendar(longer)).slice(1), [
      '2026-11-17T09:00/180',
      '2026-11-18T09:00/60',
      '2026-11-19T09:00/60',
      '2026-11-20T09:00/60',
      '2026-11-21T08:00/60',
    ])
  })

  it('ends with its last day, where the end is a day', () => {
    const until = (start: string) =>
      times(calendar(event(start, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261117'))).length
    assert.equal(until('DTSTART;TZID=Europe/Stockholm:20261116T100000'), 2)
    assert.equal(until('DTSTART;TZID=America/Los_Angeles:20261116T200000'), 2)
    assert.equal(until('DTSTART:20261116T235900Z'), 2)
    assert.equal(until('DTSTART:20261116T090000'), 2)
    assert.equal(until('DTSTART;VALUE=DATE:20261116'), 2)
  })

  it('leaves a whole day out, where what is taken out or held at another time is a day', () => {
    assert.deepEqual(times(calendar(daily('EXDATE;VALUE=DATE:20261117,20261119'))), [
      '2026-11-16T09:00/60',
      '2026-11-18T09:00/60',
      '2026-11-20T09:00/60',
    ])
    const moved = event('RECURRENCE-ID;VALUE=DATE:20261117', 'DTSTART:20261117T060000Z', 'DURATION:PT5M')
    assert.deepEqual(times(calendar(daily(), moved)).slice(0, 3), [
      '2026-11-16T09:00/60',
      '2026-11-17T06:00/5',
      '2026-11-18T09:00/60',
    ])
    const late = (zone: string) =>
      event(
        `DTSTART;TZID=${zone}:20261116T233000`,
        'DURATION:PT5M',
        'RRULE:FREQ=DAILY;COUNT=2',
        'EXDATE;VALUE=DATE:20261117',
      )
    assert.deepEqual(times(calendar(late('America/Los_Angeles'))), ['2026-11-17T07:30/5'])
  })

  it('ends or leaves out the day that is meant, where days are written as times of UTC', () => {
    const days = (timeZone: string, ...more: string[]) =>
      times(calendar(event('DTSTART;VALUE=DATE:20261116', ...more)), { ...week, timeZone }).length
    const until = (timeZone: string, time: string) => days(timeZone, `RRULE:FREQ=DAILY;UNTIL=${time}`)
    // Midnight, or the last second of the day, where the owner is.
    assert.equal(until('Europe/Stockholm', '20261117T230000Z'), 3)
    assert.equal(until('Europe/Stockholm', '20261118T225959Z'), 3)
    assert.equal(until('Pacific/Auckland', '20261117T110000Z'), 3)
    assert.equal(until('America/New_York', '20261118T050000Z'), 3)
    assert.equal(until('America/New_York', '20261119T045959Z'), 3)
    // The day as such.
    for (const zone of ['Europe/Stockholm', 'Pacific/Auckland', 'America/New_York', 'UTC'])
      for (const time of ['20261118T000000Z', '20261118T235959Z', '20261118'])
        assert.equal(until(zone, time), 3, `${zone} ${time}`)
    for (const time of [':20261117T230000Z', ':20261118T000000Z', ';VALUE=DATE:20261118'])
      assert.equal(days('Europe/Stockholm', 'RRULE:FREQ=DAILY;COUNT=4', `EXDATE${time}`), 3, time)
  })

  it('changes from one occurrence on', () => {
    const from = (id: string, ...lines: string[]) => event(`RECURRENCE-ID;RANGE=THISANDFUTURE;${id}`, ...lines)
    const later = from(
      'TZID=Europe/Stockholm:20261118T100000',
      'DTSTART;TZID=Europe/Stockholm:20261118T133000',
      'DTEND;TZID=Europe/Stockholm:20261118T140000',
      'SUMMARY:Later',
    )
    assert.deepEqual(times(calendar(daily(), later)), [
      '2026-11-16T09:00/60',
      '2026-11-17T09:00/60',
      '2026-11-18T12:30/30',
      '2026-11-19T12:30/30',
      '2026-11-20T12:30/30',
    ])
    assert.equal(read(calendar(later, daily())).entries.at(-1)?.title, 'Later')
    const moved = event('RECURRENCE-ID:20261119T090000Z', 'DTSTART:20261119T060000Z', 'DURATION:PT5M')
    const ended = from('TZID=Europe/Stockholm:20261120T100000', 'DTSTART:20261120T090000Z', 'STATUS:CANCELLED')
    assert.deepEqual(times(calendar(ended, daily(), moved, later)).slice(2), [
      '2026-11-18T12:30/30',
      '2026-11-19T06:00/5',
    ])
    // Long ago, and from one day of the week to another.
    const old = event('DTSTART:20250106T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY')
    const since = from('VALUE=DATE-TIME:20250203T090000Z', 'DTSTART:20250205T100000Z', 'DURATION:PT2H')
    assert.deepEqual(times(calendar(old, since)), ['2026-11-18T10:00/120'])
    const forth = from('VALUE=DATE-TIME:20250203T090000Z', 'DTSTART:20250503T100000Z', 'DURATION:PT2H')
    assert.deepEqual(times(calendar(old, forth)), ['2026-11-21T10:00/120'])
    const back = from('VALUE=DATE-TIME:20250203T090000Z', 'DTSTART:20250118T100000Z', 'DURATION:PT2H')
    assert.deepEqual(times(calendar(old, back)), ['2026-11-21T10:00/120'])
  })
})

describe('what an event says', () => {
  const first = (...more: string[]) => read(calendar(meeting(...more))).entries[0]
  const kind = (...more: string[]) => first(...more)?.kind

  it('is busy, unless it is free, cancelled, declined or not accepted', () => {
    assert.equal(kind(), 'busy')
    for (const line of ['TRANSP:TRANSPARENT', 'STATUS:CANCELLED', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'])
      assert.equal(kind(line), undefined, line)
    assert.equal(kind('STATUS:TENTATIVE'), 'tentative')
    assert.equal(kind('X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE'), 'tentative')
    assert.equal(kind('X-MICROSOFT-CDO-BUSYSTATUS:OOF'), 'out')
    assert.equal(kind('TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE'), 'elsewhere')
    const answered = (part: string) =>
      kind(`ATTENDEE;CN="Ek: Anna";PARTSTAT=${part}:mailto:Anna@firma.se`, 'ATTENDEE;PARTSTAT=DECLINED:mailto:x@y.se')
    assert.deepEqual(['ACCEPTED', 'DECLINED', 'NEEDS-ACTION'].map(answered), ['busy', undefined, 'tentative'])
  })

  it('has a title and a place in one line, without the addresses of online meetings', () => {
    const told = (place: string) => first('SUMMARY:Budget\\, år 2027', `LOCATION:${place}`)?.place
    assert.equal(first('SUMMARY;LANGUAGE=sv:Budget\\, år', ' \u00a02027')?.title, 'Budget, år 2027')
    assert.equal(told('Sal 3\\nPlan 2'), 'Sal 3 Plan 2')
    assert.equal(told('https://meet.example/secret?pwd=1'), undefined)
    assert.equal(told('Sal 3\\; https://meet.example/secret'), 'Sal 3')
    assert.equal(told('\u202eevil\u0007'), 'evil')
    assert.ok((told('x'.repeat(5000)) ?? '').length <= 120)
  })

  it('is private by its class, and by one that is not known', () => {
    assert.equal(first('CLASS:PUBLIC')?.isPrivate, undefined)
    for (const line of ['CLASS:PRIVATE', 'CLASS:CONFIDENTIAL', 'CLASS:X-OURS'])
      assert.equal(first(line)?.isPrivate, true, line)
  })
})

describe('a calendar that is broken', () => {
  it('is none when it is a page', () => {
    for (const text of ['', '<html>Log in</html>', 'BEGIN:VCARD\r\nEND:VCARD'])
      assert.deepEqual(readCalendar(text, week), { kind: 'notCalendar' })
  })

  it('loses the events that are broken, and no others', () => {
    const broken = [
      event('DTSTART:yesterday', 'DURATION:PT1H'),
      event('SUMMARY:never'),
      event('DTSTART:20261120T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=SOMETIMES'),
      event('DTSTART:20261120T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=SECONDLY'),
      event('DTSTART:20261101T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'),
      'BEGIN:VEVENT\r\nDTSTART:20261120T090000Z',
    ]
    const { entries, unread } = read(calendar(...broken, meeting('SUMMARY:Whole', 'A broken line', 'X;=":')))
    assert.deepEqual(
      [...new Set(entries.map(({ title }) => title))].filter((title) => title !== undefined),
      ['Whole'],
    )
    assert.ok(unread >= 5, String(unread))
  })

  it('never throws, whatever is in it', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'BEGIN:VEVENT',
        'END:VEVENT',
        'BEGIN:VALARM',
        'END:VALARM',
        'BEGIN:VTIMEZONE',
        'END:VTIMEZONE',
        'DTSTART:20261120T090000Z',
        'DTSTART;TZID=Europe/Paris:20261120T090000',
        'DTEND;VALUE=DATE:20261121',
        'DURATION:-PT5M',
        'RRULE:FREQ=DAILY;BYHOUR=25',
        'RRULE:FREQ=WEEKLY;INTERVAL=0',
        'RDATE;VALUE=PERIOD:20261120T090000Z/PT1H',
        'EXDATE:1',
      ),
      fc.string({ maxLength: 30 }),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const { entries } = read(calendar(...lines))
        for (const { startMs, endMs } of entries) assert.ok(endMs > startMs)
      }),
      { numRuns: 300 },
    )
  })

  it('of 20,000 events is read in bounded time, with no more of them than are looked at', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => {
      const day = new Date(at('2016-01-04T00:00:00Z') + (i % 4000) * dayMs).toISOString().slice(0, 10)
      const date = day.replaceAll('-', '')
      return event(
        `DTSTART;TZID=Europe/Stockholm:${date}T${String(7 + (i % 10)).padStart(2, '0')}0000`,
        'DURATION:PT30M',
        ...(i % 20 === 0 ? ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE'] : []),
        `SUMMARY:Meeting ${i}`,
        `DESCRIPTION:${'agenda '.repeat(30)}`,
      )
    })
    const { entries, unread, isCut } = read(calendar(...many))
    assert.deepEqual([entries.length, unread, isCut], [200, 0, true])
  })

  it('costs no more by many series and exceptions that share one name', () => {
    // Each exception was looked at for each series: this test took minutes.
    const series = Array.from({ length: 3000 }, () => meeting('RRULE:FREQ=DAILY;COUNT=2'))
    const exceptions = Array.from({ length: 3000 }, (_, i) =>
      event(
        `RECURRENCE-ID${i % 3 === 0 ? ';RANGE=THISANDFUTURE' : ''}:20261117T090000Z`,
        'DTSTART:20261117T110000Z',
        'DURATION:PT1M',
      ),
    )
    const { unread, isCut } = read(calendar(...series, ...exceptions))
    assert.deepEqual([unread, isCut], [0, true])
    const broken = event('RECURRENCE-ID:20261120T090000Z', 'DTSTART:20261120T110000Z', 'DURATION:long')
    assert.deepEqual(read(calendar(...series, ...exceptions, broken)).unread, 1)
  })

  it('costs no more by titles and places that are all dots, blanks or beginnings of addresses', () => {
    const long = ['a.'.repeat(9_900), `x${'; '.repeat(9_900)}x`, `x${' '.repeat(19_800)}x`, 'a://'.repeat(4_900)]
    // Each took a tenth to a fifth of a second: this test took two minutes.
    const many = Array.from({ length: 800 }, (_, i) => meeting(`SUMMARY:${long[i % 4]}`, `LOCATION:${long[i % 4]}`))
    const { entries } = read(calendar(...many))
    assert.equal(entries.length, 200)
    assert.deepEqual(entries[0]?.title, `${'a.'.repeat(29)}a…`)
  })
})
