import { Cell, type Value } from '../base/cell.ts'

/** Which wrap-up code is chosen for which item, until it is done: an agent may look at another item meanwhile. */
export class ChosenCodes {
  readonly all: Value<Readonly<Record<string, string>>>
  readonly #all = new Cell<Readonly<Record<string, string>>>({})

  constructor() {
    this.all = this.#all
  }

  choose(itemId: string, codeId: string): void {
    this.#all.update((all) => ({ ...all, [itemId]: codeId }))
  }

  forget(itemId: string): void {
    this.#all.update(({ [itemId]: _, ...others }) => others)
  }
}
