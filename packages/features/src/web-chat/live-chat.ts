import type { Clock, Refusal, UserId } from '@vaxel/base'
import { WebChatFull } from '@vaxel/contract'
import type { LedgerEvent, WebChat, WebChatCode, WebChatMessage, WebChatStore } from '@vaxel/core'

/** Something is being written so long after it was said. */
const typingMs = 6000
/** Lines of a conversation: all are in memory until it is over. A long day of writing has some hundreds. */
const mostLines = 2000
const fullLine = { from: 'system', code: 'full' } as const
/** A page asks at least every 25 s. */
const thereMs = 60_000

/**
 * A conversation that goes on: the one owner of its messages, whose numbers have no gaps. Whatever is told to anybody has been durable before.
 */
export class LiveChat {
  #chat: WebChat
  readonly #store: WebChatStore
  readonly #clock: Clock
  readonly #changed: (chat: LiveChat, messages: readonly WebChatMessage[]) => void
  readonly #messages: WebChatMessage[]
  readonly #waiting = new Set<() => void>()
  #writing: Promise<unknown> = Promise.resolve()
  #version = 1
  #seenAtMs: number
  #visitorTypingUntilMs = 0
  #agentTypingUntilMs = 0
  isVoiceOffered = false

  constructor(parts: {
    readonly chat: WebChat
    readonly messages: readonly WebChatMessage[]
    readonly store: WebChatStore
    readonly clock: Clock
    /** After something is durable, and when somebody types. */
    readonly changed: (chat: LiveChat, messages: readonly WebChatMessage[]) => void
  }) {
    this.#chat = parts.chat
    this.#messages = [...parts.messages]
    this.#store = parts.store
    this.#clock = parts.clock
    this.#changed = parts.changed
    this.#seenAtMs = parts.clock.now()
  }

  get chat(): WebChat {
    return this.#chat
  }

  get version(): number {
    return this.#version
  }

  get state(): 'waiting' | 'talking' | 'ended' {
    if (this.#chat.endedAtMs !== undefined) return 'ended'
    return this.#chat.agentId === undefined ? 'waiting' : 'talking'
  }

  get isVisitorTyping(): boolean {
    return this.#visitorTypingUntilMs > this.#clock.now()
  }

  get isAgentTyping(): boolean {
    return this.#agentTypingUntilMs > this.#clock.now()
  }

  get isVisitorThere(): boolean {
    return this.unseenMs < thereMs
  }

  /** How long no page has asked. */
  get unseenMs(): number {
    return this.#clock.now() - this.#seenAtMs
  }

  get count(): number {
    return this.#messages.length
  }

  messagesAfter(number: number): readonly WebChatMessage[] {
    return this.#messages.slice(number, number + 500)
  }

  /** The visitor's page asked. */
  saw(): void {
    const wasThere = this.isVisitorThere
    this.#seenAtMs = this.#clock.now()
    if (!wasThere) this.#changed(this, [])
  }

  visitorTypes(): void {
    this.#visitorTypingUntilMs = this.#clock.now() + typingMs
    this.#changed(this, [])
  }

  agentTypes(): void {
    this.#agentTypingUntilMs = this.#clock.now() + typingMs
    this.#wake()
  }

  /** Keeps what was written, once for each `once`. Refused when it is as long as one can be; both are told when that is reached. */
  async write(message: Pick<WebChatMessage, 'from' | 'text' | 'once' | 'userId'>): Promise<WebChatMessage | Refusal> {
    return this.#inTurn(async () => {
      const known = this.#messages.find(({ once, from }) => once === message.once && from === message.from)
      if (known) return known
      if (message.from === 'visitor') this.#visitorTypingUntilMs = 0
      else this.#agentTypingUntilMs = 0
      if (this.#messages.length >= mostLines) {
        if (!this.#messages.some(({ code }) => code === 'full')) await this.#keep(this.#chat, [fullLine])
        return WebChatFull()
      }
      const isLast = this.#messages.length + 1 === mostLines
      const [kept] = await this.#keep(this.#chat, isLast ? [message, fullLine] : [message])
      return kept!
    })
  }

  /** Something happened; `change` is kept with it. */
  async tell(
    code: WebChatCode,
    change: Partial<WebChat> = {},
    more: { readonly userId?: UserId; readonly event?: LedgerEvent } = {},
  ): Promise<void> {
    const { event, ...by } = more
    await this.#inTurn(() => this.#keep({ ...this.#chat, ...change }, [{ from: 'system', code, ...by }], event))
  }

  /** Changes what is known of it, with nothing said. */
  async change(change: Partial<WebChat>, event?: LedgerEvent): Promise<void> {
    await this.#inTurn(() => this.#keep({ ...this.#chat, ...change }, [], event))
  }

  /** Resolves when something is new, or after so long. */
  async news(seen: number, mostMs: number): Promise<void> {
    if (seen !== this.#version || this.state === 'ended') return
    const woken = Promise.withResolvers<void>()
    const timer = this.#clock.startTimer(mostMs, () => woken.resolve())
    this.#waiting.add(woken.resolve)
    await woken.promise
    timer.stop()
    this.#waiting.delete(woken.resolve)
  }

  /** Nothing new comes any more. */
  close(): void {
    this.#wake()
  }

  async #keep(
    chat: WebChat,
    written: readonly Pick<WebChatMessage, 'from' | 'text' | 'once' | 'userId' | 'code'>[],
    event?: LedgerEvent,
  ): Promise<readonly WebChatMessage[]> {
    const messages = written.map((each, i) => ({
      ...each,
      chatId: chat.id,
      number: this.#messages.length + 1 + i,
      atMs: this.#clock.now(),
    }))
    await this.#store.put(chat, messages, event)
    this.#chat = chat
    this.#messages.push(...messages)
    this.#wake()
    this.#changed(this, messages)
    return messages
  }

  #wake(): void {
    this.#version++
    for (const wake of [...this.#waiting]) wake()
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#writing.then(task)
    this.#writing = next.catch(() => {})
    return next
  }
}
