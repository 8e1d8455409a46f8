import { Slots, type Timer, TransientMap, type UserId } from '@vaxel/base'
import type { ChannelHands, WebChat, WebChatCode, WebChatId, WebChatMessage, WorkItem } from '@vaxel/core'
import { LiveChat } from './live-chat.ts'
import { allMessages, eventOf, type WebChatParts } from './parts.ts'
import { messageView } from './views.ts'
import { webChatWords } from './words.ts'

const lookEveryMs = 15_000
/** Whose page has not asked for so long is gone: before somebody has answered, and afterwards. */
const goneWaitingMs = 120_000
const goneTalkingMs = 600_000
const mostTranscripts = 3

/** The conversations that go on, as the dispatcher and their ends move them. */
export class Conversations {
  readonly #parts: WebChatParts
  readonly #live = new Map<WebChatId, LiveChat>()
  readonly #byKey = new TransientMap<string, LiveChat>()
  /** Asked for at one moment, they are counted one after another. */
  readonly #transcripts = new Slots(1)
  #look: Timer | undefined

  constructor(parts: WebChatParts) {
    this.#parts = parts
  }

  /** Takes up what went on before the start. */
  async start(): Promise<void> {
    for (const chat of await this.#parts.webChats.open()) {
      const messages = await allMessages(this.#parts.webChats, chat.id)
      this.add(chat, messages)
    }
    this.#lookLater()
  }

  /** After the dispatcher has begun: a conversation without work is over. */
  async settle(): Promise<void> {
    for (const live of [...this.#live.values()]) {
      const { companyId, itemId } = live.chat
      if (itemId === undefined || !this.#parts.workDesk.item(companyId, itemId)) await this.#over(live, 'ended')
    }
  }

  get count(): number {
    return this.#live.size
  }

  /** Whether a conversation that began on a website is not over. */
  goesOnAt(siteId: string): boolean {
    return [...this.#live.values()].some(({ chat }) => chat.siteId === siteId)
  }

  add(chat: WebChat, messages: readonly WebChatMessage[]): LiveChat {
    const live = new LiveChat({
      ...this.#parts,
      store: this.#parts.webChats,
      chat,
      messages,
      changed: (changed, written) => this.#tellAgent(changed, written),
    })
    this.#live.set(chat.id, live)
    this.#byKey.set(chat.keyHash, live)
    return live
  }

  live(id: string): LiveChat | undefined {
    return this.#live.get(id as WebChatId)
  }

  byKey(keyHash: string): LiveChat | undefined {
    return this.#byKey.get(keyHash)
  }

  /** Over, with what is said of it. */
  async end(live: LiveChat, code: WebChatCode, by: 'agent' | 'customer' | 'system', userId?: UserId): Promise<void> {
    const { companyId, itemId } = live.chat
    await this.#over(live, code, userId)
    if (itemId === undefined || !this.#parts.workDesk.item(companyId, itemId)) return
    if (by === 'customer') await this.#parts.workDesk.left(companyId, itemId)
    else await this.#parts.workDesk.finished(companyId, itemId, by)
  }

  /** @returns false when it was sent often enough */
  mailTranscript(id: WebChatId, address: string): Promise<boolean> {
    return this.#transcripts.use(() => this.#mailTranscript(id, address))
  }

  async #mailTranscript(id: WebChatId, address: string): Promise<boolean> {
    const { webChats, directory, mailer } = this.#parts
    const live = this.live(id)
    const chat = live?.chat ?? (await webChats.find(id))
    if (!chat || chat.transcripts >= mostTranscripts) return false
    const transcripts = chat.transcripts + 1
    await (live ? live.change({ transcripts }) : webChats.put({ ...chat, transcripts }, []))
    const words = webChatWords[chat.language]
    const company = directory.company(chat.companyId)?.name ?? chat.siteName
    const zone = new Intl.DateTimeFormat(chat.language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
    const time = new Intl.DateTimeFormat(chat.language, { timeStyle: 'short', timeZone: 'UTC' })
    const lines = (await allMessages(webChats, chat.id)).map((message) => {
      const name = message.userId === undefined ? '' : (directory.user(message.userId)?.displayName ?? '')
      const at = `[${time.format(message.atMs)} UTC]`
      if (message.code) return `${at} ${words.codes[message.code](name)}`
      return `${at} ${message.from === 'visitor' ? (chat.name ?? words.visitor) : name}: ${message.text ?? ''}`
    })
    await mailer.queue(chat.companyId, {
      to: address,
      subject: words.transcriptSubject(company),
      text: `${words.transcriptHead(company, `${zone.format(chat.startedAtMs)} UTC`)}\n\n${lines.join('\n')}\n`,
    })
    return true
  }

  /** What the dispatcher has done with a conversation's item. */
  readonly hands: ChannelHands = {
    accepted: (item, agentId) => this.#of(item, (live) => this.#handOver(live, 'joined', agentId)),
    finished: (item, agentId) => this.#of(item, (live) => this.#over(live, 'ended', agentId)),
    released: (item) => this.#of(item, (live) => this.#handOver(live, 'returned')),
    requeued: (item) => this.#of(item, (live) => live.change({ queueId: item.queueId })),
    sendAway: async (item) => this.#of(item, (live) => this.#over(live, 'closed')),
    dismiss: async (item) => this.#of(item, (live) => this.#over(live, 'ended')),
    exists: async (item) => {
      const live = item.reference === undefined ? undefined : this.live(item.reference)
      // The server ended before the conversation knew its item: it is found by its reference.
      if (live && live.chat.itemId === undefined) await live.change({ itemId: item.id })
      return live?.chat.itemId === item.id
    },
  }

  close(): void {
    this.#look?.stop()
    for (const live of this.#live.values()) live.close()
  }

  async #over(live: LiveChat, code: WebChatCode, userId?: UserId): Promise<void> {
    if (live.state === 'ended') return
    const { id, companyId, siteId, keyHash } = live.chat
    const nowMs = this.#parts.clock.now()
    const keepDays = this.#parts.webChats.site(siteId)?.keepDays ?? 30
    const event = eventOf('webChat.ended', companyId, nowMs, { chatId: id, why: code, messages: live.count })
    await live.tell(
      code,
      { endedAtMs: nowMs, keepUntilMs: nowMs + keepDays * 86_400_000 },
      {
        event,
        ...(userId === undefined ? {} : { userId }),
      },
    )
    this.#live.delete(id)
    this.#byKey.delete(keyHash)
  }

  /** Speaking was on offer with whoever had it before. */
  #handOver(live: LiveChat, code: 'joined' | 'returned', agentId?: UserId): Promise<void> {
    live.isVoiceOffered = false
    const by = agentId === undefined ? {} : { userId: agentId }
    return live.tell(code, { agentId } as Partial<WebChat>, by)
  }

  #of(item: WorkItem, act: (live: LiveChat) => Promise<void>): void {
    const live = item.reference === undefined ? undefined : this.live(item.reference)
    if (!live || live.state === 'ended') return
    act(live).catch((error: unknown) =>
      this.#parts.log.error('a conversation with a visitor could not be kept', {
        chatId: live.chat.id,
        error: String(error),
      }),
    )
  }

  #tellAgent(live: LiveChat, messages: readonly WebChatMessage[]): void {
    const { agentId, companyId, id } = live.chat
    if (agentId === undefined) return
    this.#parts.notices.publish({
      companyId,
      kind: 'webChat.changed',
      atMs: this.#parts.clock.now(),
      to: [agentId],
      data: {
        chatId: id,
        state: live.state,
        isVisitorThere: live.isVisitorThere,
        isVisitorTyping: live.isVisitorTyping,
        isVoiceOffered: live.isVoiceOffered,
        messages: messages.map((message) => messageView(message, this.#parts.directory)),
      },
    })
  }

  #lookLater(): void {
    this.#look = this.#parts.clock.startTimer(lookEveryMs, () => {
      for (const live of [...this.#live.values()]) {
        const mostMs = live.state === 'waiting' ? goneWaitingMs : goneTalkingMs
        if (live.unseenMs > mostMs)
          this.end(live, 'visitorGone', 'customer').catch((error: unknown) =>
            this.#parts.log.error('a conversation could not be ended', { error: String(error) }),
          )
      }
      this.#lookLater()
    })
  }
}
