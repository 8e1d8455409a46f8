/**
 * One thing at a time: what happens to the stack (a message, a timer, a connection) runs as a turn, and what the upper
 * layer is told waits for the end of it. So no handler runs within a command, and no message within a handler.
 */
export class Turn {
  readonly #onError: (error: unknown) => void
  #queue: Array<() => void> = []
  #isRunning = false
  #isScheduled = false

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** Runs it now, or after what is running. */
  run(task: () => void): void {
    this.#queue.push(task)
    if (!this.#isRunning) this.#drain()
  }

  /** Runs it after what is running, never within the caller. */
  later(task: () => void): void {
    this.#queue.push(task)
    if (this.#isRunning || this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      if (!this.#isRunning) this.#drain()
    })
  }

  #drain(): void {
    this.#isRunning = true
    for (let i = 0; i < this.#queue.length; i++) {
      try {
        this.#queue[i]!()
      } catch (error) {
        this.#onError(error)
      }
    }
    this.#queue = []
    this.#isRunning = false
  }
}
