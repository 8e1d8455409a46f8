import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { LineGone, type Notice, type User } from '@vaxel/core'
import { sealWav } from '@vaxel/media'
import { wavOf } from '../../packages/testkit/src/voicemail/memory-voicemail.ts'
import { type Deed, ScriptedLine } from '../../packages/testkit/src/voicemail/scripted-line.ts'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

describe('voicemail over the API', () => {
  let platform: ApiPlatform
  let anna: CheckedClient
  let bo: CheckedClient
  const users: Record<string, User> = {}
  const notices: Notice[] = []
  before(async () => {
    platform = await startApi()
    anna = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    bo = await platform.client.logIn('204@demo.vaxel.test', 'demo-204')
    for (const name of ['201', '204', '205'])
      users[name] = platform.store.directory.userByAddress('demo.vaxel.test', name)!
    platform.notices.subscribe((notice) => {
      if (notice.kind === 'voicemail.changed') notices.push(notice)
    })
  })
  after(() => platform.close())

  /** Somebody from outside leaves a message; the media engine seals it as it does. */
  const leave = async (number: string, script: readonly Deed[] = [{ keys: '' }, { speaks: 4000, end: 'gone' }]) => {
    const user = users[number]
    const writing: Promise<unknown>[] = []
    const line = new ScriptedLine({
      clock: platform.clock,
      company: platform.store.directory.company(users['204']!.companyId)!,
      caller: { number: '+46701740605', name: 'Zoé' },
      diversions: [{ number, ...(user ? { userId: user.id } : {}), reason: 'no-answer' }],
      script,
      write: () => {},
    })
    const record = line.record.bind(line)
    line.record = async (wanted) => {
      writing.push(sealWav(wanted.path, wanted.seal!.key, wavOf(4000)))
      await Promise.all(writing)
      return record(wanted)
    }
    await platform.voicemail.service(line).catch((error: unknown) => {
      if (!(error instanceof LineGone)) throw error
    })
    return line
  }
  const bytes = async (client: CheckedClient, path: string, range?: string) =>
    fetch(client.url + path, {
      headers: { authorization: `Bearer ${client.token}`, ...(range === undefined ? {} : { range }) },
    })
  const put = (client: CheckedClient, path: string, body: Uint8Array) =>
    fetch(client.url + path, {
      method: 'PUT',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(body),
    })

  it('a message is counted, listed, played in ranges; it is sealed on the disk', async () => {
    await leave('204')
    const { body } = await bo.ask('GET', '/api/v1/me/voicemail')
    assert.equal(body.number, '700')
    const [box] = body.items
    assert.deepEqual([box.isOwn, box.newMessages, box.usedSeconds, box.hasPin], [true, 1, 4, false])
    const { items } = (await bo.ask('GET', `/api/v1/voicemail/${box.id}/messages`)).body
    const [message] = items
    assert.deepEqual([message.state, message.durationMs, message.from.name], ['new', 4000, 'Zoé'])
    assert.equal(message.peaks.length, 96)
    const audio = `/api/v1/voicemail/${box.id}/messages/${message.id}/audio`
    const whole = new Uint8Array(await (await bytes(bo, audio)).arrayBuffer())
    assert.equal(Buffer.from(whole).toString('latin1', 0, 4), 'RIFF')
    const part = await bytes(bo, audio, 'bytes=40000-40009')
    assert.equal(part.status, 206)
    assert.deepEqual(new Uint8Array(await part.arrayBuffer()), whole.slice(40_000, 40_010))
    const folder = join(platform.folder, 'voicemail', users['204']!.companyId)
    const [file] = await readdir(folder)
    const raw = await readFile(join(folder, file!))
    assert.ok(!raw.includes('RIFF') && !raw.includes(Buffer.from(whole.slice(30_000, 30_032))))
  })

  it('is marked, deleted, taken back, forwarded: told to every screen of its people', async () => {
    const [box] = (await bo.ask('GET', '/api/v1/me/voicemail')).body.items
    const path = `/api/v1/voicemail/${box.id}/messages`
    const [{ id }] = (await bo.ask('GET', path)).body.items
    notices.length = 0
    assert.equal((await bo.ask('PATCH', `${path}/${id}`, { isHeard: true })).body.state, 'saved')
    assert.equal((await bo.ask('PATCH', `${path}/${id}`, { isHeard: false })).body.state, 'new')
    assert.equal((await bo.ask('DELETE', `${path}/${id}`)).status, 204)
    assert.deepEqual((await bo.ask('GET', path)).body.items, [])
    assert.equal((await bo.ask('GET', `${path}?state=deleted`)).body.items.length, 1)
    assert.equal((await bo.ask('POST', `${path}/${id}/restore`)).body.state, 'new')
    const forward = { userIds: [users['205']!.id], comment: 'For you' }
    assert.equal((await bo.ask('POST', `${path}/${id}/forward`, forward)).status, 204)
    assert.deepEqual(
      notices.map(({ data, to }) => [data.newMessages, data.savedMessages, to?.[0] === users['204']!.id]),
      [
        [0, 1, true],
        [1, 0, true],
        [0, 0, true],
        [1, 0, true],
        [1, 0, false],
      ],
    )
    const cia = await platform.client.logIn('205@demo.vaxel.test', 'demo-205')
    const hers = (await cia.ask('GET', `/api/v1/voicemail/${users['205']!.id}/messages`)).body.items
    assert.deepEqual([hers[0].comment, hers[0].forwardedBy.number], ['For you', '204'])
    assert.equal((await bytes(cia, `/api/v1/voicemail/${users['205']!.id}/messages/${hers[0].id}/audio`)).status, 200)
    assert.equal((await bo.ask('POST', `${path}/${id}/forward`, { userIds: ['nobody'] })).status, 404)
  })

  it('is nobody else’s, not an administrator’s either, who may only take a PIN away and say how much fits', async () => {
    const path = `/api/v1/voicemail/${users['204']!.id}`
    assert.equal((await anna.ask('GET', `${path}/messages`)).status, 404)
    assert.equal((await bo.ask('PUT', `${path}/pin`, { pin: '7391' })).status, 204)
    assert.equal((await bo.ask('PUT', `${path}/pin`, { pin: '1234' })).body.code, 'VOICEMAIL_PIN_WEAK')
    assert.equal((await bo.ask('PUT', `${path}/pin`, { pin: '2204' })).body.code, 'VOICEMAIL_PIN_WEAK')
    assert.equal((await anna.ask('GET', `${path}/quota`)).body.hasPin, true)
    assert.equal((await bo.ask('DELETE', `${path}/pin`)).status, 403)
    assert.equal((await anna.ask('DELETE', `${path}/pin`)).status, 204)
    assert.equal((await anna.ask('GET', `${path}/quota`)).body.hasPin, false)
    assert.equal((await anna.ask('PATCH', `${path}/quota`, { mostMessages: 1 })).status, 204)
    assert.equal((await leave('204', [{ keys: '' }])).said.at(-1), 'en voicemail-full')
    assert.equal((await anna.ask('PATCH', `${path}/quota`, { mostMessages: 100 })).status, 204)
  })

  it('takes settings with all mistakes at once, and callers meet them', async () => {
    const path = `/api/v1/voicemail/${users['204']!.id}/settings`
    const wrong = await bo.ask('PATCH', path, {
      awayUntil: '2001-01-01T00:00:00.000Z',
      mail: 'sometimes',
      assistant: 'x',
    })
    assert.equal(wrong.status, 400)
    assert.ok(wrong.body.mistakes.length >= 2)
    const past = await bo.ask('PATCH', path, { awayUntil: '2001-01-01T00:00:00.000Z' })
    assert.equal(past.body.mistakes[0].path, '/awayUntil')
    const awayUntil = new Date(platform.clock.now() + 86_400_000).toISOString()
    const { body } = await bo.ask('PATCH', path, { awayUntil, assistant: '201', mail: 'attachment' })
    assert.deepEqual([body.settings.awayUntil, body.settings.assistant], [awayUntil, '201'])
    const line = await leave('204')
    assert.deepEqual(line.said.slice(2, 4), ['en voicemail-away-until', 'time'])
    const mail = await until(() => platform.mailed.find(({ attachments }) => attachments !== undefined))
    assert.equal(mail.to, users['204']!.email)
    const cleared = await bo.ask('PATCH', path, { awayUntil: null, assistant: null, mail: 'none' })
    assert.equal(cleared.body.settings.awayUntil, undefined)
  })

  it('takes a greeting that is sound, and no other', async () => {
    const path = `/api/v1/voicemail/${users['204']!.id}/greetings/standard`
    const refused = await put(bo, path, new TextEncoder().encode('<script>'))
    assert.equal(refused.status, 422)
    assert.equal(((await refused.json()) as { code: string }).code, 'VOICEMAIL_GREETING_UNSOUND')
    assert.equal((await put(bo, path, wavOf(95_000))).status, 422)
    const made = (await (await put(bo, path, wavOf(3000))).json()) as {
      greetings: { kind: string; durationMs: number }[]
    }
    assert.deepEqual([made.greetings[0]?.kind, made.greetings[0]?.durationMs], ['standard', 3000])
    assert.equal((await bytes(bo, `${path}/audio`)).status, 200)
    assert.match((await leave('204')).said[0]!, /^sound /)
    assert.equal((await bo.ask('DELETE', path)).status, 204)
    assert.equal((await bytes(bo, `${path}/audio`)).status, 404)
  })

  it('keeps every change of those that come at once, and stays removed', async () => {
    const own = `/api/v1/voicemail/${users['204']!.id}`
    await bo.ask('PUT', `${own}/pin`, { pin: '7391' })
    const [taken, set, quota] = await Promise.all([
      anna.ask('DELETE', `${own}/pin`),
      bo.ask('PATCH', `${own}/settings`, { saysDetails: true }),
      anna.ask('PATCH', `${own}/quota`, { mostMinutes: 7 }),
    ])
    assert.deepEqual([taken.status, set.status, quota.status], [204, 200, 204], JSON.stringify(set.body))
    const { body } = await anna.ask('GET', `${own}/quota`)
    assert.deepEqual([body.hasPin, body.mostMinutes], [false, 7])

    const wish = { name: 'At once', number: '231', members: [users['204']!.id, users['205']!.id] }
    const made = await Promise.all([1, 2].map(() => anna.ask('POST', '/api/v1/shared-mailboxes', wish)))
    assert.deepEqual(made.map(({ status }) => status).toSorted(), [201, 409], 'one number, one mailbox')
    const { id } = made.find(({ status }) => status === 201)!.body
    const path = `/api/v1/shared-mailboxes/${id}`
    await Promise.all([
      anna.ask('PATCH', path, { members: [users['205']!.id] }),
      anna.ask('PATCH', path, { name: 'Another name' }),
    ])
    assert.equal((await bo.ask('GET', `/api/v1/voicemail/${id}/messages`)).status, 404, 'who was taken out stays out')
    await Promise.all([anna.ask('DELETE', path), anna.ask('PATCH', path, { name: 'Again' })])
    assert.deepEqual((await anna.ask('GET', '/api/v1/shared-mailboxes')).body.items, [])
    await anna.ask('PATCH', `${own}/quota`, { mostMinutes: 60 })
  })

  it('of a group is shared by its members', async () => {
    const box = { name: 'Sales', number: '230', members: [users['204']!.id] }
    assert.equal((await bo.ask('POST', '/api/v1/shared-mailboxes', box)).status, 403)
    const made = await anna.ask('POST', '/api/v1/shared-mailboxes', box)
    assert.equal(made.status, 201)
    assert.equal((await anna.ask('POST', '/api/v1/shared-mailboxes', box)).body.code, 'VOICEMAIL_NUMBER_TAKEN')
    await leave('230')
    const items = (await bo.ask('GET', '/api/v1/me/voicemail')).body.items
    assert.deepEqual(
      items.map(({ name, isOwn, newMessages }: { name: string; isOwn: boolean; newMessages: number }) => [
        name,
        isOwn,
        newMessages,
      ])[1],
      ['Sales', false, 1],
    )
    assert.equal((await anna.ask('GET', `/api/v1/voicemail/${made.body.id}/messages`)).status, 404)
    const path = `/api/v1/shared-mailboxes/${made.body.id}`
    const changed = await anna.ask('PATCH', path, { number: null, members: [users['201']!.id] })
    assert.deepEqual([changed.body.number, changed.body.members.length], [undefined, 1])
    assert.equal((await anna.ask('GET', `/api/v1/voicemail/${made.body.id}/messages`)).body.items.length, 1)
    assert.equal((await bo.ask('GET', `/api/v1/voicemail/${made.body.id}/messages`)).status, 404)
    assert.equal((await anna.ask('DELETE', path)).status, 204)
    assert.deepEqual((await anna.ask('GET', '/api/v1/shared-mailboxes')).body.items, [])
  })
})

async function until<T>(find: () => T | undefined): Promise<T> {
  for (let round = 0; round < 500; round++) {
    const found = find()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it did not come')
}
