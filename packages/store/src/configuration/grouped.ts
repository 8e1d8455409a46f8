/** Many things by a group (a domain, a company) and by their key in it; no text is joined for a lookup. */
export class Grouped<Value> {
  readonly #groups = new Map<string, Map<string, Value>>()

  get(group: string, key: string): Value | undefined {
    return this.#groups.get(group)?.get(key)
  }

  /** A copy, so that nobody sees it change under their feet. */
  of(group: string): readonly Value[] {
    return [...(this.#groups.get(group)?.values() ?? [])]
  }

  set(group: string, key: string, value: Value): void {
    const values = this.#groups.get(group)
    if (values) values.set(key, value)
    else this.#groups.set(group, new Map([[key, value]]))
  }

  delete(group: string, key: string): void {
    const values = this.#groups.get(group)
    values?.delete(key)
    if (values?.size === 0) this.#groups.delete(group)
  }
}
