interface Node<K, V> {
  readonly key: K
  /** Gone with the entry: a table of the map that was given up may still hold the node (see `TransientMap`). */
  value: V | undefined
  older: Node<K, V> | undefined
  newer: Node<K, V> | undefined
}

/**
 * A map that finds its oldest entry in constant time. A plain Map has the same order, but its iterator steps over every place before
 * the first entry that was deleted: where entries come and go in order, as they do in whatever forgets the oldest, that is thousands.
 */
export class OldestFirst<K extends string | number, V> {
  readonly #nodes = new Map<K, Node<K, V>>()
  #oldest: Node<K, V> | undefined
  #newest: Node<K, V> | undefined

  get size(): number {
    return this.#nodes.size
  }

  /** The key of the entry that was set or renewed before all others; undefined when there is none. */
  get oldest(): K | undefined {
    return this.#oldest?.key
  }

  get(key: K): V | undefined {
    return this.#nodes.get(key)?.value
  }

  /** A new entry is the newest; one that is there keeps its place. */
  set(key: K, value: V): void {
    const known = this.#nodes.get(key)
    if (known === undefined) this.#append(key, value)
    else known.value = value
  }

  /** Sets the value and makes the entry the newest. */
  renew(key: K, value: V): void {
    const known = this.#nodes.get(key)
    if (known === undefined) return this.#append(key, value)
    known.value = value
    if (known === this.#newest) return
    this.#unlink(known)
    this.#link(known)
  }

  /** @returns whether it was there */
  delete(key: K): boolean {
    const node = this.#nodes.get(key)
    if (node === undefined) return false
    this.#nodes.delete(key)
    this.#unlink(node)
    node.value = undefined
    return true
  }

  /** Oldest first. The entry just given may be deleted meanwhile. */
  *entries(): Generator<readonly [key: K, value: V], void, void> {
    for (let node = this.#oldest; node !== undefined; ) {
      const { newer } = node
      yield [node.key, node.value as V]
      node = newer
    }
  }

  #append(key: K, value: V): void {
    const node: Node<K, V> = { key, value, older: undefined, newer: undefined }
    this.#nodes.set(key, node)
    this.#link(node)
  }

  #link(node: Node<K, V>): void {
    node.older = this.#newest
    if (this.#newest) this.#newest.newer = node
    else this.#oldest = node
    this.#newest = node
  }

  #unlink(node: Node<K, V>): void {
    if (node.older) node.older.newer = node.newer
    else this.#oldest = node.newer
    if (node.newer) node.newer.older = node.older
    else this.#newest = node.older
    node.older = node.newer = undefined
  }
}
