import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

describe('shared desks over the API', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let anna: CheckedClient
  const own = '/api/v1/me/telephone'
  const userOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    anna = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
  })
  after(() => api.close())

  it('sets the own PIN, refuses what is guessed, and never shows it', async () => {
    const { body } = await anna.ask('GET', own)
    assert.deepEqual(body, { intercom: false, hasDeskPin: false })
    for (const weak of ['1234', '1111', '2101']) {
      const refused = await anna.ask('PATCH', own, { deskPin: weak })
      assert.deepEqual([refused.status, refused.body.code], [422, 'DESK_PIN_WEAK'], weak)
    }
    const set = await anna.ask('PATCH', own, { deskPin: '4711', intercom: true })
    assert.deepEqual(set.body, { intercom: true, hasDeskPin: true })
    const kept = api.store.settings.get(userOf('210').id, 'deskPin')
    assert.match(kept?.hash ?? '', /^\$argon2id\$/)
    assert.equal((await anna.ask('DELETE', `/api/v1/users/${userOf('210').id}/desk-pin`)).status, 403)
    assert.equal((await admin.ask('DELETE', `/api/v1/users/${userOf('210').id}/desk-pin`)).status, 204)
    assert.deepEqual((await anna.ask('GET', own)).body, { intercom: true, hasDeskPin: false })
  })

  it('lists desks for those who answer for others, and frees them for administrators', async () => {
    const desk = userOf('219')
    assert.equal((await admin.ask('PATCH', `/api/v1/users/${desk.id}`, { isDesk: true })).body.isDesk, true)
    assert.equal((await anna.ask('GET', '/api/v1/desks')).status, 403)
    const [device] = api.store.directory.devicesOf(desk.id)
    const person = userOf('210')
    const { items } = (await admin.ask('GET', '/api/v1/desks')).body
    assert.deepEqual(
      items.map(({ deviceId }: { deviceId: string }) => deviceId),
      [device!.id],
    )
    assert.equal((await anna.ask('DELETE', `${own}/desk`)).status, 404, 'nobody sits there')
    await api.store.settings.put({
      userId: person.id,
      companyId: person.companyId,
      kind: 'desk',
      value: { deviceId: device!.id, sinceMs: api.clock.now() },
    })
    assert.equal((await anna.ask('DELETE', `/api/v1/desks/${device!.id}`)).status, 403)
    assert.equal((await anna.ask('DELETE', `${own}/desk`)).status, 204)
    assert.equal(api.store.settings.get(person.id, 'desk'), undefined)
    assert.equal((await admin.ask('DELETE', `/api/v1/desks/${device!.id}`)).status, 404)
  })
})
