import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

let api: ApiPlatform
let administrator: CheckedClient
let user: CheckedClient
let colleague: CheckedClient
before(async () => {
  api = await startApi()
  administrator = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
  user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
  colleague = await api.client.logIn('211@demo.vaxel.test', 'demo-211')
})
after(() => api.close())

const idOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!.id
const reasonsOf = (body: { mistakes?: { path: string }[] }) => (body.mistakes ?? []).map(({ path }) => path)

describe('rules by caller, presence and hours', () => {
  const weekdays = {
    timeZone: 'Europe/Stockholm',
    periods: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
  }

  it('are kept in their order, with the names of whom they lead to', async () => {
    const rules = [
      { name: 'Family', from: { numbers: ['070-174 06 05'] }, moment: 'always', action: { kind: 'ring' } },
      { name: 'Adverts', from: { prefixes: ['+4677'] }, moment: 'always', action: { kind: 'refuse' } },
      {
        name: 'In meetings',
        presence: ['inMeeting'],
        times: weekdays,
        until: '2099-01-01T00:00:00.000Z',
        moment: 'noAnswer',
        afterSeconds: 8,
        action: { kind: 'forward', to: '211' },
      },
    ]
    const body = { callWaiting: true, rules, always: { to: '212', times: weekdays } }
    const put = await user.ask('PUT', '/api/v1/me/forwarding', body)
    assert.equal(put.status, 200)
    assert.deepEqual(put.body.rules, body)
    assert.ok(put.body.names['211'] && put.body.names['212'])
    assert.deepEqual((await user.ask('GET', '/api/v1/me/forwarding')).body.rules, body)
  })

  it('are refused with all that is wrong in them', async () => {
    const rules = [
      { name: 'a', moment: 'busy', action: { kind: 'ring' } },
      { name: 'b', moment: 'always', afterSeconds: 9, action: { kind: 'forward', to: '211' } },
      { name: 'c', times: { ...weekdays, timeZone: 'Mars/Base' }, moment: 'always', action: { kind: 'refuse' } },
    ]
    const { status, body } = await user.ask('PUT', '/api/v1/me/forwarding', { callWaiting: true, rules })
    assert.equal(status, 400)
    assert.deepEqual(reasonsOf(body).toSorted(), [
      '/rules/0/moment',
      '/rules/1/afterSeconds',
      '/rules/2/times/timeZone',
    ])
    const nowhere = [{ name: 'x', moment: 'always', action: { kind: 'forward', to: '299' } }]
    const refused = await user.ask('PUT', '/api/v1/me/forwarding', { callWaiting: true, rules: nowhere })
    assert.equal(refused.body.code, 'FORWARDING_NOWHERE')
  })
})

describe('profiles', () => {
  it('are made by their person, one holds at a time, and one that is gone holds no longer', async () => {
    const [device] = api.store.directory.devicesOf(idOf('210'))
    const list = [
      { id: 'office', name: 'Office', place: 'office', deviceIds: [device!.id] },
      { id: 'home', name: 'Home', place: 'home', forward: { moment: 'noAnswer', to: '211', afterSeconds: 15 } },
    ]
    assert.deepEqual((await user.ask('PUT', '/api/v1/me/profiles', { list })).body, { list })
    const active = { id: 'home', until: '2099-01-01T00:00:00.000Z' }
    assert.deepEqual((await user.ask('PUT', '/api/v1/me/profile', { active })).body, { list, active })
    assert.equal((await user.ask('PUT', '/api/v1/me/profile', { active: { id: 'moon' } })).status, 404)
    const left = await user.ask('PUT', '/api/v1/me/profiles', { list: [list[0]] })
    assert.deepEqual(left.body, { list: [list[0]] })
    assert.deepEqual((await colleague.ask('GET', '/api/v1/me/profiles')).body, { list: [] })
  })

  it("name no other's devices, and lead somewhere", async () => {
    const [other] = api.store.directory.devicesOf(idOf('211'))
    const list = [
      { id: 'a', name: 'A', place: 'office', deviceIds: [other!.id] },
      { id: 'a', name: 'B', place: 'home', forward: { moment: 'always', to: '299' } },
    ]
    const { status, body } = await user.ask('PUT', '/api/v1/me/profiles', { list })
    assert.equal(status, 400)
    assert.deepEqual(reasonsOf(body), ['/list/0/deviceIds/0', '/list/1/id', '/list/1/forward/to'])
  })
})

