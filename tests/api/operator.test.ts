import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

describe('an operator, for other administrators of the same company', () => {
  let api: ApiPlatform
  let operator: CheckedClient
  let admin: CheckedClient
  before(async () => {
    api = await startApi()
    operator = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    await operator.ask('PATCH', `/api/v1/users/${idOf('210')}`, { role: 'administrator' })
    admin = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
  })
  after(() => api.close())
  const idOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!.id
  const outcome = async (client: CheckedClient, method: string, path: string, body?: unknown) => {
    const answer = await client.ask(method, path, body)
    return answer.body?.code ?? answer.status
  }

  it('keeps the ways in: whoever resets them would be the operator', async () => {
    const own = `/api/v1/users/${idOf('201')}`
    const provider = {
      issuer: 'https://idp.example',
      clientId: 'vaxel',
      domains: [],
      userClaim: 'preferred_username',
      roles: [],
      createsUsers: false,
      isOnlyWay: false,
    }
    const attempts: readonly (readonly [string, string, unknown?])[] = [
      ['POST', `${own}/password-reset`, { by: 'link' }],
      ['POST', `${own}/password-reset`, { by: 'password' }],
      ['DELETE', `${own}/second-factors`],
      ['PATCH', own, { password: 'a set of new words' }],
      ['PATCH', own, { role: 'user' }],
      ['DELETE', own],
      ['PUT', '/api/v1/identity/sso', provider],
    ]
    for (const [method, path, body] of attempts)
      assert.equal(await outcome(admin, method, path, body), 'API_NOT_ALLOWED', `${method} ${path}`)
    const batch = { isPreview: false, items: [{ userId: idOf('201'), change: { role: 'user' } }] }
    const { body } = await admin.ask('POST', '/api/v1/users/batch', batch)
    assert.deepEqual([body.isDone, body.items[0].code], [false, 'API_NOT_ALLOWED'])
    assert.equal((await operator.ask('GET', '/api/v1/me')).body.user.role, 'administrator')
    await api.client.logIn('201@demo.vaxel.test', 'demo-201')
  })

  it('has set limits and domains that no undo of theirs takes back', async () => {
    const { company } = (await operator.ask('GET', '/api/v1/me')).body
    const path = `/api/v1/companies/${company.id}`
    const latest = async (client: CheckedClient) =>
      (await client.ask('GET', '/api/v1/configuration/changes?limit=1')).body.items[0]
    const undo = async (client: CheckedClient) =>
      outcome(client, 'POST', `/api/v1/configuration/changes/${(await latest(client)).number}/undo`)
    const limits = () => api.store.directory.company(company.id)!.limits

    assert.equal(await outcome(operator, 'PATCH', path, { limits: { callsAtOnce: 2 } }), 200)
    assert.equal((await latest(admin)).canUndo, false)
    assert.equal(await undo(admin), 'API_NOT_ALLOWED')
    assert.deepEqual(limits(), { callsAtOnce: 2 })
    assert.equal((await latest(operator)).canUndo, true)
    assert.equal(await undo(operator), 204)
    assert.deepEqual(limits(), {})

    assert.equal(await outcome(operator, 'POST', '/api/v1/domains', { name: 'more.vaxel.test' }), 201)
    assert.equal(await undo(admin), 'API_NOT_ALLOWED')
    assert.equal(await outcome(operator, 'DELETE', '/api/v1/domains/more.vaxel.test'), 204)
    assert.equal(await undo(admin), 'API_NOT_ALLOWED')
    assert.equal(api.store.directory.domain('more.vaxel.test'), undefined)

    assert.equal(await outcome(admin, 'PATCH', path, { name: 'Another name' }), 200)
    assert.equal(await undo(admin), 204, 'what is theirs to change')
  })

  it('is a colleague like others in everything else', async () => {
    assert.equal(await outcome(admin, 'PATCH', `/api/v1/users/${idOf('201')}`, { ringSeconds: 30 }), 200)
    assert.equal(await outcome(operator, 'PATCH', `/api/v1/users/${idOf('201')}`, { password: 'demo-201-again' }), 200)
    operator = await api.client.logIn('201@demo.vaxel.test', 'demo-201-again')
    assert.equal(await outcome(admin, 'POST', `/api/v1/users/${idOf('204')}/password-reset`, { by: 'link' }), 200)
  })
})
