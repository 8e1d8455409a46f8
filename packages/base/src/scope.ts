type Close = (why: string) => void | Promise<void>

/**
 * What an owner holds. Closing the scope closes what was added, in reverse order, once;
 * a thing added after closing is closed at once. One closer that fails does not keep the others open.
 */
export class Scope {
  readonly #closers = new Set<Close>()
  #closedWhy: string | undefined
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void = () => {}) {
    this.#onError = onError
  }

  get isClosed(): boolean {
    return this.#closedWhy !== undefined
  }

  /** Adds a closer and returns a function that forgets it (for things that ended by themselves). */
  add(close: Close): () => void {
    if (this.#closedWhy !== undefined) {
      void this.#run(close, this.#closedWhy)
      return () => {}
    }
    this.#closers.add(close)
    return () => this.#closers.delete(close)
  }

  async close(why: string): Promise<void> {
    if (this.#closedWhy !== undefined) return
    this.#closedWhy = why
    const closers = [...this.#closers].reverse()
    this.#closers.clear()
    for (const close of closers) await this.#run(close, why)
  }

  async #run(close: Close, why: string): Promise<void> {
    try {
      await close(why)
    } catch (error) {
      this.#onError(error)
    }
  }
}
