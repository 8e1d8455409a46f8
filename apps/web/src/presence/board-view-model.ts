import { Cell, type Value } from '../base/cell.ts'
import type { NamedPerson, PresenceStore } from './presence-store.ts'

export type Shown = 'all' | 'reachable' | 'inCall'

export interface BoardState {
  /** Undefined until the names are known. */
  readonly people: readonly NamedPerson[] | undefined
  readonly available: number
  readonly typed: string
  readonly shown: Shown
}

/** Who is shown is looked at so often at most: a list that jumps cannot be read. */
const settleMs = 1000

/** Everybody in the company on one board, by name, filtered by what is typed and how people are. */
export class BoardViewModel {
  readonly state: Value<BoardState>
  readonly #state = new Cell<BoardState>({ people: undefined, available: 0, typed: '', shown: 'all' })
  readonly #store: PresenceStore
  readonly #compare: (first: string, second: string) => number
  readonly #startTimer: (delayMs: number, run: () => void) => () => void
  #sorted: readonly NamedPerson[] | undefined
  #stopTimer: (() => void) | undefined

  constructor(options: {
    store: PresenceStore
    compare: (first: string, second: string) => number
    startTimer: (delayMs: number, run: () => void) => () => void
  }) {
    this.#store = options.store
    this.#compare = options.compare
    this.#startTimer = options.startTimer
    this.state = this.#state
  }

  /** @returns ends it */
  follow(): () => void {
    const stops = [
      this.#store.names.subscribe(() => this.#sort()),
      this.#store.changes.subscribe(() => {
        this.#stopTimer ??= this.#startTimer(settleMs, () => {
          this.#stopTimer = undefined
          this.#choose()
        })
      }),
    ]
    if (this.#store.names.get()) this.#sort()
    return () => {
      this.#stopTimer?.()
      this.#stopTimer = undefined
      for (const stop of stops) stop()
    }
  }

  type(typed: string): void {
    this.#state.update((state) => ({ ...state, typed }))
    this.#choose()
  }

  show(shown: Shown): void {
    this.#state.update((state) => ({ ...state, shown }))
    this.#choose()
  }

  #sort(): void {
    const names = this.#store.names.get()
    this.#sorted = names && [...names].sort((a, b) => this.#compare(a.name, b.name))
    this.#choose()
  }

  #choose(): void {
    if (!this.#sorted) return
    const { typed, shown, people: before, available: availableBefore } = this.#state.get()
    const wanted = folded(typed.trim())
    let available = 0
    const people = this.#sorted.filter(({ id, name, extension = '' }) => {
      const state = this.#store.of(id).get()?.state
      if (state === 'available') available++
      const fits = wanted === '' || folded(name).includes(wanted) || extension.startsWith(wanted)
      return fits && (shown === 'all' || (shown === 'reachable' ? state === 'available' : isEngaged(state)))
    })
    const isSame = before?.length === people.length && people.every((person, i) => person === before[i])
    if (isSame && available === availableBefore) return
    this.#state.update((state) => ({ ...state, people: isSame ? before : people, available }))
  }
}

const isEngaged = (state: string | undefined): boolean =>
  state === 'busy' || state === 'ringing' || state === 'inMeeting'

/** Without accents, in small letters. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
