import type { Api, ReplyOf } from '../api/api.ts'
import { Cell, type Value } from '../base/cell.ts'

export type VoiceMessage = ReplyOf<'readVoiceMessage'>
export type Shelf = 'kept' | 'bin'

export interface MessageListState {
  readonly messages: readonly VoiceMessage[] | undefined
  readonly next?: string
  /** Why the last try to load failed; what is shown stays. */
  readonly fault?: unknown
}

const pageSize = 50

/** The messages of one mailbox, latest first, and what is done to them. */
export class MessageList {
  readonly state: Value<MessageListState>
  readonly #state = new Cell<MessageListState>({ messages: undefined })
  readonly #api: Api
  readonly #boxId: string
  readonly #shelf: Shelf
  #round = 0

  constructor(options: { api: Api; boxId: string; shelf: Shelf }) {
    this.#api = options.api
    this.#boxId = options.boxId
    this.#shelf = options.shelf
    this.state = this.#state
  }

  /** Loads anew as much as is shown. */
  async load(): Promise<void> {
    const round = ++this.#round
    const shown = this.#state.get().messages?.length ?? 0
    try {
      const page = await this.#page(undefined, Math.min(200, Math.max(pageSize, shown)))
      if (round === this.#round) this.#state.set(page)
    } catch (fault) {
      if (round === this.#round) this.#state.update((before) => ({ ...before, fault }))
    }
  }

  /** A message that a link leads to, if it is not shown yet: an older one comes after those that are. */
  async show(messageId: string): Promise<void> {
    const { messages } = this.#state.get()
    if (!messages || messages.some(({ id }) => id === messageId)) return
    const found = await this.#api.call('readVoiceMessage', { params: { boxId: this.#boxId, messageId } })
    this.#state.update((before) =>
      found.state === 'deleted' || before.messages?.some(({ id }) => id === messageId)
        ? before
        : { ...before, messages: [...(before.messages ?? []), found] },
    )
  }

  async more(): Promise<void> {
    const { messages = [], next } = this.#state.get()
    if (next === undefined) return
    const round = ++this.#round
    const page = await this.#page(next, pageSize)
    const shown = messages.filter(({ id }) => id >= next)
    if (round === this.#round) this.#state.set({ ...page, messages: [...shown, ...(page.messages ?? [])] })
  }

  /** Somebody has listened: at every place it is heard now. */
  async setHeard(message: VoiceMessage, isHeard: boolean): Promise<void> {
    if ((message.state === 'saved') === isHeard) return
    this.#put(await this.#api.call('markVoiceMessage', { params: this.#one(message), body: { isHeard } }))
  }

  /** It leaves this list at once. A deleted one is gone for good. */
  async delete(message: VoiceMessage): Promise<void> {
    await this.#api.call('deleteVoiceMessage', { params: this.#one(message) })
    this.#takeOut(message)
  }

  async restore(message: VoiceMessage): Promise<void> {
    await this.#api.call('restoreVoiceMessage', { params: this.#one(message) })
    if (this.#shelf === 'bin') this.#takeOut(message)
    else await this.load()
  }

  async forward(message: VoiceMessage, userIds: readonly string[], comment: string): Promise<void> {
    const said = comment.trim() === '' ? {} : { comment: comment.trim() }
    await this.#api.call('forwardVoiceMessage', {
      params: this.#one(message),
      body: { userIds: [...userIds], ...said },
    })
  }

  /** Where its sound is. */
  audioPath({ id }: VoiceMessage, part: 'message' | 'comment' = 'message'): string {
    const path = `/api/v1/voicemail/${encodeURIComponent(this.#boxId)}/messages/${encodeURIComponent(id)}/audio`
    return part === 'comment' ? `${path}?part=comment` : path
  }

  async #page(before: string | undefined, limit: number): Promise<MessageListState> {
    const { items, next } = await this.#api.call('listVoiceMessages', {
      params: { boxId: this.#boxId },
      query: {
        limit,
        ...(before === undefined ? {} : { before }),
        ...(this.#shelf === 'bin' ? { state: 'deleted' as const } : {}),
      },
    })
    return { messages: items, ...(next === undefined ? {} : { next }) }
  }

  #one({ id }: VoiceMessage): { boxId: string; messageId: string } {
    return { boxId: this.#boxId, messageId: id }
  }

  #put(message: VoiceMessage): void {
    this.#state.update((before) => ({
      ...before,
      messages: before.messages?.map((one) => (one.id === message.id ? message : one)),
    }))
  }

  #takeOut({ id }: VoiceMessage): void {
    this.#state.update((before) => ({ ...before, messages: before.messages?.filter((one) => one.id !== id) }))
  }
}
