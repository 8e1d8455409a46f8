import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { SiteProfile, SiteReport } from '@vaxel/site'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const day = 86_400_000

const profile = (more: Partial<SiteProfile> = {}): SiteProfile => ({
  format: 'vaxel-site-profile/1',
  name: 'Lyon',
  system: 'vaxel',
  people: { webSoftphone: 20, deskPhone: 5 },
  connection: 'internet',
  ...more,
})

describe('sites over the API', () => {
  let platform: ApiPlatform
  let administrator: CheckedClient
  let user: CheckedClient
  let stranger: CheckedClient
  before(async () => {
    platform = await startApi({ demo: true })
    administrator = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    user = await platform.client.logIn('204@demo.vaxel.test', 'demo-204')
    stranger = platform.client
  })
  after(() => platform.close())

  const ask = (method: string, path: string, body?: unknown, who = administrator) => who.ask(method, path, body)

  const make = async (more: Partial<SiteProfile> = {}) => {
    const { status, body } = await ask('POST', '/api/v1/sites', { name: 'Lyon', profile: profile(more) })
    assert.equal(status, 201, JSON.stringify(body))
    return body as { id: string; name: string; owners: string[] }
  }

  const report = async (outcome: 'pass' | 'fail', more: Partial<SiteReport> = {}): Promise<SiteReport> => {
    const { body } = await ask('GET', '/api/v1/site/catalogues/vaxel', undefined, stranger)
    const catalogue = body as unknown as {
      version: string
      requirements: { id: string; checks: SiteReport['results'][number]['check'][] }[]
    }
    const at = new Date(platform.clock.now()).toISOString()
    return {
      format: 'vaxel-site-report/1',
      site: 'Lyon',
      catalogue: { id: 'vaxel', version: catalogue.version },
      madeBy: { tool: 'probe', version: '0.1.0', on: 'Linux' },
      startedAt: at,
      endedAt: at,
      segments: ['office'],
      results: catalogue.requirements.flatMap(({ id, checks }) =>
        checks.map((check) => ({
          check,
          requirementIds: [id],
          target: `${check} of ${id}`,
          outcome,
          segment: 'office',
          startedAt: at,
          endedAt: at,
          finding: { key: 'done', values: {} },
        })),
      ),
      judgement: { verdict: 'ready', coverage: { required: 0, proven: 0, cannotBeProvenHere: 0 }, losses: [] },
      ...more,
    }
  }

  it('shows every catalogue to anybody, with versions, changes, a feed and schemas', async () => {
    const { body } = await ask('GET', '/api/v1/site/catalogues', undefined, stranger)
    const { items } = body as { items: { id: string; source: string; versions: { version: string }[] }[] }
    const ids = items.map(({ id }) => id)
    for (const id of ['vaxel', 'telia-touchpoint-plus', 'cloud-contact-centre', 'akio-tws', 'myportal-work'])
      assert.ok(ids.includes(id), id)
    assert.equal(items.find(({ id }) => id === 'vaxel')?.source, 'vaxel')
    const changes = await ask(
      'GET',
      '/api/v1/site/catalogues/telia-touchpoint-plus/changes?since=2023110900&language=sv',
      undefined,
      stranger,
    )
    assert.equal(changes.status, 200)
    assert.match((changes.body as { text: string }).text, /94\.158\.248\.64\/26/)
    const unknown = await ask(
      'GET',
      '/api/v1/site/catalogues/telia-touchpoint-plus/changes?since=2001010100',
      undefined,
      stranger,
    )
    assert.equal(unknown.status, 404)
    const feed = await fetch(`${platform.url}/api/v1/site/changes.atom`)
    assert.equal(feed.headers.get('content-type')?.split(';')[0], 'application/atom+xml')
    assert.match(await feed.text(), /<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom"/)
    for (const name of ['catalogue', 'profile', 'report'])
      assert.equal((await ask('GET', `/api/v1/site/schemas/${name}`, undefined, stranger)).status, 200)
    assert.equal((await ask('GET', '/api/v1/site/schemas/constructor', undefined, stranger)).status, 404)
  })

  it('makes, lists, changes and removes sites, for administrators only', async () => {
    const site = await make()
    assert.equal(site.owners.length, 1)
    assert.equal((await ask('GET', '/api/v1/sites', undefined, user)).status, 403)
    const changed = await ask('PUT', `/api/v1/sites/${site.id}`, {
      name: 'Lyon 2',
      profile: profile(),
      reachedFrom: ['198.51.100.0/28'],
    })
    assert.equal(changed.status, 200)
    const { items } = (await ask('GET', '/api/v1/sites?limit=1')).body as { items: { name: string }[] }
    assert.equal(items[0]?.name, 'Lyon 2')
    assert.equal((await ask('DELETE', `/api/v1/sites/${site.id}`)).status, 204)
    assert.equal((await ask('GET', `/api/v1/sites/${site.id}`)).status, 404)
  })

  it('keeps the address of a house until it is taken away, and refuses one that no centre could read', async () => {
    const site = await make()
    const put = (more: object) =>
      ask('PUT', `/api/v1/sites/${site.id}`, { name: 'Lyon', profile: profile(), reachedFrom: [], ...more })
    const address = { country: 'FR', city: 'Lyon', street: 'Rue de la République', houseNumber: '12 bis' }
    assert.deepEqual((await put({ address })).body.address, address)
    assert.deepEqual((await put({})).body.address, address, 'a form that knows nothing of it')
    const { items } = (await ask('GET', '/api/v1/sites')).body as { items: { id: string; address?: unknown }[] }
    assert.deepEqual(items.find(({ id }) => id === site.id)?.address, address)
    for (const bad of [
      { ...address, country: 'France' },
      { country: 'FR', city: 'Lyon' },
      { ...address, street: '' },
      { ...address, floor: '3' },
    ])
      assert.equal((await put({ address: bad })).status, 400, JSON.stringify(bad))
    assert.deepEqual((await ask('GET', `/api/v1/sites/${site.id}`)).body.address, address)
    assert.equal((await put({ address: null })).body.address, undefined)
    assert.equal((await ask('GET', `/api/v1/sites/${site.id}`)).body.address, undefined)
  })

  it('tells every mistake of a profile at once, each with its place', async () => {
    const { status, body } = await ask('POST', '/api/v1/sites', {
      name: 'Bad',
      profile: { ...profile(), people: { deskPhone: -1 }, connection: 'pigeon' },
      reachedFrom: ['nowhere'],
      owners: ['nobody'],
    })
    assert.equal(status, 400)
    const paths = (body as { mistakes: { path: string }[] }).mistakes.map(({ path }) => path)
    assert.deepEqual(paths, ['/profile/people/deskPhone', '/profile/connection', '/reachedFrom/0', '/owners/0'])
    const foreign = await ask('POST', '/api/v1/sites', { name: 'Bad', profile: profile({ system: 'pbx-of-mars' }) })
    assert.match(JSON.stringify(foreign.body), /must be one of akio-tws/)
  })

  it('keeps reports, judges them anew and says what they mean today', async () => {
    const site = await make()
    const passport = async () =>
      (await ask('GET', `/api/v1/sites/${site.id}/passport`)).body as {
        judgement: { verdict: string; losses: unknown[] }
        reports: unknown[]
        verifyAgainBy?: string
      }
    assert.equal((await passport()).judgement.verdict, 'not-proven')
    const failed = await ask('POST', `/api/v1/sites/${site.id}/reports`, await report('fail'))
    assert.equal(failed.status, 201)
    // It called itself ready.
    assert.equal((failed.body as { judgement: { verdict: string } }).judgement.verdict, 'not-ready')
    platform.clock.advance(1000)
    await ask('POST', `/api/v1/sites/${site.id}/reports`, await report('pass'))
    const ready = await passport()
    assert.equal(ready.judgement.verdict, 'ready', JSON.stringify(ready.judgement.losses.slice(0, 3)))
    assert.equal(ready.reports.length, 2)
    assert.ok(ready.verifyAgainBy)
    const future = await ask(
      'POST',
      `/api/v1/sites/${site.id}/reports`,
      await report('pass', { endedAt: new Date(platform.clock.now() + 2 * day).toISOString() }),
    )
    assert.equal(future.status, 400)
    const honest = await report('pass')
    const forEver = new Date(platform.clock.now() + 3650 * day).toISOString()
    const results = honest.results.map((one, i) => (i === 1 ? { ...one, endedAt: forEver } : one))
    const lasting = await ask('POST', `/api/v1/sites/${site.id}/reports`, { ...honest, results })
    assert.equal(lasting.status, 400, 'one result that would never be old')
    assert.equal((lasting.body as { mistakes: { path: string }[] }).mistakes[0]?.path, '/results/1/endedAt')
  })

  it('takes reports by a link without login, until it is taken back', async () => {
    const site = await make()
    const made = await ask('POST', `/api/v1/sites/${site.id}/invitations`, {})
    const { token, path, invitation } = made.body as { token: string; path: string; invitation: { id: string } }
    assert.equal(path, `/verify#invitation=${token}`)
    const send = async () =>
      ask('POST', '/api/v1/site/reports', { invitation: token, report: await report('pass') }, stranger)
    assert.equal((await send()).status, 201)
    const bad = await ask(
      'POST',
      '/api/v1/site/reports',
      { invitation: token, report: { format: 'nonsense' } },
      stranger,
    )
    assert.equal(bad.status, 400)
    assert.equal((await ask('DELETE', `/api/v1/sites/${site.id}/invitations/${invitation.id}`)).status, 204)
    assert.equal((await send()).status, 404)
    const guessed = await ask(
      'POST',
      '/api/v1/site/reports',
      { invitation: 'guess', report: await report('pass') },
      stranger,
    )
    assert.equal((guessed.body as { code: string }).code, 'SITE_INVITATION_GONE')
  })

  it('takes no report by a link whose maker is no administrator any more', async () => {
    const site = await make()
    const users = (await ask('GET', '/api/v1/users?limit=100')).body as { items: { id: string; name: string }[] }
    const { id } = users.items.find(({ name }) => name === '204')!
    const set = async (role: string) => assert.equal((await ask('PATCH', `/api/v1/users/${id}`, { role })).status, 200)
    await set('administrator')
    const maker = await stranger.logIn('204@demo.vaxel.test', 'demo-204')
    const made = await ask('POST', `/api/v1/sites/${site.id}/invitations`, {}, maker)
    const { token } = made.body as { token: string }
    const send = async () =>
      (await ask('POST', '/api/v1/site/reports', { invitation: token, report: await report('pass') }, stranger)).status
    assert.equal(await send(), 201)
    await set('user')
    assert.equal(await send(), 404)
    user = await stranger.logIn('204@demo.vaxel.test', 'demo-204')
  })

  it('warns once of what expires, at each step', async () => {
    const notAfter = new Date(platform.clock.now() + 31 * day).toISOString().slice(0, 10)
    const site = await make({
      secrets: [{ requirement: 'own', subject: 'Graph consent', notAfter, owner: 'it@example.com' }],
    })
    const told = async () => {
      const { body } = await ask('GET', '/api/v1/ledger?limit=1000')
      return (body as { items: { kind: string; data: { siteId?: string; daysLeft?: number } }[] }).items
        .filter(({ kind, data }) => kind === 'site.expiryWarned' && data.siteId === site.id)
        .map(({ data }) => data.daysLeft)
    }
    await platform.lookAtSites()
    await platform.lookAtSites()
    assert.deepEqual(await told(), [31])
    platform.clock.advance(2 * day)
    await platform.lookAtSites()
    assert.deepEqual(await told(), [31, 29])
    const mails = () => platform.mailed.filter(({ to }) => to === 'it@example.com')
    // They are kept first, and sent after that.
    const endMs = performance.now() + 30_000
    while (mails().length < 2) {
      assert.ok(performance.now() < endMs, 'a mail never came')
      await new Promise(setImmediate)
    }
    assert.match(mails()[1]?.subject ?? '', /^Lyon: Graph consent/)
    assert.equal(mails().length, 2)
  })

  it('plans, writes and compares rules for everybody who is logged in', async () => {
    const plan = await ask('POST', '/api/v1/site/plans', { profile: profile(), language: 'fr' }, user)
    assert.equal(plan.status, 200, JSON.stringify(plan.body))
    const rules = await ask('POST', '/api/v1/site/rules', { profile: profile(), device: 'nftables' }, user)
    assert.equal(rules.status, 200, JSON.stringify(rules.body))
    const { text } = rules.body as { text: string }
    const same = await ask(
      'POST',
      '/api/v1/site/rule-checks',
      { profile: profile(), format: 'nftables', rules: text },
      user,
    )
    assert.equal(same.status, 200, JSON.stringify(same.body))
    assert.match(JSON.stringify(same.body.comparison), /"verdict":"(complete|notUnderstood)"/)
    const unknown = await ask('POST', '/api/v1/site/rules', { profile: profile(), device: 'abacus' }, user)
    assert.equal(unknown.status, 400)
    assert.equal((await ask('POST', '/api/v1/site/plans', { profile: profile() }, stranger)).status, 401)
  })

  it('publishes catalogues of others, each version once, and never over its own', async () => {
    const { body } = await ask('GET', '/api/v1/site/catalogues/cloud-contact-centre', undefined, stranger)
    const own = { ...(body as object), id: 'our-service', title: 'Our service' }
    const put = (id: string, catalogue: unknown, token = administrator) =>
      ask('PUT', `/api/v1/site/catalogues/${id}`, catalogue, token)
    assert.equal((await put('our-service', own, user)).status, 403)
    assert.equal((await put('our-service', own)).status, 200)
    assert.equal((await put('our-service', own)).status, 409)
    assert.equal((await put('vaxel', { ...own, id: 'vaxel' })).status, 409)
    const bad = await put('our-service', { ...own, version: '2', requirements: [{}] })
    assert.equal(bad.status, 400)
    assert.ok((bad.body as { mistakes: unknown[] }).mistakes.length > 3)
  })
})
