import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

interface Field {
  readonly name: string
  readonly before?: unknown
  readonly after?: unknown
}

describe('the configuration over time', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
  })
  after(() => api.close())
  const latest = async () => (await admin.ask('GET', '/api/v1/configuration/changes?limit=1')).body.items[0]
  const undo = (number: number) => admin.ask('POST', `/api/v1/configuration/changes/${number}/undo`)
  const userNamed = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!

  it('tells who changed what, from what to what, and takes it back', async () => {
    const { id } = userNamed('210')
    await admin.ask('PATCH', `/api/v1/users/${id}`, { ringSeconds: 40, limits: { callsAtOnce: 2 } })
    const change = await latest()
    assert.equal(change.by.userId, userNamed('201').id)
    assert.equal(change.canUndo, true)
    assert.equal(change.changes[0].name, userNamed('210').displayName)
    assert.deepEqual(
      change.changes[0].fields.find(({ name }: Field) => name === 'ringSeconds'),
      { name: 'ringSeconds', before: 25, after: 40 },
    )
    assert.ok(change.changes[0].fields.some(({ name, after: is }: Field) => name === 'limits.callsAtOnce' && is === 2))
    assert.equal((await undo(change.number)).status, 204)
    assert.equal(userNamed('210').ringSeconds, 25)
    assert.deepEqual(userNamed('210').limits, {})
    const taken = await latest()
    assert.equal(taken.undoes, change.number)
    assert.equal((await undo(taken.number)).status, 204, 'what was taken back comes again')
    assert.equal(userNamed('210').ringSeconds, 40)
  })

  it('takes everything back that was done at once, and nothing when a part was changed since', async () => {
    const made = await admin.ask('POST', '/api/v1/users', { name: 'ulla', displayName: 'Ulla', extension: '251' })
    const change = await latest()
    assert.deepEqual(
      change.changes.map(({ object, what }: { object: string; what: string }) => `${object} ${what}`).sort(),
      ['number made', 'password made', 'user made'],
    )
    await admin.ask('PATCH', '/api/v1/numbers/251', { target: { kind: 'service', service: 'echo' } })
    assert.equal((await undo(change.number)).body.code, 'API_CHANGED_SINCE')
    assert.ok(userNamed('ulla'))
    await undo((await latest()).number)
    assert.equal((await undo(change.number)).status, 204)
    assert.equal(userNamed('ulla'), undefined)
    assert.equal((await admin.ask('GET', '/api/v1/numbers/251')).status, 404)
    assert.equal((await admin.ask('GET', `/api/v1/users/${made.body.user.id}`)).status, 404)
  })

  it('brings a removed user back with the numbers, but not a device, whose secret is gone', async () => {
    const made = await admin.ask('POST', '/api/v1/users', { name: 'ove', displayName: 'Ove', extension: '252' })
    const { id } = made.body.user
    const device = await admin.ask('POST', '/api/v1/devices', { userId: id, label: 'Desk' })
    await admin.ask('DELETE', `/api/v1/devices/${device.body.device.id}`)
    const removed = await latest()
    assert.equal(removed.canUndo, false)
    const refused = await undo(removed.number)
    assert.deepEqual([refused.status, refused.body.code], [409, 'API_CANNOT_UNDO'])
    assert.match(refused.body.detail, /secret is gone/)
    await admin.ask('DELETE', `/api/v1/users/${id}`)
    assert.equal((await undo((await latest()).number)).status, 204)
    assert.equal(userNamed('ove').id, id)
    assert.equal(api.store.directory.number(userNamed('ove').companyId, '252')?.target.kind, 'user')
  })

  it('takes nothing back that others hang on by now', async () => {
    await admin.ask('POST', '/api/v1/domains', { name: 'new.vaxel.test' })
    const domain = await latest()
    await admin.ask('POST', '/api/v1/users', { name: 'nils', displayName: 'Nils', domain: 'new.vaxel.test' })
    const held = await undo(domain.number)
    assert.deepEqual([held.status, held.body.code], [409, 'API_STILL_IN_USE'])
    assert.ok(api.store.directory.userByAddress('new.vaxel.test', 'nils'))

    const flow = await admin.ask('POST', '/api/v1/flows', { name: 'Short-lived' })
    await admin.ask('POST', '/api/v1/numbers', {
      number: '590',
      target: { kind: 'service', service: 'flow', id: flow.body.id },
    })
    await admin.ask('DELETE', '/api/v1/numbers/590')
    const number = await latest()
    await admin.ask('DELETE', `/api/v1/flows/${flow.body.id}`)
    const gone = await undo(number.number)
    assert.deepEqual([gone.status, gone.body.code], [409, 'API_CONFLICT'])

    const trunk = { targets: [{ host: '198.51.100.7', protocol: 'udp' }], fromAddresses: ['198.51.100.7'] }
    const first = await admin.ask('POST', '/api/v1/trunks', { name: 'first', ...trunk })
    await admin.ask('DELETE', `/api/v1/trunks/${first.body.id}`)
    const removed = await latest()
    await admin.ask('POST', '/api/v1/trunks', { name: 'second', ...trunk })
    const claimed = await undo(removed.number)
    assert.equal(claimed.status, 409)
    assert.match(claimed.body.detail, /198\.51\.100\.7 are another trunk's already/)
  })

  it('leaves a company an administrator', async () => {
    const company = await admin.ask('POST', '/api/v1/companies', { name: 'Lonely', domain: 'lonely.test' })
    const inIt = (path: string) => `${path}?companyId=${company.body.id}`
    const made = async (name: string, role: string) =>
      (await admin.ask('POST', inIt('/api/v1/users'), { name, displayName: name, role, domain: 'lonely.test' })).body
        .user
    const first = await made('first', 'administrator')
    const second = await made('second', 'user')
    await admin.ask('PATCH', inIt(`/api/v1/users/${second.id}`), { role: 'administrator' })
    const raised = (await admin.ask('GET', inIt('/api/v1/configuration/changes'))).body.items[0]
    await admin.ask('PATCH', inIt(`/api/v1/users/${first.id}`), { role: 'user' })
    const refused = await admin.ask('POST', inIt(`/api/v1/configuration/changes/${raised.number}/undo`))
    assert.deepEqual([refused.status, refused.body.code], [409, 'API_STILL_IN_USE'])
  })

  it('never tells a secret, and is for administrators of the company alone', async () => {
    await admin.ask('POST', '/api/v1/devices', { userId: userNamed('210').id, label: 'Secret one' })
    const { body } = await admin.ask('GET', '/api/v1/configuration/changes')
    assert.doesNotMatch(JSON.stringify(body), /"ha1|argon2|"secrets":\[/)
    const user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
    assert.equal((await user.ask('GET', '/api/v1/configuration/changes')).status, 403)
    assert.equal((await user.ask('GET', '/api/v1/audit')).status, 403)
    const other = await admin.ask('POST', '/api/v1/companies', { name: 'Other', domain: 'other.test' })
    const number = (await admin.ask('GET', '/api/v1/configuration/changes?limit=1')).body.items[0].number
    const elsewhere = await admin.ask('POST', `/api/v1/configuration/changes/${number}/undo?companyId=${other.body.id}`)
    assert.equal(elsewhere.status, 404)
    assert.equal((await undo(999_999_999)).status, 404)
  })

  it('pages through the audit without a gap or a repetition', async () => {
    const all = (await admin.ask('GET', '/api/v1/audit?limit=200')).body.items.map((e: { number: number }) => e.number)
    const paged: number[] = []
    for (let before = ''; ; ) {
      const { body } = await admin.ask('GET', `/api/v1/audit?limit=7${before}`)
      paged.push(...body.items.map((e: { number: number }) => e.number))
      if (body.next === undefined || paged.length >= all.length) break
      before = `&before=${body.next}`
    }
    assert.deepEqual(paged.slice(0, all.length), all)
    const sessions = (await admin.ask('GET', '/api/v1/audit?about=sessions')).body.items
    assert.ok(sessions.length > 0 && sessions.every((e: { kind: string }) => e.kind.startsWith('session.')))
  })
})

