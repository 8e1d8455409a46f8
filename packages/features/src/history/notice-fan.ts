import type { Logger } from '@vaxel/base'
import type { Notice, Notices } from '@vaxel/core'

/** Hands notices to everyone who listens. A listener that throws harms only itself. */
export class NoticeFan implements Notices {
  readonly #listeners = new Set<(notice: Notice) => void>()
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  subscribe(listener: (notice: Notice) => void): () => void {
    const own = (notice: Notice) => listener(notice)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  publish(notice: Notice): void {
    for (const listener of this.#listeners) {
      try {
        listener(notice)
      } catch (error) {
        this.#log.error('a listener to notices failed', { error: String(error) })
      }
    }
  }
}
