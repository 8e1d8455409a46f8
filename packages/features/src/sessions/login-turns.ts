import type { Refusal } from '@vaxel/base'
import { TooManyRequests } from '@vaxel/contract'

/** Tries that wait for their turn: of one key, and of all. Each costs memory and a slow hash. */
const mostOfOne = 20
const mostOfAll = 200

/**
 * Tries of one key run one after another, so that a burst of guesses cannot overtake the counting of its own failures.
 * What waits is bounded; more is refused at once.
 */
export class LoginTurns {
  readonly #tails = new Map<string, { last: Promise<unknown>; waiting: number }>()
  #waiting = 0

  async run<T>(key: string, task: () => Promise<T>): Promise<T | Refusal> {
    const turn = this.#tails.get(key) ?? { last: Promise.resolve(), waiting: 0 }
    if (turn.waiting >= mostOfOne || this.#waiting >= mostOfAll)
      return TooManyRequests('Too many logins at once; try again in a moment.', { retryAfterSeconds: 1 })
    this.#tails.set(key, turn)
    turn.waiting++
    this.#waiting++
    const mine = turn.last.then(task)
    turn.last = mine.catch(() => {})
    try {
      return await mine
    } finally {
      this.#waiting--
      if (--turn.waiting === 0) this.#tails.delete(key)
    }
  }
}
