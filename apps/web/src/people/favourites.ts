import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { Entry } from './people-search.ts'

export type FavouriteLists = ReplyOf<'readFavourites'>

export interface FavouritesState {
  /** Undefined until they were read. */
  readonly lists: FavouriteLists | undefined
  readonly fault: unknown
}

/**
 * The people somebody keeps at hand. A change shows at once and is taken back when the server refuses it; changes reach the server in
 * the order in which they were made.
 */
export class Favourites {
  readonly state: Value<FavouritesState>
  readonly #state = new Cell<FavouritesState>({ lists: undefined, fault: undefined })
  readonly #api: Api
  readonly #onFault: (fault: unknown) => void
  #tail: Promise<unknown> = Promise.resolve()
  #pending = 0

  constructor({ api, onFault }: { api: Api; onFault: (fault: unknown) => void }) {
    this.#api = api
    this.#onFault = onFault
    this.state = this.#state
  }

  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    void this.load()
    const stops = [events.onNotice('directory.changed', () => void this.load()), events.onLive(() => void this.load())]
    return () => {
      for (const stop of stops) stop()
    }
  }

  async load(): Promise<void> {
    try {
      const lists = await this.#api.call('readFavourites')
      // What is being changed here is newer than any answer.
      if (this.#pending === 0) this.#state.set({ lists, fault: undefined })
    } catch (fault) {
      this.#state.update((state) => ({ ...state, fault }))
    }
  }

  has(id: string): boolean {
    return this.#state.get().lists?.favourites.some((person) => person.id === id) ?? false
  }

  add(person: Entry): void {
    if (this.has(person.id)) return
    this.#change(
      (lists) => ({ ...lists, favourites: [...lists.favourites, { ...person, isFavourite: true }] }),
      () => this.#api.call('addFavourite', { params: { cardId: person.id } }),
    )
  }

  remove(id: string): void {
    this.#change(
      (lists) => ({ ...lists, favourites: lists.favourites.filter((person) => person.id !== id) }),
      () => this.#api.call('removeFavourite', { params: { cardId: id } }),
    )
  }

  /** Puts somebody so many places further down (or, negative, up). */
  move(id: string, by: number): void {
    const ids = (this.#state.get().lists?.favourites ?? []).map((person) => person.id)
    const from = ids.indexOf(id)
    const to = Math.max(0, Math.min(ids.length - 1, from + by))
    if (from < 0 || to === from) return
    ids.splice(to, 0, ...ids.splice(from, 1))
    this.order(ids)
  }

  order(ids: readonly string[]): void {
    this.#change(
      (lists) => ({ ...lists, favourites: inOrder(lists.favourites, ids) }),
      () => this.#api.call('orderFavourites', { body: { cardIds: [...ids] } }),
    )
  }

  async createGroup(name: string, member?: Entry): Promise<void> {
    await this.#inTurn(() =>
      this.#api.call('createFavouriteGroup', { body: { name, ...(member ? { cardIds: [member.id] } : {}) } }),
    )
    await this.load()
  }

  async renameGroup(id: string, name: string): Promise<void> {
    await this.#inTurn(() => this.#api.call('changeFavouriteGroup', { params: { groupId: id }, body: { name } }))
    await this.load()
  }

  async removeGroup(id: string): Promise<void> {
    await this.#inTurn(() => this.#api.call('removeFavouriteGroup', { params: { groupId: id } }))
    await this.load()
  }

  /** Puts a person into a group, or takes them out. */
  setMember(groupId: string, person: Entry, isMember: boolean): void {
    const group = this.#state.get().lists?.groups.find(({ id }) => id === groupId)
    if (!group) return
    const others = group.members.filter(({ id }) => id !== person.id)
    const members = isMember ? [...others, person] : others
    this.#change(
      (lists) => ({ ...lists, groups: lists.groups.map((one) => (one.id === groupId ? { ...one, members } : one)) }),
      () =>
        this.#api.call('changeFavouriteGroup', { params: { groupId }, body: { cardIds: members.map(({ id }) => id) } }),
    )
  }

  #change(apply: (lists: FavouriteLists) => FavouriteLists, perform: () => Promise<unknown>): void {
    const { lists } = this.#state.get()
    if (!lists) return
    this.#state.set({ lists: apply(lists), fault: undefined })
    this.#inTurn(perform).catch((fault: unknown) => {
      this.#onFault(fault)
      void this.load()
    })
  }

  async #inTurn(perform: () => Promise<unknown>): Promise<void> {
    this.#pending++
    const turn = this.#tail.then(perform)
    this.#tail = turn.catch(() => {})
    try {
      await turn
    } finally {
      this.#pending--
    }
  }
}

function inOrder(people: readonly Entry[], ids: readonly string[]): Entry[] {
  const byId = new Map(people.map((person) => [person.id, person]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
