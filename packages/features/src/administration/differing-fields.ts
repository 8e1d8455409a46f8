export interface DifferingField {
  readonly name: string
  readonly before?: unknown
  readonly after?: unknown
}

/** Deeper than this, and lists, are told whole. */
const deepest = 2
/** What says itself by the thing's place, not by its content. */
const silent = new Set(['id', 'companyId'])

/**
 * What differs between a thing before and after, by the path of each field.
 * @example differingFields({ ring: 5 }, { ring: 5, role: 'user' }) // [{ name: 'role', after: 'user' }]
 */
export function differingFields(before: object | undefined, after: object | undefined): DifferingField[] {
  const found: DifferingField[] = []
  walk(before ?? {}, after ?? {}, '', 1, found)
  return found
}

function walk(before: object, after: object, prefix: string, depth: number, found: DifferingField[]): void {
  const [from, to] = [before as Record<string, unknown>, after as Record<string, unknown>]
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [was, is] = [from[key], to[key]]
    if ((prefix === '' && silent.has(key)) || isSame(was, is)) continue
    const name = prefix + key
    if (depth < deepest && isPlain(was ?? {}) && isPlain(is ?? {}))
      walk((was ?? {}) as object, (is ?? {}) as object, `${name}.`, depth + 1, found)
    else found.push({ name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) })
  }
}

const isPlain = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Equal in content; the order of an object's fields does not count. */
export function isSame(first: unknown, second: unknown): boolean {
  if (Object.is(first, second)) return true
  if (Array.isArray(first) && Array.isArray(second))
    return first.length === second.length && first.every((value, i) => isSame(value, second[i]))
  if (!isPlain(first) || !isPlain(second)) return false
  const [one, other] = [first as Record<string, unknown>, second as Record<string, unknown>]
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => isSame(one[key], other[key]))
}
