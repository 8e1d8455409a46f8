/** Tasks about one thing, one after another, in the order in which they were asked for. */
export class Turns {
  readonly #tails = new Map<string, Promise<unknown>>()

  run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const mine = (this.#tails.get(name) ?? Promise.resolve()).then(task, task)
    const tail = mine.catch(() => undefined)
    this.#tails.set(name, tail)
    void tail.then(() => {
      if (this.#tails.get(name) === tail) this.#tails.delete(name)
    })
    return mine
  }
}
