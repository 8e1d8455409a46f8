/** A map of bounded size: what was not set for longest goes first. */
export class RecentMap<V> {
  readonly #most: number
  readonly #values = new Map<string, V>()

  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#values.size
  }

  get(key: string): V | undefined {
    return this.#values.get(key)
  }

  /** Sets the value and makes the key the newest. */
  set(key: string, value: V): void {
    if (!this.#values.delete(key) && this.#values.size >= this.#most)
      this.#values.delete(this.#values.keys().next().value!)
    this.#values.set(key, value)
  }

  delete(key: string): void {
    this.#values.delete(key)
  }
}
