import { type IpRange, readIpRange, toNetworks, writeIp } from '../../net/ip-range.ts'
import type { Opening, OpeningEnd } from '../../plan/opening.ts'
import type { RuleGap, RuleNote, RuleOptions, RuleSaid } from '../rule-file.ts'

export type Family = 4 | 6

/** One end of a rule: every address, or these ranges and names. */
export interface WantedEnd {
  readonly any: boolean
  /** Of both families, rising, apart. */
  readonly ranges: readonly IpRange[]
  /** Lower case, checked to be names. */
  readonly names: readonly string[]
}

/** An opening as a device shall have it: addresses are checked, what cannot be said is taken out. */
export interface WantedRule {
  readonly opening: Opening
  readonly from: WantedEnd
  readonly to: WantedEnd
  /** Families in which both ends have something. */
  readonly families: readonly Family[]
}

/** What a device can say of names: none, exact ones, or `*.example.com` too. */
export type NameAbility = 'none' | 'exact' | 'wildcard'

/** RFC 1123 §2.1 labels; a leading `*.` for every name below. */
const namePattern = /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?$/

export const isHostName = (text: string): boolean =>
  text.length <= 253 && namePattern.test(text) && !/^[0-9.]+$/.test(text)

/** Ranges of both families, rising and merged. */
function mergeRanges(ranges: readonly IpRange[]): readonly IpRange[] {
  const sorted = [...ranges].sort((a, b) =>
    a.family === b.family ? (a.first < b.first ? -1 : a.first > b.first ? 1 : 0) : a.family - b.family,
  )
  const merged: IpRange[] = []
  for (const range of sorted) {
    const last = merged.at(-1)
    if (last && last.family === range.family && range.first <= last.last + 1n)
      merged[merged.length - 1] = { ...last, last: range.last > last.last ? range.last : last.last }
    else merged.push(range)
  }
  return merged
}

/** What a rule of one family holds of an end. */
export const ofFamily = (end: WantedEnd, family: Family): WantedEnd => ({
  ...end,
  ranges: end.ranges.filter((range) => range.family === family),
})

export const networksOf = (ranges: readonly IpRange[]): readonly string[] => ranges.flatMap(toNetworks)

/** `first-last`, or one network or address where the range is one. */
export function spanOf(range: IpRange): string {
  if (range.first === range.last) return writeIp(range.family, range.first)
  const networks = toNetworks(range)
  return networks.length === 1
    ? networks[0]!
    : `${writeIp(range.family, range.first)}-${writeIp(range.family, range.last)}`
}

/**
 * What to write of each opening for a device that can say so much of names; the rest goes into gaps and notes,
 * so that nothing is left out in silence.
 */
export function wantedRules(openings: readonly Opening[], ability: NameAbility, options: RuleOptions) {
  const cannot: RuleGap[] = []
  const notes: RuleNote[] = []
  const rules: WantedRule[] = []
  const directions = options.directions
  const chosen = openings.filter(({ direction }) => !directions || directions.includes(direction))
  if (chosen.length < openings.length)
    notes.push({ said: { key: 'leftOutByDirection', values: { count: openings.length - chosen.length } } })
  for (const opening of chosen) {
    const gap = (said: RuleSaid): void =>
      void cannot.push({ openingId: opening.id, requirementIds: opening.requirementIds, said })
    const from = wantedEnd(opening.from, ability, options, gap)
    const to = wantedEnd(opening.to, ability, options, gap)
    if (!from || !to) continue
    if (opening.protocol !== 'icmp' && opening.ports.length === 0) {
      gap({ key: 'noPorts', values: {} })
      continue
    }
    const families = ([4, 6] as const).filter((family) => holds(from, family) && holds(to, family))
    if (families.length === 0) {
      gap({ key: 'noCommonFamily', values: {} })
      continue
    }
    for (const [end, label] of [
      [from, opening.from.label],
      [to, opening.to.label],
    ] as const)
      if (end.any) notes.push({ openingId: opening.id, said: { key: 'anyAddress', values: { end: label } } })
    const left = familiesOf(from, to).filter((family) => !families.includes(family))
    for (const family of left)
      notes.push({ openingId: opening.id, said: { key: 'familyLeftOut', values: { family: String(family) } } })
    rules.push({ opening, from, to, families })
  }
  return { rules, cannot, notes, chosen }
}

const holds = (end: WantedEnd, family: Family): boolean =>
  end.any || end.names.length > 0 || end.ranges.some((range) => range.family === family)

const familiesOf = (from: WantedEnd, to: WantedEnd): readonly Family[] =>
  ([4, 6] as const).filter((family) => [...from.ranges, ...to.ranges].some((range) => range.family === family))

function wantedEnd(
  end: OpeningEnd,
  ability: NameAbility,
  { namesAsAny, addresses }: RuleOptions,
  gap: (said: RuleSaid) => void,
): WantedEnd | undefined {
  if (end.any || (end.networks.length === 0 && end.names.length === 0)) return { any: true, ranges: [], names: [] }
  const ranges: IpRange[] = []
  const names: string[] = []
  const wrong: string[] = []
  const unsaid: string[] = []
  for (const network of end.networks) {
    const range = readIpRange(network)
    if (range) ranges.push(range)
    else wrong.push(network)
  }
  for (const given of end.names) {
    const name = given.toLowerCase().replace(/\.$/, '')
    if (!isHostName(name)) wrong.push(given)
    else if (ability === 'wildcard' || (ability === 'exact' && !name.startsWith('*.'))) names.push(name)
    else {
      const known = (addresses && Object.hasOwn(addresses, name) ? addresses[name]! : []).flatMap(
        (text) => readIpRange(text) ?? [],
      )
      if (known.length > 0) ranges.push(...known)
      else unsaid.push(name)
    }
  }
  if (wrong.length > 0) gap({ key: 'noAddress', values: { texts: wrong.slice(0, 5).join(', ') } })
  if (unsaid.length > 0) {
    if (namesAsAny) {
      gap({ key: 'namesOpenedToAny', values: { names: listed(unsaid) } })
      return { any: true, ranges: [], names: [] }
    }
    gap({ key: ability === 'exact' ? 'noWildcards' : 'noNames', values: { names: listed(unsaid) } })
  }
  if (ranges.length === 0 && names.length === 0) return undefined
  return { any: false, ranges: mergeRanges(ranges), names: [...new Set(names)] }
}

const listed = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} (+${names.length - 5})` : names.join(', ')
