import type { Api } from '../api/api.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { Message } from './outbox.ts'

export interface MessageSearchState {
  readonly typed: string
  /** Of the last answer, which may be to what was typed before; undefined before there was one. */
  readonly found: readonly Message[] | undefined
  readonly hasMore: boolean
}

const waitMs = 200
const fewest = 2

/** Finds messages as somebody types; only the answer to the last wish is shown. */
export class MessageSearch {
  readonly state: Value<MessageSearchState>
  readonly #state = new Cell<MessageSearchState>({ typed: '', found: undefined, hasMore: false })
  readonly #api: Api
  readonly #clock: PageClock
  #round = 0
  #next: string | undefined
  #stopTimer = () => {}

  constructor({ api, clock }: { api: Api; clock: PageClock }) {
    this.#api = api
    this.#clock = clock
    this.state = this.#state
  }

  type(typed: string): void {
    this.#stopTimer()
    this.#round++
    const isEnough = typed.trim().length >= fewest
    this.#state.update((state) => ({ ...(isEnough ? state : { found: undefined, hasMore: false }), typed }))
    if (isEnough) this.#stopTimer = this.#clock.startTimer(waitMs, () => void this.#ask(undefined))
  }

  async more(): Promise<void> {
    if (this.#next !== undefined) await this.#ask(this.#next)
  }

  close(): void {
    this.#stopTimer()
    this.#round++
  }

  async #ask(after: string | undefined): Promise<void> {
    const round = ++this.#round
    this.#next = undefined
    const text = this.#state.get().typed.trim().slice(0, 200)
    try {
      const page = await this.#api.call('searchChat', { query: { text, ...(after === undefined ? {} : { after }) } })
      if (round !== this.#round) return
      this.#next = page.next
      this.#state.update((state) => ({
        ...state,
        found: after === undefined ? page.items : [...(state.found ?? []), ...page.items],
        hasMore: page.next !== undefined,
      }))
    } catch {
      // What was found before stays; the next letter asks again.
    }
  }
}
