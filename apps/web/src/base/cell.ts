/** A current value with a signal when it changes: the whole bridge between view models and what draws them. */
export interface Value<T> {
  get(): T
  /** The listener is called after each change, until the returned function is. */
  subscribe(listener: () => void): () => void
}

/** A value that its owner sets. */
export class Cell<T> implements Value<T> {
  #value: T
  readonly #listeners = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  get(): T {
    return this.#value
  }

  /** Setting what is there already tells nobody. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return
    this.#value = value
    for (const listener of [...this.#listeners]) listener()
  }

  update(change: (value: T) => T): void {
    this.set(change(this.#value))
  }

  subscribe(listener: () => void): () => void {
    const own = () => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }
}

/**
 * A value that follows from others. It is computed when asked and when one of them changes; listeners hear only of
 * results that differ.
 * @example derive([first, second], () => first.get() + second.get())
 */
export function derive<T>(from: readonly Value<unknown>[], compute: () => T): Value<T> {
  let current: { value: T } | undefined
  const listeners = new Set<() => void>()
  let stops: (() => void)[] = []
  const refresh = () => {
    const before = current
    current = { value: compute() }
    if (before && Object.is(before.value, current.value)) return
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => {
      if (listeners.size > 0 && current) return current.value
      const value = compute()
      // The same object for the same content of a primitive; others are kept while somebody listens.
      if (current && Object.is(current.value, value)) return current.value
      current = { value }
      return value
    },
    subscribe: (listener) => {
      const own = () => listener()
      if (listeners.size === 0) {
        current ??= { value: compute() }
        stops = from.map((value) => value.subscribe(refresh))
      }
      listeners.add(own)
      return () => {
        listeners.delete(own)
        if (listeners.size > 0) return
        for (const stop of stops) stop()
        stops = []
        current = undefined
      }
    },
  }
}

/** A value that never changes. */
export const constant = <T>(value: T): Value<T> => ({ get: () => value, subscribe: () => () => {} })
