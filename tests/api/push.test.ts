import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CallId } from '@vaxel/base'
import { type ApiPlatform, startApi } from './api-platform.ts'
import { recordCall } from './platform/record-call.ts'
import type { CheckedClient } from './checked-client.ts'

const keys = { p256dh: 'BP'.padEnd(88, 'a'), auth: 'a'.repeat(22) }

describe('messages to browsers without a page', () => {
  let api: ApiPlatform
  let user: CheckedClient
  before(async () => {
    api = await startApi()
    user = await api.client.logIn('203@demo.vaxel.test', 'demo-203')
  })
  after(() => api.close())
  const endpoints = async () => (await user.ask('GET', '/api/v1/me/push')).body.endpoints

  it('are subscribed to once a browser, and ended', async () => {
    const endpoint = 'https://push.example/1'
    assert.equal((await user.ask('PUT', '/api/v1/me/push', { endpoint, ...keys })).status, 204)
    assert.equal((await user.ask('PUT', '/api/v1/me/push', { endpoint, ...keys })).status, 204)
    assert.deepEqual(await endpoints(), [endpoint])
    const other = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
    assert.deepEqual((await other.ask('GET', '/api/v1/me/push')).body.endpoints, [])
    const inside = await user.ask('PUT', '/api/v1/me/push', { endpoint: 'http://10.0.0.1/', ...keys })
    assert.deepEqual([inside.status, inside.body.mistakes[0].path], [400, '/endpoint'])
    assert.equal((await user.ask('POST', '/api/v1/me/push/end', { endpoint })).status, 204)
    assert.deepEqual(await endpoints(), [])
  })

  it('end with the login that asked for them: by logging out, and by a new password from elsewhere', async () => {
    const anew = () => api.client.logIn('205@demo.vaxel.test', 'demo-205')
    const [here, left, elsewhere] = [await anew(), await anew(), await anew()]
    const subscribe = (client: CheckedClient, n: string) =>
      client.ask('PUT', '/api/v1/me/push', { endpoint: `https://push.example/${n}`, ...keys })
    await subscribe(here, 'here')
    await subscribe(left, 'left')
    await subscribe(elsewhere, 'elsewhere')
    await left.ask('DELETE', '/api/v1/sessions/current')
    const change = { current: 'demo-205', password: 'another set of words' }
    assert.equal((await here.ask('PUT', '/api/v1/me/password', change)).status, 204)
    const { endpoints: kept } = (await here.ask('GET', '/api/v1/me/push')).body
    assert.deepEqual(kept, ['https://push.example/here'])

    const { id: userId, companyId } = api.store.directory.userByAddress('demo.vaxel.test', '205')!
    const before = api.pushed.length
    const ofCall = { callId: 'rings' as CallId, companyId, atMs: api.clock.now() }
    await api.store.ledger.append({
      events: [
        { ...ofCall, kind: 'call.originated', data: { number: '203' } },
        { ...ofCall, kind: 'call.routed', data: { userId } },
      ],
    })
    assert.equal(api.pushed.length - before, 1, 'to one browser of three')
  })

  it('reach one person in a browser: who logs in there takes it from whoever was there before', async () => {
    const endpoint = 'https://push.example/shared'
    await user.ask('PUT', '/api/v1/me/push', { endpoint, ...keys })
    const next = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
    await next.ask('PUT', '/api/v1/me/push', { endpoint, ...keys })
    assert.deepEqual(await endpoints(), [])
    assert.deepEqual((await next.ask('GET', '/api/v1/me/push')).body.endpoints, [endpoint])
  })

  it('forget a browser that is gone, and keep ten at most', async () => {
    for (let n = 0; n < 12; n++)
      await user.ask('PUT', '/api/v1/me/push', { endpoint: `https://push.example/${n}`, ...keys })
    assert.equal((await endpoints()).length, 10)
    await recordCall(api.store, '202', '203', api.clock.now())
  })
})
