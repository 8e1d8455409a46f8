import type { KeptFlow } from '@vaxel/core'

/** A page of flows, by identifier: oldest first. */
export function pageOf<View>(
  flows: readonly KeptFlow[],
  view: (flow: KeptFlow) => View,
  { after, limit = 200 }: { after?: string; limit?: number },
): { items: View[]; next?: string } {
  const sorted = flows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const rest = after === undefined ? sorted : sorted.filter(({ id }) => id > after)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(view), ...(last && rest.length > limit ? { next: last.id } : {}) }
}
