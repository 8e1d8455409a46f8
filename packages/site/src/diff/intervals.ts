/** Whole numbers from `first` to `last`, both included: addresses or ports. */
export interface Interval {
  readonly first: bigint
  readonly last: bigint
}

/** What is left of one when the others are taken away, rising; nothing is left when they hold all of it. */
export function without(whole: Interval, others: readonly Interval[]): readonly Interval[] {
  let left: readonly Interval[] = [whole]
  for (const { first, last } of others)
    left = left.flatMap((part) => {
      if (last < part.first || first > part.last) return [part]
      const parts: Interval[] = []
      if (part.first < first) parts.push({ first: part.first, last: first - 1n })
      if (last < part.last) parts.push({ first: last + 1n, last: part.last })
      return parts
    })
  return left
}

/** Whether both have a number in common. */
export const overlap = (a: Interval, b: Interval): boolean => a.first <= b.last && b.first <= a.last
