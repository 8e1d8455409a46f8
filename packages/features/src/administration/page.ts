/** A page of a sorted list: what follows the key `after`. `next` is there when more follows. */
export function pageOf<T, View>(
  all: Iterable<T>,
  {
    keyOf,
    view,
    after,
    limit = 200,
  }: { keyOf: (entry: T) => string; view: (entry: T) => View; after?: string; limit?: number },
): { items: View[]; next?: string } {
  const keyed = [...all].map((entry) => ({ key: keyOf(entry), entry })).sort((a, b) => (a.key < b.key ? -1 : 1))
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => key > after)
  const page = rest.slice(0, limit)
  const items = page.map(({ entry }) => view(entry))
  const last = page.at(-1)
  return last && rest.length > limit ? { items, next: last.key } : { items }
}
