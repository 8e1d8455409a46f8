import type { RuleFinding } from './finding-words.ts'
import { intersect, type RangeSet } from './range-set.ts'

/** Bits of what a rule may be about. */
export const protocolBits = { tcp: 1, udp: 2, icmp: 4, other: 8 } as const
export const allProtocols = 15
export const familyBits = { 4: 1, 6: 2 } as const
export const allFamilies = 3

/** A condition on where a packet comes in or goes out; a name may end in `*`. */
export interface InterfaceCondition {
  readonly side: 'in' | 'out'
  readonly names: readonly string[]
  readonly negated: boolean
}

/** Which packets a rule is about. An absent set is everything. */
export interface Match {
  readonly families: number
  readonly protocols: number
  readonly from?: RangeSet
  readonly to?: RangeSet
  readonly sourcePorts?: RangeSet
  /** Of icmp: the type. */
  readonly ports?: RangeSet
  /** Meets the first packet of a connection. */
  readonly fresh: boolean
  /** Meets the packets that follow, answers too. */
  readonly established: boolean
  readonly interfaces: readonly InterfaceCondition[]
  /** Further conditions that are not worked out here, as they stand in the text. */
  readonly conditions: readonly string[]
}

export const anyPacket: Match = {
  families: allFamilies,
  protocols: allProtocols,
  fresh: true,
  established: true,
  interfaces: [],
  conditions: [],
}

/** Packets that meet both; undefined when there are none. */
export function both(a: Match, b: Match): Match | undefined {
  if (a === anyPacket) return b
  if (b === anyPacket) return a
  const from = intersect(a.from, b.from)
  const to = intersect(a.to, b.to)
  const sourcePorts = intersect(a.sourcePorts, b.sourcePorts)
  const ports = intersect(a.ports, b.ports)
  const families = a.families & b.families
  const protocols = a.protocols & b.protocols
  const fresh = a.fresh && b.fresh
  const established = a.established && b.established
  if (families === 0 || protocols === 0 || (!fresh && !established)) return undefined
  if ([from, to, sourcePorts, ports].some((set) => set?.length === 0)) return undefined
  return {
    families,
    protocols,
    fresh,
    established,
    interfaces: joined(a.interfaces, b.interfaces),
    conditions: joined(a.conditions, b.conditions),
    ...(from && { from }),
    ...(to && { to }),
    ...(sourcePorts && { sourcePorts }),
    ...(ports && { ports }),
  }
}

function joined<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return a.length === 0 ? b : b.length === 0 ? a : [...a, ...b]
}

/** `perhaps`: a rule that was not understood, which may let pass or drop. */
export type Verdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'perhaps' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }

export interface ReadRule {
  /** From 1. */
  readonly line: number
  readonly text: string
  readonly match: Match
  readonly verdict: Verdict
}

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting'

export interface Chain {
  readonly key: string
  readonly name: string
  readonly families: number
  hook?: Hook
  priority: number
  policy: 'accept' | 'drop'
  policyLine: number
  rules: ReadRule[]
}

/** A line that was not understood. */
export interface Unclear {
  readonly line: number
  readonly text: string
  readonly said: RuleFinding
  /** It may change what passes. */
  readonly matters: boolean
}

export type RuleFormat = 'nftables' | 'iptables-save' | 'csv'

/** A set of rules as it was read. */
export interface RuleSet {
  readonly format: RuleFormat
  /** In the order of the text, by key. */
  readonly chains: ReadonlyMap<string, Chain>
  readonly unclear: readonly Unclear[]
  /** The format says nothing of connections: answers count as let back. */
  readonly remembersConnections: boolean
  readonly ruleCount: number
}

/** Longest text of a rule that is kept. */
export const clip = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > 200 ? `${plain.slice(0, 197)}...` : plain
}
