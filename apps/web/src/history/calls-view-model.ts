import type { Api } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { Call } from './call-in-list.ts'

export type Outcome = 'all' | 'missed' | 'answered' | 'unanswered'

export interface CallsFilter {
  readonly whose: 'own' | 'company'
  readonly outcome: Outcome
  readonly text: string
}

export interface CallsState {
  readonly filter: CallsFilter
  /** The last truth; undefined before there was one. */
  readonly calls: readonly Call[] | undefined
  readonly next: string | undefined
  readonly isLoading: boolean
  readonly loadedAtMs?: number
  readonly fault?: unknown
}

const pageSize = 100
const settleMs = 250
/** What changes the list; the rest of a call is its own page's. */
const changing = new Set(['call.originated', 'call.established', 'call.ended'])

/** The list of calls: filters, pages, and anew when calls begin and end. The last truth stays while the server does not answer. */
export class CallsViewModel {
  readonly state: Value<CallsState>
  readonly #state: Cell<CallsState>
  readonly #api: Api
  readonly #clock: PageClock
  #round = 0
  #stopTimer: (() => void) | undefined

  constructor({ api, clock }: { api: Api; clock: PageClock }) {
    this.#api = api
    this.#clock = clock
    this.#state = new Cell<CallsState>({
      filter: { whose: 'own', outcome: 'all', text: '' },
      calls: undefined,
      next: undefined,
      isLoading: true,
    })
    this.state = this.#state
  }

  /** Loads now and whenever calls change. @returns stops that */
  follow(events: EventStreamClient): () => void {
    const stops = [
      events.onEvent(({ kind }) => {
        if (changing.has(kind)) this.#soon()
      }),
      events.onLive(() => this.#soon()),
    ]
    void this.load()
    return () => {
      this.#stopTimer?.()
      for (const stop of stops) stop()
    }
  }

  /** Words are searched for when the typing stops; anything else at once. */
  choose(change: Partial<CallsFilter>): void {
    const filter = { ...this.#state.get().filter, ...change }
    this.#state.update((state) => ({ ...state, filter }))
    if (change.text === undefined) void this.load()
    else this.#soon()
  }

  get query() {
    const { whose, outcome, text } = this.#state.get().filter
    const words = text.trim()
    return {
      ...(whose === 'own' ? { own: '1' as const } : {}),
      ...(outcome === 'all' ? {} : { outcome }),
      ...(words === '' ? {} : { text: words.slice(0, 100) }),
    }
  }

  /** The first page, as long as what is shown now; of loads at once the last one counts. */
  async load(): Promise<void> {
    const round = ++this.#round
    const shown = this.#state.get().calls?.length ?? 0
    const limit = Math.min(500, Math.max(pageSize, shown))
    this.#state.update((state) => ({ ...state, isLoading: true }))
    try {
      const { items, next } = await this.#api.call('listCalls', { query: { ...this.query, limit } })
      if (round !== this.#round) return
      const { filter } = this.#state.get()
      this.#state.set({ filter, calls: items, next, isLoading: false, loadedAtMs: this.#clock.nowMs() })
    } catch (fault) {
      if (round === this.#round) this.#state.update((state) => ({ ...state, isLoading: false, fault }))
    }
  }

  async more(): Promise<void> {
    const { next, calls = [], isLoading } = this.#state.get()
    if (next === undefined || isLoading) return
    const round = ++this.#round
    this.#state.update((state) => ({ ...state, isLoading: true }))
    try {
      const page = await this.#api.call('listCalls', { query: { ...this.query, limit: pageSize, before: next } })
      if (round !== this.#round) return
      this.#state.update((state) => ({
        ...state,
        calls: [...calls, ...page.items],
        next: page.next,
        isLoading: false,
      }))
    } catch (fault) {
      if (round === this.#round) this.#state.update((state) => ({ ...state, isLoading: false, fault }))
    }
  }

  #soon(): void {
    this.#stopTimer?.()
    this.#stopTimer = this.#clock.startTimer(settleMs, () => {
      this.#stopTimer = undefined
      void this.load()
    })
  }
}
