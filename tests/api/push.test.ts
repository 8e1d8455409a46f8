import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
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

  it('forget a browser that is gone, and keep ten at most', async () => {
    for (let n = 0; n < 12; n++)
      await user.ask('PUT', '/api/v1/me/push', { endpoint: `https://push.example/${n}`, ...keys })
    assert.equal((await endpoints()).length, 10)
    await recordCall(api.store, '202', '203', api.clock.now())
  })
})
