import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { Notice, NumberedEvent } from '@vaxel/core'
import { WebSocket } from 'ws'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const domain = 'demo.vaxel.test'
let serial = 0
const clientId = () => `client-${++serial}-0000`
const path = '/api/v1/conversations'

describe('chat', () => {
  let api: ApiPlatform
  let [anna, bo, cia, admin]: CheckedClient[] = []
  const idOf = (name: string) => api.store.directory.userByAddress(domain, name)!.id
  const logIn = (name: string) => api.client.logIn(`${name}@${domain}`, `demo-${name}`)
  before(async () => {
    api = await startApi()
    ;[admin, anna, bo, cia] = [await logIn('201'), await logIn('202'), await logIn('203'), await logIn('204')]
  })
  after(() => api.close())

  const open = async (client: CheckedClient, name: string) => {
    const { status, body } = await client.ask('PUT', `${path}/with/${idOf(name)}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  const say = (client: CheckedClient, id: string, text: string, more: object = {}) =>
    client.ask('POST', `${path}/${id}/messages`, { clientId: clientId(), text, ...more })
  const waitForRate = () => api.clock.advanceAsync(60_000)

  /** Kind of the first event that the stream gives after a number. */
  const firstTold = (token: string, after: number) =>
    new Promise<string>((resolve, reject) => {
      const socket = new WebSocket(`${api.url.replace('http', 'ws')}/api/v1/events?after=${after}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      socket.on('error', reject)
      socket.on('message', (text: Buffer) => {
        resolve(JSON.parse(text.toString()).kind)
        socket.close()
      })
    })

  it('gives two people one conversation, whoever opens it', async () => {
    const mine = await open(anna!, '203')
    const theirs = await open(bo!, '202')
    assert.equal(mine.id, theirs.id)
    assert.equal(mine.kind, 'pair')
    assert.deepEqual((await bo!.ask('GET', path)).body.items, [], 'nothing was said yet')
    assert.equal((await anna!.ask('PUT', `${path}/with/${idOf('202')}`)).status, 404, 'not with oneself')
    assert.equal((await anna!.ask('PUT', `${path}/with/nobody`)).status, 404)
  })

  it('numbers what is said without gaps, once for each time it is sent, and counts what is unread', async () => {
    const { id } = await open(anna!, '203')
    const again = clientId()
    const sent = await Promise.all([
      anna!.ask('POST', `${path}/${id}/messages`, { clientId: again, text: 'Hej Bo' }),
      anna!.ask('POST', `${path}/${id}/messages`, { clientId: again, text: 'Hej Bo' }),
      say(anna!, id, 'Har du tid?', { mentions: [idOf('203'), idOf('204')] }),
      say(anna!, id, '  Kaffe  '),
    ])
    assert.deepEqual(
      sent.map(({ status, body }) => [status, body.number]),
      [
        [201, 1],
        [201, 1],
        [201, 2],
        [201, 3],
      ],
    )
    assert.deepEqual(sent[2]!.body.mentions, [idOf('203')], 'only who is there')
    assert.equal(sent[3]!.body.text, 'Kaffe')
    const [listed] = (await bo!.ask('GET', path)).body.items
    assert.equal(listed.unread, 3)
    assert.equal(listed.lastMessage.text, 'Kaffe')
    assert.equal((await anna!.ask('GET', path)).body.items[0].unread, 0)
    assert.equal((await bo!.ask('PUT', `${path}/${id}/read`, { number: 2 })).status, 204)
    assert.equal((await bo!.ask('PUT', `${path}/${id}/read`, { number: 1 })).status, 204)
    const whole = (await anna!.ask('GET', `${path}/${id}`)).body
    assert.equal(whole.members.find((one: { userId: string }) => one.userId === idOf('203')).readNumber, 2)
    assert.equal((await say(anna!, id, ' ')).body.code, 'CHAT_NOTHING_SAID')
    assert.equal((await say(anna!, id, 'x'.repeat(10_001))).status, 400)
  })

  it('gives messages by page and by what changed since', async () => {
    const { id } = await open(anna!, '203')
    const get = async (query: string) => (await bo!.ask('GET', `${path}/${id}/messages${query}`)).body
    const all = await get('')
    assert.deepEqual(
      all.items.map(({ number }: { number: number }) => number),
      [1, 2, 3],
    )
    const older = await get('?before=3&limit=1')
    assert.deepEqual([older.items[0].number, older.hasMore], [2, true])
    const newer = await get('?after=1&limit=5')
    assert.deepEqual([newer.items.length, newer.hasMore], [2, false])
    const edited = await anna!.ask('PATCH', `${path}/${id}/messages/1`, { text: 'Hej, Bo!' })
    assert.equal(edited.body.text, 'Hej, Bo!')
    assert.ok(edited.body.editedAt)
    const deleted = await anna!.ask('DELETE', `${path}/${id}/messages/2`)
    assert.deepEqual([deleted.body.text, deleted.body.goneBy], [undefined, 'sender'])
    const changed = await get(`?changedAfter=${all.revision}`)
    assert.deepEqual(
      changed.items.map(({ number, revision }: { number: number; revision: number }) => [number, revision]),
      [
        [1, 4],
        [2, 5],
      ],
    )
    assert.equal((await bo!.ask('PATCH', `${path}/${id}/messages/1`, { text: 'no' })).status, 404, 'not one’s own')
    assert.equal((await anna!.ask('PATCH', `${path}/${id}/messages/2`, { text: 'no' })).status, 410)
    await api.clock.advanceAsync(25 * 60 * 60 * 1000)
    assert.equal(
      (await anna!.ask('PATCH', `${path}/${id}/messages/1`, { text: 'late' })).body.code,
      'CHAT_TOO_LATE_TO_CHANGE',
    )
    assert.equal((await anna!.ask('DELETE', `${path}/${id}/messages/1`)).status, 409)
  })

  it('lets nobody else in: no colleague, no administrator, no operator', async () => {
    const { id } = await open(anna!, '203')
    for (const stranger of [cia!, admin!])
      for (const [method, rest, body] of [
        ['GET', '', undefined],
        ['GET', '/messages', undefined],
        ['POST', '/messages', { clientId: clientId(), text: 'x' }],
        ['PATCH', '/messages/3', { text: 'x' }],
        ['DELETE', '/messages/3', undefined],
        ['PUT', '/read', { number: 3 }],
        ['POST', '/typing', undefined],
        ['POST', '/files', { name: 'a', sizeBytes: 1 }],
        ['PATCH', '', { name: 'x' }],
        ['PUT', `/members/${idOf('204')}`, {}],
        ['DELETE', `/members/${idOf('202')}`, undefined],
      ] as const)
        assert.equal((await stranger.ask(method, `${path}/${id}${rest}`, body)).status, 404, `${method} ${rest}`)
    assert.deepEqual((await cia!.ask('GET', '/api/v1/chat-search?text=hej')).body.items, [])
    const company = await admin!.ask('POST', '/api/v1/companies', {
      name: 'Annat AB',
      country: 'SE',
      domain: 'annat.example',
    })
    assert.equal(company.status, 201, JSON.stringify(company.body))
    const elsewhere = `?companyId=${company.body.id}`
    assert.equal((await admin!.ask('GET', `${path}${elsewhere}`)).status, 404)
    assert.equal((await admin!.ask('PUT', `${path}/with/${idOf('202')}${elsewhere}`)).status, 404)
  })

  it('keeps groups: who looks after them, who comes sees what follows, who leaves sees no more', async () => {
    const made = await anna!.ask('POST', path, { name: ' Fika ', userIds: [idOf('203')] })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const { id } = made.body
    assert.deepEqual([made.body.name, made.body.isAdmin, made.body.memberCount], ['Fika', true, 2])
    await say(anna!, id, 'hemligt')
    assert.equal((await bo!.ask('PUT', `${path}/${id}/members/${idOf('204')}`, {})).body.code, 'CHAT_NOT_GROUP_ADMIN')
    assert.equal((await anna!.ask('PUT', `${path}/${id}/members/${idOf('204')}`, {})).status, 200)
    await say(bo!, id, 'välkommen Cia')
    const seen = (await cia!.ask('GET', `${path}/${id}/messages`)).body.items
    assert.deepEqual(
      seen.map(({ kind, text, about }: { kind: string; text?: string; about?: { name: string } }) => [
        kind,
        text ?? about?.name,
      ]),
      [
        ['joined', api.store.directory.userByAddress(domain, '204')!.displayName],
        ['text', 'välkommen Cia'],
      ],
    )
    assert.deepEqual((await cia!.ask('GET', '/api/v1/chat-search?text=hemligt')).body.items, [])
    assert.equal((await anna!.ask('PATCH', `${path}/${id}`, { name: 'Kaffe' })).body.name, 'Kaffe')
    assert.equal((await anna!.ask('DELETE', `${path}/${id}/members/${idOf('204')}`)).status, 204)
    assert.equal((await cia!.ask('GET', `${path}/${id}`)).status, 404)
    assert.equal((await anna!.ask('DELETE', `${path}/${id}/members/${idOf('202')}`)).status, 204)
    assert.equal((await bo!.ask('GET', `${path}/${id}`)).body.isAdmin, true, 'somebody must look after it')
    const { id: pair } = await open(anna!, '203')
    assert.equal((await anna!.ask('DELETE', `${path}/${pair}/members/${idOf('202')}`)).body.code, 'CHAT_PAIR_STAYS')
  })

  it('finds what was said whatever the accents and capitals, a page at a time', async () => {
    const { id } = await open(bo!, '204')
    await say(bo!, id, 'Lunchmötet är på Åland')
    api.clock.advance(5)
    await say(cia!, id, 'MÖTET blev flyttat')
    const find = async (text: string, more = '') =>
      (await bo!.ask('GET', `/api/v1/chat-search?text=${encodeURIComponent(text)}${more}`)).body
    assert.deepEqual(
      (await find('motet aland')).items.map((one: { number: number }) => one.number),
      [1],
    )
    const first = await find('mötet', '&limit=1')
    assert.equal(first.items[0].number, 2)
    const second = await find('mötet', `&limit=1&after=${encodeURIComponent(first.next)}`)
    assert.deepEqual([second.items[0].number, second.next], [1, undefined])
    assert.deepEqual((await find('100%')).items, [])
  })

  it('finds all that was said in one moment, a page at a time', async () => {
    const { id } = await open(anna!, '204')
    const ofBefore = (await anna!.ask('GET', `${path}/${id}/messages`)).body.items.length
    for (const who of [anna!, cia!, anna!]) await say(who, id, 'i samma stund')
    const numbers: number[] = []
    for (let more = '&limit=1'; more !== ''; ) {
      const { items, next } = (await anna!.ask('GET', `/api/v1/chat-search?text=stund${more}`)).body
      numbers.push(...items.map((one: { number: number }) => one.number - ofBefore))
      more = next === undefined ? '' : `&limit=1&after=${encodeURIComponent(next)}`
    }
    assert.deepEqual(numbers, [3, 2, 1])
  })

  it('tells those who are there by number, and who writes and reads as it happens', async () => {
    const { id } = await open(anna!, '203')
    const notices: Notice[] = []
    const events: NumberedEvent[] = []
    const stops = [
      api.notices.subscribe((one) => notices.push(one)),
      api.store.feed.subscribe((some) => events.push(...some)),
    ]
    await waitForRate()
    await anna!.ask('POST', `${path}/${id}/typing`)
    await anna!.ask('POST', `${path}/${id}/typing`)
    await say(anna!, id, 'hemlig text')
    await bo!.ask('PUT', `${path}/${id}/read`, { number: 4 })
    for (const stop of stops) stop()
    assert.deepEqual(
      notices
        .filter(({ kind }) => kind.startsWith('chat'))
        .map(({ kind, to, data }) => [kind, to?.length, data.number]),
      [
        ['chat.typing', 1, undefined],
        ['chat.read', 2, 4],
      ],
    )
    const posted = events.filter(({ kind }) => kind === 'chat.posted')
    assert.deepEqual(
      posted.map(({ data }) => [data.conversationId, data.message, data.userId]),
      [[id, 4, idOf('202')]],
    )
    assert.ok(!JSON.stringify(events).includes('hemlig text'), 'never a text')
    const last = api.store.feed.lastNumber
    assert.equal(await firstTold(bo!.token!, last - 1), 'chat.posted')
    const ledger = await admin!.ask('GET', `/api/v1/ledger?after=${last - 1}`)
    assert.deepEqual(ledger.body.items, [], 'what people say to each other is theirs')
  })

  it('refuses more than a person can say', async () => {
    await waitForRate()
    const { id } = await open(anna!, '203')
    const sent = await Promise.all(Array.from({ length: 31 }, () => say(anna!, id, 'hej')))
    assert.deepEqual(
      sent.map(({ status }) => status).filter((status) => status !== 201),
      [429],
    )
    assert.ok(sent.find(({ status }) => status === 429)!.headers.get('retry-after'))
  })

  describe('files', () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAFUlEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAqLtvYEAAAAASUVORK5CYII=',
      'base64',
    )
    const put = async (client: CheckedClient, id: string, file: string, offset: number, bytes: Uint8Array) => {
      const response = await fetch(`${api.url}${path}/${id}/files/${file}?offset=${offset}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes),
      })
      return {
        status: response.status,
        body: (await response.json()) as { file?: { id: string }; code?: string; uploadedBytes?: number } & Record<
          string,
          unknown
        >,
      }
    }
    const upload = async (client: CheckedClient, id: string, name: string, bytes: Uint8Array) => {
      const begun = await client.ask('POST', `${path}/${id}/files`, { name, sizeBytes: bytes.length })
      assert.equal(begun.status, 201, JSON.stringify(begun.body))
      const sent = await put(client, id, begun.body.id, 0, bytes)
      assert.equal(sent.status, 200, JSON.stringify(sent.body))
      return sent.body.file as unknown as {
        id: string
        name: string
        mediaType: string
        isInline: boolean
        widthPixels: number
        heightPixels: number
      }
    }
    const get = (client: CheckedClient, id: string, file: string, headers: Record<string, string> = {}, query = '') =>
      fetch(`${api.url}${path}/${id}/files/${file}${query}`, {
        headers: { authorization: `Bearer ${client.token}`, ...headers },
      })

    it('are sent in pieces, go with a message, and come back whole or in ranges', async () => {
      await waitForRate()
      const { id } = await open(anna!, '203')
      const bytes = randomBytes(200_000)
      const begun = (
        await anna!.ask('POST', `${path}/${id}/files`, { name: 'C:\\x\\år 1.bin', sizeBytes: bytes.length })
      ).body
      assert.equal((await put(anna!, id, begun.id, 0, bytes.subarray(0, 100))).body.code, 'CHAT_WRONG_PLACE_IN_FILE')
      assert.equal((await put(anna!, id, begun.id, 0, bytes.subarray(0, 131_072))).body.uploadedBytes, 131_072)
      assert.equal((await put(anna!, id, begun.id, 0, bytes.subarray(0, 131_072))).status, 409)
      assert.equal((await put(bo!, id, begun.id, 131_072, bytes.subarray(131_072))).status, 404, 'not one’s own')
      const state = await anna!.ask('GET', `${path}/${id}/files/${begun.id}/state`)
      assert.equal(state.body.uploadedBytes, 131_072)
      const done = await put(anna!, id, begun.id, 131_072, bytes.subarray(131_072))
      const again = await put(anna!, id, begun.id, 131_072, bytes.subarray(131_072))
      assert.deepEqual(again.body, done.body, 'the answer was lost')
      assert.equal((await get(bo!, id, begun.id)).status, 404, 'not before the message')
      const sent = await say(anna!, id, '', { fileIds: [begun.id] })
      assert.deepEqual([sent.status, sent.body.files[0].name, sent.body.files[0].isInline], [201, 'år 1.bin', false])
      assert.equal((await say(anna!, id, '', { fileIds: [begun.id] })).status, 404, 'it has its message')
      const whole = await get(bo!, id, begun.id)
      assert.deepEqual(Buffer.from(await whole.arrayBuffer()), bytes)
      const headers = Object.fromEntries(whole.headers)
      assert.equal(headers['content-type'], 'application/octet-stream')
      assert.equal(headers['content-disposition'], `attachment; filename="_r 1.bin"; filename*=UTF-8''%C3%A5r%201.bin`)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.match(headers['content-security-policy']!, /sandbox/)
      const part = await get(bo!, id, begun.id, { range: 'bytes=65530-131080' })
      assert.deepEqual([part.status, part.headers.get('content-range')], [206, 'bytes 65530-131080/200000'])
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(65_530, 131_081))
      assert.equal((await get(bo!, id, begun.id, { range: 'bytes=200000-' })).status, 416)
      assert.equal((await get(bo!, id, begun.id, { 'if-none-match': headers.etag! })).status, 304)
      assert.equal((await get(cia!, id, begun.id)).status, 404)
      assert.equal((await get(admin!, id, begun.id)).status, 404)
    })

    it('are what their bytes say: pictures are shown with their size, pages and programs only saved', async () => {
      const { id } = await open(anna!, '203')
      const picture = await upload(anna!, id, 'virus.exe', png)
      assert.deepEqual(
        [picture.mediaType, picture.isInline, picture.widthPixels, picture.heightPixels],
        ['image/png', true, 2, 3],
      )
      const shown = await get(anna!, id, picture.id)
      assert.deepEqual(
        [shown.headers.get('content-type'), shown.headers.get('content-disposition')!.slice(0, 6)],
        ['image/png', 'inline'],
      )
      const saved = await get(anna!, id, picture.id, {}, '?save=true')
      assert.match(saved.headers.get('content-disposition')!, /^attachment/)
      for (const [name, content] of [
        ['picture.png', '<!doctype html><script>alert(1)</script>'],
        ['picture.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
        ['photo.jpg', 'MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff'],
      ] as const) {
        const file = await upload(anna!, id, name, Buffer.from(content, 'latin1'))
        const got = await get(anna!, id, file.id)
        assert.deepEqual(
          [file.isInline, got.headers.get('content-type'), got.headers.get('content-disposition')!.slice(0, 10)],
          [false, 'application/octet-stream', 'attachment'],
        )
      }
    })

    it('are refused when they are too large, when there is no space left, and as a body of anything else', async () => {
      const { id } = await open(anna!, '203')
      const begin = (sizeBytes: number) => anna!.ask('POST', `${path}/${id}/files`, { name: 'a', sizeBytes })
      assert.equal((await begin(26 * 1024 * 1024)).body.code, 'CHAT_FILE_TOO_LARGE')
      const policy = (await anna!.ask('GET', '/api/v1/chat-policy')).body
      assert.equal(policy.scanner, null)
      const set = (change: object) => admin!.ask('PUT', '/api/v1/chat-policy', { ...policy.policy, ...change })
      assert.equal((await anna!.ask('PUT', '/api/v1/chat-policy', policy.policy)).status, 403)
      assert.equal((await set({ quotaBytes: policy.usedBytes + 10 })).status, 200)
      assert.equal((await begin(11)).body.code, 'CHAT_NO_SPACE_LEFT')
      assert.equal((await begin(10)).status, 201)
      await set({})
      const wrong = await fetch(`${api.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${anna!.token}`, 'content-type': 'application/octet-stream' },
        body: '{}',
      })
      assert.equal(wrong.status, 415)
    })

    it('that no message takes are removed, and those of a deleted message too', async () => {
      await waitForRate()
      const { id } = await open(anna!, '203')
      const [loose, sent] = [
        await upload(anna!, id, 'a.txt', Buffer.from('a')),
        await upload(anna!, id, 'b.txt', Buffer.from('b')),
      ]
      const message = (await say(anna!, id, 'se här', { fileIds: [sent.id] })).body
      await api.clock.advanceAsync(1000)
      await anna!.ask('DELETE', `${path}/${id}/messages/${message.number}`)
      assert.equal((await get(anna!, id, sent.id)).status, 404)
      assert.equal((await get(anna!, id, loose.id)).status, 200)
      api.clock.advance(25 * 60 * 60 * 1000)
      await api.chat.sweep()
      assert.equal((await get(anna!, id, loose.id)).status, 404)
    })
  })

  it('deletes for good what is older than the company keeps it, and what an administrator erases', async () => {
    await waitForRate()
    const { id } = await open(bo!, '204')
    const before = (await bo!.ask('GET', `${path}/${id}`)).body
    api.clock.advance(25 * 60 * 60 * 1000)
    ;[admin, anna, bo, cia] = [await logIn('201'), await logIn('202'), await logIn('203'), await logIn('204')]
    await say(bo!, id, 'nytt')
    const policy = (await admin!.ask('GET', '/api/v1/chat-policy')).body.policy
    await admin!.ask('PUT', '/api/v1/chat-policy', { ...policy, retentionDays: 1 })
    await api.chat.sweep()
    const items = (await cia!.ask('GET', `${path}/${id}/messages`)).body.items
    assert.deepEqual(
      items.map(({ text, goneBy }: { text?: string; goneBy?: string }) => text ?? goneBy),
      ['retention', 'retention', 'nytt'],
    )
    assert.deepEqual((await bo!.ask('GET', '/api/v1/chat-search?text=flyttat')).body.items, [])
    const changed = await cia!.ask('GET', `${path}/${id}/messages?changedAfter=${before.revision}`)
    assert.equal(changed.body.items.length, 3)
    const erasure = `/api/v1/users/${idOf('203')}/chat-erasure`
    assert.equal((await anna!.ask('POST', erasure, { confirm: 'erase' })).status, 403)
    const erased = await admin!.ask('POST', erasure, { confirm: 'erase' })
    assert.equal(erased.status, 200)
    assert.ok(erased.body.messages >= 1)
    const now = (await cia!.ask('GET', `${path}/${id}/messages`)).body.items
    assert.equal(now.at(-1).goneBy, 'administrator')
  })
})
