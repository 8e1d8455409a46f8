import { ApiFault, type Api, type ReplyOf } from '../api/api.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'

export type Message = ReplyOf<'postChatMessage'>
export type SentFile = NonNullable<Message['files']>[number]

/** Something that was written here and that the server does not have yet. */
export interface Unsent {
  readonly clientId: string
  readonly conversationId: string
  readonly text: string
  readonly mentions: readonly string[]
  readonly files: readonly SentFile[]
  readonly atMs: number
  /** Why the server will not have it; it waits for the person. */
  readonly refused?: unknown
}

export interface OutboxOptions {
  readonly api: Api
  readonly clock: PageClock
  readonly kept: KeptValues
  readonly userId: string
  readonly makeId: () => string
  readonly onSent: (message: Message) => void
}

const firstRetryMs = 1000
const longestRetryMs = 30_000

/**
 * What is on its way: kept over a reload, sent in order, one after another in each conversation, again and again with the same
 * identifier until the server has it. Only what the server refuses waits for the person.
 */
export class Outbox {
  readonly unsent: Value<readonly Unsent[]>
  readonly #unsent: Cell<readonly Unsent[]>
  readonly #options: OutboxOptions
  readonly #sending = new Set<string>()
  readonly #key: string
  #failures = 0
  #stopTimer: (() => void) | undefined
  #isClosed = false

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#key = `chat.outbox.${options.userId}`
    this.#unsent = new Cell(options.kept.get<Unsent[]>(this.#key) ?? [])
    this.unsent = this.#unsent
  }

  send(conversationId: string, what: Pick<Unsent, 'text' | 'mentions' | 'files'>): void {
    const { makeId, clock } = this.#options
    this.#set([...this.#unsent.get(), { ...what, conversationId, clientId: makeId(), atMs: clock.nowMs() }])
    this.hurry()
  }

  /** Tries everything that waits, at once: the connection is back. */
  hurry(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    for (const { conversationId } of this.#unsent.get()) void this.#run(conversationId)
  }

  retry(clientId: string): void {
    this.#set(
      this.#unsent.get().map((one) => {
        if (one.clientId !== clientId) return one
        const { refused: _, ...again } = one
        return again
      }),
    )
    this.hurry()
  }

  discard(clientId: string): void {
    this.#set(this.#unsent.get().filter((one) => one.clientId !== clientId))
  }

  close(): void {
    this.#isClosed = true
    this.#stopTimer?.()
  }

  async #run(conversationId: string): Promise<void> {
    if (this.#sending.has(conversationId)) return
    this.#sending.add(conversationId)
    try {
      for (;;) {
        const next = this.#unsent.get().find((one) => one.conversationId === conversationId && !('refused' in one))
        if (!next || this.#isClosed || !(await this.#sendOne(next))) return
      }
    } finally {
      this.#sending.delete(conversationId)
    }
  }

  /** @returns whether the next one may be tried */
  async #sendOne(one: Unsent): Promise<boolean> {
    const { clientId, text, mentions, files } = one
    try {
      const message = await this.#options.api.call('postChatMessage', {
        params: { conversationId: one.conversationId },
        body: {
          clientId,
          ...(text === '' ? {} : { text }),
          ...(mentions.length > 0 ? { mentions: [...mentions] } : {}),
          ...(files.length > 0 ? { fileIds: files.map(({ id }) => id) } : {}),
        },
      })
      this.#failures = 0
      this.#options.onSent(message)
      this.discard(clientId)
      return true
    } catch (error) {
      const isPassing = error instanceof ApiFault && (error.isPassing || error.status === 401)
      if (isPassing) {
        this.#tryLater(error.retryAfterSeconds)
        return false
      }
      const refused = error instanceof ApiFault ? error.code : 'UNKNOWN'
      this.#set(this.#unsent.get().map((each) => (each.clientId === clientId ? { ...each, refused } : each)))
      return true
    }
  }

  #tryLater(seconds: number | undefined): void {
    if (this.#stopTimer || this.#isClosed) return
    const delayMs =
      seconds === undefined ? Math.min(longestRetryMs, firstRetryMs * 2 ** this.#failures++) : seconds * 1000
    this.#stopTimer = this.#options.clock.startTimer(delayMs, () => this.hurry())
  }

  #set(unsent: readonly Unsent[]): void {
    this.#unsent.set(unsent)
    if (unsent.length === 0) this.#options.kept.remove(this.#key)
    else this.#options.kept.set(this.#key, unsent)
  }
}
