import { SerialQueue } from '@vaxel/base'

/** One serial queue for each key that has something to do, and none for the others. */
export class Turns {
  readonly #queues = new Map<string, { queue: SerialQueue; waiting: number }>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  get size(): number {
    return this.#queues.size
  }

  /** Runs the task after all earlier ones of the same key. Resolves when it is done, never rejects. */
  async run(key: string, task: () => void | Promise<void>): Promise<void> {
    let entry = this.#queues.get(key)
    if (entry === undefined) {
      entry = { queue: new SerialQueue(this.#onError), waiting: 0 }
      this.#queues.set(key, entry)
    }
    entry.waiting++
    await entry.queue.run(task)
    if (--entry.waiting === 0) this.#queues.delete(key)
  }
}