describe('assistants', () => {
  const filter = (more: object = {}) => ({
    isOn: true,
    assistants: [idOf('211')],
    mode: 'first',
    seconds: 15,
    allowed: { kinds: ['contact'] },
    ...more,
  })

  it('are chosen by the person or an administrator, and switch the filter too', async () => {
    assert.deepEqual((await user.ask('PUT', '/api/v1/me/call-filter', filter())).body, filter())
    const assists = async () => (await colleague.ask('GET', '/api/v1/me/call-filter')).body.assists
    const name = api.store.directory.user(idOf('210'))!.displayName
    assert.deepEqual(await assists(), [{ userId: idOf('210'), name, isOn: true }])
    const state = `/api/v1/users/${idOf('210')}/call-filter/state`
    assert.equal((await colleague.ask('PUT', state, { isOn: false })).status, 200)
    assert.equal((await assists())[0].isOn, false)
    const mine = (await user.ask('GET', '/api/v1/me/call-filter')).body
    assert.deepEqual([mine.filter.isOn, Object.keys(mine.names)], [false, [idOf('211')]])
    assert.equal((await administrator.ask('PUT', state, { isOn: true })).status, 404, 'no assistant of theirs')
    const path = `/api/v1/users/${idOf('210')}/call-filter`
    assert.equal((await administrator.ask('PUT', path, filter({ isOn: false }))).status, 200)
    assert.equal((await administrator.ask('GET', path)).body.filter.isOn, false)
    assert.equal((await colleague.ask('GET', path)).status, 403)
  })

  it('stays with the assistants of now, though one who goes switches it at that moment', async () => {
    const path = '/api/v1/me/call-filter'
    for (const isPutFirst of [true, false]) {
      await user.ask('PUT', path, filter())
      const put = () => user.ask('PUT', path, filter({ assistants: [idOf('203')] }))
      const state = `/api/v1/users/${idOf('210')}/call-filter/state`
      const switchIt = () => colleague.ask('PUT', state, { isOn: false })
      await Promise.all((isPutFirst ? [put, switchIt] : [switchIt, put]).map((ask) => ask()))
      assert.deepEqual((await user.ask('GET', path)).body.filter.assistants, [idOf('203')])
      assert.equal((await colleague.ask('PUT', state, { isOn: false })).status, 404)
    }
  })

  it('are others, of the company, and at least one', async () => {
    const wrong = await user.ask('PUT', '/api/v1/me/call-filter', filter({ assistants: [idOf('210'), 'nobody'] }))
    assert.deepEqual(reasonsOf(wrong.body), ['/assistants/0', '/assistants/1'])
    const none = await user.ask('PUT', '/api/v1/me/call-filter', filter({ assistants: [] }))
    assert.deepEqual(reasonsOf(none.body), ['/assistants'])
  })
})

describe('groups', () => {
  const group = (more: object = {}) => ({
    kind: 'group',
    name: 'Service',
    userIds: [idOf('210'), idOf('211')],
    mode: 'longestIdle',
    memberSeconds: 15,
    longestWaitSeconds: 90,
    ringsBusy: true,
    hidesName: true,
    overflow: { busy: '600', noAnswer: '201' },
    ...more,
  })

  it('have an order, times and an overflow', async () => {
    const made = await administrator.ask('POST', '/api/v1/numbers', { number: '270', target: group() })
    assert.equal(made.status, 201)
    assert.deepEqual(made.body.target, group())
    const wrong = group({ userIds: [idOf('210'), idOf('210'), 'x'], overflow: { busy: '299', noAnswer: '270' } })
    const { body } = await administrator.ask('PATCH', '/api/v1/numbers/270', { target: wrong })
    assert.deepEqual(reasonsOf(body), [
      '/target/userIds/2',
      '/target/userIds/1',
      '/target/overflow/busy',
      '/target/overflow/noAnswer',
    ])
    // Codes are for those who dial them: callers who are sent on to one are refused.
    for (const code of ['*21600', '*26', '*8']) {
      const sent = await administrator.ask('PATCH', '/api/v1/numbers/270', {
        target: group({ overflow: { busy: code } }),
      })
      assert.deepEqual(reasonsOf(sent.body), ['/target/overflow/busy'], code)
    }
    const shared = {
      kind: 'shared',
      name: 'Desk',
      userIds: [idOf('210')],
      ringSeconds: 30,
      takesSecondCall: true,
      callsOutAs: 'choice',
    }
    assert.equal((await administrator.ask('POST', '/api/v1/numbers', { number: '271', target: shared })).status, 201)
  })

  it('say to their members which lines calls can be made on, and how', async () => {
    const { items } = (await user.ask('GET', '/api/v1/me/groups')).body as { items: { number: string }[] }
    const of = (wanted: string) => items.find(({ number }) => number === wanted)
    assert.deepEqual(of('271'), { number: '271', name: 'Desk', isIn: true, callsOutAs: 'choice' })
    assert.equal(Object.hasOwn(of('270') ?? {}, 'callsOutAs'), false)
  })

  it('are left and joined by their members, or by a supervisor for them', async () => {
    const mine = async () => {
      const { items } = (await user.ask('GET', '/api/v1/me/groups')).body as {
        items: { number: string; isIn: boolean }[]
      }
      return items.find(({ number }) => number === '270')?.isIn
    }
    assert.equal(await mine(), true)
    assert.equal((await user.ask('PUT', '/api/v1/me/groups/270', { isIn: false })).body.isIn, false)
    assert.equal(await mine(), false)
    assert.equal((await user.ask('PUT', '/api/v1/me/groups/999', { isIn: false })).status, 404)
    const path = `/api/v1/users/${idOf('210')}/groups/270`
    assert.equal((await colleague.ask('PUT', path, { isIn: true })).status, 403)
    assert.equal((await administrator.ask('PUT', path, { isIn: true })).status, 200)
    assert.equal(await mine(), true)
  })
})

