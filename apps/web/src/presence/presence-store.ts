import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'

export type Presence = ReplyOf<'readPresence'>
export type PresenceState = Presence['state']

/** The name of a colleague beside how they are, for the board. */
export interface NamedPerson {
  readonly id: string
  readonly name: string
  readonly extension?: string
}

/**
 * How everybody is, kept true by notices; after a loss of the connection by what has changed since. Each person is a value of
 * their own, so that one who changes is drawn anew alone.
 */
export class PresenceStore {
  readonly #cells = new Map<string, Cell<Presence | undefined>>()
  readonly #api: Api
  readonly #startTimer: (delayMs: number, run: () => void) => () => void
  readonly #changes = new Cell(0)
  readonly #names = new Cell<readonly NamedPerson[] | undefined>(undefined)
  #version: string | undefined
  /** Whom notices told of while answers are on their way: they know better than those do. */
  readonly #told = new Set<string>()
  #loading = 0
  /** Nothing has been missed since the version. */
  #isSynced = false
  #stopRetry = () => {}
  #isClosed = false

  constructor({ api, startTimer }: { api: Api; startTimer: (delayMs: number, run: () => void) => () => void }) {
    this.#api = api
    this.#startTimer = startTimer
  }

  /** Counts the bundles of changes: for what looks at many people at once. */
  get changes(): Value<number> {
    return this.#changes
  }

  /** Everybody with a name, once {@link loadNames} has been called. */
  get names(): Value<readonly NamedPerson[] | undefined> {
    return this.#names
  }

  /** Undefined until it is known. */
  of(userId: string): Value<Presence | undefined> {
    return this.#cellOf(userId)
  }

  /** @returns ends it */
  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    const stops = [
      events.onNotice('presence.changed', ({ data }) => {
        const people = data.people as readonly Presence[]
        if (this.#loading > 0) for (const { id } of people) this.#told.add(id)
        else if (this.#isSynced) this.#version = data.version as string
        this.#take(people)
      }),
      events.onLive(() => {
        this.#isSynced = false
        void this.load()
      }),
    ]
    return () => {
      this.#isClosed = true
      this.#stopRetry()
      for (const stop of stops) stop()
    }
  }

  /** Everybody, or what has changed since the last answer or notice. Tries again by itself. */
  async load(): Promise<void> {
    this.#stopRetry()
    const since = this.#version
    try {
      this.#version = (await this.#ask(since === undefined ? {} : { changedSince: since })).version
      this.#isSynced = true
    } catch {
      if (!this.#isClosed) this.#stopRetry = this.#startTimer(5000, () => void this.load())
    }
  }

  /** The names of everybody; asked for once, as only the board needs them. */
  async loadNames(): Promise<void> {
    const { people } = await this.#ask({ withNames: true })
    this.#names.set(
      people.map(({ id, name = '', extension }) => ({ id, name, ...(extension === undefined ? {} : { extension }) })),
    )
  }

  async #ask(query: { changedSince?: string; withNames?: boolean }) {
    this.#loading++
    try {
      return await this.#pages(query)
    } finally {
      if (--this.#loading === 0) this.#told.clear()
    }
  }

  async #pages(query: { changedSince?: string; withNames?: boolean }) {
    const people: Presence[] = []
    let version: string | undefined
    for (let after: string | undefined; ; ) {
      const page = await this.#api.call('listPresence', {
        query: { ...query, ...(after === undefined ? {} : { after }) },
      })
      version ??= page.version
      people.push(...page.people)
      this.#take(page.people.filter(({ id }) => !this.#told.has(id)))
      if (page.next === undefined) return { people, version }
      after = page.next
    }
  }

  #take(people: readonly Presence[]): void {
    for (const person of people) this.#cellOf(person.id).set(person)
    if (people.length > 0) this.#changes.update((count) => count + 1)
  }

  #cellOf(userId: string): Cell<Presence | undefined> {
    let cell = this.#cells.get(userId)
    if (!cell) {
      cell = new Cell<Presence | undefined>(undefined)
      this.#cells.set(userId, cell)
    }
    return cell
  }
}
