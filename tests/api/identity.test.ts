import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import WebSocket from 'ws'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'
import { WebClient } from './web-client.ts'

const stepMs = 30_000
const minuteMs = 60_000
const login = (number: string) => ({ login: `${number}@demo.vaxel.test`, password: `demo-${number}` })

/** What an authenticator app shows. */
const codeOf = (secret: string, atMs: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs })

async function setUpCodes(api: ApiPlatform, user: CheckedClient) {
  const { ticket, secret, uri } = (await user.ask('POST', '/api/v1/me/codes')).body
  const confirmed = await user.ask('PUT', '/api/v1/me/codes', { ticket, code: codeOf(secret, api.clock.now()) })
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
  return { secret, uri, recovery: confirmed.body.codes as string[] }
}

describe('a login that a cookie holds', () => {
  let api: ApiPlatform
  before(async () => {
    api = await startApi()
  })
  after(() => api.close())

  it('is told to no script: no token in the answer, a cookie for this site alone', async () => {
    const web = new WebClient(api.url)
    const { status, body, setCookies } = await web.ask('POST', '/api/v1/sessions', { ...login('204'), cookie: true })
    assert.equal(status, 201)
    assert.equal('token' in body, false)
    const port = new URL(api.url).port
    assert.match(
      setCookies[0]!,
      new RegExp(`^vaxel-${port}=[0-9a-z]{52}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000$`),
    )
    assert.equal((await web.ask('GET', '/api/v1/me')).body.user.name, '204')
  })

  it('has the prefix and is marked secure where TLS is, also at a proxy on this machine', async () => {
    const web = new WebClient(api.url)
    const secure = { 'x-forwarded-proto': 'https', origin: api.url.replace('http', 'https') }
    const { setCookies } = await web.ask('POST', '/api/v1/sessions', { ...login('204'), cookie: true }, secure)
    assert.match(setCookies[0]!, /^__Host-vaxel=\w+; Path=\/; HttpOnly; Secure; SameSite=Strict; Max-Age=\d+$/)
  })

  it('changes nothing for a page of another site, nor without the header field', async () => {
    const web = new WebClient(api.url)
    await web.ask('POST', '/api/v1/sessions', { ...login('204'), cookie: true })
    const attempts: Record<string, string | undefined>[] = [
      { origin: 'https://evil.example' },
      { origin: undefined },
      { 'x-vaxel-csrf': undefined },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: `${api.url}.evil.example` },
    ]
    for (const headers of attempts) {
      const { status, body } = await web.ask('DELETE', '/api/v1/sessions/current', undefined, headers)
      assert.deepEqual([status, body?.code], [403, 'API_CROSS_SITE'], JSON.stringify(headers))
    }
    assert.equal((await web.ask('GET', '/api/v1/me')).status, 200)
    const fetched = { origin: undefined, 'sec-fetch-site': 'same-origin' }
    assert.equal((await web.ask('DELETE', '/api/v1/sessions/current', undefined, fetched)).status, 204)
    assert.equal(web.cookies.size, 0)
    assert.equal((await web.ask('GET', '/api/v1/me')).status, 401)
  })

  it('is not opened by a page of another site', async () => {
    const web = new WebClient(api.url)
    for (const [path, body] of [
      ['/api/v1/sessions', { ...login('204'), cookie: true }],
      ['/api/v1/logins/password', login('204')],
      ['/api/v1/logins/passkey-question', {}],
      ['/api/v1/logins/sso', { domain: 'demo.vaxel.test' }],
    ] as const) {
      const answer = await web.ask('POST', path, body, { origin: 'https://evil.example' })
      assert.deepEqual([answer.status, answer.body.code], [403, 'API_CROSS_SITE'], path)
    }
    assert.equal(web.cookies.size, 0)
  })

  it('takes the place of the login before in the same browser, with another token', async () => {
    const web = new WebClient(api.url)
    await web.ask('POST', '/api/v1/logins/password', login('204'))
    const first = web.cookieHeader
    await web.ask('POST', '/api/v1/logins/password', login('205'))
    assert.notEqual(web.cookieHeader, first)
    assert.equal((await new WebClient(api.url).ask('GET', '/api/v1/me', undefined, { cookie: first })).status, 401)
  })

  it('opens the event stream for our own pages only, and ends it with the login', async () => {
    const web = new WebClient(api.url)
    await web.ask('POST', '/api/v1/logins/password', login('204'))
    const open = (origin: string | undefined) =>
      new Promise<WebSocket | number>((resolve) => {
        const socket = new WebSocket(`${api.url.replace('http', 'ws')}/api/v1/events`, ['vaxel.events.v1'], {
          headers: { cookie: web.cookieHeader, ...(origin === undefined ? {} : { origin }) },
        })
        socket.on('open', () => resolve(socket))
        socket.on('unexpected-response', (_, response) => resolve(response.statusCode!))
      })
    assert.equal(await open('https://evil.example'), 403)
    assert.equal(await open(undefined), 403)
    const socket = await open(api.url)
    assert.ok(socket instanceof WebSocket)
    const closed = new Promise<number>((resolve) => socket.on('close', resolve))
    await web.ask('DELETE', '/api/v1/sessions/current')
    api.clock.advance(30_000)
    assert.equal(await closed, 1008)
  })

  it('is listed in words, and ended from another place; of others nothing is seen', async () => {
    const web = new WebClient(api.url)
    await web.ask('POST', '/api/v1/logins/password', login('206'))
    const program = await api.client.logIn('206@demo.vaxel.test', 'demo-206')
    const { items } = (await program.ask('GET', '/api/v1/me/sessions')).body
    const there = items.find((item: { isThis: boolean }) => !item.isThis)
    assert.deepEqual([there.kind, there.browser, there.system], ['browser', 'Firefox 128', 'Linux'])
    const other = await api.client.logIn('207@demo.vaxel.test', 'demo-207')
    assert.equal((await other.ask('DELETE', `/api/v1/me/sessions/${there.id}`)).status, 404)
    assert.equal((await web.ask('GET', '/api/v1/me')).status, 200)
    assert.equal((await program.ask('DELETE', `/api/v1/me/sessions/${there.id}`)).status, 204)
    assert.equal((await web.ask('GET', '/api/v1/me')).status, 401)
    const third = await api.client.logIn('206@demo.vaxel.test', 'demo-206')
    assert.equal((await program.ask('DELETE', '/api/v1/me/sessions')).status, 204)
    assert.equal((await third.ask('GET', '/api/v1/me')).status, 401)
    assert.equal((await program.ask('GET', '/api/v1/me')).status, 200)
  })
})

