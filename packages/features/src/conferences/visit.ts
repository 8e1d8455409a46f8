import type { CallId } from '@vaxel/base'
import { RoomKeys, type ServiceLine } from '@vaxel/core'

type Task = (line: ServiceLine) => Promise<void> | void

const mostWaiting = 12

/**
 * One caller in a conference room: what is said to them and asked of them, one after another. What the mix does with them is done at
 * once and beside it.
 */
export class Visit {
  readonly id: CallId
  readonly line: ServiceLine
  readonly keys = new RoomKeys()
  /** Into the mix once what comes before it (a name to be said) is done. */
  isInMix = false
  /** Sound file of the name that the caller has said. */
  namePath: string | undefined
  #tasks: Task[] = []
  #isLeaving = false
  #wake: (() => void) | undefined

  constructor(line: ServiceLine) {
    this.id = line.callId
    this.line = line
  }

  /** Done after what is being done; too much at once is dropped, the latest first. */
  next(task: Task): void {
    if (this.#isLeaving || this.#tasks.length >= mostWaiting) return
    this.#tasks.push(task)
    this.#wake?.()
  }

  /** The last thing to be done: nothing comes between or after. */
  last(task: Task): void {
    if (this.#isLeaving) return
    this.#tasks = []
    this.next(task)
    this.#isLeaving = true
  }

  /** Does what comes, until the line is gone. */
  async stay(): Promise<never> {
    const { signal } = this.line
    const wake = (): void => this.#wake?.()
    signal.addEventListener('abort', wake)
    try {
      for (;;) {
        if (signal.aborted) throw signal.reason
        const task = this.#tasks.shift()
        if (task) await task(this.line)
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
      }
    } finally {
      signal.removeEventListener('abort', wake)
    }
  }
}
