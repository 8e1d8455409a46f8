import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'

export type Conversation = ReplyOf<'listMailConversations'>['items'][number]

export interface MailListState {
  /** Undefined before the first answer. */
  readonly items: readonly Conversation[] | undefined
  readonly next: string | undefined
}

const pageSize = 50

/** Conversations of one state, in one mailbox or all: as many pages as somebody has asked for, read anew with every change and after a lost connection. */
export class MailList {
  readonly state: Value<MailListState>
  readonly #state = new Cell<MailListState>({ items: undefined, next: undefined })
  readonly #api: Pick<Api, 'call'>
  readonly #of: { readonly state: 'open' | 'answered' | 'closed' | 'spam'; readonly mailboxId?: string }
  #pages = 1
  #round = 0

  constructor(api: Pick<Api, 'call'>, of: { state: 'open' | 'answered' | 'closed' | 'spam'; mailboxId?: string }) {
    this.#api = api
    this.#of = of
    this.state = this.#state
  }

  /** @param failed told when the first reading fails; later ones leave what is shown @returns ends it */
  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>, failed: (fault: unknown) => void): () => void {
    const again = () => void this.load().catch(() => {})
    const stops = [events.onNotice('mailChannel.changed', again), events.onLive(again)]
    this.load().catch(failed)
    return () => {
      for (const stop of stops) stop()
    }
  }

  async more(): Promise<void> {
    this.#pages++
    await this.load()
  }

  /** Of readings at once the last one counts. */
  async load(): Promise<void> {
    const round = ++this.#round
    const items: Conversation[] = []
    let next: string | undefined
    for (let page = 0; page < this.#pages && (page === 0 || next !== undefined); page++) {
      const query = { ...this.#of, limit: pageSize, ...(next === undefined ? {} : { before: next }) }
      const found = await this.#api.call('listMailConversations', { query })
      items.push(...found.items)
      next = found.next
    }
    if (round === this.#round) this.#state.set({ items, next })
  }
}
