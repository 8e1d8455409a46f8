/** A page of a list that the API gives in pages. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Where the next one begins; absent on the last. */
  readonly next?: string | number
}

/**
 * All that a list has, page after page.
 * @param read a page, after `next` of the page before
 * @param mostPages a longer list is cut, which no company of the platform's size reaches
 */
export async function allPages<T>(
  read: (after: string | undefined) => Promise<Page<T>>,
  mostPages = 200,
): Promise<readonly T[]> {
  const items: T[] = []
  let after: string | undefined
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await read(after)
    items.push(...page.items)
    if (page.next === undefined) break
    after = String(page.next)
  }
  return items
}
