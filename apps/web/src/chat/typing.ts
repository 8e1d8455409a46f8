import type { EventStreamClient } from '../api/event-stream.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'

const shownMs = 6000

interface Writer {
  readonly conversationId: string
  readonly userId: string
  readonly name: string
}

/** Who is writing, until they have written or six seconds are over. */
export class Typing {
  readonly writers: Value<readonly Writer[]>
  readonly #writers = new Cell<readonly Writer[]>([])
  readonly #clock: PageClock
  readonly #timers = new Map<string, () => void>()

  constructor(clock: PageClock) {
    this.#clock = clock
    this.writers = this.#writers
  }

  follow(events: Pick<EventStreamClient, 'onEvent' | 'onNotice'>): () => void {
    const stops = [
      events.onNotice('chat.typing', ({ data }) => {
        const { conversationId, userId, name } = data as unknown as Writer
        this.#put({ conversationId, userId, name })
      }),
      events.onEvent(({ kind, data }) => {
        if (kind === 'chat.posted') this.#remove(String(data.conversationId), String(data.userId))
      }),
    ]
    return () => {
      for (const stop of [...stops, ...this.#timers.values()]) stop()
      this.#timers.clear()
    }
  }

  #put(writer: Writer): void {
    const { conversationId, userId } = writer
    this.#remove(conversationId, userId)
    this.#writers.update((all) => [...all, writer])
    const stop = this.#clock.startTimer(shownMs, () => this.#remove(conversationId, userId))
    this.#timers.set(`${conversationId} ${userId}`, stop)
  }

  #remove(conversationId: string, userId: string): void {
    const key = `${conversationId} ${userId}`
    this.#timers.get(key)?.()
    if (!this.#timers.delete(key)) return
    this.#writers.update((all) => all.filter((one) => one.conversationId !== conversationId || one.userId !== userId))
  }
}
