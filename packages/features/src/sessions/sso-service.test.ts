import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { SsoService } from './sso-service.ts'

/** A company with two domains of its own and one that its provider may speak for; the provider names this address. */
async function logIn(email: string) {
  const clock = new VirtualClock()
  const domains = ['parent.test', 'daughter.test'].map((name) => ({ name, companyId: 'c' }))
  const users = [
    { id: 'A', companyId: 'c', domain: 'parent.test', name: 'anna', role: 'administrator' },
    { id: 'B', companyId: 'c', domain: 'daughter.test', name: 'anna', role: 'user' },
    { id: 'C', companyId: 'c', domain: 'daughter.test', name: 'bo', role: 'user' },
  ]
  const links: { userId: string }[] = []
  const settings = {
    companyId: 'c',
    issuer: 'https://provider.test',
    domains: ['mail.test'],
    userClaim: 'email',
    createsUsers: false,
    roles: [],
  }
  const around = {
    clock,
    configuration: {
      current: {
        domainsOf: () => domains,
        user: (id: string) => users.find((user) => user.id === id),
        userByAddress: (domain: string, name: string) =>
          users.find((user) => user.domain === domain && user.name === name),
        usersOf: () => users,
      },
    },
    identity: {
      sso: () => settings,
      ssoLink: () => undefined,
      putSsoLink: async (link: { userId: string }) => void links.push(link),
    },
    tickets: {
      open: () => ({ companyId: 'c', issuer: settings.issuer, origin: 'o', returnTo: '/' }),
      useUp: () => true,
    },
    openId: {
      finish: async () => ({ issuer: settings.issuer, subject: 's', claims: { email, email_verified: true } }),
    },
  }
  const logins = { openSso: async (user: unknown) => ({ user }) }
  const service = new SsoService(
    around as unknown as ConstructorParameters<typeof SsoService>[0],
    logins as unknown as ConstructorParameters<typeof SsoService>[1],
  )
  const place = {
    origin: 'o',
    cookie: () => 'c',
    setCookie: () => {},
    address: '192.0.2.1',
    agent: '',
    isBrowser: true,
  }
  const done = await service.finish('?code', place as unknown as Parameters<SsoService['finish']>[1])
  return { done, links }
}

describe('a log-in by the provider of a company with several domains', () => {
  it('is that of the user in the domain that the provider names, also where another domain has the name', async () => {
    for (const [email, userId] of [
      ['anna@daughter.test', 'B'],
      ['anna@parent.test', 'A'],
      ['bo@daughter.test', 'C'],
    ] as const) {
      const { done, links } = await logIn(email)
      assert.equal((done as { login?: { user: { id: string } } }).login?.user.id, userId, email)
      assert.deepEqual(
        links.map((link) => link.userId),
        [userId],
      )
    }
  })

  it('is nobody’s where the name alone could be several people’s, or is not there in that domain', async () => {
    for (const email of ['anna@mail.test', 'bo@parent.test']) {
      const { done, links } = await logIn(email)
      assert.ok(
        isRefusal(done) || isRefusal((done as { refusal?: unknown }).refusal),
        `${email}: ${JSON.stringify(done)}`,
      )
      assert.deepEqual(links, [])
    }
    const { links } = await logIn('bo@mail.test')
    assert.deepEqual(
      links.map((link) => link.userId),
      ['C'],
    )
  })
})
