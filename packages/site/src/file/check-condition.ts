import type { SiteOption } from '../catalogue/catalogue.ts'
import { clientKinds } from '../profile/site-profile.ts'
import { below, type Mistakes } from './read-file.ts'

type FactKind = 'number' | 'flag' | readonly string[]

/** Facts that every site has, with what they may be; `option.<id>` comes from the catalogue. */
const siteFactKinds: readonly (readonly [string, FactKind])[] = [
  ...clientKinds.map((kind) => [`people.${kind}`, 'number'] as const),
  ['people.total', 'number'],
  ['agents', 'number'],
  ['connection', ['internet', 'private-network']],
  ['proxy', ['none', 'bypassed', 'forced']],
  ['firewall', ['stateful', 'stateless']],
]

/** Numbers that only a plan works out; a table may be read by them, a condition cannot ask for them. */
export const planFacts: readonly string[] = ['traffic.callsPerHour']

/** What a condition of this catalogue may ask. */
export function knownFacts(options: readonly SiteOption[]): ReadonlyMap<string, FactKind> {
  const known = new Map<string, FactKind>(siteFactKinds)
  for (const { id, kind, choices } of options)
    known.set(
      `option.${id}`,
      kind === 'count' ? 'number' : kind === 'flag' ? 'flag' : (choices ?? []).map((choice) => choice.id),
    )
  return known
}

const forms =
  'must be "always", { fact }, { fact, is }, { fact, atLeast }, { all: [...] }, { any: [...] } or { not: ... }'

/** Adds what is wrong with a condition; its depth is bounded by that of the file. */
export function checkCondition(
  given: unknown,
  path: string,
  facts: ReadonlyMap<string, FactKind>,
  mistakes: Mistakes,
): void {
  if (given === 'always') return
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return mistakes.add(path, forms)
  const one = given as Readonly<Record<string, unknown>>
  const names = Object.keys(one).toSorted().join(' ')
  if (names === 'all' || names === 'any') {
    const parts = one[names]
    if (!Array.isArray(parts)) return mistakes.add(below(path, names), 'must be a list of conditions')
    if (parts.length === 0)
      return mistakes.add(below(path, names), 'must not be empty; write "always" for what always applies')
    if (parts.length > 100) return mistakes.add(below(path, names), 'must not have more than 100 entries')
    parts.forEach((part, index) => checkCondition(part, below(path, names, index), facts, mistakes))
    return
  }
  if (names === 'not') return checkCondition(one['not'], below(path, 'not'), facts, mistakes)
  if (names !== 'fact' && names !== 'fact is' && names !== 'atLeast fact') return mistakes.add(path, forms)
  const kind = typeof one['fact'] === 'string' ? facts.get(one['fact']) : undefined
  if (kind === undefined)
    return mistakes.add(
      below(path, 'fact'),
      `is not known of a site; known are ${[...siteFactKinds.map(([name]) => name), 'option.<id> of the options above'].join(', ')}`,
    )
  if ('atLeast' in one) {
    if (typeof one['atLeast'] !== 'number' || !Number.isFinite(one['atLeast']))
      mistakes.add(below(path, 'atLeast'), 'must be a number')
    else if (kind !== 'number') mistakes.add(below(path, 'atLeast'), 'asks for a number of something that is none')
  } else if ('is' in one) {
    const reason = comparable(kind, one['is'])
    if (reason !== undefined) mistakes.add(below(path, 'is'), reason)
  }
}

function comparable(kind: FactKind, value: unknown): string | undefined {
  if (kind === 'number') return typeof value === 'number' ? undefined : 'must be a number, as the fact is one'
  if (kind === 'flag') return typeof value === 'boolean' ? undefined : 'must be true or false, as the fact is a flag'
  // An empty text asks whether nothing was chosen.
  if (value === '' || (typeof value === 'string' && kind.includes(value))) return undefined
  return `must be one of ${kind.join(', ')}`
}
