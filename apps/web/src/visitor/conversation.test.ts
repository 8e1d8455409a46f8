import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Conversation } from './conversation.ts'
import { type Ask, type Chat, type Message, Refused } from './visitor-api.ts'

const line = (number: number, from: Message['from'], text: string): Message => ({ number, from, text, at: '' })
const chat = (messages: readonly Message[], version: number): Chat => ({
  state: 'talking',
  isAgentTyping: false,
  messages,
  last: messages.at(-1)?.number ?? 0,
  version,
  canSpeak: false,
})

/** A page whose questions are answered one by one, in any order. */
function world() {
  const open: { path: string; body: unknown; answer: (reply: unknown) => void; cut: () => void }[] = []
  const timers: (() => void)[] = []
  const ask: Ask = <T>(_: string, path: string, body?: unknown) =>
    new Promise<T>((resolve, reject) => {
      open.push({
        path,
        body,
        answer: (reply) => resolve(reply as T),
        cut: () => reject(new Refused('UNREACHABLE')),
      })
    })
  let ids = 0
  const conversation = new Conversation({
    ask,
    memory: { get: () => 'key', set: () => {} },
    siteId: 's',
    language: 'en',
    draw: () => {},
    later: (_, then) => void timers.push(then),
    random: () => String(++ids),
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  /** The oldest open question of this beginning. */
  const asked = (begin: string) => {
    const at = open.findIndex(({ path }) => path.startsWith(begin))
    assert.notEqual(at, -1, `${begin} was not asked`)
    return open.splice(at, 1)[0]!
  }
  const begin = async () => {
    void conversation.start()
    asked('/sites').answer({})
    await settle()
    asked('/chats/key').answer(chat([line(1, 'visitor', 'Hello')], 1))
    await settle()
  }
  const shown = () => ({
    lines: conversation.shown.messages.map(({ number }) => number),
    unsent: conversation.shown.unsent.map(({ text }) => text),
  })
  return { conversation, asked, begin, settle, timers, shown }
}

describe('a conversation on a website', () => {
  it('shows what was written at the same moment in its order, each once', async () => {
    const { conversation, asked, begin, settle, shown } = world()
    await begin()
    conversation.write('And my invoice?')
    // The agent's line has the number 2; the answer to one's own comes first.
    asked('/chats/key/messages').answer(line(3, 'visitor', 'And my invoice?'))
    await settle()
    assert.deepEqual(shown(), { lines: [1], unsent: ['And my invoice?'] })
    asked('/chats/key?after=1').answer(chat([line(2, 'agent', 'Hi!'), line(3, 'visitor', 'And my invoice?')], 2))
    await settle()
    assert.deepEqual(shown(), { lines: [1, 2, 3], unsent: [] })
  })

  it('misses nothing that was written while it was cut off', async () => {
    const { conversation, asked, begin, settle, timers, shown } = world()
    await begin()
    asked('/chats/key?after=1').cut()
    await settle()
    // The agent writes 2 now; then what the visitor writes gets through before the page has asked again.
    conversation.write('Still there?')
    asked('/chats/key/messages').answer(line(3, 'visitor', 'Still there?'))
    await settle()
    for (const then of timers.splice(0)) then()
    await settle()
    asked('/chats/key?after=1').answer(chat([line(2, 'agent', 'Yes'), line(3, 'visitor', 'Still there?')], 2))
    await settle()
    assert.deepEqual(shown(), { lines: [1, 2, 3], unsent: [] })
  })

  it('begins once when the reply to its beginning is lost, and says what was changed meanwhile', async () => {
    const { conversation, asked, settle, shown } = world()
    const first = conversation.begin({ text: 'Hello' })
    const lost = asked('/sites/s/chats')
    lost.cut()
    assert.equal(await first, 'UNREACHABLE')
    const again = conversation.begin({ text: 'Hello there' })
    const second = asked('/sites/s/chats')
    const onceOf = ({ body }: { body: unknown }) => (body as { once?: string }).once
    assert.deepEqual([onceOf(lost), onceOf(second)], ['1', '1'])
    second.answer({ key: 'key', chat: chat([line(1, 'visitor', 'Hello')], 1) })
    assert.equal(await again, undefined)
    await settle()
    assert.deepEqual(shown(), { lines: [1], unsent: ['Hello there'] })
    void conversation.begin({ text: 'Another' })
    assert.notEqual(onceOf(asked('/sites/s/chats')), '1')
  })

  it('sends the next line while one that is sent waits for what came before it', async () => {
    const { conversation, asked, begin, settle, shown } = world()
    await begin()
    conversation.write('One')
    conversation.write('Two')
    asked('/chats/key/messages').answer(line(3, 'visitor', 'One'))
    await settle()
    asked('/chats/key/messages').answer(line(4, 'visitor', 'Two'))
    await settle()
    assert.deepEqual(shown(), { lines: [1], unsent: ['One', 'Two'] })
    asked('/chats/key?after=1').answer(chat([line(2, 'agent', 'Hi!')], 2))
    await settle()
    assert.deepEqual(shown(), { lines: [1, 2, 3, 4], unsent: [] })
  })
})
