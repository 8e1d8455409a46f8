import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deliveredCatalogues } from '../catalogues/index.ts'
import { profileFormat, type SiteProfile } from '../profile/site-profile.ts'
import { publicCertificateDays } from './certificate-lifetime.ts'
import { planSite } from './plan-site.ts'
import { writeIcs } from './write-ics.ts'

const today = '2026-11-21'
const catalogue = deliveredCatalogues.find(({ id }) => id === 'telia-touchpoint-plus')!

const site = (secrets: SiteProfile['secrets'], options = {}): SiteProfile => ({
  format: profileFormat,
  name: 'Site; north, 1\\2',
  system: catalogue.id,
  people: { softphone: 1, integrated: 1 },
  options: { exchange: 'online', skypeForBusiness: 'voice', skypePrivateCertificate: true, ...options },
  connection: 'internet',
  ...(secrets && { secrets }),
})

const secret = (requirement: string, notAfter: string, subject = requirement) => ({
  requirement,
  subject,
  notAfter,
  owner: 'it@example.com',
})

const entries = (...secrets: NonNullable<SiteProfile['secrets']>) =>
  planSite(catalogue, site(secrets), { today }).calendar

describe('the calendar', () => {
  it('is sorted by day, with what has no day at the end', () => {
    const days = entries(secret('own', '2027-05-01'), secret('own', '2026-12-01')).map(({ day }) => day ?? '')
    assert.deepEqual(days.slice(0, 2), ['2026-12-01', '2027-05-01'])
    assert.ok(days.slice(2).every((day) => day === ''))
  })

  it('warns 60, 30, 14, 7 and 1 days before, of days that are still to come', () => {
    const [entry] = entries(secret('own', '2026-12-21'))
    assert.deepEqual(entry?.warnOn, ['2026-11-21', '2026-12-07', '2026-12-14', '2026-12-20'])
    assert.deepEqual(
      entries(secret('own', '2027-12-31'))[0]?.warnOn.map((day) => day.slice(0, 10)),
      ['2027-11-01', '2027-12-01', '2027-12-17', '2027-12-24', '2027-12-30'],
    )
  })

  it('counts from the day on which the other side needs the new one', () => {
    const id = catalogue.requirements.find(({ body }) => body.kind === 'secret' && (body.leadDays ?? 0) > 0)!.id
    const [entry] = entries(secret(id, '2027-03-31'))
    assert.equal(entry?.notAfter, '2027-03-31')
    assert.ok(entry.day! < '2027-03-31')
    assert.ok(entry.explained.some(({ key }) => key === 'secretLead'))
  })

  it('doubts an end that cannot be, an id that nobody asks for, and tells what has ended', () => {
    const keys = (one: ReturnType<typeof secret>) => entries(one)[0]?.explained.map(({ key }) => key)
    assert.deepEqual(keys(secret('tp-exchange-client-secret', '2030-01-01')), ['secretEnds', 'secretTooLong'])
    assert.deepEqual(keys(secret('nothing-of-the-kind', '2027-01-01')), ['secretEnds', 'secretNotAsked'])
    assert.deepEqual(keys(secret('own', '2026-11-01')), ['secretEnded'])
  })

  it('asks for the end of a secret that nobody told, and says which may never end', () => {
    const untold = entries()
    assert.ok(
      untold.some(
        ({ kind, requirementIds }) => kind === 'unknown' && requirementIds[0] === 'tp-exchange-client-secret',
      ),
    )
    assert.ok(
      untold.some(({ kind, requirementIds }) => kind === 'never' && requirementIds[0] === 'tp-exchange-online-account'),
    )
    const told = entries(secret('tp-exchange-client-secret', '2027-01-01'))
    assert.ok(
      !told.some(({ kind, requirementIds }) => kind === 'unknown' && requirementIds[0] === 'tp-exchange-client-secret'),
    )
  })

  it('knows how long public certificates last', () => {
    assert.deepEqual(
      ['2026-03-14', '2026-03-15', '2027-03-14', '2027-03-15', '2029-03-14', '2029-03-15', '2035-01-01'].map(
        publicCertificateDays,
      ),
      [398, 200, 200, 100, 100, 47, 47],
    )
  })
})

describe('the calendar as iCalendar', () => {
  const long = `Zertifikat für ${'ä'.repeat(80)}; a, b\r\nBEGIN:VALARM`
  const plan = planSite(catalogue, site([secret('own', '2027-01-31', long)]), { today })
  const ics = writeIcs(plan, 'en')
  const unfolded = ics.replaceAll('\r\n ', '')

  it('has lines of at most 75 octets that end in CR LF (RFC 5545 §3.1)', () => {
    assert.ok(ics.endsWith('END:VCALENDAR\r\n'))
    for (const line of ics.split('\r\n')) {
      assert.ok(Buffer.byteLength(line) <= 75, line)
      assert.doesNotMatch(line, /[\n\r]/)
    }
  })

  it('escapes what others wrote, so that nothing of it becomes a line of its own (§3.3.11)', () => {
    assert.ok(unfolded.includes(String.raw`X-WR-CALNAME:Site\; north\, 1\\2`))
    assert.match(unfolded, /SUMMARY:Renew: Zertifikat für ä{80}\\; a\\, b\\nBEGIN:VALARM \(ends on 2027-01-31\)/)
    const begins = unfolded.split('\r\n').filter((line) => line === 'BEGIN:VALARM').length
    assert.equal(begins, 5)
  })

  it('is a whole day with alarms before it, and the same entry again for the same secret', () => {
    assert.match(unfolded, /DTSTART;VALUE=DATE:20270131\r\nDTEND;VALUE=DATE:20270201/)
    assert.match(unfolded, /TRIGGER:-P60D/)
    const uid = (text: string) => /UID:(.*)/.exec(text)?.[1]
    const renewed = planSite(catalogue, site([secret('own', '2028-01-31', long)]), { today: '2027-01-30' })
    assert.equal(uid(writeIcs(renewed, 'sv')), uid(ics))
  })
})
