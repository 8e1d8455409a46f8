import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CallId, LegId } from '@vaxel/base'
import { type ApiPlatform, startApi } from './api-platform.ts'
import { recordCall } from './platform/record-call.ts'
import type { CheckedClient } from './checked-client.ts'

describe('history and live calls', () => {
  let api: ApiPlatform
  let supervisor: CheckedClient
  let user: CheckedClient
  let own: CallId
  let others: CallId
  before(async () => {
    api = await startApi()
    supervisor = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
    const { companyId } = api.store.directory.userByAddress('demo.vaxel.test', '201')!
    const atMs = api.clock.now()
    own = await recordCall(api.store, '210', '211', atMs)
    others = await recordCall(api.store, '212', '213', atMs + 1000)
    api.store.ledger.trace({
      callId: own,
      companyId,
      atMs,
      sipCallId: '210@127.0.0.1',
      direction: 'in',
      protocol: 'udp',
      local: '127.0.0.1:5060',
      remote: '127.0.0.1:40000',
      text: 'INVITE sip:211@demo.vaxel.test SIP/2.0\r\n\r\n',
    })
    await api.clock.advanceAsync(250)
  })
  after(() => api.close())

  it('shows a supervisor the company and a user their own calls, latest first', async () => {
    const all = await supervisor.ask('GET', '/api/v1/calls')
    assert.deepEqual(
      all.body.items.map(({ id }: { id: string }) => id),
      [others, own],
    )
    assert.equal(all.body.items[0].talkMs, 60_000)
    const mine = await user.ask('GET', '/api/v1/calls')
    assert.deepEqual(
      mine.body.items.map(({ id }: { id: string }) => id),
      [own],
    )
    const { id: foreign } = api.store.directory.userByAddress('demo.vaxel.test', '212')!
    assert.equal((await user.ask('GET', `/api/v1/calls?userId=${foreign}`)).body.items.length, 0)
  })

  it('filters by number, user and time, and pages', async () => {
    assert.equal((await supervisor.ask('GET', '/api/v1/calls?number=213')).body.items[0].id, others)
    const { id } = api.store.directory.userByAddress('demo.vaxel.test', '211')!
    assert.equal((await supervisor.ask('GET', `/api/v1/calls?userId=${id}`)).body.items[0].id, own)
    const from = new Date(api.clock.now() + 3_600_000).toISOString()
    assert.equal((await supervisor.ask('GET', `/api/v1/calls?from=${from}`)).body.items.length, 0)
    const first = await supervisor.ask('GET', '/api/v1/calls?limit=1')
    const second = await supervisor.ask('GET', `/api/v1/calls?limit=1&before=${first.body.next}`)
    assert.deepEqual([first.body.items[0].id, second.body.items[0].id], [others, own])
    assert.equal('next' in second.body, false)
    assert.equal((await supervisor.ask('GET', '/api/v1/calls?from=yesterday')).body.mistakes[0].path, '?from')
  })

  it('shows one call with its timeline; messages only to those who may see them', async () => {
    const full = await supervisor.ask('GET', `/api/v1/calls/${own}`)
    assert.equal(full.status, 200)
    assert.deepEqual(
      full.body.timeline.map(({ kind }: { kind: string }) => kind),
      ['call.originated', 'call.established', 'call.ended'],
    )
    assert.equal(full.body.legs.length, 2)
    assert.match(full.body.messages[0].text, /^INVITE/)
    const mine = await user.ask('GET', `/api/v1/calls/${own}`)
    assert.equal(mine.body.messages.length, 0)
    assert.equal((await user.ask('GET', `/api/v1/calls/${others}`)).status, 404)
  })

  it('commands live calls with the verbs of ECMA-269, own connections only for users', async () => {
    const anna = api.store.directory.userByAddress('demo.vaxel.test', '210')!
    const { companyId } = anna
    const party = { number: '210', userId: anna.id }
    api.calls.calls = [
      {
        id: 'live-1' as CallId,
        companyId,
        direction: 'internal',
        startedAtMs: api.clock.now(),
        caller: party,
        dialled: '600',
        called: { number: '600' },
        connections: [{ id: 'leg-1' as LegId, party, state: 'connected' }],
      },
    ]
    assert.equal((await user.ask('GET', '/api/v1/live-calls')).body.items[0].connections[0].state, 'connected')
    const stranger = await api.client.logIn('214@demo.vaxel.test', 'demo-214')
    assert.equal((await stranger.ask('GET', '/api/v1/live-calls')).body.items.length, 0)
    assert.equal((await stranger.ask('POST', '/api/v1/live-calls/live-1/commands/hold', {})).status, 404)
    assert.equal((await user.ask('POST', '/api/v1/live-calls/live-1/commands/hold')).status, 202)
    assert.deepEqual(api.calls.commands.at(-1), [{ companyId, userId: anna.id }, 'live-1', 'hold', {}])
    await supervisor.ask('POST', '/api/v1/live-calls/live-1/commands/transfer', { to: '203', legId: 'leg-1' })
    assert.deepEqual(api.calls.commands.at(-1), [{ companyId }, 'live-1', 'transfer', { to: '203', legId: 'leg-1' }])
    const unknown = await user.ask('POST', '/api/v1/live-calls/live-1/commands/explode', {})
    assert.equal(unknown.status, 400)
    assert.equal(unknown.body.mistakes[0].path, '{verb}')
    const made = await user.ask('POST', '/api/v1/calls', { to: '600' })
    assert.equal(made.status, 202)
    const forOther = await user.ask('POST', '/api/v1/calls', { to: '600', fromUserId: companyId })
    assert.equal(forOther.status, 403)
  })
})
