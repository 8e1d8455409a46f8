import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'

describe('logging in', () => {
  let api: ApiPlatform
  before(async () => {
    api = await startApi()
  })
  after(() => api.close())

  it('gives a token that stands for the user', async () => {
    const anna = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    const { status, body } = await anna.ask('GET', '/api/v1/me')
    assert.equal(status, 200)
    assert.equal(body.user.login, '201@demo.vaxel.test')
    assert.equal(body.user.role, 'administrator')
    assert.equal(body.company.name, 'Vaxel Demo AB')
  })

  it('does not mind capitals in the login', async () => {
    await api.client.logIn('202@Demo.Vaxel.Test', 'demo-202')
  })

  it('answers a wrong password and an unknown login alike', async () => {
    const wrong = await api.client.ask('POST', '/api/v1/sessions', { login: '204@demo.vaxel.test', password: 'no' })
    const unknown = await api.client.ask('POST', '/api/v1/sessions', { login: 'x@demo.vaxel.test', password: 'no' })
    assert.equal(wrong.status, 401)
    assert.equal(wrong.body.code, 'SESSION_WRONG_LOGIN')
    assert.deepEqual(wrong.body, unknown.body)
  })

  it('slows down guessing, whether the login exists or not, and lets go with time', async () => {
    for (const login of ['205@demo.vaxel.test', 'nobody@demo.vaxel.test']) {
      const codes: string[] = []
      for (let i = 0; i < 6; i++)
        codes.push((await api.client.ask('POST', '/api/v1/sessions', { login, password: 'guess' })).body.code)
      assert.deepEqual(codes, [...Array(5).fill('SESSION_WRONG_LOGIN'), 'API_TOO_MANY_REQUESTS'])
    }
    const { headers, status } = await api.client.ask('POST', '/api/v1/sessions', {
      login: '205@demo.vaxel.test',
      password: 'demo-205',
    })
    assert.equal(status, 429)
    assert.equal(headers.get('retry-after'), '1')
    api.clock.advance(1000)
    await api.client.logIn('205@demo.vaxel.test', 'demo-205')
  })

  it('refuses without a token, with a foreign one and after logging out', async () => {
    assert.equal((await api.client.ask('GET', '/api/v1/me')).status, 401)
    assert.equal((await api.client.as('abc').ask('GET', '/api/v1/me')).body.code, 'API_NOT_AUTHENTICATED')
    const user = await api.client.logIn('206@demo.vaxel.test', 'demo-206')
    assert.equal((await user.ask('DELETE', '/api/v1/sessions/current')).status, 204)
    const gone = await user.ask('GET', '/api/v1/me')
    assert.equal(gone.status, 401)
    assert.equal(gone.headers.get('www-authenticate'), 'Bearer')
  })

  it('ends other sessions when the password changes, and takes only the new one', async () => {
    const here = await api.client.logIn('207@demo.vaxel.test', 'demo-207')
    const there = await api.client.logIn('207@demo.vaxel.test', 'demo-207')
    const wrong = await here.ask('PUT', '/api/v1/me/password', { current: 'x', password: 'a new one' })
    assert.equal(wrong.body.code, 'SESSION_WRONG_LOGIN')
    assert.equal(
      (await here.ask('PUT', '/api/v1/me/password', { current: 'demo-207', password: 'a new one' })).status,
      204,
    )
    assert.equal((await here.ask('GET', '/api/v1/me')).status, 200)
    assert.equal((await there.ask('GET', '/api/v1/me')).status, 401)
    await api.client.logIn('207@demo.vaxel.test', 'a new one')
  })

  it('ends a session that is not used for a week, and every one after thirty days', async () => {
    const user = await api.client.logIn('208@demo.vaxel.test', 'demo-208')
    api.clock.advance(6 * 24 * 3_600_000)
    assert.equal((await user.ask('GET', '/api/v1/me')).status, 200)
    api.clock.advance(8 * 24 * 3_600_000)
    assert.equal((await user.ask('GET', '/api/v1/me')).status, 401)
  })
})

describe('an empty installation', () => {
  it('makes its first administrator with the one-time link, who is the operator', async () => {
    const api = await startApi({ demo: false })
    try {
      const link = (await api.createSetupLink())!
      const token = link.split('#')[1]!
      const first = {
        company: 'Ett AB',
        country: 'US',
        domain: 'ett.example',
        login: 'admin',
        password: 'long enough',
      }
      const wrong = await api.client.ask('POST', '/api/v1/setup', { ...first, token: 'x' })
      assert.equal(wrong.body.code, 'SETUP_NOT_POSSIBLE')
      const made = await api.client.ask('POST', '/api/v1/setup', { ...first, token })
      assert.equal(made.status, 201)
      assert.equal(made.body.me.isOperator, true)
      const again = await api.client.ask('POST', '/api/v1/setup', { ...first, domain: 'zwei.example', token })
      assert.equal(again.status, 403)
      assert.equal(await api.createSetupLink(), undefined)
      const admin = await api.client.logIn('admin@ett.example', 'long enough')
      const { items } = (await admin.ask('GET', '/api/v1/companies')).body
      assert.deepEqual(
        items.map(({ emergencyNumbers }: { emergencyNumbers: string[] }) => emergencyNumbers),
        [['911']],
      )
      const french = await admin.ask('POST', '/api/v1/companies', { name: 'Deux', country: 'FR' })
      // 15, 17 and 18 lead to help too, unless somebody there has them.
      assert.deepEqual(french.body.emergencyNumbers, ['112'])
    } finally {
      await api.close()
    }
  })
})
