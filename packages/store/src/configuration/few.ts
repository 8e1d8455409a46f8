const none: readonly never[] = []

/** The few things of each owner, such as the devices of a user: lists that are never changed, only replaced. */
export class Few<Value> {
  readonly #lists = new Map<string, readonly Value[]>()
  readonly #keyOf: (value: Value) => string

  constructor(keyOf: (value: Value) => string) {
    this.#keyOf = keyOf
  }

  of(owner: string): readonly Value[] {
    return this.#lists.get(owner) ?? none
  }

  /** `after`, if given, comes last in its owner's list. */
  swap(
    ownerBefore: string | undefined,
    before: Value | undefined,
    ownerAfter: string | undefined,
    after: Value | undefined,
  ): void {
    if (ownerBefore !== undefined && before !== undefined) this.#remove(ownerBefore, this.#keyOf(before))
    if (ownerAfter !== undefined && after !== undefined) this.#lists.set(ownerAfter, [...this.of(ownerAfter), after])
  }

  #remove(owner: string, key: string): void {
    const left = this.of(owner).filter((value) => this.#keyOf(value) !== key)
    if (left.length > 0) this.#lists.set(owner, left)
    else this.#lists.delete(owner)
  }
}
