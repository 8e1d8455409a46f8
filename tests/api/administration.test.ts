import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FlowId } from '@vaxel/base'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

describe('administration', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let user: CheckedClient
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
  })
  after(() => api.close())

  it('makes a user with an extension that reaches them and a password shown once', async () => {
    const made = await admin.ask('POST', '/api/v1/users', { name: 'eva', displayName: 'Eva Ek', extension: '221' })
    assert.equal(made.status, 201)
    assert.equal(made.body.user.login, 'eva@demo.vaxel.test')
    await api.client.logIn('eva@demo.vaxel.test', made.body.password)
    const number = await admin.ask('GET', '/api/v1/numbers/221')
    assert.deepEqual(number.body.target, { kind: 'user', userId: made.body.user.id })
    assert.equal(api.store.directory.number(made.body.user.companyId, '221')?.target.kind, 'user')
  })

  it('tells all mistakes of a body at once, each with its path', async () => {
    const { status, body } = await admin.ask('POST', '/api/v1/users', {
      name: 'Å Ä',
      displayName: '',
      role: 'king',
      ringSeconds: 1,
      limits: { callsAtOnce: -1, what: 1 },
      shoeSize: 43,
      password: 'short',
    })
    assert.equal(status, 400)
    assert.equal(body.code, 'API_INVALID_REQUEST')
    assert.deepEqual(body.mistakes.map(({ path }: { path: string }) => path).sort(), [
      '/displayName',
      '/limits/callsAtOnce',
      '/limits/what',
      '/name',
      '/password',
      '/ringSeconds',
      '/role',
      '/shoeSize',
    ])
  })

  it('names every missing field of an absent body', async () => {
    const { body } = await admin.ask('POST', '/api/v1/users')
    assert.deepEqual(body.mistakes.map(({ path }: { path: string }) => path).sort(), ['/displayName', '/name'])
  })

  it('refuses what is not JSON, too large or of another type', async () => {
    assert.equal((await admin.ask('POST', '/api/v1/users', '{"name":')).body.code, 'API_INVALID_REQUEST')
    const large = await admin.ask('POST', '/api/v1/users', { name: 'x'.repeat(300_000) })
    assert.equal(large.body.code, 'API_CONTENT_TOO_LARGE')
    const response = await fetch(`${api.url}/api/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'text/plain' },
      body: 'hello',
    })
    assert.equal(response.status, 415)
    const polluted = await admin.ask('POST', '/api/v1/users', '{"name":"a1","displayName":"b","__proto__":{"x":1}}')
    assert.equal(polluted.status, 400)
  })

  it('changes only what a PATCH names, and takes away what is null', async () => {
    const made = await admin.ask('POST', '/api/v1/users', { name: 'bo', displayName: 'Bo', extension: '222' })
    const { id } = made.body.user
    const renamed = await admin.ask('PATCH', `/api/v1/users/${id}`, { displayName: 'Bo Berg' })
    assert.deepEqual(renamed.body, { ...made.body.user, displayName: 'Bo Berg' })
    const moved = await admin.ask('PATCH', `/api/v1/users/${id}`, { extension: '223' })
    assert.equal(moved.body.extension, '223')
    assert.equal((await admin.ask('GET', '/api/v1/numbers/222')).status, 404)
    assert.equal((await admin.ask('GET', '/api/v1/numbers/223')).status, 200)
    const bare = await admin.ask('PATCH', `/api/v1/users/${id}`, { extension: null })
    assert.equal('extension' in bare.body, false)
    assert.equal((await admin.ask('GET', '/api/v1/numbers/223')).status, 404)
  })

  it('refuses a name, a number or a domain that exists', async () => {
    const again = await admin.ask('POST', '/api/v1/users', { name: '202', displayName: 'Again' })
    assert.equal(again.body.code, 'API_CONFLICT')
    const taken = await admin.ask('POST', '/api/v1/users', { name: 'new', displayName: 'New', extension: '600' })
    assert.equal(taken.status, 409)
    const domain = await admin.ask('POST', '/api/v1/domains', { name: 'demo.vaxel.test' })
    assert.equal(domain.status, 409)
  })

  it('gives nobody an emergency number of the company: whoever dialled it would not reach them', async () => {
    const user = await admin.ask('POST', '/api/v1/users', { name: 'sos', displayName: 'Sos', extension: '112' })
    assert.equal(user.body.code, 'API_NUMBER_FOR_EMERGENCIES')
    assert.match(user.body.detail, /112 is an emergency number of your company/)
    const target = { kind: 'service', service: 'echo' }
    assert.equal((await admin.ask('POST', '/api/v1/numbers', { number: '112', target })).status, 409)
    const room = await admin.ask('PUT', '/api/v1/conference-rooms/112', { name: 'Sos' })
    assert.equal(room.body.code, 'API_NUMBER_FOR_EMERGENCIES', JSON.stringify(room.body))
  })

  it('makes no emergency number of one that somebody has: they could not be called any more', async () => {
    const { companyId } = (await admin.ask('GET', '/api/v1/me')).body.user ?? {}
    const path = `/api/v1/companies/${companyId}`
    const before = (await admin.ask('GET', path)).body.emergencyNumbers
    const refused = await admin.ask('PATCH', path, { emergencyNumbers: [...before, '202'] })
    assert.equal(refused.status, 400, JSON.stringify(refused.body))
    assert.deepEqual(refused.body.mistakes[0].path, '/emergencyNumbers')
    assert.match(refused.body.mistakes[0].reason, /^has 202, which is in use/)
    assert.deepEqual((await admin.ask('GET', path)).body.emergencyNumbers, before)
    const changed = await admin.ask('PATCH', path, { emergencyNumbers: [...before, '116117'] })
    assert.deepEqual(changed.body.emergencyNumbers, [...before, '116117'])
    assert.equal((await admin.ask('PATCH', path, { emergencyNumbers: before })).status, 200)
  })

  it('removes a user with everything of theirs, and keeps groups alive', async () => {
    const users = await admin.ask('GET', '/api/v1/users')
    const victim = users.body.items.find(({ name }: { name: string }) => name === '204')
    const session = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
    assert.equal((await admin.ask('DELETE', `/api/v1/users/${victim.id}`)).status, 204)
    assert.equal((await session.ask('GET', '/api/v1/me')).status, 401)
    assert.equal((await admin.ask('GET', '/api/v1/numbers/204')).status, 404)
    assert.equal((await admin.ask('GET', '/api/v1/numbers/%2B46846500404')).status, 404)
    const group = await admin.ask('GET', '/api/v1/numbers/230')
    assert.equal(group.body.target.userIds.includes(victim.id), false)
    assert.equal(api.store.directory.deviceByUsername('demo.vaxel.test', '204'), undefined)
    const me = await admin.ask('GET', '/api/v1/me')
    assert.equal((await admin.ask('DELETE', `/api/v1/users/${me.body.user.id}`)).body.code, 'API_STILL_IN_USE')
    const lowered = await admin.ask('PATCH', `/api/v1/users/${me.body.user.id}`, { role: 'user' })
    assert.equal(lowered.status, 409)
  })

  it('shows a device secret once and issues it anew rather than again', async () => {
    const { body: me } = await user.ask('GET', '/api/v1/me')
    const made = await admin.ask('POST', '/api/v1/devices', { userId: me.user.id, label: 'Desk', keying: 'sdes' })
    assert.equal(made.status, 201)
    assert.equal(made.body.secret.domain, 'demo.vaxel.test')
    const { id, sipUsername } = made.body.device
    const before = api.store.directory.device(id)!.secrets
    assert.deepEqual(
      api.store.credentials.digestSecrets(sipUsername, 'demo.vaxel.test', made.body.secret.password),
      before,
    )
    assert.equal(JSON.stringify((await admin.ask('GET', `/api/v1/devices/${id}`)).body).includes('ha1'), false)
    const anew = await admin.ask('POST', `/api/v1/devices/${id}/secret`)
    assert.equal(anew.status, 201)
    assert.notDeepEqual(api.store.directory.device(id)!.secrets, before)
    assert.equal((await user.ask('GET', '/api/v1/devices')).body.items.length, 2)
    assert.equal((await admin.ask('DELETE', `/api/v1/devices/${id}`)).status, 204)
    assert.equal((await admin.ask('GET', `/api/v1/devices/${id}`)).status, 404)
  })

  it('shows registrations and ends them: by hand, with a new secret, with the device', async () => {
    const { body: me } = await user.ask('GET', '/api/v1/me')
    const addressOfRecord = `sip:${me.user.login}`
    const made = await admin.ask('POST', '/api/v1/devices', { userId: me.user.id })
    const deviceId = made.body.device.id
    const register = (id = 'one') =>
      api.store.bindings.replace(addressOfRecord, [
        {
          id,
          companyId: me.user.companyId,
          userId: me.user.id,
          deviceId,
          addressOfRecord,
          contact: '<sip:x@127.0.0.1:40000>',
          q: 0.5,
          callId: 'c',
          cseq: 1,
          path: [],
          expiresAtMs: api.clock.now() + 60_000,
          registeredAtMs: api.clock.now(),
          flow: {
            id: 'flow' as FlowId,
            protocol: 'udp',
            localAddress: '127.0.0.1',
            localPort: 5060,
            remoteAddress: '127.0.0.1',
            remotePort: 40000,
          },
        },
      ])
    const listed = async (client = user) => (await client.ask('GET', '/api/v1/bindings')).body.items.length
    await register()
    assert.deepEqual([await listed(), await listed(admin)], [1, 1])
    const stranger = await api.client.logIn('209@demo.vaxel.test', 'demo-209')
    assert.equal(await listed(stranger), 0)
    assert.equal((await user.ask('DELETE', '/api/v1/bindings/one')).status, 403)
    assert.equal((await admin.ask('DELETE', '/api/v1/bindings/one')).status, 204)
    assert.equal((await admin.ask('DELETE', '/api/v1/bindings/one')).status, 404)
    const long = `204@demo sip:x@127.0.0.1;p="${'é/'.repeat(1200)}"`
    await register(long)
    assert.equal((await admin.ask('DELETE', `/api/v1/bindings/${encodeURIComponent(long)}`)).status, 204)
    assert.equal(await listed(), 0)
    await register()
    await admin.ask('POST', `/api/v1/devices/${deviceId}/secret`)
    assert.equal(await listed(), 0)
    await register()
    await admin.ask('DELETE', `/api/v1/devices/${deviceId}`)
    assert.equal(await listed(), 0)
  })

  it('keeps numbers within the company and direct numbers unique on the installation', async () => {
    const target = { kind: 'service', service: 'echo' }
    assert.equal((await admin.ask('POST', '/api/v1/numbers', { number: '601', target })).status, 201)
    const wrong = await admin.ask('POST', '/api/v1/numbers', { number: '+0', target: { kind: 'user', userId: 'x' } })
    assert.deepEqual(
      wrong.body.mistakes.map(({ path }: { path: string }) => path),
      ['/number', '/target/userId'],
    )
    const changed = await admin.ask('PATCH', '/api/v1/numbers/601', {
      target: { kind: 'service', service: 'voicemail' },
    })
    assert.equal(changed.body.target.service, 'voicemail')
    assert.equal((await admin.ask('DELETE', '/api/v1/numbers/601')).status, 204)
    const taken = await admin.ask('POST', '/api/v1/numbers', { number: '+46846500401', target })
    assert.equal(taken.status, 409)
  })

  it('reads the hours of a company in the time zone that it names', async () => {
    const { company } = (await admin.ask('GET', '/api/v1/me')).body
    const path = `/api/v1/companies/${company.id}`
    const wrong = await admin.ask('PATCH', path, { timeZone: 'Stockholm' })
    assert.deepEqual(
      wrong.body.mistakes.map(({ path: at }: { path: string }) => at),
      ['/timeZone'],
    )
    assert.equal((await admin.ask('PATCH', path, { timeZone: 'America/Chicago' })).body.timeZone, 'America/Chicago')
    assert.equal(api.store.directory.company(company.id)?.timeZone, 'America/Chicago')
    assert.equal('timeZone' in (await admin.ask('PATCH', path, { timeZone: null })).body, false)
  })

  it('takes the extension from whom its number has left, as calls back would reach somebody else', async () => {
    const make = async (name: string, extension?: string) =>
      (await admin.ask('POST', '/api/v1/users', { name, displayName: name, ...(extension ? { extension } : {}) })).body
        .user
    const extensionOf = async ({ id }: { id: string }) => (await admin.ask('GET', `/api/v1/users/${id}`)).body.extension
    const [one, other] = [await make('olle', '271'), await make('pia')]
    const group = { kind: 'group', name: 'Both', userIds: [one.id, other.id] }
    await admin.ask('PATCH', '/api/v1/numbers/271', { target: group })
    assert.equal(await extensionOf(one), '271', 'a group of their own still reaches them')
    await admin.ask('PATCH', '/api/v1/numbers/271', { target: { kind: 'user', userId: one.id } })
    assert.equal(await extensionOf(one), '271')
    await admin.ask('PATCH', '/api/v1/numbers/271', { target: { kind: 'user', userId: other.id } })
    assert.deepEqual([await extensionOf(one), await extensionOf(other)], [undefined, undefined])
    const two = await make('quist', '272')
    assert.equal((await admin.ask('DELETE', '/api/v1/numbers/272')).status, 204)
    assert.equal(await extensionOf(two), undefined)
    const { body } = await admin.ask('GET', '/api/v1/configuration/changes?limit=1')
    assert.equal((await admin.ask('POST', `/api/v1/configuration/changes/${body.items[0].number}/undo`)).status, 204)
    assert.equal(await extensionOf(two), '272')
    const number = await admin.ask('GET', '/api/v1/numbers/272')
    assert.deepEqual(number.body.target, { kind: 'user', userId: two.id })
  })

  it('creates, reads, patches and deletes a trunk, touching only what is named', async () => {
    const made = await admin.ask('POST', '/api/v1/trunks', {
      name: 'carrier',
      targets: [{ host: 'sip.example.net', protocol: 'tls' }],
      fromAddresses: ['192.0.2.7', '[2001:db8::1]:5061'],
      channels: 30,
    })
    assert.equal(made.status, 201)
    const path = `/api/v1/trunks/${made.body.id}`
    const patched = await admin.ask('PATCH', path, { prefixes: ['00'] })
    assert.deepEqual(patched.body, { ...made.body, prefixes: ['00'] })
    assert.equal('channels' in (await admin.ask('PATCH', path, { channels: null })).body, false)
    assert.equal(api.store.directory.trunkByAddress('192.0.2.7', 4321)?.name, 'carrier')
    assert.equal(api.store.directory.trunkByAddress('2001:db8::1', 5061)?.name, 'carrier')
    assert.equal(api.store.directory.trunkByAddress('2001:db8::1', 5062), undefined)
    const bad = await admin.ask('PATCH', path, { fromAddresses: ['example.net', '1.2.3.4:99999'] })
    assert.equal(bad.body.mistakes.length, 2)
    const taken = await admin.ask('PATCH', path, { fromAddresses: ['127.0.0.1:5080'] })
    assert.equal(taken.status, 409)
    const written = ['2001:DB8:0:0::9', '[2001:0db8::A]:5060', '::ffff:192.0.2.9']
    const kept = await admin.ask('PATCH', path, { fromAddresses: [...written, '2001:db8::9'] })
    assert.deepEqual(kept.body.fromAddresses, ['2001:db8::9', '[2001:db8::a]:5060', '192.0.2.9'])
    assert.equal(api.store.directory.trunkByAddress('2001:db8::9', 5060)?.name, 'carrier')
    const again = { name: 'other', targets: [], fromAddresses: ['2001:DB8::9'] }
    assert.equal((await admin.ask('POST', '/api/v1/trunks', again)).status, 409)
    assert.equal((await admin.ask('DELETE', path)).status, 204)
    assert.equal((await admin.ask('GET', path)).status, 404)
    assert.equal(api.store.directory.trunkByAddress('2001:db8::9', 1), undefined)
  })

  it('lists in pages', async () => {
    const names: string[] = []
    let next: string | undefined
    do {
      const after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`
      const { body } = await admin.ask('GET', `/api/v1/users?limit=7${after}`)
      names.push(...body.items.map(({ name }: { name: string }) => name))
      next = body.next
    } while (next !== undefined)
    assert.equal(new Set(names).size, names.length)
    assert.ok(names.length >= 20)
    assert.equal((await admin.ask('GET', '/api/v1/users?limit=many')).body.mistakes[0].path, '?limit')
    assert.equal((await admin.ask('GET', '/api/v1/users?colour=red')).body.mistakes[0].path, '?colour')
  })

  it('lets plain users read but not change', async () => {
    assert.equal((await user.ask('GET', '/api/v1/users')).status, 200)
    const refused = await user.ask('POST', '/api/v1/users', { name: 'x', displayName: 'X' })
    assert.equal(refused.body.code, 'API_NOT_ALLOWED')
    assert.equal((await user.ask('GET', '/api/v1/trunks')).status, 403)
    assert.equal((await user.ask('POST', '/api/v1/companies', { name: 'Mine' })).status, 403)
    const others = await admin.ask('GET', '/api/v1/devices')
    const foreign = others.body.items.find((device: { sipUsername: string }) => device.sipUsername === '201')
    assert.equal((await user.ask('GET', `/api/v1/devices/${foreign.id}`)).status, 404)
  })

  it('keeps companies fully apart: what is theirs is not there', async () => {
    const company = await admin.ask('POST', '/api/v1/companies', {
      name: 'Other',
      country: 'FR',
      domain: 'other.example',
    })
    assert.equal(company.status, 201)
    const inOther = `companyId=${company.body.id}`
    const made = await admin.ask('POST', `/api/v1/users?${inOther}`, {
      name: '201',
      displayName: 'Boss',
      role: 'administrator',
      extension: '201',
      password: 'boss-boss',
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const boss = await api.client.logIn('201@other.example', 'boss-boss')
    const { body: me } = await admin.ask('GET', '/api/v1/me')
    const device = api.store.directory.devicesOf(me.user.id)[0]!
    const trunk = api.store.directory.trunksOf(me.user.companyId)[0]!
    for (const path of [
      `/api/v1/companies/${me.user.companyId}`,
      `/api/v1/users/${me.user.id}`,
      `/api/v1/devices/${device.id}`,
      `/api/v1/trunks/${trunk.id}`,
      '/api/v1/numbers/600',
      `/api/v1/users?companyId=${me.user.companyId}`,
    ])
      assert.equal((await boss.ask('GET', path)).status, 404, path)
    assert.equal((await boss.ask('PATCH', `/api/v1/users/${me.user.id}`, { displayName: 'Mine' })).status, 404)
    assert.equal((await boss.ask('DELETE', `/api/v1/trunks/${trunk.id}`)).status, 404)
    const carrier = { name: 'carrier', targets: [], fromAddresses: ['192.0.2.77', '2001:db8::77'] }
    assert.equal((await admin.ask('POST', '/api/v1/trunks', carrier)).status, 201)
    for (const source of ['192.0.2.77:5060', '[2001:db8::77]:5060']) {
      const theirs = { name: 'theft', targets: [], fromAddresses: [source] }
      assert.equal((await boss.ask('POST', '/api/v1/trunks', theirs)).status, 409, source)
      assert.equal(api.store.directory.trunkByAddress(source.replace(/[[\]]|:5060/g, ''), 5060)?.name, 'carrier')
    }
    const ported = { name: 'ported', targets: [], fromAddresses: ['192.0.2.77:5062'] }
    assert.equal((await admin.ask('POST', '/api/v1/trunks', ported)).status, 201)
    assert.equal((await boss.ask('GET', '/api/v1/users')).body.items.length, 1)
    assert.equal((await boss.ask('GET', '/api/v1/companies')).body.items.length, 1)
    assert.equal((await admin.ask('GET', `/api/v1/users/${made.body.user.id}`)).status, 404)
    assert.equal((await admin.ask('GET', `/api/v1/users/${made.body.user.id}?${inOther}`)).status, 200)
    assert.equal((await admin.ask('DELETE', `/api/v1/companies/${company.body.id}`)).status, 204)
    assert.equal((await boss.ask('GET', '/api/v1/me')).status, 401)
  })

  it('audits each change in the ledger without telling secrets', async () => {
    const { body } = await admin.ask('GET', '/api/v1/ledger?limit=1000')
    const changes = body.items.filter(({ kind }: { kind: string }) => kind === 'configuration.changed')
    assert.ok(changes.length > 100)
    const text = JSON.stringify(changes)
    assert.equal(text.includes('argon2'), false)
    assert.equal(/[0-9a-f]{32}/.test(text), false)
    const patch = changes.find(
      (e: { data: { after?: { displayName?: string } } }) => e.data.after?.displayName === 'Bo Berg',
    )
    assert.equal(patch.data.before.displayName, 'Bo')
    assert.match(patch.data.by, /^user:/)
    assert.equal(patch.data.address, '127.0.0.1')
  })
})
