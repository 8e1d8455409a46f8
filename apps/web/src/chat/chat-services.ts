import type { App } from '../app/app.ts'
import { Composer } from './composer.ts'
import { ConversationList } from './conversation-list.ts'
import { Outbox } from './outbox.ts'
import { Thread } from './thread.ts'
import { Typing } from './typing.ts'

/** What the screens of chat share, for as long as somebody is logged in. */
export interface ChatServices {
  readonly userId: string
  readonly list: ConversationList
  readonly outbox: Outbox
  readonly typing: Typing
  /** The same for the same conversation. */
  readonly thread: (conversationId: string) => Thread
  readonly composer: (conversationId: string) => Composer
}

const made = new WeakMap<App, ChatServices>()

/** Only while somebody is logged in. */
export function chatServices(app: App): ChatServices {
  const services = made.get(app)
  if (!services) throw new Error('chat has not been started')
  return services
}

/** @returns ends it */
export function startChat(app: App): () => void {
  const userId = app.me.get()?.user.id ?? ''
  const { api, clock, kept, events } = app
  const threads = new Map<string, Thread>()
  const composers = new Map<string, Composer>()
  const thread = (id: string) => once(threads, id, () => new Thread({ api, conversationId: id }))
  const outbox = new Outbox({
    api,
    clock,
    kept,
    userId,
    makeId: () => makeToken(),
    onSent: (message) => threads.get(message.conversationId)?.put(message),
  })
  const list = new ConversationList({ api, clock, userId })
  const typing = new Typing(clock)
  const composer = (id: string) =>
    once(composers, id, () => {
      const onEdited = () => void threads.get(id)?.sync()
      return new Composer({ api, clock, kept, userId, conversationId: id, outbox, onEdited })
    })
  made.set(app, { userId, list, outbox, typing, thread, composer })
  const stops = [
    list.follow(events),
    typing.follow(events),
    events.onEvent((event) => threads.get(String(event.data.conversationId))?.receive(event)),
    events.onLive(() => {
      outbox.hurry()
      for (const one of threads.values()) void one.sync()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    outbox.close()
    made.delete(app)
  }
}

function once<T>(all: Map<string, T>, id: string, make: () => T): T {
  const known = all.get(id) ?? make()
  all.set(id, known)
  return known
}

/** 128 random bits; also where a page has no `crypto.randomUUID`, as over plain HTTP. */
const makeToken = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
