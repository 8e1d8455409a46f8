import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { PageClock } from '../app/app.ts'

export type Entry = ReplyOf<'searchDirectory'>['items'][number]
export type PersonKind = Entry['kind']

/** What is looked for. */
export interface Wish {
  readonly typed: string
  /** Everybody if absent. */
  readonly kind?: PersonKind
}

export interface PeopleState extends Wish {
  /** Undefined until the first answer. They are of `answered`, which may be an earlier wish. */
  readonly people: readonly Entry[] | undefined
  readonly answered: Wish
  /** How many fit altogether. */
  readonly total: number
  readonly hasMore: boolean
  /** Why the newest wish has no answer. */
  readonly fault: unknown
}

const firstPage = 50
const mostAgain = 100
/** Changes come in bursts. */
const againMs = 300

/**
 * The directory as somebody types. One request is on its way at a time; an answer to what is no longer wanted is dropped, and what is
 * on the screen stays until the new answer is there.
 */
export class PeopleSearch {
  readonly state: Value<PeopleState>
  readonly #state = new Cell<PeopleState>({
    typed: '',
    people: undefined,
    answered: { typed: '' },
    total: 0,
    hasMore: false,
    fault: undefined,
  })
  readonly #api: Api
  readonly #clock: PageClock
  readonly #language: () => 'en' | 'sv' | 'fr'
  #isAsking = false
  #isWanted = false
  #next: string | undefined
  #stopTimer: (() => void) | undefined

  constructor({ api, clock, language }: { api: Api; clock: PageClock; language: () => 'en' | 'sv' | 'fr' }) {
    this.#api = api
    this.#clock = clock
    this.#language = language
    this.state = this.#state
  }

  /** Asks now, and again when people change. @returns stops that */
  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    this.again()
    const stops = [
      events.onNotice('directory.changed', () => {
        this.#stopTimer ??= this.#clock.startTimer(againMs, () => {
          this.#stopTimer = undefined
          this.again()
        })
      }),
      events.onLive(() => this.again()),
    ]
    return () => {
      this.#stopTimer?.()
      this.#stopTimer = undefined
      for (const stop of stops) stop()
    }
  }

  type(typed: string): void {
    if (typed === this.#state.get().typed) return
    this.#state.update((state) => ({ ...state, typed }))
    this.again()
  }

  choose(kind: PersonKind | undefined): void {
    if (kind === this.#state.get().kind) return
    this.#state.update(({ kind: _, ...state }) => (kind ? { ...state, kind } : state))
    this.again()
  }

  /** Asks for what is wanted, now or when the answer that is awaited has come. */
  again(): void {
    this.#isWanted = true
    if (!this.#isAsking) void this.#ask()
  }

  /** The next page, when there is one and nothing else is on its way. */
  more(): void {
    if (!this.#isAsking && !this.#isWanted && this.#next !== undefined) void this.#askMore(this.#next)
  }

  async #ask(): Promise<void> {
    this.#isAsking = true
    while (this.#isWanted) {
      this.#isWanted = false
      const { typed, kind, people, answered } = this.#state.get()
      const wish: Wish = kind ? { typed, kind } : { typed }
      const isSame = answered.typed === typed && answered.kind === kind
      // Whoever has scrolled down keeps what they see.
      const limit = isSame ? Math.min(Math.max(people?.length ?? 0, firstPage), mostAgain) : firstPage
      try {
        const page = await this.#request(wish, { limit })
        if (this.#isWanted) continue
        this.#next = page.next
        this.#state.update((state) => ({
          ...state,
          people: page.items,
          answered: wish,
          total: page.total,
          hasMore: page.next !== undefined,
          fault: undefined,
        }))
      } catch (fault) {
        if (!this.#isWanted) this.#state.update((state) => ({ ...state, fault }))
      }
    }
    this.#isAsking = false
  }

  async #askMore(after: string): Promise<void> {
    this.#isAsking = true
    const { answered } = this.#state.get()
    try {
      const page = await this.#request(answered, { limit: firstPage, after })
      if (!this.#isWanted) {
        this.#next = page.next
        this.#state.update((state) => ({
          ...state,
          people: withoutTwins([...(state.people ?? []), ...page.items]),
          hasMore: page.next !== undefined,
          fault: undefined,
        }))
      }
    } catch (fault) {
      this.#state.update((state) => ({ ...state, fault }))
    }
    this.#isAsking = false
    if (this.#isWanted) void this.#ask()
  }

  #request({ typed, kind }: Wish, page: { limit: number; after?: string }): Promise<ReplyOf<'searchDirectory'>> {
    // What the server takes; nobody has a longer name.
    const q = typed.slice(0, 200)
    return this.#api.call('searchDirectory', {
      query: { q, language: this.#language(), ...page, ...(kind && { kind }) },
    })
  }
}

/** Somebody who changed between two pages may be on both. */
function withoutTwins(people: readonly Entry[]): Entry[] {
  return [...new Map(people.map((person) => [person.id, person])).values()]
}
