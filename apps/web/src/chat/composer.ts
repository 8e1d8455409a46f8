import type { Api } from '../api/api.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'
import type { Message, Outbox, SentFile } from './outbox.ts'
import { type LocalFile, uploadFile } from './upload-file.ts'

/** A file that will go with the message. */
export interface Attachment {
  readonly id: number
  readonly name: string
  readonly sizeBytes: number
  /** 0 to 1. */
  readonly progress: number
  readonly sent?: SentFile
  readonly fault?: unknown
}

export interface ComposerState {
  readonly text: string
  readonly attachments: readonly Attachment[]
  /** A message of one's own that is being changed. */
  readonly editing?: Message
}

/** Who can be called by name. */
export interface Mentionable {
  readonly userId: string
  readonly name: string
}

export interface ComposerOptions {
  readonly api: Api
  readonly clock: PageClock
  readonly kept: KeptValues
  readonly userId: string
  readonly conversationId: string
  readonly outbox: Outbox
  readonly onEdited: (message: Message) => void
}

const mostFiles = 10
const typingEveryMs = 3000

/** What is being written in one conversation: kept over a reload, with the files that go with it. */
export class Composer {
  readonly state: Value<ComposerState>
  readonly #state: Cell<ComposerState>
  readonly #options: ComposerOptions
  readonly #aborts = new Map<number, AbortController>()
  readonly #key: string
  #lastId = 0
  #typedAtMs = Number.NEGATIVE_INFINITY

  constructor(options: ComposerOptions) {
    this.#options = options
    this.#key = `chat.draft.${options.userId}.${options.conversationId}`
    this.#state = new Cell<ComposerState>({ text: options.kept.get<string>(this.#key) ?? '', attachments: [] })
    this.state = this.#state
  }

  get canSend(): boolean {
    const { text, attachments } = this.#state.get()
    const areThere = attachments.every(({ sent }) => sent !== undefined)
    return areThere && (text.trim() !== '' || attachments.length > 0)
  }

  type(text: string): void {
    this.#state.update((state) => ({ ...state, text }))
    if (this.#state.get().editing) return
    this.#keep(text)
    if (text.trim() !== '') this.#tellTyping()
  }

  /** @param people who is there; those whose names stand behind an @ are called */
  async send(people: readonly Mentionable[]): Promise<void> {
    if (!this.canSend) return
    const { text, attachments, editing } = this.#state.get()
    const mentions = mentionsIn(text, people)
    if (editing) return this.#saveEdit(editing, text.trim(), mentions)
    const files = attachments.flatMap(({ sent }) => sent ?? [])
    this.#options.outbox.send(this.#options.conversationId, { text: text.trim(), mentions, files })
    this.#state.set({ text: '', attachments: [] })
    this.#keep('')
  }

  edit(message: Message): void {
    if (message.text === undefined) return
    this.#state.update((state) => ({ ...state, editing: message, text: message.text ?? '' }))
  }

  /** Leaves the change; what was being written before is there again. */
  cancelEdit(): void {
    this.#state.update(({ editing: _, ...state }) => ({
      ...state,
      text: this.#options.kept.get<string>(this.#key) ?? '',
    }))
  }

  attach(files: readonly LocalFile[]): void {
    const room = mostFiles - this.#state.get().attachments.length
    for (const file of files.slice(0, room)) if (file.size > 0) void this.#upload(file)
  }

  detach(id: number): void {
    this.#aborts.get(id)?.abort()
    this.#aborts.delete(id)
    this.#state.update((state) => ({ ...state, attachments: state.attachments.filter((one) => one.id !== id) }))
  }

  async #upload(file: LocalFile): Promise<void> {
    const { api, clock, conversationId } = this.#options
    const id = ++this.#lastId
    const abort = new AbortController()
    this.#aborts.set(id, abort)
    const attachment = { id, name: file.name, sizeBytes: file.size, progress: 0 }
    this.#state.update((state) => ({ ...state, attachments: [...state.attachments, attachment] }))
    try {
      const sent = await uploadFile({
        api,
        clock,
        conversationId,
        file,
        signal: abort.signal,
        onProgress: (progress) => this.#change(id, { progress }),
      })
      this.#change(id, { progress: 1, sent })
    } catch (fault) {
      this.#change(id, { fault })
    } finally {
      this.#aborts.delete(id)
    }
  }

  async #saveEdit(message: Message, text: string, mentions: readonly string[]): Promise<void> {
    if (text === message.text) return this.cancelEdit()
    const { conversationId, number } = message
    const changed = await this.#options.api.call('editChatMessage', {
      params: { conversationId, number: String(number) },
      body: { text, ...(mentions.length > 0 ? { mentions: [...mentions] } : {}) },
    })
    this.#options.onEdited(changed)
    this.cancelEdit()
  }

  #change(id: number, change: Partial<Attachment>): void {
    this.#state.update((state) => ({
      ...state,
      attachments: state.attachments.map((one) => (one.id === id ? { ...one, ...change } : one)),
    }))
  }

  #keep(text: string): void {
    if (text === '') this.#options.kept.remove(this.#key)
    else this.#options.kept.set(this.#key, text)
  }

  #tellTyping(): void {
    const { api, clock, conversationId } = this.#options
    if (clock.nowMs() < this.#typedAtMs + typingEveryMs) return
    this.#typedAtMs = clock.nowMs()
    // Nothing is lost when it is not told.
    api.call('tellTyping', { params: { conversationId } }).catch(() => {})
  }
}

/** @example mentionsIn('Hej @Anna Berg!', [{ userId: '7', name: 'Anna Berg' }]) // ['7'] */
export function mentionsIn(text: string, people: readonly Mentionable[]): string[] {
  const folded = text.toLocaleLowerCase()
  return people
    .filter(({ name }) => name !== '' && folded.includes(`@${name.toLocaleLowerCase()}`))
    .map(({ userId }) => userId)
    .slice(0, 50)
}

/** The people whose names go on as the word that is being written behind an @; empty when none is. */
export function suggestPeople(beforeCaret: string, people: readonly Mentionable[]): readonly Mentionable[] {
  const typed = /(?:^|\s)@([\p{L}\p{M}'-]{0,30})$/u.exec(beforeCaret)?.[1]?.toLocaleLowerCase()
  if (typed === undefined) return []
  return people
    .filter(({ name }) =>
      name
        .toLocaleLowerCase()
        .split(/\s+/)
        .some((part) => part.startsWith(typed)),
    )
    .slice(0, 5)
}
