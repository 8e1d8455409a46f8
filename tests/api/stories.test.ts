import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CallId, CompanyId } from '@vaxel/base'
import { type ApiPlatform, startApi } from './api-platform.ts'
import { recordCall } from './platform/record-call.ts'
import type { CheckedClient } from './checked-client.ts'

describe('the story of a call', () => {
  let api: ApiPlatform
  let supervisor: CheckedClient
  let user: CheckedClient
  let stranger: CheckedClient
  let call: CallId
  before(async () => {
    api = await startApi()
    supervisor = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    user = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
    stranger = await api.client.logIn('212@demo.vaxel.test', 'demo-212')
    call = await recordCall(api.store, '210', '211', api.clock.now())
    const { companyId } = api.store.directory.userByAddress('demo.vaxel.test', '201')!
    const leg = `${call}-210`
    const recorded = (kind: string, data: Record<string, unknown>) => ({
      kind,
      atMs: api.clock.now(),
      companyId,
      callId: call,
      data,
    })
    await api.store.ledger.append({
      events: [
        recorded('recording.started', { recording: 'r1', leg, file: 'recordings/x.wav' }),
        recorded('recording.ended', { recording: 'r1', leg, file: 'recordings/x.wav', durationMs: 61_000 }),
      ],
    })
    api.store.ledger.trace({
      callId: call,
      companyId,
      atMs: api.clock.now(),
      sipCallId: '210@127.0.0.1',
      direction: 'in',
      protocol: 'udp',
      local: '127.0.0.1:5060',
      remote: '127.0.0.1:40000',
      text: 'INVITE sip:+46701740605@demo.vaxel.test SIP/2.0\r\nAuthorization: Digest username="210", realm="demo.vaxel.test", nonce="abc", response="…"\r\n\r\na=crypto:1 AES inline:…|2^20\r\n',
    })
    await api.clock.advanceAsync(250)
  })
  after(() => api.close())

  it('is told to those whose call it is, in steps with a verdict', async () => {
    const { body } = await user.ask('GET', `/api/v1/calls/${call}/story`)
    assert.deepEqual(
      body.steps.map(({ code }: { code: string }) => code),
      ['called', 'answered', 'recording-started', 'recording-ended', 'ended.hung-up'],
    )
    assert.deepEqual([body.verdict.fault, body.verdict.code], ['nobody', 'hung-up'])
    assert.equal(body.lanes.length, 2)
    assert.equal((await stranger.ask('GET', `/api/v1/calls/${call}/story`)).status, 404)
    assert.equal((await stranger.ask('GET', `/api/v1/calls/${call}/recordings`)).status, 404)
    assert.equal((await user.ask('GET', `/api/v1/calls/${call}/recordings`)).body.items[0].durationMs, 61_000)
  })

  it('has recordings that those who may listen to get in ranges, told to the ledger; nobody else', async () => {
    const path = `/api/v1/calls/${call}/recordings/r1/audio`
    await mkdir(join(api.folder, 'recordings'), { recursive: true })
    await writeFile(join(api.folder, 'recordings/x.wav'), 'RIFF0123456789')
    const listen = (client: CheckedClient, range: string) =>
      fetch(api.url + path, { headers: { authorization: `Bearer ${client.token}`, range } })
    const part = await listen(user, 'bytes=4-7')
    assert.deepEqual([part.status, await part.text()], [206, '0123'])
    assert.equal((await listen(user, 'bytes=8-')).status, 206)
    assert.equal((await listen(stranger, 'bytes=0-')).status, 404)
    const events = await api.store.history.events({ after: 0, limit: 1000 })
    assert.equal(events.filter(({ kind }) => kind === 'recording.played').length, 1)
  })

  it('is shared by a link that needs no login, hides who it was, and holds no secret', async () => {
    const made = await supervisor.ask('POST', `/api/v1/calls/${call}/shares`, {})
    assert.equal(made.status, 201)
    const token = made.body.path.split('/').at(-1)
    const opened = await api.client.ask('GET', `/api/v1/shared-calls/${token}`)
    assert.equal(opened.status, 200)
    const text = JSON.stringify(opened.body)
    for (const secret of ['abc', 'username', 'inline:…|', '46701740605', 'recordings/'])
      assert.ok(!text.includes(secret), `${secret} is not shared`)
    const { displayName } = api.store.directory.userByAddress('demo.vaxel.test', '210')!
    assert.ok(!text.includes(displayName))
    assert.equal(opened.body.messages.length, 1)
    const shares = await supervisor.ask('GET', `/api/v1/calls/${call}/shares`)
    assert.equal(shares.body.items.length, 1)
    const [{ id }] = shares.body.items
    assert.equal((await user.ask('DELETE', `/api/v1/calls/${call}/shares/${id}`)).status, 404)
    assert.equal((await supervisor.ask('DELETE', `/api/v1/calls/${call}/shares/${id}`)).status, 204)
    assert.equal((await api.client.ask('GET', `/api/v1/shared-calls/${token}`)).status, 404)
    const events = (await api.store.history.events({ after: 0, limit: 1000 })).map(({ kind }) => kind)
    for (const kind of ['call.shared', 'call.shareOpened', 'call.shareEnded']) assert.ok(events.includes(kind), kind)
  })

  it('is shared by a user without the messages, until the link ends by itself', async () => {
    const made = await user.ask('POST', `/api/v1/calls/${call}/shares`, { days: 1, hidesNumbers: false })
    const path = made.body.path.replace('/shared/', '/api/v1/shared-calls/')
    const opened = await api.client.ask('GET', path)
    assert.deepEqual(opened.body.messages, [])
    assert.ok(JSON.stringify(opened.body).includes('210'))
    await api.clock.advanceAsync(24 * 60 * 60 * 1000 + 1)
    assert.equal((await api.client.ask('GET', path)).status, 404)
    assert.equal((await stranger.ask('POST', `/api/v1/calls/${call}/shares`, {})).status, 404)
  })

  it('is opened by one address so often and no more', async () => {
    const path = `/api/v1/shared-calls/${'x'.repeat(43)}`
    let status = 404
    for (let i = 0; i < 40 && status === 404; i++) ({ status } = await api.client.ask('GET', path))
    assert.equal(status, 429)
  })

  it('is not there for another company: no story, recording, link or rule of theirs', async () => {
    const admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    const company = await admin.ask('POST', '/api/v1/companies', {
      name: 'Other',
      country: 'FR',
      domain: 'other.example',
    })
    assert.equal(company.status, 201)
    await admin.ask('POST', `/api/v1/users?companyId=${company.body.id}`, {
      name: '201',
      displayName: 'Boss',
      role: 'administrator',
      extension: '201',
      password: 'boss-boss-boss',
    })
    const boss = await api.client.logIn('201@other.example', 'boss-boss-boss')
    const { id } = api.store.directory.userByAddress('demo.vaxel.test', '210')!
    for (const path of [
      `/api/v1/calls/${call}/story`,
      `/api/v1/calls/${call}/recordings`,
      `/api/v1/calls/${call}/recordings/r1/audio`,
      `/api/v1/calls/${call}/shares`,
      `/api/v1/users/${id}/forwarding`,
    ])
      assert.equal((await boss.ask('GET', path)).status, 404, path)
    assert.equal((await boss.ask('POST', `/api/v1/calls/${call}/shares`, {})).status, 404)
    assert.equal((await boss.ask('PUT', `/api/v1/users/${id}/forwarding`, { callWaiting: true })).status, 404)
    assert.equal((await boss.ask('GET', '/api/v1/calls-export')).body.calls, 0)
  })

  it('is exported without a cell that a spreadsheet would run', async () => {
    const fresh = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    await api.store.ledger.append({
      events: [],
      legs: [],
      call: {
        id: 'zz-formula' as CallId,
        companyId: api.store.directory.userByAddress('demo.vaxel.test', '201')!.companyId as CompanyId,
        direction: 'inbound',
        startedAtMs: api.clock.now(),
        caller: { number: '+46701740605', name: '=HYPERLINK("http://evil.test")' },
        dialled: '201',
        called: { number: '201' },
      },
    })
    const { body } = await fresh.ask('GET', '/api/v1/calls-export?text=hyperlink')
    assert.equal(body.calls, 1)
    assert.ok(body.csv.includes(`"'=HYPERLINK(""http://evil.test"")"`))
    assert.ok(body.csv.includes(`"'+46701740605"`))
  })
})
