import type { ReplyOf, RequestOf } from '../../api/api.ts'
import type { ToldMistake } from '../../app/say-mistake.ts'

type Wish = Pick<RequestOf<'erasePerson'>['body'], 'numbers' | 'addresses'>
export type Found = Omit<ReplyOf<'erasePerson'>, 'next'>

/** Who is meant, from lines as people write them: a number has blanks, so only lines, commas and semicolons end one. */
export function wishOf(typed: string): Wish {
  const parts = typed
    .split(/[\n,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return {
    numbers: parts.filter((part) => !part.includes('@')),
    addresses: parts.filter((part) => part.includes('@')),
  }
}

/** What is wrong with which of them; `what` is a key of the sentences. */
export function mistakeOf(
  { numbers, addresses }: Wish,
  { path, reason }: ToldMistake,
): { readonly what: 'own' | 'emergency' | 'unread' | 'nobody'; readonly of: string } {
  const [, list, index] = /^\/(numbers|addresses)\/(\d+)$/.exec(path) ?? []
  const of = (list === 'addresses' ? addresses : numbers)[Number(index)]
  if (of === undefined) return { what: 'nobody', of: '' }
  if (reason.startsWith('is a number of the company')) return { what: 'own', of }
  return { what: reason.startsWith('is an emergency number') ? 'emergency' : 'unread', of }
}

/** Both together: of requests that each did a part. */
export function sumOf(one: Found, other: Found): Found {
  const sum = <Counts extends Readonly<Record<string, number>>>(a: Counts, b: Counts): Counts =>
    Object.fromEntries(Object.entries(a).map(([name, count]) => [name, count + (b[name] ?? 0)])) as Counts
  return { erased: sum(one.erased, other.erased), kept: sum(one.kept, other.kept) }
}

export const isNothing = ({ erased, kept }: Found): boolean =>
  [...Object.values(erased), ...Object.values(kept)].every((count) => count === 0)
