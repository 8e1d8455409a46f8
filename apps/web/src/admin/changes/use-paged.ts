import { useCallback, useEffect, useState } from 'react'

interface Paged<T> {
  readonly items: readonly T[] | undefined
  readonly hasMore: boolean
  readonly fault: unknown
  readonly more: () => void
  readonly reload: () => void
}

/** A list that is read page by page, latest first. @param load of what comes before a number */
export function usePaged<T>(
  load: (before: number | undefined) => Promise<{ readonly items: readonly T[]; readonly next?: number }>,
): Paged<T> {
  const [items, setItems] = useState<readonly T[]>()
  const [next, setNext] = useState<number>()
  const [fault, setFault] = useState<unknown>()
  const read = useCallback(
    async (before: number | undefined) => {
      try {
        const page = await load(before)
        setItems((known) => (before === undefined ? page.items : [...(known ?? []), ...page.items]))
        setNext(page.next)
        setFault(undefined)
      } catch (error) {
        setFault(error)
      }
    },
    [load],
  )
  useEffect(() => void read(undefined), [read])
  return {
    items,
    hasMore: next !== undefined,
    fault,
    more: () => void read(next),
    reload: () => void read(undefined),
  }
}