describe('short dials', () => {
  it('of a person lead where can be dialled, and not to others of their kind', async () => {
    const entries = [
      { code: '1', to: '211', name: 'Bo' },
      { code: '22', to: '+46701740605' },
    ]
    assert.deepEqual((await user.ask('PUT', '/api/v1/me/short-dials', { entries })).body, { entries })
    assert.deepEqual((await user.ask('GET', '/api/v1/me/short-dials')).body, { entries })
    const wrong = [
      { code: '1', to: '112' },
      { code: '1', to: '*02' },
    ]
    const { body } = await user.ask('PUT', '/api/v1/me/short-dials', { entries: wrong })
    assert.deepEqual(reasonsOf(body), ['/entries/0/to', '/entries/1/code', '/entries/1/to'])
  })

  it('of the company are taken in as a list, all or none, after a look', async () => {
    const ask = (isPreview: boolean, items: object[]) =>
      administrator.ask('POST', '/api/v1/short-dials/import', { isPreview, items })
    const items = [
      { number: '*0100', to: '08-465 004 99', name: 'Taxi' },
      { number: '*0101', to: '210' },
    ]
    const looked = await ask(true, items)
    assert.deepEqual([looked.body.isDone, looked.body.items[0]], [false, { number: '*0100', what: 'made' }])
    assert.equal((await ask(false, items)).body.isDone, true)
    const again = await ask(false, [...items, { number: '*0101', to: '211' }, { number: '*05', to: '210' }])
    assert.deepEqual(
      again.body.items.map(({ what }: { what: string }) => what),
      ['same', 'same', 'refused', 'refused'],
    )
    assert.equal(again.body.isDone, false)
    const changed = await ask(false, [{ number: '*0101', to: '211' }])
    assert.deepEqual([changed.body.isDone, changed.body.items[0].what], [true, 'changed'])
    const emergency = await ask(false, [{ number: '*0102', to: '112' }])
    assert.equal(emergency.body.items[0].what, 'refused')
    assert.equal((await user.ask('POST', '/api/v1/short-dials/import', { isPreview: true, items })).status, 403)
  })
})

describe('a call that is tried out', () => {
  it('is told with its rounds, where it would go then, and why, and nothing rings', async () => {
    await user.ask('PUT', '/api/v1/me/call-filter', {
      isOn: true,
      assistants: [idOf('211')],
      mode: 'first',
      seconds: 15,
      allowed: {},
    })
    await user.ask('PUT', '/api/v1/me/profiles', { list: [] })
    const night = { timeZone: 'Europe/Stockholm', periods: [{ days: [6, 7], from: '00:00', to: '24:00' }] }
    const always = { to: '+46701740605', times: night }
    await user.ask('PUT', '/api/v1/me/forwarding', { callWaiting: true, always, busy: { to: '212' } })
    const ask = async (body: object) => (await administrator.ask('POST', '/api/v1/routing/try', body)).body
    const from = { kind: 'outside', number: '070-174 06 00' }
    const workday = await ask({ from, dialled: '210', at: '2026-11-20T10:00:00.000Z' })
    assert.equal(workday.outcome, 'rings')
    assert.deepEqual(workday.onward, [{ moment: 'busy', to: '212' }])
    assert.ok(workday.steps.some(({ code }: { code: string }) => code.startsWith('route.filter')))
    const saturday = await ask({ from, dialled: '210', at: '2026-11-21T10:00:00.000Z' })
    assert.deepEqual([saturday.outcome, saturday.to], ['outside', '+46701740605'])
    const wrong = await ask({ from: { kind: 'user', userId: idOf('211') }, dialled: '299' })
    assert.equal(wrong.outcome, 'refused')
    assert.equal((await user.ask('POST', '/api/v1/routing/try', { from, dialled: '210' })).status, 403)
  })
})
