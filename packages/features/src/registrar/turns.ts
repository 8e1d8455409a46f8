type Task = () => void | Promise<void>

interface Waiting {
  readonly task: Task
  readonly done: () => void
}

/**
 * Tasks of one key run one after another, in the order they came; those of different keys side by side. The first of a key begins at
 * once. Keys with nothing to do cost nothing.
 */
export class Turns {
  /** What waits behind the task that runs, by key. */
  readonly #behind = new Map<string, Waiting[]>()
  readonly #onError: (error: unknown) => void

  /** @param onError told what a task threw; the next one runs all the same */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** Keys that have something to do. */
  get size(): number {
    return this.#behind.size
  }

  /** Runs the task after all earlier ones of the same key. Resolves when it is done, never rejects. */
  run(key: string, task: Task): Promise<void> {
    const behind = this.#behind.get(key)
    if (behind !== undefined) return new Promise((done) => behind.push({ task, done }))
    this.#behind.set(key, [])
    const attempt = this.#attempt(task)
    void attempt.then(() => this.#next(key))
    return attempt
  }

  #next(key: string): void {
    const next = this.#behind.get(key)!.shift()
    if (next === undefined) {
      this.#behind.delete(key)
      return
    }
    void this.#attempt(next.task).then(() => {
      next.done()
      this.#next(key)
    })
  }

  async #attempt(task: Task): Promise<void> {
    try {
      await task()
    } catch (error) {
      this.#onError(error)
    }
  }
}
