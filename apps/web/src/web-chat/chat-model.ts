import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'

export type Chat = ReplyOf<'readWebChat'>
export type ChatMessage = Chat['messages'][number]

export interface ChatState {
  readonly chat: Chat | undefined
  /** Written, and not confirmed by the server. */
  readonly unsent: readonly { readonly once: string; readonly text: string }[]
  readonly draft: string
  readonly fault: unknown
}

const typingEveryMs = 4000
const retryMs = 3000

/** A conversation with a visitor, as its agent has it. What is typed is kept in this browser until it is sent. */
export class WebChatModel {
  readonly state: Value<ChatState>
  readonly #state: Cell<ChatState>
  readonly #api: Pick<Api, 'call'>
  readonly #chatId: string
  readonly #kept: Pick<KeptValues, 'get' | 'set'>
  readonly #nowMs: () => number
  readonly #later: (ms: number, then: () => void) => void
  #typedMs = 0
  /** The last reading. */
  #round = 0
  /** After which reading had begun a notice came. */
  #toldIn = -1
  #isSending = false
  #isClosed = false

  constructor(parts: {
    readonly api: Pick<Api, 'call'>
    readonly chatId: string
    readonly kept: Pick<KeptValues, 'get' | 'set'>
    readonly nowMs: () => number
    readonly later: (ms: number, then: () => void) => void
  }) {
    this.#api = parts.api
    this.#chatId = parts.chatId
    this.#kept = parts.kept
    this.#nowMs = parts.nowMs
    this.#later = parts.later
    const draft = parts.kept.get<string>(`webChat.${parts.chatId}`) ?? ''
    this.#state = new Cell<ChatState>({ chat: undefined, unsent: [], draft, fault: undefined })
    this.state = this.#state
  }

  /** @returns ends it */
  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    const stops = [
      events.onNotice('webChat.changed', ({ data }) => {
        if (data['chatId'] === this.#chatId) this.#take(data as unknown as Changed)
      }),
      events.onLive(() => void this.load()),
    ]
    void this.load()
    return () => {
      this.#isClosed = true
      for (const stop of stops) stop()
    }
  }

  async load(): Promise<void> {
    const round = ++this.#round
    try {
      const chat = await this.#api.call('readWebChat', { params: { chatId: this.#chatId } })
      // Something was told meanwhile: what came back may be older than it.
      if (this.#toldIn === round) return await this.load()
      this.#state.update((state) => ({ ...state, chat, fault: undefined }))
    } catch (fault) {
      this.#state.update((state) => ({ ...state, fault }))
    }
  }

  type(draft: string): void {
    this.#state.update((state) => ({ ...state, draft }))
    this.#kept.set(`webChat.${this.#chatId}`, draft === '' ? undefined : draft)
    if (draft === '' || this.#nowMs() - this.#typedMs < typingEveryMs) return
    this.#typedMs = this.#nowMs()
    void this.command('typing').catch(() => {})
  }

  /** Shown at once, and sent until the server has it. */
  send(): void {
    const text = this.#state.get().draft.trim()
    if (text === '') return
    const once = crypto.randomUUID()
    this.#state.update((state) => ({ ...state, draft: '', unsent: [...state.unsent, { once, text }] }))
    this.#kept.set(`webChat.${this.#chatId}`, undefined)
    void this.#sendAll()
  }

  async command(verb: 'typing' | 'offerVoice' | 'withdrawVoice' | 'end' | 'mailTranscript'): Promise<void> {
    await this.#api.call('commandWebChat', { params: { chatId: this.#chatId, verb }, body: {} })
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    for (let next = this.#state.get().unsent[0]; next; next = this.#state.get().unsent[0]) {
      const { once, text } = next
      try {
        const kept = await this.#api.call('sendWebChatMessage', {
          params: { chatId: this.#chatId },
          body: { once, text },
        })
        this.#drop(once)
        this.#add([kept])
      } catch (fault) {
        const isPassing = (fault as { isPassing?: boolean }).isPassing === true
        this.#state.update((state) => ({ ...state, fault }))
        if (!isPassing) {
          this.#drop(once)
          this.#state.update((state) => ({ ...state, draft: state.draft === '' ? text : state.draft }))
        } else if (!this.#isClosed) this.#later(retryMs, () => void this.#sendAll())
        break
      }
    }
    this.#isSending = false
  }

  #drop(once: string): void {
    this.#state.update((state) => ({ ...state, unsent: state.unsent.filter((one) => one.once !== once) }))
  }

  #take({ messages, chatId: _, ...now }: Changed): void {
    this.#toldIn = this.#round
    const { chat } = this.#state.get()
    if (!chat) return
    // Something in between was missed: all is read anew.
    if ((messages[0]?.number ?? 0) > (chat.messages.at(-1)?.number ?? 0) + 1) return void this.load()
    this.#state.update((state) => ({ ...state, chat: { ...chat, ...now }, fault: undefined }))
    this.#add(messages)
    if (now.state === 'ended' && chat.state !== 'ended') void this.load()
  }

  #add(messages: readonly ChatMessage[]): void {
    this.#state.update((state) => {
      if (!state.chat) return state
      const known = state.chat.messages
      const fresh = messages.filter(({ number }) => !known.some((one) => one.number === number))
      if (fresh.length === 0) return state
      return {
        ...state,
        chat: { ...state.chat, messages: [...known, ...fresh].toSorted((a, b) => a.number - b.number) },
      }
    })
  }
}

type Changed = Pick<Chat, 'state' | 'isVisitorThere' | 'isVisitorTyping' | 'isVoiceOffered'> & {
  readonly chatId: string
  readonly messages: readonly ChatMessage[]
}
