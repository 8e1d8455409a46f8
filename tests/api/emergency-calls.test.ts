import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { CallId, LegId } from '@vaxel/base'
import type { Notice } from '@vaxel/core'
import { eventually } from '@vaxel/testkit'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const keys = { p256dh: 'BP'.padEnd(88, 'a'), auth: 'a'.repeat(22) }
const domain = 'demo.vaxel.test'

describe('emergency calls', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let attendant: CheckedClient
  let user: CheckedClient
  const notices: Notice[] = []
  let calls = 0
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn(`201@${domain}`, 'demo-201')
    user = await api.client.logIn(`205@${domain}`, 'demo-205')
    const idOf = (name: string) => api.store.directory.userByAddress(domain, name)!.id
    const change = (name: string, body: object) => admin.ask('PATCH', `/api/v1/users/${idOf(name)}`, body)
    assert.equal((await change('202', { role: 'attendant', language: 'sv', email: 'desk@example.com' })).status, 200)
    assert.equal((await change('205', { location: 'Room 12', email: 'caller@example.com' })).status, 200)
    attendant = await api.client.logIn(`202@${domain}`, 'demo-202')
    for (const [client, name] of [
      [attendant, 'desk'],
      [user, 'caller'],
    ] as const)
      await client.ask('PUT', '/api/v1/me/push', { endpoint: `https://push.example/${name}`, ...keys })
    api.notices.subscribe((notice) => {
      if (notice.kind === 'emergencyCalls.changed') notices.push(notice)
    })
  })
  after(() => api.close())
  beforeEach(() => {
    notices.length = 0
  })

  /** What the ledger gets of a call that a user makes. */
  const call = async (from: string, codes: readonly string[], remoteAddress = '198.51.100.3:5060', dialled = '112') => {
    const caller = api.store.directory.userByAddress(domain, from)!
    const callId = `emergency-${++calls}` as CallId
    const { companyId } = caller
    const atMs = api.clock.now()
    const party = { number: caller.extension ?? from, name: caller.displayName, userId: caller.id }
    const [device] = api.store.directory.devicesOf(caller.id)
    await api.store.ledger.append({
      call: {
        id: callId,
        companyId,
        direction: 'outbound',
        startedAtMs: atMs,
        caller: party,
        dialled,
        called: { number: dialled },
      },
      legs: [
        {
          id: `${callId}-a` as LegId,
          callId,
          companyId,
          role: 'caller',
          party,
          ...(device ? { deviceId: device.id } : {}),
          remoteAddress,
          startedAtMs: atMs,
        },
      ],
      events: [
        { kind: 'call.originated', atMs, companyId, callId, data: { ...party, dialled } },
        {
          kind: 'call.routed',
          atMs,
          companyId,
          callId,
          data: { to: dialled, decisions: codes.map((code) => ({ code })) },
        },
      ],
    })
    return callId
  }
  const listed = async (client = attendant) => (await client.ask('GET', '/api/v1/emergency-calls')).body.items
  const told = (callId: CallId, client = attendant) =>
    eventually('it is listed', async () =>
      (await listed(client)).find((one: { callId: string }) => one.callId === callId),
    )

  it('are told to the staff with where the caller is: on screens, to browsers, by mail', async () => {
    const { body: lund } = await admin.ask('POST', '/api/v1/sites', {
      name: 'Lund',
      profile: {
        format: 'vaxel-site-profile/1',
        name: 'Lund',
        system: 'vaxel',
        people: { deskPhone: 4 },
        connection: 'internet',
      },
      reachedFrom: ['198.51.100.0/28'],
    })
    const before = api.pushed.length
    const callId = await call('205', ['emergency'])
    const found = await told(callId)
    assert.deepEqual(found.site, { id: lund.id, name: 'Lund' })
    const { displayName } = api.store.directory.userByAddress(domain, '205')!
    assert.deepEqual([found.caller.number, found.caller.name, found.dialled], ['205', displayName, '112'])
    assert.deepEqual([found.location, found.address, found.isRefused], ['Room 12', '198.51.100.3', undefined])
    assert.ok(found.device.length > 0)
    const [message, ...more] = api.pushed.slice(before)
    assert.deepEqual(
      [message?.title, message?.body, more.length],
      ['Nödsamtal', `${displayName} (205) har ringt 112, Lund.`, 0],
    )
    const mail = await eventually('the mail', async () => api.mailed.find(({ to }) => to === 'desk@example.com'))
    assert.equal(mail.subject, `Nödsamtal: ${displayName} (205) har ringt 112, Lund.`)
    assert.match(mail.text, /Var: Lund\nTelefon: .+\nNätverksadress: 198\.51\.100\.3\n\nhttps:\/\/vaxel\.test\/live\n/)
    assert.equal(
      api.mailed.some(({ to }) => to === 'caller@example.com'),
      false,
    )
    const ids = notices.at(-1)!.to!
    assert.ok(ids.includes(api.store.directory.userByAddress(domain, '202')!.id))
    assert.ok(!ids.includes(api.store.directory.userByAddress(domain, '205')!.id))
  })

  it('are nobody else’s business', async () => {
    assert.equal((await user.ask('GET', '/api/v1/emergency-calls')).status, 403)
    assert.equal((await user.ask('POST', '/api/v1/emergency-calls/emergency-1/seen')).status, 403)
    const other = await admin.ask('POST', '/api/v1/companies', { name: 'Other', domain: 'other.test' })
    assert.deepEqual((await admin.ask('GET', `/api/v1/emergency-calls?companyId=${other.body.id}`)).body.items, [])
  })

  it('are told of when nobody could be reached, too, and of a place that is not known', async () => {
    const before = api.pushed.length
    const found = await told(await call('205', ['emergency-without-trunk'], '[2001:db8::7]:5060'))
    assert.deepEqual([found.isRefused, found.site, found.address], [true, undefined, '2001:db8::7'])
    assert.match(api.pushed[before]!.body, /har ringt 112, vanligtvis Room 12\. Samtalet kunde inte kopplas/)
  })

  it('are told of once each, and other calls never', async () => {
    const before = (await listed()).length
    const { companyId } = api.store.directory.userByAddress(domain, '205')!
    const callId = await call('205', ['emergency'])
    const again = {
      kind: 'call.routed',
      atMs: api.clock.now(),
      companyId,
      callId,
      data: { decisions: [{ code: 'emergency' }] },
    }
    await api.store.ledger.append({ events: [again] })
    await call('205', ['by-trunk'], undefined, '+46700000000')
    const last = await call('205', ['emergency'])
    await told(last)
    assert.equal((await listed()).length, before + 2)
  })

  it('are taken care of by somebody, which the others see', async () => {
    const callId = await call('205', ['emergency'])
    await told(callId)
    notices.length = 0
    assert.equal((await attendant.ask('POST', `/api/v1/emergency-calls/${callId}/seen`)).status, 204)
    assert.equal((await admin.ask('POST', `/api/v1/emergency-calls/${callId}/seen`)).status, 204)
    const { seen } = await told(callId, admin)
    assert.equal(seen.name, api.store.directory.userByAddress(domain, '202')!.displayName)
    assert.equal(notices.length, 1)
    assert.equal((await attendant.ask('POST', '/api/v1/emergency-calls/none/seen')).status, 404)
  })

  it('leave the list after a day, and stay in the ledger', async () => {
    const callId = await call('205', ['emergency'])
    await told(callId)
    api.clock.advance(24 * 3_600_000 + 1000)
    assert.deepEqual(await listed(), [])
    assert.equal((await attendant.ask('POST', `/api/v1/emergency-calls/${callId}/seen`)).status, 404)
    const { body } = await admin.ask('GET', '/api/v1/audit')
    assert.ok(body.items.some(({ kind }: { kind: string }) => kind === 'emergency.called'))
  })
})
