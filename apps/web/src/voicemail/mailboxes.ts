import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'

export type MyMailboxes = ReplyOf<'listMyMailboxes'>
export type Mailbox = MyMailboxes['items'][number]

/** Mailboxes of whoever is logged in: counted by the server, so that lamps and all screens agree. */
export class MailboxList {
  readonly state: Value<MyMailboxes | undefined>
  readonly unread: Value<number>
  readonly #state = new Cell<MyMailboxes | undefined>(undefined)
  readonly #unread = new Cell(0)
  readonly #api: Api
  readonly #listeners = new Set<(boxId: string | undefined) => void>()
  #round = 0

  constructor(api: Api) {
    this.#api = api
    this.state = this.#state
    this.unread = this.#unread
  }

  /** @returns stops it */
  follow(events: EventStreamClient): () => void {
    const stops = [
      events.onNotice('voicemail.changed', ({ data }) => this.#changed(String(data['boxId']))),
      events.onLive(() => this.#changed(undefined)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** @param listener told which mailbox is not as it was; undefined: any may be */
  onChange(listener: (boxId: string | undefined) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async load(): Promise<void> {
    const round = ++this.#round
    try {
      const mine = await this.#api.call('listMyMailboxes')
      if (round === this.#round) this.#set(mine)
    } catch {
      // The last count stays; it is asked for again when the connection is back.
    }
  }

  /** A mailbox as an answer of the server has it. */
  put(box: Mailbox): void {
    const mine = this.#state.get()
    if (mine) this.#set({ ...mine, items: mine.items.map((one) => (one.id === box.id ? box : one)) })
  }

  #set(mine: MyMailboxes): void {
    this.#state.set(mine)
    this.#unread.set(mine.items.reduce((sum, { newMessages }) => sum + newMessages, 0))
  }

  #changed(boxId: string | undefined): void {
    void this.load()
    for (const listener of this.#listeners) listener(boxId)
  }
}
