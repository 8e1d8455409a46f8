/**
 * Puts something into a list that is in order, behind its equals.
 * @param before whether the first comes before the second
 */
export function insertSorted<T>(list: T[], one: T, before: (a: T, b: T) => boolean): void {
  const last = list.at(-1)
  if (last === undefined || !before(one, last)) {
    list.push(one)
    return
  }
  list.splice(
    countBefore(list, (other) => !before(one, other)),
    0,
    one,
  )
}

/** Takes it out; it must still have what it was put in by. @returns whether it was there */
export function removeSorted<T>(list: T[], one: T, before: (a: T, b: T) => boolean): boolean {
  let at = countBefore(list, (other) => before(other, one))
  while (at < list.length && list[at] !== one && !before(one, list[at]!)) at++
  if (list[at] !== one) return false
  if (at === 0) list.shift()
  else list.splice(at, 1)
  return true
}

/** How many at the beginning are so; all of them stand before all that are not. */
export function countBefore<T>(list: readonly T[], isBefore: (one: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(list[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
