import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { after, before, describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { openStore } from '@vaxel/store'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const target = { host: 'sip.carrier.test', port: 5060, protocol: 'udp' }
const secret = 'ganz-geheim-4711'

/** Of `openssl ca -gencrl`; for a week of March 2026. */
const oldList =
  'MIIBIjCByAIBATAKBggqhkjOPQQDAjAsMRMwEQYDVQQKDApDYXJyaWVyIEFCMRUwEwYDVQQDDAxDYXJyaWVyIHJvb3QXDTI2MDMwMTAwMDAwMFoXDTI2MDMwODAwMDAwMFowOjAUAgMA8A0XDTI2MDIwMzA0MDUwNlowIgIDChssFw0yNjAxMDIwMzA0MDVaMAwwCgYDVR0VBAMKAQGgLzAtMB8GA1UdIwQYMBaAFCmXkiZW8uqKCPBm/15NemOd+cypMAoGA1UdFAQDAgEBMAoGCCqGSM49BAMCA0kAMEYCIQCb1oUlUE6lWlyYGh17eQtSPLBasRlZQ91JHrtvHxIWIgIhAI9vsBlBIYeQxW1GFMKPmrsxQOwPc1xuMYOpVX5wINlP'
/** Any that is known everywhere. */
const [otherAuthority] = rootCertificates

describe('trunks with everything that a carrier asks for', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
  })
  after(() => api.close())

  const paths = ({ body }: Awaited<ReturnType<CheckedClient['ask']>>): string[] =>
    body.mistakes.map(({ path }: { path: string }) => path)
  const make = (body: object) => admin.ask('POST', '/api/v1/trunks', { targets: [target], ...body })

  it('are made from a delivered profile with what only a person knows, and told as they are', async () => {
    const { body } = await admin.ask('GET', '/api/v1/trunk-profiles')
    assert.deepEqual(
      body.items.map(({ name, needs }: { name: string; needs: string[] }) => [name, ...needs]),
      [
        ['provider', 'target', 'registration'],
        ['pbx', 'target'],
        ['mediation', 'target', 'ownHost'],
        ['teams', 'ownHost'],
      ],
    )
    const { needs: _, name, ...teams } = body.items[3]
    const made = await make({ ...teams, name: 'teams', profile: name, ownHost: 'sbc.demo.test' })
    assert.equal(made.status, 201)
    assert.deepEqual(
      made.body.targets.map(({ host, priority }: { host: string; priority: number }) => [host, priority]),
      [
        ['sip.pstnhub.microsoft.com', 1],
        ['sip2.pstnhub.microsoft.com', 2],
        ['sip3.pstnhub.microsoft.com', 3],
      ],
    )
    assert.equal(made.body.keying, 'sdes')
    const state = await admin.ask('GET', `/api/v1/trunks/${made.body.id}/state`)
    assert.deepEqual(state.body.warnings, ['certificateNotForOwnHost', 'certificateOwnAuthority'])
  })

  it('are refused with all mistakes at once, each with what to do', async () => {
    const refused = await make({
      name: 'wrong',
      keying: 'sdes',
      registration: { domain: 'car rier', user: 'a@b' },
      ownHost: 'not a name',
      certificateNames: ['192.0.2.1'],
      tls: { ca: ['-----BEGIN CERTIFICATE-----\nnothing that could be read\n-----END CERTIFICATE-----'] },
      emergencyChannels: 3,
      rewriting: { calledOut: [{ match: '+46(...)', gives: '0$1', examples: [{ given: '+4685', gives: '0085' }] }] },
    })
    assert.equal(refused.status, 400)
    assert.deepEqual(paths(refused), [
      '/targets/0/protocol',
      '/login',
      '/registration/domain',
      '/registration/user',
      '/ownHost',
      '/tls/ca/0',
      '/certificateNames/0',
      '/emergencyChannels',
      '/rewriting/calledOut/0/examples/0',
    ])
    assert.match(refused.body.mistakes.at(-1).reason, /\+4685 becomes 085, not 0085/)
  })

  it('take revocation lists as DER and keep them as PEM; the state tells of them', async () => {
    const made = await make({ name: 'lists', tls: { revocationLists: [oldList] }, health: { intervalSeconds: 0 } })
    assert.equal(made.status, 201)
    assert.match(made.body.tls.revocationLists[0], /^-----BEGIN X509 CRL-----\nMIIBIj/)
    const { body: state } = await admin.ask('GET', `/api/v1/trunks/${made.body.id}/state`)
    assert.deepEqual(state.revocationLists, [
      {
        issuer: 'Carrier root',
        revoked: 2,
        from: '2026-03-01T00:00:00.000Z',
        until: '2026-03-08T00:00:00.000Z',
      },
    ])
    const wrong = await admin.ask('PATCH', `/api/v1/trunks/${made.body.id}`, {
      tls: {
        ca: [otherAuthority],
        revocationLists: [oldList, 'no list at all, but long enough to be looked at anyway'],
      },
    })
    assert.deepEqual(paths(wrong), ['/tls/revocationLists/0', '/tls/revocationLists/1'])
    assert.equal((await admin.ask('DELETE', `/api/v1/trunks/${made.body.id}`)).status, 204)
    assert.match(wrong.body.mistakes[0].reason, /Carrier root, which is none of the trunk's authorities/)
  })

  it('keep their passwords sealed: told to nobody, not in the ledger, not in the files', async () => {
    const made = await make({
      name: 'account',
      login: { username: 'acme', password: secret },
      incomingLogin: { username: 'carrier', password: secret },
      registration: { domain: 'carrier.test', user: 'acme' },
      health: { intervalSeconds: 0 },
    })
    assert.deepEqual([made.body.login, made.body.incomingLogin], [{ username: 'acme' }, { username: 'carrier' }])
    const path = `/api/v1/trunks/${made.body.id}`
    const kept = await admin.ask('PATCH', path, { login: { username: 'acme' }, channels: 4 })
    assert.equal(kept.status, 200)
    assert.equal(api.store.directory.trunk(made.body.id)!.login!.password, secret)
    const other = await admin.ask('PATCH', path, { login: { username: 'other' } })
    assert.deepEqual(paths(other), ['/login/password'])
    const { body: changes } = await admin.ask('GET', '/api/v1/configuration/changes')
    assert.ok(!JSON.stringify(changes).includes(secret))
    for (const file of filesIn(api.folder)) assert.ok(!readFileSync(file).includes(secret), file)
  })

  it('are as they were when the store is opened again, and when a change is taken back', async () => {
    const { body: list } = await admin.ask('GET', '/api/v1/trunks')
    const { id } = list.items.find(({ name }: { name: string }) => name === 'account')
    await admin.ask('PATCH', `/api/v1/trunks/${id}`, { channels: 99 })
    const { body: changes } = await admin.ask('GET', '/api/v1/configuration/changes')
    const undone = await admin.ask('POST', `/api/v1/configuration/changes/${changes.items[0].number}/undo`)
    assert.equal(undone.status, 204)
    const now = api.store.directory.trunk(id)!
    assert.deepEqual([now.channels, now.login], [4, { username: 'acme', password: secret }])
  })

  it('tell how they are: targets, registration, calls; also all at once, page by page', async () => {
    const { body: list } = await admin.ask('GET', '/api/v1/trunks')
    const { id } = list.items.find(({ name }: { name: string }) => name === 'account')
    const state = await admin.ask('POST', `/api/v1/trunks/${id}/check`)
    assert.equal(state.body.targets[0].state, 'down')
    assert.deepEqual(state.body.targets[0].fault, { kind: 'silent' })
    assert.equal(state.body.registration.state, 'failed')
    const page = await admin.ask('GET', '/api/v1/trunk-states?limit=1')
    assert.deepEqual([page.body.items.length, page.body.next], [1, 'account'])
    const next = await admin.ask('GET', '/api/v1/trunk-states?after=account')
    assert.deepEqual(
      next.body.items.map(({ name }: { name: string }) => name),
      ['pstn', 'teams'],
    )
  })

  it('have rules that can be tried before they are saved', async () => {
    const rules = [{ match: '+46(...)', gives: '0$1', examples: [] }]
    const tried = await admin.ask('POST', '/api/v1/trunk-rules/try', { rules, number: '+46855512345' })
    assert.deepEqual(tried.body, { number: '0855512345', rule: 0 })
    const wrong = await admin.ask('POST', '/api/v1/trunk-rules/try', {
      rules: [{ match: '(', gives: '', examples: [] }],
      number: '1',
    })
    assert.equal(wrong.status, 400)
  })

  it('are nobody’s business in another company, and to be changed by administrators only', async () => {
    const user = await api.client.logIn('209@demo.vaxel.test', 'demo-209')
    for (const path of ['/api/v1/trunk-states', '/api/v1/trunk-profiles'])
      assert.equal((await user.ask('GET', path)).status, 403)
    assert.equal((await admin.ask('GET', '/api/v1/trunks/nothing/state')).status, 404)
    assert.equal((await admin.ask('POST', '/api/v1/trunks/nothing/check')).status, 404)
  })

  it('cannot claim what is another’s: addresses, certificates without a name of their own, logins', async () => {
    await make({ name: 'one', certificateNames: ['sip.carrier.test'] })
    const certificate = await make({ name: 'two', certificateNames: ['sip.carrier.test'] })
    assert.equal(certificate.status, 409)
    const login = await make({ name: 'two', incomingLogin: { username: 'carrier', password: 'x' } })
    assert.equal(login.status, 409)
    const device = await make({ name: 'two', incomingLogin: { username: '201', password: 'x' } })
    assert.equal(device.status, 409)
  })
})

describe('the passwords of trunks', () => {
  it('open with the key of the folder when the server starts again', async () => {
    const api = await startApi()
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    const made = await admin.ask('POST', '/api/v1/trunks', {
      name: 'account',
      targets: [target],
      login: { username: 'acme', password: secret },
    })
    await api.store.close()
    const again = await openStore({ folder: api.folder, clock: api.clock, log: silentLogger })
    assert.deepEqual(again.directory.trunk(made.body.id)!.login, { username: 'acme', password: secret })
    await again.close()
    await api.close().catch(() => {})
  })
})

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]))
}
