import { Names } from './plain-text.ts'
import { networksOf, spanOf, type WantedEnd, type WantedRule } from './wanted.ts'

export interface Alias {
  readonly name: string
  readonly type: 'host' | 'network' | 'port'
  readonly items: readonly string[]
  readonly title: string
}

/** A rule with its ends and ports as names of aliases; `any` where there is none. */
export interface AliasRule {
  readonly rule: WantedRule
  readonly name: string
  readonly from: string
  readonly to: string
  readonly ports: string
}

/** pfSense and OPNsense: an alias's name has at most 31 letters, digits and underscores, and no port alias is needed for ping. */
const mostName = 31

/** Aliases for the ends and ports of each rule. Equal ones are made once. */
export function aliasesOf(rules: readonly WantedRule[]): { aliases: readonly Alias[]; rules: readonly AliasRule[] } {
  const unique = new Names(mostName, '_')
  const known = new Map<string, Alias>()
  const take = (wanted: string, type: Alias['type'], items: readonly string[], title: string): string => {
    const key = `${type} ${items.join(' ')}`
    const alias = known.get(key) ?? { name: unique.take(wanted), type, items, title }
    known.set(key, alias)
    return alias.name
  }
  const endOf = (end: WantedEnd, wanted: string, title: string): string => {
    if (end.any) return 'any'
    return end.ranges.length === 0
      ? take(wanted, 'host', end.names, title)
      : take(wanted, 'network', [...networksOf(end.ranges), ...end.names], title)
  }
  const named = rules.map((rule): AliasRule => {
    const { opening, from, to } = rule
    // The ids share long beginnings: what tells them apart is kept by taking their end.
    const stem = opening.id.replace(/[^A-Za-z0-9]+/g, '_').slice(-(mostName - 8))
    return {
      rule,
      name: stem,
      from: endOf(from, `VX_S_${stem}`, opening.from.label),
      to: endOf(to, `VX_D_${stem}`, opening.to.label),
      ports:
        opening.protocol === 'icmp'
          ? 'any'
          : take(
              `VX_P_${stem}`,
              'port',
              opening.ports.map((port) => (port.from === port.to ? `${port.from}` : `${port.from}:${port.to}`)),
              opening.carries,
            ),
    }
  })
  return { aliases: [...known.values()], rules: named }
}

export const spansOf = (end: WantedEnd): readonly string[] => [...end.ranges.map(spanOf), ...end.names]

/** `inet`, `inet6` or both, as a rule of pf says it. */
export const familyWord = ({ families }: WantedRule): string =>
  families.length === 2 ? 'inet46' : families[0] === 4 ? 'inet' : 'inet6'