describe('many users at once', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
  })
  after(() => api.close())
  const batch = (body: object) => admin.ask('POST', '/api/v1/users/batch', body)
  const count = () => [...api.store.directory.companies()].flatMap(({ id }) => api.store.directory.usersOf(id)).length
  const person = (name: string, extension: string) => ({ create: { name, displayName: name.toUpperCase(), extension } })

  it('says first what would come of it, row by row, and does nothing', async () => {
    const before = count()
    const { id } = api.store.directory.userByAddress('demo.vaxel.test', '210')!
    const items = [
      person('ada', '261'),
      person('bea', '261'),
      person('ada', '262'),
      { userId: id, change: { ringSeconds: 33 } },
      { userId: id, change: { ringSeconds: 33 } },
      { userId: 'nobody', change: {} },
    ]
    const { body } = await batch({ isPreview: true, items })
    assert.equal(body.isDone, false)
    assert.deepEqual(
      body.items.map(({ what, code }: { what: string; code?: string }) => code ?? what),
      ['made', 'API_CONFLICT', 'API_CONFLICT', 'changed', 'same', 'API_NOT_FOUND'],
    )
    assert.equal(count(), before)
  })

  it('does all of it or nothing', async () => {
    const before = count()
    const refused = await batch({ items: [person('cia', '263'), person('dan', '201')] })
    assert.deepEqual([refused.status, refused.body.isDone], [200, false])
    assert.equal(count(), before)
    const done = await batch({ items: [person('cia', '263'), person('dan', '264')], withPasswords: true })
    assert.equal(done.body.isDone, true)
    assert.equal(count(), before + 2)
    await api.client.logIn('cia@demo.vaxel.test', done.body.items[0].password)
    const { items } = (await admin.ask('GET', '/api/v1/configuration/changes?limit=1')).body
    assert.equal(items[0].changes.length, 6, 'users, passwords and numbers are one change')
    await admin.ask('POST', `/api/v1/configuration/changes/${items[0].number}/undo`)
    assert.equal(count(), before)
  })

  it('keeps the last administrator, whatever the order', async () => {
    const { id } = api.store.directory.userByAddress('demo.vaxel.test', '201')!
    const { body } = await batch({ isPreview: true, items: [{ userId: id, change: { role: 'user' } }] })
    assert.equal(body.items[0].code, 'API_STILL_IN_USE')
  })
})
