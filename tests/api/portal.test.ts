import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CallId } from '@vaxel/base'
import { type ApiPlatform, startApi } from './api-platform.ts'
import { recordCall } from './platform/record-call.ts'
import type { CheckedClient } from './checked-client.ts'

describe('where calls go', () => {
  let api: ApiPlatform
  let administrator: CheckedClient
  let user: CheckedClient
  before(async () => {
    api = await startApi()
    administrator = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
  })
  after(() => api.close())
  const idOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!.id

  it('is to all devices at first, and then as the user says, with the names of whom it leads to', async () => {
    assert.deepEqual((await user.ask('GET', '/api/v1/me/forwarding')).body, { rules: { callWaiting: true }, names: {} })
    const rules = {
      callWaiting: false,
      busy: { to: '211' },
      noAnswer: { to: '+46701740605', afterSeconds: 15, until: '2099-01-01T00:00:00.000Z' },
      doNotDisturb: { exceptions: ['201'], usesBusyRule: true },
    }
    const put = await user.ask('PUT', '/api/v1/me/forwarding', rules)
    assert.equal(put.status, 200)
    assert.deepEqual(put.body.rules, rules)
    const name = api.store.directory.userByAddress('demo.vaxel.test', '211')!.displayName
    assert.equal(put.body.names['211'], name)
    assert.deepEqual((await user.ask('GET', '/api/v1/me/forwarding')).body.rules, rules)
    const events = await api.store.history.events({ after: 0, limit: 1000 })
    assert.equal(events.findLast(({ kind }) => kind === 'callHandling.changed')?.data.userId, idOf('210'))
  })

  it('cannot be oneself, in a circle, nowhere, or an emergency number: a sentence says why', async () => {
    const refused = async (to: string) => {
      const { status, body } = await user.ask('PUT', '/api/v1/me/forwarding', { callWaiting: true, always: { to } })
      return [status, body.code]
    }
    assert.deepEqual(await refused('210'), [409, 'FORWARDING_IN_CIRCLE'])
    assert.deepEqual(await refused('299'), [409, 'FORWARDING_NOWHERE'])
    assert.deepEqual(await refused('112'), [409, 'FORWARDING_NOWHERE'])
    const path = `/api/v1/users/${idOf('211')}/forwarding`
    await administrator.ask('PUT', path, { callWaiting: true, always: { to: '210' } })
    assert.deepEqual(await refused('211'), [409, 'FORWARDING_IN_CIRCLE'])
  })

  it('is set for others by administrators alone', async () => {
    const path = `/api/v1/users/${idOf('212')}/forwarding`
    assert.equal((await user.ask('GET', path)).status, 403)
    assert.equal((await administrator.ask('PUT', path, { callWaiting: true })).status, 200)
    assert.equal((await administrator.ask('GET', '/api/v1/users/nobody/forwarding')).status, 404)
  })

  it('lets users set their language, ring time and notifications, and rename their own devices only', async () => {
    const changed = await user.ask('PATCH', '/api/v1/me/settings', { language: 'fr', ringSeconds: 40 })
    assert.deepEqual([changed.body.language, changed.body.ringSeconds], ['fr', 40])
    const notifications = { incomingCalls: true, missedCalls: false, chatMessages: true, sounds: false }
    assert.deepEqual(
      (await user.ask('PATCH', '/api/v1/me/settings', { notifications })).body.notifications,
      notifications,
    )
    const [own] = api.store.directory.devicesOf(idOf('210'))
    const [other] = api.store.directory.devicesOf(idOf('211'))
    const renamed = await user.ask('PATCH', `/api/v1/me/devices/${own!.id}`, { label: 'Kitchen' })
    assert.equal(renamed.body.label, 'Kitchen')
    assert.equal((await user.ask('PATCH', `/api/v1/me/devices/${other!.id}`, { label: 'Mine' })).status, 404)
    assert.equal((await user.ask('DELETE', `/api/v1/me/devices/${own!.id}/bindings`)).status, 204)
    assert.equal((await user.ask('DELETE', `/api/v1/me/devices/${other!.id}/bindings`)).status, 404)
  })

  it('renames a device as it is by then: a new secret stays, a removed device is gone', async () => {
    const made = await administrator.ask('POST', '/api/v1/devices', { userId: idOf('210'), label: 'Desk' })
    const { id } = made.body.device
    const secrets = () => JSON.stringify(api.store.directory.device(id)?.secrets)
    const before = secrets()
    const [issued, renamed] = await Promise.all([
      administrator.ask('POST', `/api/v1/devices/${id}/secret`),
      user.ask('PATCH', `/api/v1/me/devices/${id}`, { label: 'Kitchen' }),
    ])
    assert.deepEqual([issued.status, renamed.status], [201, 200])
    assert.notEqual(secrets(), before)
    assert.equal(api.store.directory.device(id)?.label, 'Kitchen')
    const [removed, late] = await Promise.all([
      administrator.ask('DELETE', `/api/v1/devices/${id}`),
      user.ask('PATCH', `/api/v1/me/devices/${id}`, { label: 'Hall' }),
    ])
    assert.equal(removed.status, 204)
    assert.ok([200, 404].includes(late.status), JSON.stringify(late.body))
    assert.equal(secrets(), undefined)
  })

  it('counts missed calls until they are seen', async () => {
    const { companyId } = api.store.directory.userByAddress('demo.vaxel.test', '210')!
    const missed = async (id: string) => {
      const atMs = api.clock.now()
      await api.store.ledger.append({
        events: [],
        legs: [],
        call: {
          id: id as CallId,
          companyId,
          direction: 'inbound',
          startedAtMs: atMs,
          endedAtMs: atMs + 1000,
          caller: { number: '+46701740605' },
          dialled: '210',
          called: { number: '210', userId: idOf('210') },
        },
      })
    }
    await missed('m1')
    await missed('m2')
    await recordCall(api.store, '211', '210', api.clock.now())
    assert.equal((await user.ask('GET', '/api/v1/me/missed-calls')).body.count, 2)
    assert.equal((await user.ask('PUT', '/api/v1/me/missed-calls', { upTo: 'm1' })).status, 204)
    assert.deepEqual((await user.ask('GET', '/api/v1/me/missed-calls')).body, { count: 1, upTo: 'm1' })
    const { items } = (await user.ask('GET', '/api/v1/calls?outcome=missed')).body
    assert.deepEqual(
      items.map(({ id }: { id: string }) => id),
      ['m2', 'm1'],
    )
  })
})
