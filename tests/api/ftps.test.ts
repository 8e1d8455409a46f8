import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, isRefusal, silentLogger } from '@vaxel/base'
import { createFtps, type FtpsFeature } from '@vaxel/features/ftps'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

interface Account {
  readonly id: string
  readonly login: string
  readonly usedFrom?: string
}

describe('FTPS accounts over the API', () => {
  let platform: ApiPlatform
  let administrator: CheckedClient
  let companyId: CompanyId
  let ftps: FtpsFeature
  let account: Account
  let password: string
  before(async () => {
    platform = await startApi()
    administrator = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    const { store, clock } = platform
    companyId = store.directory.userByAddress('demo.vaxel.test', '201')!.companyId
    ftps = createFtps({
      ...store,
      accounts: store.ftpsAccounts,
      recordings: { open: async () => undefined },
      clock,
      log: silentLogger,
      place: {},
    })
  })
  after(() => platform.close())

  const create = (body: object) => administrator.ask('POST', '/api/v1/ftps/accounts', body)
  const comesIn = async (login: string, secret: string, from = '192.0.2.7') =>
    !isRefusal(await ftps.door.logIn(login, secret, from))

  it('are made with a password that is shown once, and come in with it', async () => {
    const made = await create({ name: 'archive' })
    assert.equal(made.status, 201)
    ;({ account, password } = made.body)
    assert.equal(account.login, 'archive@demo.vaxel.test')
    assert.match(password, /^[0-9a-z]{26}$/)
    assert.ok(await comesIn('archive@demo.vaxel.test', password))
    assert.ok(await comesIn('Archive@Demo.Vaxel.test', password))
    const access = (await administrator.ask('GET', '/api/v1/ftps')).body
    assert.equal(access.isOn, true)
    assert.deepEqual(
      [access.host, access.port, access.implicitPort, access.passivePorts],
      ['voice.api.test', 21, 990, { from: 30_000, to: 30_999 }],
    )
    assert.equal(access.accounts[0].usedFrom, '192.0.2.7')
    assert.doesNotMatch(JSON.stringify(access), /argon2|password/i)
  })

  it('are refused twice of the same name, with unsound addresses and an end that is past, all mistakes at once', async () => {
    assert.equal((await create({ name: 'archive' })).status, 409)
    const wrong = await create({
      name: 'other',
      fromAddresses: ['192.0.2.0/24', 'nowhere', '300.1.1.1'],
      expiresAt: '2001-01-01T00:00:00.000Z',
    })
    assert.equal(wrong.status, 400)
    assert.deepEqual(
      wrong.body.mistakes.map(({ path }: { path: string }) => path),
      ['/fromAddresses/1', '/fromAddresses/2', '/expiresAt'],
    )
  })

  it('come in from their addresses only, and until their end', async () => {
    const change = (body: object) => administrator.ask('PATCH', `/api/v1/ftps/accounts/${account.id}`, body)
    assert.equal((await change({ fromAddresses: ['198.51.100.0/24', '2001:db8::/32'] })).status, 200)
    assert.equal(await comesIn(account.login, password, '192.0.2.7'), false)
    assert.ok(await comesIn(account.login, password, '198.51.100.9'))
    assert.ok(await comesIn(account.login, password, '2001:db8::5'))
    const expiresAt = new Date(platform.clock.now() + 60_000).toISOString()
    assert.equal((await change({ fromAddresses: [], expiresAt })).body.expiresAt, expiresAt)
    const visitor = await ftps.door.logIn(account.login, password, '192.0.2.7')
    assert.ok(!isRefusal(visitor) && visitor.isValid())
    platform.clock.advance(60_000)
    assert.equal(visitor.isValid(), false)
    assert.equal(await comesIn(account.login, password), false)
    assert.equal((await change({ expiresAt: null })).body.expiresAt, undefined)
    assert.ok(await comesIn(account.login, password))
  })

  it('end their connections with a new password', async () => {
    const visitor = await ftps.door.logIn(account.login, password, '192.0.2.7')
    assert.ok(!isRefusal(visitor) && visitor.isValid())
    const renewed = await administrator.ask('POST', `/api/v1/ftps/accounts/${account.id}/password`)
    assert.equal(renewed.status, 200)
    assert.equal(visitor.isValid(), false)
    assert.equal(await comesIn(account.login, password), false)
    password = renewed.body.password
    assert.ok(await comesIn(account.login, password))
  })

  it('slow down who guesses, in the same words whether there is such an account or not, and tell administrators', async () => {
    const texts = new Set<string>()
    for (const login of [account.login, 'nobody@demo.vaxel.test'])
      for (let i = 0; i < 5; i++) {
        const refused = await ftps.door.logIn(login, 'wrong', '203.0.113.5')
        assert.ok(isRefusal(refused))
        texts.add(refused.text)
      }
    assert.equal(texts.size, 1)
    const waits = await ftps.door.logIn(account.login, password, '203.0.113.5')
    assert.ok(isRefusal(waits) && waits.retryAfterSeconds !== undefined)
    assert.ok(await comesIn(account.login, password, '192.0.2.7'))
    const told = await platform.store.audit.audit({ companyId, kinds: ['security.loginsFailed'], limit: 10 })
    assert.deepEqual(
      told.map(({ data }) => [data.what, data.count]),
      [
        ['ftps', 5],
        ['ftps', 5],
      ],
    )
  })

  it('are removed, and what was done to them is in the audit', async () => {
    assert.equal((await administrator.ask('DELETE', `/api/v1/ftps/accounts/${account.id}`)).status, 204)
    assert.equal((await administrator.ask('DELETE', `/api/v1/ftps/accounts/${account.id}`)).status, 404)
    assert.equal(await comesIn(account.login, password), false)
    const told = await platform.store.audit.audit({ companyId, kinds: ['ftps.accountChanged'], limit: 10 })
    assert.deepEqual(
      told.map(({ data }) => data.what),
      ['removed', 'password-renewed', 'changed', 'changed', 'changed', 'made'],
    )
  })

  it('are for administrators only', async () => {
    const user = await platform.client.logIn('204@demo.vaxel.test', 'demo-204')
    assert.equal((await user.ask('GET', '/api/v1/ftps')).status, 403)
    assert.equal((await user.ask('POST', '/api/v1/ftps/accounts', { name: 'x' })).status, 403)
  })
})
