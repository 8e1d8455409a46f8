import type { Logger } from '@vaxel/base'
import type { CountedFeed, NumberedEvent } from '@vaxel/core'

/** Hands durable events to everyone who listens, in ledger order. A listener that throws harms only itself. */
export class EventFan implements CountedFeed {
  readonly #listeners = new Set<(events: readonly NumberedEvent[]) => void>()
  readonly #log: Logger
  #lastNumber: number

  /** @param lastNumber of the last event before the first that it hands out */
  constructor(log: Logger, lastNumber = 0) {
    this.#log = log
    this.#lastNumber = lastNumber
  }

  get lastNumber(): number {
    return this.#lastNumber
  }

  subscribe(listener: (events: readonly NumberedEvent[]) => void): () => void {
    const own = (events: readonly NumberedEvent[]) => listener(events)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  publish(events: readonly NumberedEvent[]): void {
    this.#lastNumber = events.at(-1)?.number ?? this.#lastNumber
    for (const listener of this.#listeners) {
      try {
        listener(events)
      } catch (error) {
        this.#log.error('an event listener failed', { error: String(error) })
      }
    }
  }
}
