import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Api, ApiFault } from '../api/api.ts'
import { keptIn } from '../base/storage.ts'
import { Composer, mentionsIn, suggestPeople } from './composer.ts'
import { ConversationList } from './conversation-list.ts'
import { type Message, Outbox } from './outbox.ts'
import { textParts } from './text-parts.ts'
import { Thread } from './thread.ts'
import { uploadFile } from './upload-file.ts'

const away = () => new ApiFault({ code: 'UNREACHABLE', status: 0, title: 'away' })
const said = (number: number, more: Partial<Message> = {}): Message => ({
  conversationId: 'c',
  number,
  revision: number,
  senderId: 'bo',
  senderName: 'Bo',
  clientId: `client-${number}`,
  kind: 'text',
  at: new Date(number).toISOString(),
  text: `text ${number}`,
  ...more,
})

/** A server that answers by operation, and a clock whose timers run when the test says so. */
function bench(answers: Record<string, (request: never) => unknown>) {
  const asked: { id: string; request: Record<string, never> }[] = []
  const timers: { delayMs: number; run: () => void }[] = []
  const api = {
    call: async (id: string, request: never) => {
      asked.push({ id, request })
      return answers[id]!(request)
    },
  } as unknown as Api
  const clock = {
    nowMs: () => 1000,
    startTimer: (delayMs: number, run: () => void) => {
      const timer = { delayMs, run }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0)
    },
  }
  const storage = new Map<string, string>()
  const kept = keptIn({
    getItem: (key) => storage.get(key) ?? null,
    setItem: (key, value) => void storage.set(key, value),
    removeItem: (key) => void storage.delete(key),
  })
  let ids = 0
  const outbox = (onSent: (message: Message) => void = () => {}) =>
    new Outbox({ api, clock, kept, userId: 'anna', makeId: () => `made-${++ids}`, onSent })
  return { asked, timers, api, clock, kept, outbox }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const what = (text: string) => ({ text, mentions: [], files: [] })

describe('the outbox', () => {
  it('keeps what was written over a loss of the connection and a reload, and sends it in order, with the same identifiers', async () => {
    let isAway = true
    const sent: string[] = []
    const { outbox, asked, timers } = bench({
      postChatMessage: ({ body }: { body: { text: string; clientId: string } }) => {
        if (isAway) throw away()
        sent.push(`${body.clientId} ${body.text}`)
        return said(sent.length, { clientId: body.clientId })
      },
    })
    const before = outbox()
    before.send('c', what('one'))
    before.send('c', what('two'))
    await settled()
    assert.equal(asked.length, 1, 'the second waits for the first')
    assert.equal(timers.length, 1)
    before.close()
    const after = outbox()
    assert.equal(after.unsent.get().length, 2)
    isAway = false
    after.hurry()
    await settled()
    assert.deepEqual(sent, ['made-1 one', 'made-2 two'])
    assert.deepEqual(after.unsent.get(), [])
    assert.deepEqual(outbox().unsent.get(), [])
  })

  it('waits for the person with what the server refuses, and goes on with the rest', async () => {
    const { outbox } = bench({
      postChatMessage: ({ body }: { body: { text: string } }) => {
        if (body.text === 'bad') throw new ApiFault({ code: 'API_NOT_FOUND', status: 404, title: 'gone' })
        return said(1)
      },
    })
    const own = outbox()
    own.send('c', what('bad'))
    own.send('c', what('good'))
    await settled()
    assert.deepEqual(
      own.unsent.get().map(({ text, refused }) => [text, refused]),
      [['bad', 'API_NOT_FOUND']],
    )
    own.discard(own.unsent.get()[0]!.clientId)
    assert.deepEqual(own.unsent.get(), [])
  })

  it('comes back when the server said, and sooner when the connection is back', async () => {
    let tries = 0
    const { outbox, timers } = bench({
      postChatMessage: () => {
        if (++tries === 1) throw new ApiFault({ code: 'CHAT_TOO_FAST', status: 429, title: '', retryAfterSeconds: 7 })
        return said(1)
      },
    })
    const own = outbox()
    own.send('c', what('hej'))
    await settled()
    assert.equal(timers[0]!.delayMs, 7000)
    own.hurry()
    await settled()
    assert.deepEqual([own.unsent.get().length, timers.length, tries], [0, 0, 2])
  })
})

