import { type Api, ApiFault, type ReplyOf } from '../api/api.ts'
import { allPages } from '../api/all-pages.ts'
import type { EventStreamClient, StreamEvent } from '../api/event-stream.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, derive, type Value } from '../base/cell.ts'

export type Conversation = ReplyOf<'readConversation'>

export interface ConversationListState {
  /** The newest first; undefined before the first answer. */
  readonly items: readonly Conversation[] | undefined
  readonly fault: unknown
}

const pageSize = 200
const mostPages = 25
const soonMs = 50

/** All conversations of the person, as they change. */
export class ConversationList {
  readonly state: Value<ConversationListState>
  readonly unread: Value<number>
  readonly #state = new Cell<ConversationListState>({ items: undefined, fault: undefined })
  readonly #api: Api
  readonly #clock: PageClock
  readonly #userId: string
  readonly #waiting = new Set<string>()
  #stopTimer: (() => void) | undefined
  #round = 0

  constructor({ api, clock, userId }: { api: Api; clock: PageClock; userId: string }) {
    this.#api = api
    this.#clock = clock
    this.#userId = userId
    this.state = this.#state
    this.unread = derive([this.#state], () => (this.#state.get().items ?? []).reduce((sum, one) => sum + one.unread, 0))
  }

  find(id: string): Conversation | undefined {
    return this.#state.get().items?.find((one) => one.id === id)
  }

  /** Loads now and after each loss of the connection, and follows what is told. @returns stops that */
  follow(events: Pick<EventStreamClient, 'onEvent' | 'onNotice' | 'onLive'>): () => void {
    const stops = [
      events.onEvent((event) => this.#receive(event)),
      events.onNotice('chat.read', ({ data }) => {
        this.#read(String(data.conversationId), String(data.userId), Number(data.number))
      }),
      events.onLive(() => void this.load()),
    ]
    return () => {
      this.#stopTimer?.()
      this.#stopTimer = undefined
      for (const stop of stops) stop()
    }
  }

  async load(): Promise<void> {
    const round = ++this.#round
    try {
      const items = await allPages(
        (after) =>
          this.#api.call('listConversations', {
            query: { limit: pageSize, ...(after === undefined ? {} : { after }) },
          }),
        mostPages,
      )
      if (round !== this.#round) return
      // One that was just begun and has no word yet is not listed; it stays while it is on the screen.
      const empty = (this.#state.get().items ?? []).filter(
        (one) => one.lastNumber === 0 && !items.some(({ id }) => id === one.id),
      )
      this.#state.set({ items: sorted([...items, ...empty]), fault: undefined })
    } catch (fault) {
      if (round === this.#round) this.#state.update((state) => ({ ...state, fault }))
    }
  }

  put(conversation: Conversation): void {
    const rest = (this.#state.get().items ?? []).filter(({ id }) => id !== conversation.id)
    this.#state.update((state) => ({ ...state, items: sorted([...rest, conversation]) }))
  }

  /** The person has left it, or was taken out. */
  remove(id: string): void {
    this.#state.update((state) =>
      state.items ? { ...state, items: state.items.filter((one) => one.id !== id) } : state,
    )
  }

  /** Everything up to this message was on the screen; told to the server, whose notice tells the other screens. */
  async markRead(id: string, number: number): Promise<void> {
    const known = this.find(id)
    if (!known || known.readNumber >= number) return
    this.#read(id, this.#userId, number)
    await this.#api
      .call('markConversationRead', { params: { conversationId: id }, body: { number } })
      // It is marked again with the next message, or when the screen is opened again.
      .catch(() => {})
  }

  #receive({ kind, data }: StreamEvent): void {
    if (!kind.startsWith('chat.') || typeof data.conversationId !== 'string') return
    this.#waiting.add(data.conversationId)
    this.#stopTimer ??= this.#clock.startTimer(soonMs, () => {
      this.#stopTimer = undefined
      const ids = [...this.#waiting]
      this.#waiting.clear()
      for (const id of ids) void this.refresh(id)
    })
  }

  async refresh(id: string): Promise<void> {
    try {
      const fresh = await this.#api.call('readConversation', { params: { conversationId: id } })
      const known = this.find(id)
      // An answer that a later one has overtaken.
      if (known && known.revision > fresh.revision) return
      const readNumber = Math.max(known?.readNumber ?? 0, fresh.readNumber)
      this.put({ ...fresh, readNumber, unread: unreadOf({ ...fresh, readNumber }) })
    } catch (fault) {
      if (fault instanceof ApiFault && fault.status === 404) this.remove(id)
      else this.#state.update((state) => ({ ...state, fault }))
    }
  }

  #read(id: string, userId: string, number: number): void {
    const known = this.find(id)
    if (!known) return
    const members = known.members.map((one) =>
      one.userId === userId ? { ...one, readNumber: Math.max(one.readNumber, number) } : one,
    )
    const readNumber = userId === this.#userId ? Math.max(known.readNumber, number) : known.readNumber
    this.put({ ...known, members, readNumber, unread: unreadOf({ ...known, readNumber }) })
  }
}

const unreadOf = ({ lastNumber, readNumber, fromNumber }: Conversation): number =>
  Math.max(0, lastNumber - Math.max(readNumber, fromNumber))

const sorted = (items: readonly Conversation[]): readonly Conversation[] =>
  [...items].sort((a, b) => (a.lastAt === b.lastAt ? (a.id < b.id ? 1 : -1) : a.lastAt < b.lastAt ? 1 : -1))
