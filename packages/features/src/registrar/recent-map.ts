import { OldestFirst } from '@vaxel/base'

/** A map of bounded size: what was not set for longest goes first. */
export class RecentMap<V> {
  readonly #most: number
  readonly #values = new OldestFirst<string, V>()

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
    this.#values.renew(key, value)
    const { oldest } = this.#values
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest)
  }

  delete(key: string): void {
    this.#values.delete(key)
  }
}
