import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CallId, LegId } from '@vaxel/base'
import type { PersonPresence } from '@vaxel/contract'
import type { Notice } from '@vaxel/core'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const domain = 'demo.vaxel.test'

describe('presence', () => {
  let api: ApiPlatform
  let [anna, bo, stranger]: CheckedClient[] = []
  const notices: Notice[] = []
  const idOf = (name: string) => api.store.directory.userByAddress(domain, name)!.id
  const companyOf = (name: string) => api.store.directory.userByAddress(domain, name)!.companyId
  before(async () => {
    api = await startApi()
    api.notices.subscribe((notice) => notices.push(notice))
    const admin = await api.client.logIn(`201@${domain}`, 'demo-201')
    ;[anna, bo] = [
      await api.client.logIn(`210@${domain}`, 'demo-210'),
      await api.client.logIn(`211@${domain}`, 'demo-211'),
    ]
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

  const stateOf = async (client: CheckedClient, name: string) =>
    (await client.ask('GET', `/api/v1/presence/${idOf(name)}`)).body

  /** A call of 210 with a number outside, as it is now. */
  async function call(phase: 'ringing' | 'talking' | 'over') {
    const callId = 'c1' as CallId
    const leg = {
      id: 'l1' as LegId,
      callId,
      userId: idOf('210'),
      phase: phase as 'ringing',
      direction: 'recipient' as const,
      sinceMs: api.clock.now(),
      remote: { number: '+46701740605', name: 'Secret Customer' },
    }
    api.calls.legs = phase === 'over' ? [] : [leg]
    await api.store.ledger.append({
      events: [{ kind: 'call.delivered', atMs: api.clock.now(), companyId: companyOf('210'), callId, data: {} }],
    })
  }

  it('tells everyone of a company at once, and never with whom they talk', async () => {
    const { body } = await bo!.ask('GET', '/api/v1/presence')
    assert.equal(body.isWhole, true)
    assert.equal(body.people.length, 20)
    assert.equal(body.people[0].name, undefined)
    const named = (await bo!.ask('GET', '/api/v1/presence?withNames=true')).body.people
    assert.equal(named.find(({ extension }: PersonPresence) => extension === '207').name, 'Åsa Nyström')
    assert.deepEqual(await stateOf(bo!, '210'), { id: idOf('210'), state: 'offline', why: 'noDevice' })
    await call('talking')
    const busy = await stateOf(bo!, '210')
    assert.deepEqual([busy.state, busy.why], ['busy', 'call'])
    assert.doesNotMatch(JSON.stringify((await bo!.ask('GET', '/api/v1/presence')).body), /Secret|46701740605/)
    await call('over')
    assert.equal((await stateOf(bo!, '210')).state, 'offline')
  })

  it('tells only what has changed since a version, and page by page', async () => {
    const { version } = (await bo!.ask('GET', '/api/v1/presence')).body
    assert.deepEqual((await bo!.ask('GET', `/api/v1/presence?changedSince=${version}`)).body, {
      version,
      isWhole: false,
      people: [],
    })
    await call('ringing')
    const changed = (await bo!.ask('GET', `/api/v1/presence?changedSince=${version}`)).body
    assert.deepEqual(
      changed.people.map(({ id, state }: PersonPresence) => [id, state]),
      [[idOf('210'), 'ringing']],
    )
    await call('over')
    const ofAnotherRun = (await bo!.ask('GET', '/api/v1/presence?changedSince=abc-12')).body
    assert.equal(ofAnotherRun.isWhole, true)
    const found: string[] = []
    for (let after = ''; ; ) {
      const { people, next } = (await bo!.ask('GET', `/api/v1/presence?limit=7${after && `&after=${after}`}`)).body
      found.push(...people.map(({ id }: PersonPresence) => id))
      if (!next) break
      after = next
    }
    assert.deepEqual([found.length, new Set(found).size], [20, 20])
  })

  it('lets people choose how they are seen, until a time, with a note, and take it back', async () => {
    const until = new Date(api.clock.now() + 600_000).toISOString()
    const put = await anna!.ask('PUT', '/api/v1/me/presence', { state: 'away', note: 'Tandläkaren', until })
    assert.deepEqual(put.body.chosen, { state: 'away', note: 'Tandläkaren', until })
    assert.deepEqual(await stateOf(bo!, '210'), {
      id: idOf('210'),
      state: 'away',
      why: 'chosen',
      since: Math.floor(api.clock.now() / 1000),
      until: Date.parse(until) / 1000,
      note: 'Tandläkaren',
    })
    await api.clock.advanceAsync(600_000)
    assert.equal((await stateOf(bo!, '210')).state, 'offline', 'it ends by itself')
    assert.equal((await anna!.ask('GET', '/api/v1/me/presence')).body.chosen, undefined)
    await anna!.ask('PUT', '/api/v1/me/presence', { state: 'doNotDisturb' })
    assert.equal((await stateOf(bo!, '210')).state, 'doNotDisturb')
    assert.equal((await anna!.ask('DELETE', '/api/v1/me/presence')).body.presence.state, 'offline')
  })

  it('refuses an end that is over or far away, and states that only telephones have', async () => {
    const put = (body: object) => anna!.ask('PUT', '/api/v1/me/presence', body)
    for (const until of ['2020-01-01T00:00:00.000Z', '2090-01-01T00:00:00.000Z']) {
      const { status, body } = await put({ state: 'away', until })
      assert.deepEqual([status, body.code], [400, 'PRESENCE_OVER_ALREADY'])
    }
    assert.equal((await put({ state: 'ringing' })).status, 400)
    assert.equal((await put({ state: 'away', note: 'x'.repeat(201) })).status, 400)
  })

  it('does not tell colleagues that somebody only looks offline, not even during a call', async () => {
    await anna!.ask('PUT', '/api/v1/me/presence', { state: 'offline', note: 'hiding' })
    await call('talking')
    const seen = await stateOf(bo!, '210')
    assert.deepEqual([seen.state, seen.why, seen.note], ['offline', 'noDevice', undefined])
    assert.equal((await anna!.ask('GET', '/api/v1/me/presence')).body.chosen.state, 'offline')
    await call('over')
    await anna!.ask('DELETE', '/api/v1/me/presence')
  })

  it('keeps companies apart: in the list, one by one, and in notices', async () => {
    assert.equal((await stranger!.ask('GET', `/api/v1/presence/${idOf('210')}`)).status, 404)
    assert.equal((await stranger!.ask('GET', '/api/v1/presence/nobody')).status, 404)
    assert.equal((await stranger!.ask('GET', '/api/v1/presence')).body.people.length, 1)
    await api.clock.advanceAsync(1000)
    notices.length = 0
    await anna!.ask('PUT', '/api/v1/me/presence', { state: 'busy' })
    await stranger!.ask('PUT', '/api/v1/me/presence', { state: 'busy' })
    await api.clock.advanceAsync(1000)
    const told = notices.filter(({ kind }) => kind === 'presence.changed')
    assert.equal(told.length, 2)
    const ofDemo = told.find(({ companyId }) => companyId === companyOf('210'))!
    assert.deepEqual(
      (ofDemo.data.people as PersonPresence[]).map(({ id, state }) => [id, state]),
      [[idOf('210'), 'busy']],
    )
    await anna!.ask('DELETE', '/api/v1/me/presence')
  })
})
