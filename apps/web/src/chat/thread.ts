import type { Api } from '../api/api.ts'
import type { StreamEvent } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { Message } from './outbox.ts'

export interface ThreadState {
  /** Without gaps, oldest first; undefined before the first answer. */
  readonly messages: readonly Message[] | undefined
  readonly hasOlder: boolean
  /** Of the conversation, as far as it is known here. */
  readonly revision: number
  readonly fault: unknown
}

const pageSize = 50
const searchPage = 200
const mostSearched = 5000
/** So many are kept on the screen when the person reads the newest. */
const mostKept = 300

/**
 * What was said in one conversation. Messages are numbered without gaps and each change has a revision, so after a lost
 * connection, a doubled or a late event, asking for what comes after the last revision always makes it whole.
 */
export class Thread {
  readonly state: Value<ThreadState>
  readonly #state = new Cell<ThreadState>({ messages: undefined, hasOlder: false, revision: 0, fault: undefined })
  readonly #api: Api
  readonly #conversationId: string
  #isSyncing = false
  #isWanted = false
  #loadingOlder: Promise<void> | undefined

  constructor({ api, conversationId }: { api: Api; conversationId: string }) {
    this.#api = api
    this.#conversationId = conversationId
    this.state = this.#state
  }

  receive({ kind, data }: StreamEvent): void {
    if (data.conversationId !== this.#conversationId) return
    if (!kind.startsWith('chat.')) return
    if (typeof data.revision === 'number' && data.revision <= this.#state.get().revision) return
    void this.sync()
  }

  /** What the answer to a message of one's own brings. */
  put(message: Message): void {
    const { messages } = this.#state.get()
    if (message.conversationId !== this.#conversationId || !messages) return
    // Otherwise something that others said lies between, or it changes what is there.
    if (message.number <= (messages.at(-1)?.number ?? 0) + 1) this.#merge([message])
    void this.sync()
  }

  /** Loads what is missing; many wishes at once are one request. */
  async sync(): Promise<void> {
    this.#isWanted = true
    if (this.#isSyncing) return
    this.#isSyncing = true
    try {
      while (this.#isWanted) {
        this.#isWanted = false
        await this.#loadNew()
      }
      this.#state.update((state) => ({ ...state, fault: undefined }))
    } catch (fault) {
      this.#state.update((state) => ({ ...state, fault }))
    } finally {
      this.#isSyncing = false
    }
  }

  async older(limit = pageSize): Promise<void> {
    this.#loadingOlder ??= this.#loadOlder(limit).finally(() => {
      this.#loadingOlder = undefined
    })
    return this.#loadingOlder
  }

  /** Goes back until this message is there. @returns whether it is */
  async reach(number: number): Promise<boolean> {
    await this.sync()
    for (let loaded = 0; loaded < mostSearched; loaded += searchPage) {
      const { messages, hasOlder } = this.#state.get()
      if (messages?.some((one) => one.number === number)) return true
      if (!hasOlder || !messages || messages[0]!.number < number) return false
      await this.older(searchPage)
    }
    return false
  }

  /** The newest are being read: the oldest need not be kept. */
  trim(): void {
    const { messages } = this.#state.get()
    if (!messages || messages.length <= mostKept + pageSize) return
    this.#state.update((state) => ({ ...state, messages: messages.slice(-mostKept), hasOlder: true }))
  }

  async #loadNew(): Promise<void> {
    const { messages, revision } = this.#state.get()
    const params = { conversationId: this.#conversationId }
    if (!messages) {
      const page = await this.#api.call('listChatMessages', { params, query: { limit: pageSize } })
      const { items, hasMore } = page
      this.#state.update((state) => ({ ...state, messages: items, hasOlder: hasMore, revision: page.revision }))
      return
    }
    const page = await this.#api.call('listChatMessages', {
      params,
      query: { changedAfter: revision, limit: searchPage },
    })
    this.#merge(page.items)
    const seen = page.items.at(-1)?.revision
    this.#state.update((state) => ({
      ...state,
      revision: page.hasMore && seen !== undefined ? seen : Math.max(state.revision, page.revision),
    }))
    if (page.hasMore) this.#isWanted = true
  }

  async #loadOlder(limit: number): Promise<void> {
    const { messages, hasOlder } = this.#state.get()
    if (!messages || !hasOlder) return
    try {
      const page = await this.#api.call('listChatMessages', {
        params: { conversationId: this.#conversationId },
        query: { before: messages[0]!.number, limit },
      })
      this.#state.update((state) => ({
        ...state,
        messages: [...page.items, ...(state.messages ?? [])],
        hasOlder: page.hasMore,
      }))
    } catch (fault) {
      this.#state.update((state) => ({ ...state, fault }))
    }
  }

  /** Puts messages where their numbers belong; of two states of one the later revision counts. */
  #merge(fresh: readonly Message[]): void {
    const { messages = [], hasOlder } = this.#state.get()
    const oldest = messages[0]?.number ?? 0
    const byNumber = new Map(messages.map((message) => [message.number, message]))
    for (const message of fresh) {
      // What is older than all that is here comes when it is asked for.
      if (hasOlder && message.number < oldest) continue
      const known = byNumber.get(message.number)
      if (!known || known.revision <= message.revision) byNumber.set(message.number, message)
    }
    const sorted = [...byNumber.values()].sort((a, b) => a.number - b.number)
    this.#state.update((state) => ({ ...state, messages: sorted }))
  }
}
