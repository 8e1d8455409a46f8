import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { ApiFault } from '../api/api.ts'
import { Cell, type Value } from '../base/cell.ts'

export type Person = ReplyOf<'readCard'>

export interface PersonState {
  /** The last truth, if there is any. */
  readonly person: Person | undefined
  readonly isGone: boolean
  readonly fault: unknown
}

/** One person's card, kept true while it is shown. */
export class PersonCard {
  readonly state: Value<PersonState>
  readonly #state = new Cell<PersonState>({ person: undefined, isGone: false, fault: undefined })
  readonly #api: Api
  readonly #id: string

  constructor(api: Api, id: string) {
    this.#api = api
    this.#id = id
    this.state = this.#state
  }

  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    void this.load()
    const stops = [
      events.onNotice('directory.changed', ({ data }) => {
        const { cardIds } = data as { cardIds?: string[] }
        if (!cardIds || cardIds.includes(this.#id)) void this.load()
      }),
      events.onLive(() => void this.load()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  async load(): Promise<void> {
    try {
      const person = await this.#api.call('readCard', { params: { cardId: this.#id } })
      this.#state.set({ person, isGone: false, fault: undefined })
    } catch (fault) {
      if (fault instanceof ApiFault && fault.status === 404)
        this.#state.set({ person: undefined, isGone: true, fault: undefined })
      else this.#state.update((state) => ({ ...state, fault }))
    }
  }
}

/** Address of a person's photo, if there is one. */
export const photoOf = ({ id, photo }: { readonly id: string; readonly photo?: string }): string | undefined =>
  photo === undefined
    ? undefined
    : `/api/v1/directory/cards/${encodeURIComponent(id)}/photo?tag=${encodeURIComponent(photo)}`