describe('an authenticator app', () => {
  let api: ApiPlatform
  before(async () => {
    api = await startApi()
  })
  after(() => api.close())

  it('is asked for after the password, and each of its codes is taken once', async () => {
    const anna = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
    const { secret, uri, recovery } = await setUpCodes(api, anna)
    assert.match(uri, /^otpauth:\/\/totp\/Vaxel:204%40demo\.vaxel\.test\?.*secret=[A-Z2-7]{32}/)
    assert.equal(recovery.length, 10)
    const needed = await api.client.ask('POST', '/api/v1/sessions', login('204'))
    assert.deepEqual([needed.status, needed.body.code], [401, 'SESSION_SECOND_FACTOR_NEEDED'])
    const used = await api.client.ask('POST', '/api/v1/sessions', {
      ...login('204'),
      code: codeOf(secret, api.clock.now()),
    })
    assert.equal(used.body.code, 'SESSION_WRONG_CODE', 'the one that has confirmed it')
    api.clock.advance(stepMs)
    const code = codeOf(secret, api.clock.now())
    assert.equal((await api.client.ask('POST', '/api/v1/sessions', { ...login('204'), code })).status, 201)
    const again = await api.client.ask('POST', '/api/v1/sessions', { ...login('204'), code })
    assert.equal(again.body.code, 'SESSION_WRONG_CODE')
    api.clock.advance(stepMs)
    const ahead = codeOf(secret, api.clock.now() + stepMs)
    assert.equal((await api.client.ask('POST', '/api/v1/sessions', { ...login('204'), code: ahead })).status, 201)
    api.clock.advance(10 * stepMs)
    const old = codeOf(secret, api.clock.now() - 2 * stepMs)
    const late = await api.client.ask('POST', '/api/v1/sessions', { ...login('204'), code: old })
    assert.equal(late.body.code, 'SESSION_WRONG_CODE')
  })

  it('keeps its secret sealed, and survives a restart of what it is for', async () => {
    const user = api.store.directory.userByAddress('demo.vaxel.test', '204')!
    const factors = api.store.identity.secondFactors(user.id)!
    assert.match(factors.codes!.sealed, /^v1\./)
    assert.throws(() => api.store.identity.open(factors.codes!.sealed, 'codes of somebody else'))
  })

  it('lets in with a recovery code, each once, however it is typed', async () => {
    const user = await api.client.logIn('205@demo.vaxel.test', 'demo-205')
    const { recovery } = await setUpCodes(api, user)
    const [first, second] = recovery
    const take = async (code: string) =>
      (await api.client.ask('POST', '/api/v1/sessions', { ...login('205'), code })).status
    assert.equal(await take(first!.toUpperCase().replaceAll('-', ' ')), 201)
    assert.equal(await take(first!), 401)
    assert.equal(await take(second!), 201)
    assert.equal((await user.ask('GET', '/api/v1/me/security')).body.recoveryCodesLeft, 8)
    const renewed = (await user.ask('POST', '/api/v1/me/recovery-codes')).body.codes as string[]
    assert.equal(await take(recovery[3]!), 401)
    assert.equal(await take(renewed[0]!), 201)
  })

  it('cannot be guessed: the wait grows, from wherever one tries, and administrators are told', async () => {
    const user = await api.client.logIn('206@demo.vaxel.test', 'demo-206')
    const { recovery } = await setUpCodes(api, user)
    const codes: string[] = []
    for (let i = 0; i < 7; i++)
      codes.push((await api.client.ask('POST', '/api/v1/sessions', { ...login('206'), code: '000000' })).body.code)
    assert.deepEqual(codes, [...Array(5).fill('SESSION_WRONG_CODE'), ...Array(2).fill('API_TOO_MANY_REQUESTS')])
    const right = await api.client.ask('POST', '/api/v1/sessions', { ...login('206'), code: recovery[0] })
    assert.equal(right.status, 429)
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    const { items } = (await admin.ask('GET', '/api/v1/ledger?limit=1000')).body
    const told = items.filter((event: { kind: string }) => event.kind === 'security.loginsFailed')
    assert.deepEqual(
      told.map(({ data }: { data: { what: string; count: number } }) => [data.what, data.count]),
      [['code', 5]],
    )
    api.clock.advance(minuteMs)
    assert.equal((await api.client.ask('POST', '/api/v1/sessions', { ...login('206'), code: recovery[0] })).status, 201)
  })

  it('is set up, replaced and removed only by who has proven themselves within ten minutes', async () => {
    const user = await api.client.logIn('207@demo.vaxel.test', 'demo-207')
    api.clock.advance(11 * minuteMs)
    const refused = await user.ask('POST', '/api/v1/me/codes')
    assert.deepEqual([refused.status, refused.body.code], [403, 'SESSION_PROOF_NEEDED'])
    assert.equal((await user.ask('POST', '/api/v1/me/proof', { password: 'wrong' })).body.code, 'SESSION_WRONG_LOGIN')
    assert.equal((await user.ask('POST', '/api/v1/me/codes')).status, 403)
    assert.equal((await user.ask('POST', '/api/v1/me/proof', { password: 'demo-207' })).status, 204)
    await setUpCodes(api, user)
    assert.equal((await user.ask('DELETE', '/api/v1/me/codes')).status, 204)
    await api.client.logIn('207@demo.vaxel.test', 'demo-207')
  })

  it('takes no ticket of somebody else', async () => {
    const one = await api.client.logIn('208@demo.vaxel.test', 'demo-208')
    const two = await api.client.logIn('209@demo.vaxel.test', 'demo-209')
    const { ticket, secret } = (await one.ask('POST', '/api/v1/me/codes')).body
    const code = codeOf(secret, api.clock.now())
    assert.equal((await two.ask('PUT', '/api/v1/me/codes', { ticket, code })).body.code, 'SESSION_LOGIN_EXPIRED')
    assert.equal((await one.ask('PUT', '/api/v1/me/codes', { ticket: `${ticket}x`, code })).status, 400)
    assert.equal((await one.ask('PUT', '/api/v1/me/codes', { ticket, code })).status, 200)
    api.clock.advance(stepMs)
    const next = codeOf(secret, api.clock.now())
    assert.equal((await one.ask('PUT', '/api/v1/me/codes', { ticket, code: next })).status, 400, 'used up')
  })

  it('is the second step of a browser, whose ticket is good for one success and ten minutes', async () => {
    const user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
    const { secret, recovery } = await setUpCodes(api, user)
    api.clock.advance(stepMs)
    const web = new WebClient(api.url)
    const first = await web.ask('POST', '/api/v1/logins/password', login('210'))
    assert.deepEqual([first.body.step, first.body.factors], ['second-factor', ['code', 'recovery-code']])
    assert.equal(web.cookies.size, 0)
    const code = codeOf(secret, api.clock.now())
    const done = await web.ask('POST', '/api/v1/logins/code', { ticket: first.body.ticket, code })
    assert.equal(done.body.step, 'done')
    assert.equal((await web.ask('GET', '/api/v1/me')).status, 200)
    const again = { ticket: first.body.ticket, code: recovery[0] }
    assert.equal((await web.ask('POST', '/api/v1/logins/code', again)).body.code, 'SESSION_LOGIN_EXPIRED')
    const late = await web.ask('POST', '/api/v1/logins/password', login('210'))
    api.clock.advance(11 * minuteMs)
    const tooLate = { ticket: late.body.ticket, code: codeOf(secret, api.clock.now()) }
    assert.equal((await web.ask('POST', '/api/v1/logins/code', tooLate)).body.code, 'SESSION_LOGIN_EXPIRED')
  })
})

