import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

/** What a proxy on this machine adds: whoever it asks for is somewhere, and no program on this machine. */
const behindProxy = { via: '1.1 proxy' }
const elsewhere = ['192.0.2.0/24', '2001:db8::/48']

describe("the networks that a company's people may come from", () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let user: CheckedClient
  let path: string
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
    const { body } = await admin.ask('GET', '/api/v1/me')
    path = `/api/v1/companies/${body.company.id}`
  })
  after(() => api.close())

  const set = (allowedNetworks: readonly string[] | null, headers = {}) =>
    admin.ask('PATCH', path, { allowedNetworks }, headers)
  const me = (client: CheckedClient, headers: Record<string, string> = behindProxy) =>
    client.ask('GET', '/api/v1/me', undefined, headers)

  it('are addresses, networks and ranges, and at least one', async () => {
    for (const wrong of ['10.0.0.0/33', '300.1.1.1', 'office', '10.0.0.9-10.0.0.1', '2001:db8::/129', '010.0.0.1']) {
      const { status, body } = await set(['127.0.0.1', wrong])
      assert.deepEqual([status, body.mistakes[0].path], [400, '/allowedNetworks'], wrong)
      assert.ok(body.mistakes[0].reason.startsWith(`has ${wrong}, which is no address`), body.mistakes[0].reason)
    }
    for (const none of [[], [''], Array.from({ length: 201 }, () => '10.0.0.1')])
      assert.equal((await set(none)).status, 400)
    assert.equal((await me(user)).status, 200)
  })

  it('with direct sound are written in the same way, and shut nobody out', async () => {
    const direct = (directAudioNetworks: readonly string[] | null) =>
      admin.ask('PATCH', path, { directAudioNetworks }, behindProxy)
    const { status, body } = await direct(['203.0.113.10', 'office'])
    assert.deepEqual([status, body.mistakes[0].path], [400, '/directAudioNetworks'])
    assert.match(body.mistakes[0].reason, /^has office, which is no address/)
    for (const none of [[], ['']]) assert.equal((await direct(none)).status, 400)
    assert.deepEqual((await direct(elsewhere)).body.directAudioNetworks, elsewhere)
    assert.equal((await me(user)).status, 200)
    assert.equal((await direct(null)).body.directAudioNetworks, undefined)
  })

  it('do not shut out whoever sets them', async () => {
    const { status, body } = await set(elsewhere, behindProxy)
    assert.equal(status, 400)
    assert.match(body.mistakes[0].reason, /^leaves out 127\.0\.0\.1, where you are now/)
    const mine = await set(['127.0.0.0/8'], behindProxy)
    assert.deepEqual(mine.body.allowedNetworks, ['127.0.0.0/8'])
    assert.equal((await me(user)).status, 200)
  })

  it('let nobody in from elsewhere, logged in or about to, and end no login by that', async () => {
    assert.equal((await set(elsewhere)).status, 200)
    const refused = await me(user)
    assert.deepEqual([refused.status, refused.body.code], [403, 'API_OUTSIDE_NETWORKS'])
    assert.match(refused.body.detail, /127\.0\.0\.1/)
    const logIn = (password: string) =>
      api.client.ask('POST', '/api/v1/sessions', { login: '210@demo.vaxel.test', password }, behindProxy)
    assert.equal((await logIn('demo-210')).body.code, 'API_OUTSIDE_NETWORKS')
    // Whose login it is, and that it is one, is told to nobody else.
    assert.equal((await logIn('wrong')).body.code, 'SESSION_WRONG_LOGIN')
    assert.equal((await set(null)).body.allowedNetworks, undefined)
    assert.equal((await me(user)).status, 200)
  })

  it('always let programs on the machine itself in, so that an administrator has a way back', async () => {
    assert.equal((await set(elsewhere)).status, 200)
    assert.equal((await me(admin)).status, 403)
    assert.equal((await me(admin, {})).status, 200)
    assert.equal((await set(null)).status, 200)
  })

  it('are those of the company that somebody belongs to, not of another that they look after', async () => {
    const made = await admin.ask('POST', '/api/v1/companies', {
      name: 'Other AB',
      domain: 'other.test',
      allowedNetworks: elsewhere,
    })
    assert.deepEqual([made.status, made.body.allowedNetworks], [201, elsewhere])
    const within = `?companyId=${made.body.id}`
    assert.equal((await admin.ask('GET', `/api/v1/users${within}`, undefined, behindProxy)).status, 200)
  })

  it('cannot be taken back to where whoever does it is shut out', async () => {
    assert.equal((await set(elsewhere)).status, 200)
    assert.equal((await set(null)).status, 200)
    const { body } = await admin.ask('GET', '/api/v1/configuration/changes?limit=1')
    const undo = (headers: Record<string, string>) =>
      admin.ask('POST', `/api/v1/configuration/changes/${body.items[0].number}/undo`, undefined, headers)
    assert.equal((await undo(behindProxy)).status, 400)
    assert.equal((await undo({})).status, 204)
    assert.equal((await me(user)).status, 403)
    assert.equal((await set(null)).status, 200)
  })
})
