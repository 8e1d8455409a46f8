import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type { ChatSiteId, QueueId, WebChat, WebChatId, WebChatMessage, WorkItem, WorkItemId } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { AgentChatService } from './agent-chat-service.ts'
import { Conversations } from './conversations.ts'
import { VisitorService } from './visitor-service.ts'

const chat: WebChat = {
  id: 'chat' as WebChatId,
  companyId: 'company' as CompanyId,
  siteId: 'site' as ChatSiteId,
  siteName: 'Shop',
  queueId: 'web' as QueueId,
  keyHash: 'hash',
  startedAtMs: 0,
  language: 'en',
  transcripts: 0,
  keepUntilMs: 0,
  agentId: 'anna' as UserId,
  itemId: 'item' as WorkItemId,
}
const principal = { companyId: 'company', userId: 'anna', role: 'supervisor', isOperator: false } as never

/** A server that begins with a conversation of before. */
function world(count: number) {
  const kept = new Map<number, WebChatMessage>()
  for (let number = 1; number <= count; number++)
    kept.set(number, { chatId: chat.id, number, atMs: 0, from: 'visitor', text: String(number) })
  let isOpen = true
  let now: WebChat = chat
  const mailed: string[] = []
  const parts = {
    clock: new VirtualClock(),
    log: silentLogger,
    notices: { publish: () => {} },
    directory: { user: () => ({ displayName: 'Anna' }), company: () => undefined },
    workDesk: { item: () => ({}), finished: async () => {}, left: async () => {} },
    phones: {},
    mailer: { queue: async (_: unknown, { text }: { text: string }) => void mailed.push(text) },
    webChats: {
      site: () => ({ offersVoice: true, keepDays: 30 }),
      find: async () => now,
      findByKey: async () => now,
      open: async () => (isOpen ? [chat] : []),
      messages: async (_: unknown, after: number) => [...kept.values()].slice(after, after + 500),
      put: async (changed: WebChat, messages: readonly WebChatMessage[]) => {
        for (const message of messages) {
          assert.equal(kept.has(message.number), false, `${message.number} is taken`)
          kept.set(message.number, message)
        }
        now = changed
        isOpen = changed.endedAtMs === undefined
      },
    },
  } as never
  const conversations = new Conversations(parts)
  const visitors = new VisitorService(parts, conversations)
  /** A conversation of which nothing was mailed. */
  const another = () => {
    now = chat
  }
  return {
    conversations,
    visitors,
    another,
    agents: new AgentChatService(parts, conversations),
    mailed,
    kept,
    isOpen: () => isOpen,
  }
}

describe('conversations with visitors', () => {
  it('goes on after a restart and ends, however much was said before', async (t) => {
    const { conversations, agents, isOpen } = world(1203)
    t.after(() => conversations.close())
    await conversations.start()
    const written = await agents.write(principal, chat.id, { once: '1', text: 'Still there?' })
    assert.equal('number' in written && written.number, 1204)
    const view = await agents.read(principal, chat.id)
    assert.ok('messages' in view)
    assert.deepEqual([view.messages.length, view.messages.at(-1)?.text], [500, 'Still there?'])
    assert.equal(await agents.command(principal, chat.id, 'end', {}), undefined)
    assert.equal(isOpen(), false)
  })

  it('takes no more than 2,000 lines, says so to both, and can still be ended', async (t) => {
    const { conversations, agents, visitors, kept, isOpen } = world(1998)
    t.after(() => conversations.close())
    await conversations.start()
    const live = conversations.live(chat.id)!
    const write = (once: string) => agents.write(principal, chat.id, { once, text: once })
    const codes = (answers: readonly object[]) => answers.map((one) => ('code' in one ? one.code : 'kept'))
    assert.deepEqual(codes([await write('a'), await write('b'), await write('b'), await write('c')]), [
      'kept',
      'kept',
      'kept',
      'WEB_CHAT_FULL',
    ])
    assert.deepEqual(codes([await live.write({ from: 'visitor', once: 'v', text: 'More' })]), ['WEB_CHAT_FULL'])
    assert.deepEqual([kept.size, kept.get(2001)?.code], [2001, 'full'])
    const shown = await visitors.read('key', { after: 1999 }, '192.0.2.1')
    assert.deepEqual('messages' in shown && shown.messages.map(({ text, code }) => code ?? text), ['b', 'full'])
    assert.equal(await agents.command(principal, chat.id, 'end', {}), undefined)
    assert.equal(isOpen(), false)
  })

  it('offers to speak with the agent alone who has offered it', async (t) => {
    const { conversations, agents } = world(1)
    t.after(() => conversations.close())
    await conversations.start()
    const live = conversations.live(chat.id)!
    assert.equal(await agents.command(principal, chat.id, 'offerVoice', {}), undefined)
    assert.equal(live.isVoiceOffered, true)
    const item = { reference: chat.id, queueId: chat.queueId } as unknown as WorkItem
    conversations.hands.released?.(item, 'anna' as UserId)
    conversations.hands.accepted?.(item, 'bo' as UserId)
    // Behind both, in its turn.
    await live.change({})
    assert.deepEqual([live.chat.agentId, live.isVoiceOffered], ['bo', false])
  })

  it('mails all that was said', async (t) => {
    const { conversations, mailed } = world(1203)
    t.after(() => conversations.close())
    assert.equal(await conversations.mailTranscript(chat.id, 'anna@customer.test'), true)
    assert.match(mailed[0]!, /: 1203\n$/)
  })

  it('mails what was said three times, and sends strangers’ words to no end of addresses', async (t) => {
    const { conversations, visitors, mailed, another } = world(1)
    t.after(() => conversations.close())
    const ask = (n: number) => visitors.mailTranscript('key', `${n}@stranger.test`, '192.0.2.1')
    await Promise.all([1, 2, 3, 4, 5].map(ask))
    assert.equal(mailed.length, 3)
    for (let n = 6; n < 12; n++) {
      another()
      await visitors.mailTranscript('key', `${n}@stranger.test`, '192.0.2.1')
    }
    assert.equal(mailed.length, 3)
    another()
    await visitors.mailTranscript('key', 'anna@customer.test', '192.0.2.2')
    assert.equal(mailed.length, 4)
  })
})
