import { numberReached } from '../numbering/number-reached.ts'
import type { Company, Trunk, User } from '../ports/directory.ts'

/** Trunks whose prefix fits, the longest prefix first; for emergency calls all of them, fitting ones first. */
export function trunksFor(trunks: readonly Trunk[], number: string, dialled: string, takesAll: boolean): Trunk[] {
  const rank = (trunk: Trunk): number =>
    Math.max(-1, ...trunk.prefixes.filter((p) => number.startsWith(p) || dialled.startsWith(p)).map((p) => p.length))
  return trunks
    .map((trunk) => ({ trunk, rank: rank(trunk) }))
    .filter((t) => takesAll || t.rank >= 0)
    .sort((a, b) => b.rank - a.rank)
    .map((t) => t.trunk)
}

/** Who bars a number outside, and the sentence for it; undefined when nobody does. */
export function destinationBarred(
  company: Company,
  user: User | undefined,
  number: string,
): { name: string; text: string } | undefined {
  const reached = numberReached(number, company.country)
  const limited = [[company.name, company.limits] as const, ...(user ? [[user.displayName, user.limits] as const] : [])]
  for (const [name, { allowedDestinations, blockedDestinations }] of limited) {
    if (blockedDestinations?.some((prefix) => number.startsWith(prefix) || reached.startsWith(prefix)))
      return { name, text: `Calls to ${number} are blocked for ${name}.` }
    if (allowedDestinations && !allowedDestinations.some((prefix) => number.startsWith(prefix)))
      return { name, text: `Calls to ${number} are not among the destinations allowed for ${name}.` }
  }
  return undefined
}