describe('a thread', () => {
  const page = (items: Message[], revision: number, hasMore = false) => ({ items, revision, hasMore })
  const numbers = (thread: Thread) => thread.state.get().messages?.map(({ number }) => number)

  it('is made whole after events that come twice, late or not at all', async () => {
    const answers = [
      page([said(1), said(2)], 2),
      page([said(2, { revision: 5, text: 'changed' }), said(3), said(4)], 5),
    ]
    const { api, asked } = bench({ listChatMessages: () => answers.shift() ?? page([], 5) })
    const thread = new Thread({ api, conversationId: 'c' })
    await thread.sync()
    const event = (revision: number) => ({
      number: 9,
      at: '',
      kind: 'chat.posted',
      data: { conversationId: 'c', revision },
    })
    thread.receive(event(5))
    thread.receive(event(3))
    thread.receive(event(5))
    await settled()
    assert.deepEqual(numbers(thread), [1, 2, 3, 4])
    assert.equal(thread.state.get().messages![1]!.text, 'changed')
    const before = asked.length
    thread.receive(event(4))
    thread.receive({ ...event(9), data: { conversationId: 'other', revision: 9 } })
    assert.equal(asked.length, before, 'nothing new')
  })

  it('shows a message of one’s own once, whether the answer or the event comes first', async () => {
    const answers = [page([said(1)], 1), page([said(2)], 2)]
    const { api } = bench({ listChatMessages: () => answers.shift() ?? page([], 2) })
    const thread = new Thread({ api, conversationId: 'c' })
    await thread.sync()
    thread.put(said(2))
    thread.put(said(2))
    await settled()
    assert.deepEqual(numbers(thread), [1, 2])
  })

  it('keeps what it shows when the server is away, and goes back page by page', async () => {
    const all = Array.from({ length: 120 }, (_, i) => said(i + 1))
    let isAway = false
    const { api } = bench({
      listChatMessages: ({ query }: { query: { before?: number; changedAfter?: number; limit: number } }) => {
        if (isAway) throw away()
        if (query.changedAfter !== undefined) return page([], 120)
        const older = all.filter(({ number }) => number < (query.before ?? 999))
        return page(older.slice(-query.limit), 120, older.length > query.limit)
      },
    })
    const thread = new Thread({ api, conversationId: 'c' })
    await thread.sync()
    isAway = true
    await thread.sync()
    assert.ok(thread.state.get().fault instanceof ApiFault)
    assert.equal(numbers(thread)!.length, 50)
    isAway = false
    await Promise.all([thread.older(), thread.older()])
    assert.deepEqual([numbers(thread)![0], numbers(thread)!.length], [21, 100])
    assert.equal(await thread.reach(3), true)
    assert.equal(thread.state.get().hasOlder, false)
    assert.equal(await thread.reach(500), false)
  })
})

describe('the list of conversations', () => {
  const conversation = (id: string, more: object = {}) => ({
    id,
    kind: 'pair',
    members: [
      { userId: 'anna', name: 'Anna', isAdmin: false, readNumber: 0 },
      { userId: 'bo', name: 'Bo', isAdmin: false, readNumber: 0 },
    ],
    memberCount: 2,
    isAdmin: false,
    lastNumber: 3,
    revision: 3,
    fromNumber: 0,
    readNumber: 1,
    unread: 2,
    createdAt: '2026-01-01T00:00:00.000Z',
    lastAt: `2026-01-0${id}T00:00:00.000Z`,
    ...more,
  })
  function follow(answers: Record<string, (request: never) => unknown>) {
    const { api, clock, timers, asked } = bench(answers)
    const list = new ConversationList({ api, clock, userId: 'anna' })
    type Listener = (one: never) => void
    let [onEvent, onRead, onLive]: Listener[] = []
    const events = {
      onEvent: (listener: Listener) => ((onEvent = listener), () => {}),
      onNotice: (_: string, listener: Listener) => ((onRead = listener), () => {}),
      onLive: (listener: Listener) => ((onLive = listener), () => {}),
    }
    list.follow(events as never)
    return { list, timers, asked, onEvent: onEvent!, onRead: onRead!, onLive: onLive! }
  }

  it('puts the newest first, counts what is unread, and hears from another screen what was read', async () => {
    const { list, onRead, onLive } = follow({
      listConversations: () => ({ items: [conversation('1'), conversation('2')] }),
    })
    onLive(undefined as never)
    await settled()
    assert.deepEqual(
      list.state.get().items!.map(({ id }) => id),
      ['2', '1'],
    )
    assert.equal(list.unread.get(), 4)
    onRead({ data: { conversationId: '1', userId: 'anna', number: 3 } } as never)
    assert.equal(list.unread.get(), 2)
    onRead({ data: { conversationId: '2', userId: 'bo', number: 3 } } as never)
    assert.equal(list.unread.get(), 2)
    assert.equal(list.find('2')!.members[1]!.readNumber, 3)
  })

  it('asks once for many events of one conversation, and forgets one that the person is taken out of', async () => {
    let isMember = true
    const { list, timers, asked, onEvent } = follow({
      readConversation: () => {
        if (!isMember) throw new ApiFault({ code: 'API_NOT_FOUND', status: 404, title: '' })
        return conversation('1', { lastNumber: 4, revision: 4 })
      },
    })
    const tell = () => onEvent({ kind: 'chat.posted', data: { conversationId: '1' } } as never)
    tell()
    tell()
    timers.pop()!.run()
    await settled()
    assert.equal(asked.length, 1)
    assert.equal(list.unread.get(), 3)
    isMember = false
    tell()
    timers.pop()!.run()
    await settled()
    assert.deepEqual(list.state.get().items, [])
  })
})

