/** What the table of a {@link TransientMap} holds: it stays in tables that were given up, its value does not. */
interface Cell<V> {
  value: V | undefined
}

/**
 * A map that lives long, of things that come and go: calls, legs, transactions. While entries come and go V8 replaces a Map's table again
 * and again; a table that was replaced leads to its successor and still holds its last entries. Once one of them has grown old, each
 * collection of the young takes all tables after it for alive, with every call that they held and all that hangs on it, until the whole
 * heap is collected. Here a deleted entry lets go of its value (decision 0158).
 *
 * Keys are texts and numbers: one that is an object would be held as well.
 */
export class TransientMap<K extends string | number, V> implements ReadonlyMap<K, V> {
  readonly #cells = new Map<K, Cell<V>>()

  get size(): number {
    return this.#cells.size
  }

  has(key: K): boolean {
    return this.#cells.has(key)
  }

  get(key: K): V | undefined {
    return this.#cells.get(key)?.value
  }

  set(key: K, value: V): this {
    const cell = this.#cells.get(key)
    if (cell) cell.value = value
    else this.#cells.set(key, { value })
    return this
  }

  /** @returns whether it was there */
  delete(key: K): boolean {
    const cell = this.#cells.get(key)
    if (!cell) return false
    cell.value = undefined
    return this.#cells.delete(key)
  }

  clear(): void {
    for (const cell of this.#cells.values()) cell.value = undefined
    this.#cells.clear()
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, { value }] of this.#cells) callback(value as V, key, this)
  }

  keys(): MapIterator<K> {
    return this.#cells.keys()
  }

  *values(): Generator<V, undefined, unknown> {
    for (const { value } of this.#cells.values()) yield value as V
    return undefined
  }

  *entries(): Generator<[K, V], undefined, unknown> {
    for (const [key, { value }] of this.#cells) yield [key, value as V]
    return undefined
  }

  [Symbol.iterator](): Generator<[K, V], undefined, unknown> {
    return this.entries()
  }

  get [Symbol.toStringTag](): string {
    return 'TransientMap'
  }
}
