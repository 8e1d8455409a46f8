import type { Api, ReplyOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import { Cell, type Value } from '../base/cell.ts'

export type EmergencyCall = ReplyOf<'listEmergencyCalls'>['items'][number]

/** Emergency calls of others that nobody looks after yet, and who took the one that was shown last. */
export class EmergencyModel {
  readonly open: Value<readonly EmergencyCall[]>
  readonly #open = new Cell<readonly EmergencyCall[]>([])
  readonly #api: Pick<Api, 'call'>
  readonly #userId: string
  readonly #onTaken: (call: EmergencyCall) => void
  /** Put aside on this page. */
  readonly #hidden = new Set<string>()
  #round = 0

  /** @param options.onTaken told when a colleague looks after a call that was shown here */
  constructor(options: { api: Pick<Api, 'call'>; userId: string; onTaken: (call: EmergencyCall) => void }) {
    this.#api = options.api
    this.#userId = options.userId
    this.#onTaken = options.onTaken
    this.open = this.#open
  }

  /** @returns stops it */
  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    const load = () => void this.#load()
    const stops = [events.onNotice('emergencyCalls.changed', load), events.onLive(load)]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** Whoever is here looks after it; the others are told. */
  async take(callId: string): Promise<void> {
    await this.#api.call('seeEmergencyCall', { params: { callId } })
    this.hide(callId)
  }

  hide(callId: string): void {
    this.#hidden.add(callId)
    this.#open.update((calls) => calls.filter((call) => call.callId !== callId))
  }

  async #load(): Promise<void> {
    const round = ++this.#round
    try {
      const { items } = await this.#api.call('listEmergencyCalls')
      if (round !== this.#round) return
      const shown = new Set(this.#open.get().map(({ callId }) => callId))
      for (const call of items)
        if (call.seen && call.seen.userId !== this.#userId && shown.has(call.callId)) this.#onTaken(call)
      const isOpen = ({ callId, caller, seen }: EmergencyCall) =>
        !seen && caller.userId !== this.#userId && !this.#hidden.has(callId)
      this.#open.set(items.filter(isOpen))
    } catch {
      // What is shown stays; it is asked for again when the connection is back.
    }
  }
}
