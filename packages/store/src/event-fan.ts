import type { Logger } from '@vaxel/base'
import type { EventFeed, NumberedEvent } from '@vaxel/core'

/** Hands durable events to everyone who listens, in ledger order. A listener that throws harms only itself. */
export class EventFan implements EventFeed {
  readonly #listeners = new Set<(events: readonly NumberedEvent[]) => void>()
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  subscribe(listener: (events: readonly NumberedEvent[]) => void): () => void {
    const own = (events: readonly NumberedEvent[]) => listener(events)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  publish(events: readonly NumberedEvent[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(events)
      } catch (error) {
        this.#log.error('an event listener failed', { error: String(error) })
      }
    }
  }
}
