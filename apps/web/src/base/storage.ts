/** What is kept in this browser over a reload. */
export interface KeptValues {
  get<T>(key: string): T | undefined
  set(key: string, value: unknown): void
  remove(key: string): void
}

/** Over the browser's storage; where that is forbidden or full, values last as long as the page. */
export function keptIn(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined): KeptValues {
  const here = new Map<string, string>()
  const prefix = 'vaxel.'
  return {
    get: <T>(key: string) => {
      const text = here.get(key) ?? attempt(() => storage?.getItem(prefix + key) ?? undefined)
      return text === undefined ? undefined : attempt(() => JSON.parse(text) as T)
    },
    set: (key, value) => {
      const text = JSON.stringify(value)
      here.delete(key)
      const isKept = attempt(() => {
        if (!storage) return false
        storage.setItem(prefix + key, text)
        return true
      })
      if (!isKept) here.set(key, text)
    },
    remove: (key) => {
      here.delete(key)
      attempt(() => storage?.removeItem(prefix + key))
    },
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
