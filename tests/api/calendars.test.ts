import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CalendarEntry } from '@vaxel/core'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const domain = 'demo.vaxel.test'
const hour = 3_600_000
const mine = '/api/v1/me/calendar'

describe('calendars that presence follows', () => {
  let api: ApiPlatform
  let [admin, anna, bo, stranger]: CheckedClient[] = []
  const idOf = (name: string) => api.store.directory.userByAddress(domain, name)!.id
  const feed = { protocol: 'feed', address: 'https://cloud.example/private-4711/anna.ics' }
  const meeting = (more: Partial<CalendarEntry> = {}): CalendarEntry => ({
    startMs: api.clock.now() - hour,
    endMs: api.clock.now() + hour,
    kind: 'busy',
    title: 'Budget',
    place: 'Lyon',
    ...more,
  })
  const answers = (...entries: CalendarEntry[]) => {
    api.calendarServer.answer = { kind: 'read', entries, unread: 0, isCut: false }
  }

  before(async () => {
    api = await startApi()
    admin = await api.client.logIn(`201@${domain}`, 'demo-201')
    anna = await api.client.logIn(`210@${domain}`, 'demo-210')
    bo = await api.client.logIn(`211@${domain}`, 'demo-211')
    const other = await admin.ask('POST', '/api/v1/companies', { name: 'Other AB', domain: 'other.example' })
    const password = 'correct horse battery'
    await admin.ask('POST', `/api/v1/users?companyId=${other.body.id}`, {
      name: 'eva',
      displayName: 'Eva',
      domain: 'other.example',
      password,
    })
    stranger = await api.client.logIn('eva@other.example', password)
  })
  after(() => api.close())

  const presence = async () => {
    const { state, why, place, title } = (await bo!.ask('GET', `/api/v1/presence/${idOf('210')}`)).body
    return { state, why, place, title }
  }

  it('are set by their owner, who is told what is missing, and read at once', async () => {
    assert.deepEqual((await anna!.ask('GET', mine)).body, {})
    const refused = await anna!.ask('PUT', mine, { address: 'nowhere' })
    assert.deepEqual(
      [refused.status, refused.body.mistakes.map(({ path }: { path: string }) => path)],
      [400, ['/protocol', '/address']],
    )
    answers(meeting())
    const made = await anna!.ask('PUT', mine, { ...feed, shows: 'place' })
    assert.deepEqual([made.status, made.body.server, made.body.shows], [200, 'cloud.example', 'place'])
    const read = await anna!.ask('POST', `${mine}/read`)
    assert.equal(read.body.state, 'good')
    assert.deepEqual(await presence(), { state: 'inMeeting', why: 'calendar', place: 'Lyon', title: undefined })
    assert.doesNotMatch(JSON.stringify([made.body, read.body]), /4711/)
  })

  it('tell colleagues the day of somebody, and strangers nothing', async () => {
    const { body } = await bo!.ask('GET', `/api/v1/presence/${idOf('210')}/day`)
    assert.deepEqual(
      [body.state, body.blocks.length, body.blocks[0].kind, body.blocks[0].place],
      ['known', 1, 'busy', 'Lyon'],
    )
    assert.equal((await stranger!.ask('GET', `/api/v1/presence/${idOf('210')}/day`)).status, 404)
    assert.equal((await bo!.ask('GET', `/api/v1/presence/${idOf('212')}/day`)).body.state, 'none')
  })

  it('do not win over what somebody chose, whose place is told all the same unless they look offline', async () => {
    await anna!.ask('PUT', '/api/v1/me/presence', { state: 'available' })
    api.clock.advance(0)
    const choose = (state: string) => anna!.ask('PUT', '/api/v1/me/presence', { state })
    await choose('busy')
    assert.deepEqual(await presence(), { state: 'busy', why: 'chosen', place: 'Lyon', title: undefined })
    await choose('offline')
    assert.deepEqual(await presence(), { state: 'offline', why: 'noDevice', place: undefined, title: undefined })
    await anna!.ask('DELETE', '/api/v1/me/presence')
    assert.equal((await presence()).why, 'calendar')
  })

  it('hide title and place where their owner wants it, and what is private always', async () => {
    await anna!.ask('PUT', mine, { shows: 'all' })
    assert.equal((await presence()).title, 'Budget')
    await anna!.ask('PUT', mine, { shows: 'busy' })
    assert.deepEqual(await presence(), { state: 'inMeeting', why: 'calendar', place: undefined, title: undefined })
    api.clock.advance(11_000)
    answers(meeting({ isPrivate: true }))
    await anna!.ask('PUT', mine, { shows: 'all' })
    await anna!.ask('POST', `${mine}/read`)
    assert.deepEqual(await presence(), { state: 'inMeeting', why: 'calendar', place: undefined, title: undefined })
  })

  it('say to their owner why they cannot be read', async () => {
    api.clock.advance(11_000)
    api.calendarServer.answer = { kind: 'failed', trouble: 'login', status: 401 }
    const { body } = await anna!.ask('POST', `${mine}/read`)
    assert.deepEqual([body.state, body.trouble], ['failing', 'login'])
    assert.ok(Date.parse(body.since) > 0 && Date.parse(body.triedAgainAt) > api.clock.now())
    assert.equal((await presence()).why, 'calendar')
  })

  it('are set by administrators too, who see which fail and never an address or a password', async () => {
    const path = `/api/v1/users/${idOf('211')}/calendar`
    assert.equal((await anna!.ask('GET', path)).status, 403)
    assert.equal((await anna!.ask('GET', '/api/v1/calendars')).status, 403)
    answers()
    const titles = await admin!.ask('PUT', path, { ...feed, shows: 'all' })
    assert.deepEqual([titles.status, titles.body.mistakes[0].path], [400, '/shows'])
    const made = await admin!.ask('PUT', path, {
      protocol: 'caldav',
      address: 'https://dav.example/bo-4711/',
      login: 'bo',
      password: 'geheim',
    })
    assert.deepEqual([made.status, made.body.login, made.body.shows], [200, 'bo', 'busy'])
    const { body } = await admin!.ask('GET', '/api/v1/calendars?limit=1')
    assert.equal(body.items.length, 1)
    const rest = await admin!.ask('GET', `/api/v1/calendars?after=${body.next}`)
    assert.equal(rest.body.items.length, 1)
    const changes = await admin!.ask('GET', '/api/v1/configuration/changes?limit=50')
    assert.equal(changes.status, 200)
    assert.doesNotMatch(JSON.stringify([made.body, body, rest.body, changes.body]), /geheim|4711/)
    assert.equal((await admin!.ask('DELETE', path)).status, 204)
    assert.deepEqual((await admin!.ask('GET', path)).body, {})
    assert.equal((await stranger!.ask('GET', path)).status, 403)
  })

  it('are kept sealed, and taken back with their owner', async () => {
    const names = (await readdir(api.folder, { recursive: true })).filter((name) => /\.db(-wal)?$/.test(name))
    assert.ok(names.length > 0)
    for (const name of names)
      assert.equal((await readFile(join(api.folder, name))).includes('private-4711'), false, name)
    await anna!.ask('DELETE', mine)
    assert.deepEqual((await anna!.ask('GET', mine)).body, {})
    assert.notEqual((await presence()).why, 'calendar')
    assert.equal((await anna!.ask('DELETE', mine)).status, 404)
  })
})
