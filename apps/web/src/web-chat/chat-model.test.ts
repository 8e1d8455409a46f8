import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiFault } from '../api/api.ts'
import { type Chat, WebChatModel } from './chat-model.ts'

const message = (number: number, text: string, from: 'visitor' | 'agent' = 'visitor') => ({
  number,
  at: '2026-01-01T10:00:00.000Z',
  from,
  text,
})
const chat: Chat = {
  id: 'c1',
  siteName: 'Shop',
  state: 'talking',
  startedAt: '2026-01-01T10:00:00.000Z',
  visitor: { language: 'en' },
  isVisitorThere: true,
  isVisitorTyping: false,
  messages: [message(1, 'Hello')],
  mayOfferVoice: false,
  isVoiceOffered: false,
}

function begin() {
  const asked: string[] = []
  const later: (() => void)[] = []
  const kept = new Map<string, unknown>()
  let refuse: ApiFault | undefined
  let notice: (notice: { data: Record<string, unknown> }) => void = () => {}
  const api = {
    call: async (id: string, request: { body?: { text?: string; once?: string } }) => {
      asked.push(id)
      if (id === 'readWebChat') return chat
      if (refuse) throw refuse
      return message(2, request.body?.text ?? '', 'agent')
    },
  }
  const model = new WebChatModel({
    api: api as never,
    chatId: 'c1',
    kept: { get: (key) => kept.get(key) as never, set: (key, value) => void kept.set(key, value) },
    nowMs: () => 10_000,
    later: (_, then) => void later.push(then),
  })
  model.follow({
    onNotice: (_: string, listener: never) => {
      notice = listener
      return () => {}
    },
    onLive: () => () => {},
  } as never)
  return {
    model,
    asked,
    later,
    kept,
    refuse: (fault: ApiFault | undefined) => (refuse = fault),
    tell: (data: Record<string, unknown>) => notice({ data: { chatId: 'c1', ...now, ...data } }),
    settle: () => new Promise((done) => setImmediate(done)),
  }
}
const now = { state: 'talking', isVisitorThere: true, isVisitorTyping: false, isVoiceOffered: false }

describe('a conversation with a visitor', () => {
  it('shows what was written once, in order, whoever tells it first', async () => {
    const { model, tell, settle } = begin()
    await settle()
    model.type('Hi')
    model.send()
    tell({ messages: [message(2, 'Hi', 'agent')] })
    await settle()
    const texts = model.state.get().chat?.messages.map(({ text }) => text)
    assert.deepEqual([texts, model.state.get().unsent], [['Hello', 'Hi'], []])
  })

  it('keeps what is typed until it is sent, and sends again when the network is back', async () => {
    const { model, kept, refuse, later, settle } = begin()
    await settle()
    model.type('Are you th')
    assert.equal(kept.get('webChat.c1'), 'Are you th')
    refuse(new ApiFault({ code: 'UNREACHABLE', status: 0, title: '' }))
    model.send()
    await settle()
    assert.equal(model.state.get().unsent.length, 1)
    refuse(undefined)
    later[0]!()
    await settle()
    assert.deepEqual([model.state.get().unsent, kept.get('webChat.c1')], [[], undefined])
  })

  it('does not show an older answer than what it was told meanwhile', async () => {
    const { tell, asked, settle } = begin()
    tell({ messages: [message(2, 'Hi', 'agent')] })
    await settle()
    assert.equal(asked.length, 2)
  })

  it('gives back what the server refuses', async () => {
    const { model, refuse, settle } = begin()
    await settle()
    model.type('Too late')
    refuse(new ApiFault({ code: 'WEB_CHAT_OVER', status: 409, title: '' }))
    model.send()
    await settle()
    assert.equal(model.state.get().draft, 'Too late')
  })

  it('reads all anew when something between was missed', async () => {
    const { tell, asked, settle } = begin()
    await settle()
    tell({ messages: [message(7, 'Later')] })
    await settle()
    assert.deepEqual(asked, ['readWebChat', 'readWebChat'])
  })
})
