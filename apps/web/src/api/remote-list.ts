import { Cell, type Value } from '../base/cell.ts'
import { allPages, type Page } from './all-pages.ts'
import type { EventStreamClient, StreamEvent } from './event-stream.ts'

export interface RemoteState<T> {
  /** The last truth; undefined before there was one. */
  readonly items: readonly T[] | undefined
  readonly loadedAtMs?: number
  /** Why the last try to load failed; the items stay. */
  readonly fault?: unknown
}

const settleMs = 150

/** A list that the server has: loaded whole, kept while the connection is lost, loaded anew when events say that it differs. */
export class RemoteList<T> {
  readonly state: Value<RemoteState<T>>
  readonly #state = new Cell<RemoteState<T>>({ items: undefined })
  readonly #page: (after: string | undefined) => Promise<Page<T>>
  readonly #nowMs: () => number
  readonly #startTimer: (delayMs: number, run: () => void) => () => void
  #stopTimer: (() => void) | undefined
  #round = 0

  constructor(options: {
    /** @param after `next` of the page before */
    page: (after: string | undefined) => Promise<Page<T>>
    clock: { nowMs(): number; startTimer(delayMs: number, run: () => void): () => void }
  }) {
    this.#page = options.page
    this.#nowMs = () => options.clock.nowMs()
    this.#startTimer = (delayMs, run) => options.clock.startTimer(delayMs, run)
    this.state = this.#state
  }

  /** Loads now, then again after events that concern it and after a lost connection. @returns stops that */
  follow(events: EventStreamClient, concerns: (event: StreamEvent) => boolean): () => void {
    const stops = [
      events.onEvent((event) => {
        if (concerns(event)) this.#soon()
      }),
      events.onLive(() => this.#soon()),
    ]
    void this.load()
    return () => {
      this.#stopTimer?.()
      this.#stopTimer = undefined
      for (const stop of stops) stop()
    }
  }

  /** Resolves when it is there or has failed; of loads at once the last one counts. */
  async load(): Promise<void> {
    const round = ++this.#round
    try {
      const items = await allPages(this.#page)
      if (round === this.#round) this.#state.set({ items, loadedAtMs: this.#nowMs() })
    } catch (fault) {
      if (round === this.#round) this.#state.update((before) => ({ ...before, fault }))
    }
  }

  /** Many events at once are one reason to load. */
  #soon(): void {
    this.#stopTimer ??= this.#startTimer(settleMs, () => {
      this.#stopTimer = undefined
      void this.load()
    })
  }
}

/** For lists that only the configuration changes. @param objects kinds of things, as `configuration.changed` names them */
export const onConfiguration =
  (...objects: readonly string[]) =>
  ({ kind, data }: StreamEvent): boolean =>
    kind === 'configuration.changed' && objects.includes(String(data.object))
