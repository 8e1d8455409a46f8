import type { Api } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'

/** How many missed calls somebody has not seen: counted by the server, so that all their screens agree. */
export class MissedCalls {
  readonly count: Value<number>
  readonly #count = new Cell(0)
  readonly #api: Api
  #upTo = ''
  #round = 0

  constructor(api: Api) {
    this.#api = api
    this.count = this.#count
  }

  /** @returns stops it */
  follow(events: EventStreamClient): () => void {
    const stops = [
      events.onEvent(({ kind, data }) => {
        if (kind === 'call.ended' && data.answered === false) void this.#load()
      }),
      events.onNotice('calls.seen', () => void this.#load()),
      events.onLive(() => void this.#load()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** The list was on screen up to this call. */
  async see(upTo: string): Promise<void> {
    if (upTo <= this.#upTo) return
    this.#upTo = upTo
    await this.#api.call('seeMissedCalls', { body: { upTo } })
    this.#count.set(0)
  }

  async #load(): Promise<void> {
    const round = ++this.#round
    try {
      const { count, upTo = '' } = await this.#api.call('readMissedCalls')
      if (round !== this.#round) return
      this.#upTo = upTo > this.#upTo ? upTo : this.#upTo
      this.#count.set(count)
    } catch {
      // The last count stays; it is asked for again when the connection is back.
    }
  }
}