describe('what a company wants of logins', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
  })
  after(() => api.close())
  const userId = (number: string) => api.store.directory.userByAddress('demo.vaxel.test', number)!.id

  it('leads to a second factor at the next login, before anything else', async () => {
    const wished = { secondFactor: 'administrators' }
    assert.deepEqual((await admin.ask('PUT', '/api/v1/identity/policy', wished)).body, wished)
    assert.equal((await admin.ask('GET', '/api/v1/users')).status, 200, 'who is there goes on')
    const user = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
    assert.equal((await user.ask('GET', '/api/v1/me')).body.needs, undefined)
    const other = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    assert.deepEqual((await other.ask('GET', '/api/v1/me')).body.needs, ['second-factor'])
    const refused = await other.ask('GET', '/api/v1/users')
    assert.deepEqual([refused.status, refused.body.code], [403, 'SESSION_NOT_COMPLETE'])
    assert.equal((await other.ask('GET', '/api/v1/me/sessions')).status, 403)
    await setUpCodes(api, other)
    assert.equal((await other.ask('GET', '/api/v1/users')).status, 200)
    const last = await other.ask('DELETE', '/api/v1/me/codes')
    assert.deepEqual([last.status, last.body.code], [409, 'API_STILL_IN_USE'])
  })

  it('is said by administrators alone, for their own company', async () => {
    const user = await api.client.logIn('205@demo.vaxel.test', 'demo-205')
    for (const [method, path] of [
      ['GET', '/api/v1/identity/policy'],
      ['PUT', '/api/v1/identity/policy'],
      ['GET', '/api/v1/identity/sso'],
      ['GET', `/api/v1/users/${userId('204')}/security`],
      ['DELETE', `/api/v1/users/${userId('204')}/second-factors`],
      ['POST', `/api/v1/users/${userId('204')}/password-reset`],
      ['DELETE', `/api/v1/users/${userId('204')}/sessions`],
    ] as const) {
      const body = method === 'PUT' ? { secondFactor: 'optional' } : method === 'POST' ? { by: 'link' } : undefined
      assert.equal((await user.ask(method, path, body)).status, 403, path)
    }
  })

  it('reaches nobody of another company', async () => {
    const made = await admin.ask('POST', '/api/v1/companies', { name: 'Två AB' })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const other = made.body.id
    await admin.ask('POST', `/api/v1/domains?companyId=${other}`, { name: 'tva.example' })
    const user = await admin.ask('POST', `/api/v1/users?companyId=${other}`, {
      name: 'eva',
      displayName: 'Eva',
      role: 'administrator',
      password: 'a long enough one',
    })
    assert.equal(user.status, 201, JSON.stringify(user.body))
    const eva = await api.client.logIn('eva@tva.example', 'a long enough one')
    assert.deepEqual((await eva.ask('GET', '/api/v1/identity/policy')).body, { secondFactor: 'optional' })
    for (const [method, path, body] of [
      ['GET', `/api/v1/users/${userId('204')}/security`, undefined],
      ['GET', `/api/v1/users/${userId('204')}/sessions`, undefined],
      ['DELETE', `/api/v1/users/${userId('204')}/sessions`, undefined],
      ['DELETE', `/api/v1/users/${userId('204')}/second-factors`, undefined],
      ['POST', `/api/v1/users/${userId('204')}/password-reset`, { by: 'password' }],
    ] as const)
      assert.equal((await eva.ask(method, path, body)).status, 404, path)
  })

  it('lets somebody in again who has lost everything: audited, and all logins end', async () => {
    const user = await api.client.logIn('206@demo.vaxel.test', 'demo-206')
    await setUpCodes(api, user)
    assert.equal((await admin.ask('DELETE', `/api/v1/users/${userId('206')}/second-factors`)).status, 204)
    assert.equal((await user.ask('GET', '/api/v1/me')).status, 401)
    await api.client.logIn('206@demo.vaxel.test', 'demo-206')
    const { items } = (await admin.ask('GET', '/api/v1/ledger?limit=1000')).body
    const told = items.filter(
      (event: { kind: string; data: { what?: string } }) => event.data.what === 'second-factors-reset',
    )
    assert.equal(told.length, 1)
    assert.equal(told[0].data.by, `user:${userId('201')}`)
  })

  it('hands over a password that must be changed, or a link that is good once and for a day', async () => {
    const path = `/api/v1/users/${userId('207')}/password-reset`
    const { password } = (await admin.ask('POST', path, { by: 'password' })).body
    const gone = await api.client.ask('POST', '/api/v1/sessions', login('207'))
    assert.equal(gone.status, 401)
    const user = await api.client.logIn('207@demo.vaxel.test', password)
    assert.deepEqual((await user.ask('GET', '/api/v1/me')).body.needs, ['new-password'])
    assert.equal((await user.ask('GET', '/api/v1/users')).body.code, 'SESSION_NOT_COMPLETE')
    const own = { current: password, password: 'my very own words' }
    assert.equal((await user.ask('PUT', '/api/v1/me/password', own)).status, 204)
    assert.equal((await user.ask('GET', '/api/v1/users')).status, 200)

    const { link } = (await admin.ask('POST', path, { by: 'link' })).body
    assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/access#[0-9a-z]{32}$/)
    const first = link.split('#')[1]
    const newer = (await admin.ask('POST', path, { by: 'link' })).body.link.split('#')[1]
    const use = (token: string, words: string) =>
      api.client.ask('POST', '/api/v1/logins/access-link', { token, password: words })
    assert.equal((await use(first, 'another set of words')).body.code, 'SESSION_LINK_NOT_VALID')
    const weak = await use(newer, 'password1')
    assert.deepEqual(weak.body.mistakes[0].path, '/password')
    assert.deepEqual((await use(newer, 'another set of words')).body, { login: '207@demo.vaxel.test' })
    assert.equal((await use(newer, 'another set of words')).status, 403)
    await api.client.logIn('207@demo.vaxel.test', 'another set of words')
    const late = (await admin.ask('POST', path, { by: 'link' })).body.link.split('#')[1]
    api.clock.advance(25 * 60 * minuteMs)
    assert.equal((await use(late, 'yet another set')).body.code, 'SESSION_LINK_NOT_VALID')
  })

  it('takes no link any more once somebody has got in another way', async () => {
    const path = `/api/v1/users/${userId('208')}`
    const handOver = async () =>
      (await admin.ask('POST', `${path}/password-reset`, { by: 'link' })).body.link.split('#')[1]
    const use = async (token: string) =>
      (await api.client.ask('POST', '/api/v1/logins/access-link', { token, password: 'words of a finder' })).body.code
    const beforePassword = await handOver()
    assert.equal((await admin.ask('POST', `${path}/password-reset`, { by: 'password' })).status, 200)
    assert.equal(await use(beforePassword), 'SESSION_LINK_NOT_VALID')
    const beforePatch = await handOver()
    assert.equal((await admin.ask('PATCH', path, { password: 'words of an administrator' })).status, 200)
    assert.equal(await use(beforePatch), 'SESSION_LINK_NOT_VALID')
    await api.client.logIn('208@demo.vaxel.test', 'words of an administrator')
  })

  it('asks browsers for a fresh proof before what is dangerous in wrong hands', async () => {
    await admin.ask('PUT', '/api/v1/identity/policy', { secondFactor: 'optional' })
    await admin.ask('DELETE', `/api/v1/users/${userId('201')}/second-factors`)
    const web = new WebClient(api.url)
    await web.ask('POST', '/api/v1/logins/password', login('201'))
    api.clock.advance(11 * minuteMs)
    const path = `/api/v1/users/${userId('208')}`
    const dangerous = [
      ['PUT', '/api/v1/identity/policy', { secondFactor: 'optional' }],
      ['POST', `${path}/password-reset`, { by: 'link' }],
      ['PATCH', path, { role: 'administrator' }],
      ['POST', '/api/v1/users', { name: 'root', displayName: 'Root', role: 'administrator' }],
      ['POST', '/api/v1/devices', { userId: userId('208') }],
    ] as const
    for (const [method, place, body] of dangerous) {
      const { status, body: problem } = await web.ask(method, place, body)
      assert.deepEqual([status, problem.code], [403, 'SESSION_PROOF_NEEDED'], place)
    }
    assert.equal((await web.ask('PATCH', path, { ringSeconds: 30 })).status, 200)
    assert.equal((await web.ask('POST', '/api/v1/me/proof', { password: 'demo-201' })).status, 204)
    for (const [method, place, body] of dangerous) assert.ok((await web.ask(method, place, body)).status < 300, place)
  })
})

describe('passwords', () => {
  let api: ApiPlatform
  before(async () => {
    api = await startApi()
  })
  after(() => api.close())

  it('are refused with the reason when everybody would try them first', async () => {
    const user = await api.client.logIn('204@demo.vaxel.test', 'demo-204')
    const change = (password: string) => user.ask('PUT', '/api/v1/me/password', { current: 'demo-204', password })
    for (const password of [
      'password',
      'Password1!',
      'aaaaaaaa',
      '12345678',
      'qwertyui',
      '204@demo.vaxel.test',
      'losenord',
    ])
      assert.equal((await change(password)).body.mistakes?.[0].path, '/password', password)
    assert.equal((await change('short')).status, 400)
    assert.equal((await change('korrekt hest batteri')).status, 204)
  })
})