describe('what is being written', () => {
  it('is there again after a reload, and gone when it was sent', async () => {
    const { api, clock, kept, outbox } = bench({ tellTyping: () => undefined, postChatMessage: () => said(1) })
    const make = () =>
      new Composer({ api, clock, kept, userId: 'anna', conversationId: 'c', outbox: outbox(), onEdited: () => {} })
    make().type('Hej')
    const again = make()
    assert.equal(again.state.get().text, 'Hej')
    await again.send([])
    assert.equal(make().state.get().text, '')
  })

  it('calls people by their whole names only, and suggests who goes on as one writes', () => {
    const people = [
      { userId: '1', name: 'Anna Berg' },
      { userId: '2', name: 'Åsa Öman' },
    ]
    assert.deepEqual(mentionsIn('Hej @anna berg och Åsa Öman', people), ['1'])
    assert.deepEqual(
      suggestPeople('Hej @ö', people).map(({ userId }) => userId),
      ['2'],
    )
    assert.deepEqual(suggestPeople('anna@be', people), [])
    assert.equal(suggestPeople('@', people).length, 2)
  })

  it('sends a file in pieces and goes on where the connection was lost', async () => {
    const sizeBytes = 1_200_000
    const got: number[] = []
    let isLost = true
    const file = { id: 'f', name: 'a', mediaType: 'text/plain', sizeBytes, isInline: false, scan: 'none' }
    const { api, clock, timers } = bench({
      beginChatFile: () => ({ id: 'f', uploadedBytes: 0 }),
      readChatUpload: () => ({ id: 'f', uploadedBytes: 524_288 }),
      sendChatFilePiece: ({ query, body }: { query: { offset: number }; body: Uint8Array }) => {
        got.push(query.offset)
        if (query.offset > 0 && isLost) {
          isLost = false
          throw away()
        }
        const uploadedBytes = query.offset + body.length
        return uploadedBytes === sizeBytes ? { id: 'f', uploadedBytes, file } : { id: 'f', uploadedBytes }
      },
    })
    const local = {
      name: 'a',
      size: sizeBytes,
      slice: (start: number, end: number) => ({
        arrayBuffer: async () => new ArrayBuffer(Math.min(end, sizeBytes) - start),
      }),
    }
    const progress: number[] = []
    const done = uploadFile({
      api,
      clock,
      conversationId: 'c',
      file: local,
      onProgress: (ratio) => progress.push(ratio),
      signal: new AbortController().signal,
    })
    while (timers.length === 0) await settled()
    timers.pop()!.run()
    assert.equal(await done, file)
    assert.deepEqual(got, [0, 524_288, 524_288, 1_048_576])
    assert.equal(progress.length, 2)
  })
})

describe('a text', () => {
  it('has links that show where they go, without what ends the sentence', () => {
    assert.deepEqual(textParts('Se https://vaxel.example/a(b). Eller (www.example.com)!'), [
      { kind: 'words', text: 'Se ' },
      { kind: 'link', text: 'https://vaxel.example/a(b)', href: 'https://vaxel.example/a(b)' },
      { kind: 'words', text: '. Eller (' },
      { kind: 'link', text: 'www.example.com', href: 'https://www.example.com/' },
      { kind: 'words', text: ')!' },
    ])
  })

  it('makes no link of what could run or hides its place', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'https://bank.example@evil.example/'])
      assert.deepEqual(textParts(text), [{ kind: 'words', text }])
  })

  it('marks who is called', () => {
    assert.deepEqual(textParts('Hej @Anna Berg!', ['Anna', 'Anna Berg']), [
      { kind: 'words', text: 'Hej ' },
      { kind: 'mention', text: '@Anna Berg' },
      { kind: 'words', text: '!' },
    ])
  })
})
