import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { FlowId } from '@vaxel/base'
import { KeyedBrowserPhones } from '@vaxel/features/web-phone'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

describe('a browser as a telephone', () => {
  let api: ApiPlatform
  let user: CheckedClient
  before(async () => {
    api = await startApi()
    user = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
  })
  after(() => api.close())
  const open = (body: object = {}) => user.ask('POST', '/api/v1/me/phone', body)
  const phones = () =>
    new KeyedBrowserPhones({
      key: Buffer.alloc(32, 1),
      directory: () => api.store.directory,
      credentials: api.store.credentials,
      sessions: api.store.sessions,
      now: () => api.clock.now(),
    })

  it('is given an identity that the registrar knows, and one device for all browsers', async () => {
    const { status, body } = await open()
    assert.equal(status, 201)
    assert.equal(body.address, 'sip:204@demo.vaxel.test')
    const again = (await open()).body
    assert.equal(again.deviceId, body.deviceId)
    const device = phones().deviceFor('demo.vaxel.test', body.username)
    assert.equal(device?.id, body.deviceId)
    const ha1 = createHash('sha256').update(`${body.username}:demo.vaxel.test:${body.password}`).digest('hex')
    assert.equal(device?.secrets.find(({ algorithm }) => algorithm === 'SHA-256')?.ha1, ha1)
    const devices = (await user.ask('GET', '/api/v1/devices')).body.items
    assert.equal(devices.filter(({ kind }: { kind?: string }) => kind === 'browser').length, 1)
  })

  it('counts for some hours only, and for nobody who makes up a name', async () => {
    const { body } = await open()
    const [name, , login] = body.username.split('~')
    const known = phones()
    const at = (ms: number) => `${name}~${Math.floor((api.clock.now() + ms) / 1000).toString(36)}~${login}`
    assert.ok(known.deviceFor('demo.vaxel.test', at(3_600_000)))
    assert.equal(known.deviceFor('demo.vaxel.test', at(-1000)), undefined)
    assert.equal(known.deviceFor('demo.vaxel.test', at(48 * 3_600_000)), undefined)
    assert.equal(known.deviceFor('demo.vaxel.test', '204~zzzzzz'), undefined)
    assert.equal(known.deviceFor('demo.vaxel.test', `${at(3_600_000)}x`), undefined)
    assert.equal(known.deviceFor('elsewhere.test', body.username), undefined)
  })

  it('ends with the login that it was given to, however that ends, and with the secret of its device', async () => {
    const known = phones()
    const isKnown = (username: string) => known.deviceFor('demo.vaxel.test', username) !== undefined
    const anew = () => api.client.logIn('205@demo.vaxel.test', 'demo-205')
    const [here, left, elsewhere] = [await anew(), await anew(), await anew()]
    const phoneOf = async (client: CheckedClient) => (await client.ask('POST', '/api/v1/me/phone', {})).body
    const [mine, first, second] = [await phoneOf(here), await phoneOf(left), await phoneOf(elsewhere)]
    assert.deepEqual(
      [mine, first, second].map(({ username }) => isKnown(username)),
      [true, true, true],
    )
    await left.ask('DELETE', '/api/v1/sessions/current')
    assert.deepEqual(
      [mine, first, second].map(({ username }) => isKnown(username)),
      [true, false, true],
    )
    const change = { current: 'demo-205', password: 'another set of words' }
    assert.equal((await here.ask('PUT', '/api/v1/me/password', change)).status, 204)
    assert.deepEqual(
      [mine, first, second].map(({ username }) => isKnown(username)),
      [true, false, false],
    )
    const secrets = () => JSON.stringify(known.deviceFor('demo.vaxel.test', mine.username)?.secrets)
    const before = secrets()
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    assert.equal((await admin.ask('POST', `/api/v1/devices/${mine.deviceId}/secret`)).status, 201)
    assert.notEqual(secrets(), before)
  })

  it('is refused beside another softphone where one is allowed, says which, and takes over', async () => {
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    const me = (await user.ask('GET', '/api/v1/me')).body
    await admin.ask('PATCH', `/api/v1/companies/${me.company.id}`, { oneClient: true })
    const { body } = await open({ instanceId: 'here' })
    const addressOfRecord = 'sip:204@demo.vaxel.test'
    const binding = {
      id: 'elsewhere',
      companyId: me.company.id,
      userId: me.user.id,
      deviceId: body.deviceId,
      addressOfRecord,
      contact: 'sip:x@elsewhere.invalid;transport=ws',
      instanceId: '<urn:uuid:there>',
      q: 1,
      callId: 'c',
      cseq: 1,
      path: [],
      expiresAtMs: api.clock.now() + 600_000,
      registeredAtMs: api.clock.now(),
      userAgent: 'Vaxel in Firefox',
      flow: {
        id: 'f' as FlowId,
        protocol: 'wss' as const,
        localAddress: '127.0.0.1',
        localPort: 1,
        remoteAddress: '192.0.2.7',
        remotePort: 2,
      },
    }
    await api.store.bindings.replace(addressOfRecord, [binding])
    const refused = await open({ instanceId: 'here' })
    assert.deepEqual([refused.status, refused.body.code], [409, 'PHONE_ELSEWHERE'])
    assert.match(refused.body.detail, /Vaxel in Firefox at 192\.0\.2\.7/)
    assert.equal((await open({ instanceId: 'there' })).status, 201, 'it is the other one itself')
    assert.equal((await open({ instanceId: 'here', takeOver: true })).status, 201)
    assert.deepEqual(api.store.bindings.ofAddress(addressOfRecord), [])
    await admin.ask('PATCH', `/api/v1/companies/${me.company.id}`, { oneClient: false })
  })

  it('is refused to an app that is too old', async () => {
    const { status, body } = await open({ clientVersion: '0.0.9' })
    assert.deepEqual([status, body.code], [426, 'PHONE_CLIENT_TOO_OLD'])
  })
})
