import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform, WebBrowser } from '@vaxel/testkit'
import { WebClient } from '../../api/web-client.ts'
import { challengeOf, HostileProvider, type Lie } from './hostile-provider.ts'
import { clientSecret, RealProvider } from './real-provider.ts'

const usual = {
  clientId: 'vaxel',
  clientSecret,
  domains: ['corp.example'],
  userClaim: 'email',
  createsUsers: false,
  roles: [],
  isOnlyWay: false,
}

describe('login by a company’s own provider', () => {
  let platform: Platform
  let admin: WebClient
  let provider: RealProvider
  let hostile: HostileProvider
  let browser: WebBrowser | undefined
  before(async () => {
    platform = await startPlatform()
    admin = new WebClient(platform.url)
    const login = { login: '201@demo.vaxel.test', password: 'demo-201' }
    assert.equal((await admin.ask('POST', '/api/v1/logins/password', login)).status, 200)
    provider = await RealProvider.open(`${platform.url}/sso/callback`)
    hostile = await HostileProvider.open()
  })
  after(async () => {
    await browser?.close()
    await provider?.close()
    await hostile?.close()
    await platform?.stop()
  })

  const use = async (more: Record<string, unknown>) => {
    const { status, body } = await admin.ask('PUT', '/api/v1/identity/sso', { ...usual, ...more })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }

  /** As a browser goes: to the provider, on by its redirects, back with what it has put into the address. */
  const travel = async (web: WebClient, loginHint: string) => {
    const started = await web.ask('POST', '/api/v1/logins/sso', {
      domain: 'demo.vaxel.test',
      login: loginHint,
      returnTo: '/people',
    })
    assert.equal(started.status, 200, JSON.stringify(started.body))
    const jar = new Map<string, string>()
    let at = started.body.url as string
    while (!at.startsWith(`${platform.url}/sso/callback`)) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(at, { redirect: 'manual', headers: { cookie } })
      for (const one of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(one)!
        jar.set(name!, value!)
      }
      const next = response.headers.get('location')
      assert.ok(next, `${at} leads nowhere: ${response.status} ${await response.text()}`)
      at = new URL(next, at).href
    }
    return new URL(at).search.slice(1)
  }
  const finish = (web: WebClient, query: string) => web.ask('POST', '/api/v1/logins/sso-answer', { query })

  it('lets in whoever the provider knows and the company has, and remembers who that was', async () => {
    const settings = await use({ issuer: provider.issuer, secretExpiresOn: '2020-01-31' })
    assert.equal(settings.hasSecret, true)
    assert.equal(settings.callbackUrl, `${platform.url}/sso/callback`)
    assert.match(settings.warning, /has ended on 2020-01-31/)
    assert.equal(JSON.stringify(settings).includes(clientSecret), false)
    const ways = await new WebClient(platform.url).ask('GET', '/api/v1/logins/ways?domain=demo.vaxel.test')
    assert.equal(ways.body.sso.provider, new URL(provider.issuer).host)
    provider.accounts.set('p204', { email: '204@corp.example', email_verified: true, name: 'Whoever' })
    const web = new WebClient(platform.url)
    const done = await finish(web, await travel(web, 'p204'))
    assert.equal(done.status, 200, JSON.stringify(done.body))
    assert.deepEqual([done.body.login.step, done.body.returnTo], ['done', '/people'])
    assert.equal((await web.ask('GET', '/api/v1/me')).body.user.name, '204')
    provider.accounts.set('p204', { email: 'married@corp.example', email_verified: true })
    const again = new WebClient(platform.url)
    assert.equal((await finish(again, await travel(again, 'p204'))).body.login.me.user.name, '204')
    const out = await again.ask('GET', '/api/v1/me/sso-logout')
    assert.ok(out.body.url.startsWith(`${provider.issuer}/session/end?`))
  })

  it('makes users and gives roles where the company wants that, and says why not where it does not', async () => {
    provider.accounts.set('p-new', { email: 'nina@corp.example', email_verified: true, name: 'Nina Ny' })
    const web = new WebClient(platform.url)
    assert.equal((await finish(web, await travel(web, 'p-new'))).body.code, 'SSO_NO_USER')
    await use({
      issuer: provider.issuer,
      createsUsers: true,
      groupsClaim: 'groups',
      roles: [
        { group: 'switchboard', role: 'attendant' },
        { group: 'leads', role: 'supervisor' },
      ],
    })
    provider.accounts.set('p-new', {
      email: 'nina@corp.example',
      email_verified: true,
      name: 'Nina Ny',
      groups: ['leads', 'switchboard'],
    })
    const { user } = (await finish(web, await travel(web, 'p-new'))).body.login.me
    assert.deepEqual([user.login, user.displayName, user.role], ['nina@demo.vaxel.test', 'Nina Ny', 'supervisor'])
    provider.accounts.set('p-foreign', { email: '201@elsewhere.example', email_verified: true })
    assert.equal((await finish(web, await travel(web, 'p-foreign'))).body.code, 'SSO_NO_USER')
    provider.accounts.set('p-unsure', { email: '201@corp.example', email_verified: false })
    assert.equal((await finish(web, await travel(web, 'p-unsure'))).body.code, 'SSO_ANSWER_NOT_TRUSTED')
    provider.isClosed = true
    const closed = await finish(web, await travel(web, 'p-new'))
    provider.isClosed = false
    assert.deepEqual([closed.body.code, /Not during the night/.test(closed.body.detail)], ['SSO_DENIED', true])
  })

  it('takes an answer only in the browser that has asked, and once', async () => {
    const web = new WebClient(platform.url)
    const query = await travel(web, 'p204')
    const other = new WebClient(platform.url)
    assert.equal((await finish(other, query)).body.code, 'SESSION_LOGIN_EXPIRED')
    await travel(other, 'p204')
    assert.equal((await finish(other, query)).body.code, 'SSO_ANSWER_NOT_TRUSTED', 'a state of somebody else')
    const cookies = web.cookieHeader
    assert.equal((await finish(web, query)).status, 200)
    const replayed = await web.ask('POST', '/api/v1/logins/sso-answer', { query }, { cookie: cookies })
    assert.equal(replayed.body.code, 'SESSION_LOGIN_EXPIRED')
  })

  it('believes no answer that does not hold', async () => {
    await use({ issuer: hostile.issuer, clientSecret: 'x' })
    const web = new WebClient(platform.url)
    const attempt = async (lie: Lie, more: Record<string, string> = {}) => {
      hostile.lie = lie
      const { url } = (await web.ask('POST', '/api/v1/logins/sso', { domain: 'demo.vaxel.test' })).body
      const { state, challenge } = hostile.begin(url)
      const query = new URLSearchParams({ code: 'c', state, iss: hostile.issuer, ...more }).toString()
      const answer = await finish(web, query)
      if (answer.status === 200) assert.equal(challengeOf(hostile.verifiers.at(-1)!), challenge)
      return answer
    }
    assert.equal((await attempt({})).status, 200, 'an honest answer')
    const past = Math.floor(Date.now() / 1000) - 3600
    const lies: [Lie, Record<string, string>?][] = [
      [{ claims: { nonce: 'another' } }],
      [{ claims: { nonce: undefined } }],
      [{ claims: { aud: 'somebody-else' } }],
      [{ claims: { aud: ['vaxel', 'other'], azp: 'other' } }],
      [{ claims: { exp: past, iat: past - 60 } }],
      [{ claims: { iss: 'https://elsewhere.example' } }],
      [{ algorithm: 'none' }],
      [{ isForged: true }],
      [{ tokenStatus: 400 }],
      [{}, { iss: 'https://elsewhere.example' }],
      [{}, { state: 'guessed' }],
    ]
    for (const [lie, more] of lies) {
      const { status, body } = await attempt(lie, more)
      assert.deepEqual([status, body.code], [403, 'SSO_ANSWER_NOT_TRUSTED'], JSON.stringify([lie, more, body]))
      assert.match(body.detail, /^[A-Z].*\.$/)
    }
  })

  it('aims nothing of ours at other places: not at what calls itself by another name, nor at this machine without a demo', async () => {
    hostile.lie = { issuer: 'https://elsewhere.example' }
    const mixed = await admin.ask('PUT', '/api/v1/identity/sso', {
      ...usual,
      issuer: hostile.issuer,
      clientId: 'other',
    })
    assert.deepEqual([mixed.status, mixed.body.code], [502, 'SSO_PROVIDER_UNREACHABLE'])
    hostile.lie = {}
    const plain = await admin.ask('PUT', '/api/v1/identity/sso', { ...usual, issuer: 'http://idp.example' })
    assert.match(plain.body.detail, /not HTTPS/)
    const metadata = await admin.ask('PUT', '/api/v1/identity/sso', { ...usual, issuer: 'http://192.0.2.1/latest' })
    assert.match(metadata.body.detail, /not HTTPS/)
    const taken = await admin.ask('GET', '/api/v1/identity/sso')
    assert.equal(taken.body.issuer, hostile.issuer, 'what was there stays')
  })

  it('is the only way where the company says so, but for one administrator', async () => {
    const without = await admin.ask('PUT', '/api/v1/identity/sso', {
      ...usual,
      issuer: provider.issuer,
      isOnlyWay: true,
    })
    assert.equal(without.body.mistakes[0].path, '/emergencyUserId')
    const me = (await admin.ask('GET', '/api/v1/me')).body.user.id
    await use({ issuer: provider.issuer, isOnlyWay: true, emergencyUserId: me })
    const web = new WebClient(platform.url)
    const logIn = async (number: string, password = `demo-${number}`) =>
      (await web.ask('POST', '/api/v1/logins/password', { login: `${number}@demo.vaxel.test`, password })).body
    assert.equal((await logIn('205')).code, 'SSO_ONLY')
    assert.equal((await logIn('205', 'wrong')).code, 'SESSION_WRONG_LOGIN', 'nothing is told to who knows no password')
    assert.equal((await logIn('201')).step, 'done')
    await use({ issuer: provider.issuer })
  })

  it('works in a browser: the button appears with the domain, and leads back to where one was', async () => {
    browser = await WebBrowser.open()
    const visitor = await browser.visitor()
    await visitor.page.goto(`${platform.url}/settings`)
    // The provider lets in whoever the login names.
    provider.accounts.set('204@demo.vaxel.test', { email: '204@corp.example', email_verified: true })
    await visitor.page.locator('input[autocomplete^="username"]').fill('204@demo.vaxel.test')
    await visitor.page.getByRole('button', { name: /^Go on with 127\.0\.0\.1/ }).click()
    await visitor.page.locator('nav').first().waitFor()
    assert.equal(new URL(visitor.page.url()).pathname, '/settings')
    provider.isClosed = true
    const second = await browser.visitor()
    await second.page.goto(platform.url)
    await second.page.locator('input[autocomplete^="username"]').fill('204@demo.vaxel.test')
    await second.page.getByRole('button', { name: /^Go on with/ }).click()
    await second.page.getByRole('alert').filter({ hasText: 'did not let you in' }).waitFor()
    assert.deepEqual(await second.accessFaults(), [])
    provider.isClosed = false
  })
})
