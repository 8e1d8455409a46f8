import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { calendarQuery, calendarsIn } from './multistatus.ts'

const answer = (...data: string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus xmlns:D="DAV:" xmlns:cal='urn:ietf:params:xml:ns:caldav'><!-- two > --><D:response><D:href>/a/1.ics</D:href><D:propstat><D:prop><D:getetag>"1"</D:getetag>${data
    .map((one) => `<cal:calendar-data content-type="text/calendar">${one}</cal:calendar-data><cal:nothing />`)
    .join('')}</D:prop></D:propstat></D:response></D:multistatus>\n`

describe('the answer of a calendar server', () => {
  it('has a calendar for each event, whatever the prefixes are', () => {
    assert.equal(
      calendarsIn(answer('A &amp; B&#13;&#xe5;&lt;', '<![CDATA[BEGIN:VCALENDAR <x> &amp;]]>')),
      'A & B\rå<\r\nBEGIN:VCALENDAR <x> &amp;',
    )
    assert.equal(calendarsIn('<multistatus xmlns="DAV:"/>'), undefined)
    assert.equal(calendarsIn('<multistatus xmlns="DAV:"></multistatus>'), '')
  })

  it('is none when it is a page, is not whole, or brings definitions of its own', () => {
    for (const text of [
      '',
      'hello',
      '<html><body>x</body></html>',
      '<multistatus><a></multistatus></a>',
      '<multistatus>',
      '<multistatus></multistatus><',
      '<!DOCTYPE a [<!ENTITY b "c">]><multistatus></multistatus>',
    ])
      assert.equal(calendarsIn(text), undefined, text)
  })

  it('is asked for a stretch of time in UTC', () => {
    assert.match(
      calendarQuery(Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 21, 9, 30)),
      /start="20261120T000000Z" end="20261121T093000Z"/,
    )
  })

  it('is read in time that grows with its length alone', () => {
    assert.equal(calendarsIn(`<multistatus ${'a="b" '.repeat(50_000)}`), undefined)
    assert.equal(calendarsIn(`<multistatus>${'<a>'.repeat(100_000)}`), undefined)
    assert.equal(calendarsIn(`<![CDATA[`.repeat(20_000)), undefined)
  })
})
