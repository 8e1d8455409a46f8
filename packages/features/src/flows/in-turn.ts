import { TransientMap } from '@vaxel/base'
/** Changes of one thing, one after another, in the order in which they were asked for. */
export class InTurn {
  readonly #tails = new TransientMap<string, Promise<unknown>>()

  run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(name) ?? Promise.resolve()
    const mine = before.then(task, task)
    const tail = mine.catch(() => undefined)
    this.#tails.set(name, tail)
    void tail.then(() => {
      if (this.#tails.get(name) === tail) this.#tails.delete(name)
    })
    return mine
  }
}
