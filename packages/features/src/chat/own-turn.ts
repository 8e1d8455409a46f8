/** One owner for each conversation: what is done to it is done in turn, and what comes later sees what came before. */
export class OwnTurn {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** Resolves or rejects as the task does; the next one begins all the same. */
  run<T>(id: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(id) ?? Promise.resolve()
    const turn = before.then(task, task)
    this.#tails.set(id, turn)
    const leave = () => {
      if (this.#tails.get(id) === turn) this.#tails.delete(id)
    }
    turn.then(leave, leave)
    return turn
  }
}
