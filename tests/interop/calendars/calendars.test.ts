import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ApiClient, eventually, type Platform, startPlatform } from '@vaxel/testkit'
import { Radicale } from './radicale.ts'

const minute = 60_000
const mine = '/api/v1/me/calendar'

interface Seen {
  readonly state: string
  readonly why: string
  readonly until?: number
  readonly place?: string
  readonly title?: string
}

/** iCalendar's writing of a moment in UTC. */
const utc = (ms: number): string => `${new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`

/** What a clock in Stockholm shows, as iCalendar writes it. */
function wall(ms: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Stockholm',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(ms)
  return parts.replaceAll(/[-:]/g, '').replace(' ', 'T')
}

describe('a calendar at a CalDAV server', () => {
  let platform: Platform
  let radicale: Radicale
  let [asa, colleague]: ApiClient[] = []
  let id = ''
  before(async () => {
    ;[platform, radicale] = await Promise.all([startPlatform(), Radicale.start()])
    asa = await ApiClient.login(platform.url, '207@demo.vaxel.test', 'demo-207')
    colleague = await ApiClient.login(platform.url, '208@demo.vaxel.test', 'demo-208')
    id = (await asa.get<{ user: { id: string } }>('/api/v1/me')).user.id
  })
  after(async () => {
    await radicale?.stop()
    await platform?.stop()
  })

  /** Follows the calendar anew, so that it is read now; resolves when it was. */
  async function follow(wish: Readonly<Record<string, string>> = {}): Promise<{ state: string; trouble?: string }> {
    await asa!.request('DELETE', mine)
    const { address, login, password } = radicale
    const body = { protocol: 'caldav', address, login, password, shows: 'all', ...wish }
    const { status } = await asa!.request('PUT', mine, body)
    assert.equal(status, 200)
    const look = async () => {
      const found = await asa!.get<{ calendar: { state: string; trouble?: string } }>(mine)
      return found.calendar.state !== 'reading' && found
    }
    const { calendar } = await eventually('the calendar was read', look, 60_000)
    return calendar
  }
  const seen = () => colleague!.get<Seen>(`/api/v1/presence/${id}`)

  it('says over the API that somebody is in a meeting, until when, where, and what comes next', async () => {
    const now = Date.now()
    const until = Math.floor(now / minute) * minute + 40 * minute
    await radicale.put(
      'fair',
      `DTSTART:${utc(now - 20 * minute)}`,
      `DTEND:${utc(until)}`,
      'SUMMARY:Mässan i Lyon',
      'LOCATION:Lyon\\, hall 3',
    )
    await radicale.put('next', `DTSTART:${utc(until)}`, `DTEND:${utc(until + 30 * minute)}`, 'SUMMARY:Taxi')
    assert.equal((await follow()).state, 'good')
    const { state, why, place, title, until: end } = await seen()
    assert.deepEqual([state, why, place, title], ['inMeeting', 'calendar', 'Lyon, hall 3', 'Mässan i Lyon'])
    assert.equal(end, (until + 30 * minute) / 1000)
    const day = await colleague!.get<{ blocks: { to: string; title: string }[] }>(`/api/v1/presence/${id}/day`)
    assert.deepEqual(
      day.blocks.map(({ title: name, to }) => [name, Date.parse(to)]),
      [
        ['Mässan i Lyon', until],
        ['Taxi', until + 30 * minute],
      ],
    )
  })

  it('is followed when events are moved, made private and removed', async () => {
    const now = Date.now()
    const later = [`DTSTART:${utc(now + 60 * minute)}`, `DTEND:${utc(now + 90 * minute)}`]
    await radicale.put('fair', ...later, 'SUMMARY:Mässan i Lyon')
    await radicale.remove('next')
    await follow()
    assert.notEqual((await seen()).why, 'calendar')
    const current = [`DTSTART:${utc(now - 10 * minute)}`, `DTEND:${utc(now + 30 * minute)}`]
    await radicale.put('fair', ...current, 'SUMMARY:Läkare', 'LOCATION:Vårdcentralen', 'CLASS:PRIVATE')
    await follow()
    const { why, place, title } = await seen()
    assert.deepEqual([why, place, title], ['calendar', undefined, undefined])
    await radicale.remove('fair')
    await follow()
    assert.notEqual((await seen()).why, 'calendar')
  })

  it('keeps to the clock on the wall when summer time has begun or ended since a series began', async () => {
    const startMs = Date.now() - 20 * minute
    // Half a year ago; where the offset of that day counted, the meeting of today would be an hour from now.
    const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(T\d{6})$/.exec(wall(startMs)) ?? []
    const before = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) - 182))
    const first = before.toISOString().slice(0, 10).replaceAll('-', '') + time
    await radicale.put(
      'series',
      `DTSTART;TZID=Europe/Stockholm:${first}`,
      'DURATION:PT40M',
      'RRULE:FREQ=WEEKLY',
      'LOCATION:Sal 3',
    )
    assert.equal((await follow()).state, 'good')
    const { why, place } = await seen()
    assert.deepEqual([why, place], ['calendar', 'Sal 3'])
    // The whole collection as one file says the same.
    assert.equal((await follow({ protocol: 'feed', shows: 'place' })).state, 'good')
    assert.equal((await seen()).place, 'Sal 3')
  })

  it('that cannot be read says why, and what it said last goes on to count', async () => {
    assert.equal((await follow({ password: 'wrong' })).trouble, 'login')
    assert.equal((await follow({ address: radicale.address.replace('/work/', '/gone/') })).trouble, 'notFound')
    assert.equal((await follow({ protocol: 'feed', address: `${platform.url}/healthz` })).trouble, 'notCalendar')
    await follow()
    await radicale.stop()
    const { body } = await asa!.request<{ state: string; trouble: string }>('POST', `${mine}/read`)
    assert.deepEqual([body.state, body.trouble], ['failing', 'unreachable'])
    assert.equal((await seen()).place, 'Sal 3')
  })
})
