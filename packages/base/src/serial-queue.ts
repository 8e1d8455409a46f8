/**
 * One owner: tasks of one queue run one after another, in the order they came.
 * A task that throws is told to `onError` and does not stop the next one.
 */
export class SerialQueue {
  #tail: Promise<void> = Promise.resolve()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  run(task: () => void | Promise<void>): Promise<void> {
    const next = this.#tail.then(task).catch(this.#onError)
    this.#tail = next
    return next
  }
}
