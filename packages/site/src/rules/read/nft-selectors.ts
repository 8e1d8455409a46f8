import { icmpSpan, portSpan, protocolOf, readAddress, setOfWords } from './match-words.ts'
import { everywhere, type RangeSet, without, allPorts } from './range-set.ts'
import { anyPacket, allProtocols, both, familyBits, type Match, protocolBits } from './rule-set.ts'

/** What a comparison of nft looks at, and what it says by itself: `ip saddr` is IPv4, `tcp dport` is TCP. */
export interface Selector {
  readonly about:
    | 'from'
    | 'to'
    | 'source-port'
    | 'port'
    | 'icmp-type'
    | 'protocol'
    | 'family'
    | 'state'
    | 'in'
    | 'out'
    | 'other'
  readonly implies: Match
  /** As it stands in the text. */
  readonly text: string
  readonly family?: 4 | 6
}

const only = (part: Partial<Match>): Match => ({ ...anyPacket, ...part })
const transports: Readonly<Record<string, number>> = {
  tcp: protocolBits.tcp,
  udp: protocolBits.udp,
  th: protocolBits.tcp | protocolBits.udp | protocolBits.other,
}

/** The selector that begins at a word, and where the text goes on; undefined when it is no known one. */
export function selectorAt(words: readonly string[], at: number): { selector: Selector; next: number } | undefined {
  const [first, second] = [words[at]!, words[at + 1] ?? '']
  const text = `${first} ${second}`
  const two = (about: Selector['about'], implies: Partial<Match> = {}, family?: 4 | 6) => ({
    selector: { about, implies: only(implies), text, ...(family && { family }) },
    next: at + 2,
  })
  if (first === 'ip' || first === 'ip6') {
    const family = first === 'ip' ? 4 : 6
    const families = familyBits[family]
    if (second === 'saddr' || second === 'daddr') return two(second === 'saddr' ? 'from' : 'to', { families }, family)
    if (second === 'protocol' || second === 'nexthdr') return two('protocol', { families })
    return two('other', { families })
  }
  if (Object.hasOwn(transports, first)) {
    const protocols = transports[first]!
    if (second === 'sport' || second === 'dport') return two(second === 'sport' ? 'source-port' : 'port', { protocols })
    return two('other', { protocols })
  }
  if (first === 'icmp' || first === 'icmpv6') {
    const family = first === 'icmp' ? 4 : 6
    return two(
      second === 'type' ? 'icmp-type' : 'other',
      { protocols: protocolBits.icmp, families: familyBits[family] },
      family,
    )
  }
  if (['sctp', 'dccp', 'udplite', 'esp', 'ah', 'comp', 'igmp'].includes(first))
    return two('other', { protocols: protocolBits.other })
  if (first === 'meta') return metaSelector(second, at + 2)
  if (first === 'ct') {
    if (second === 'state') return two('state')
    return two('other')
  }
  if (first === 'ether' && second === 'type') return two('family')
  return metaSelector(first, at + 1)
}

function metaSelector(key: string, next: number): { selector: Selector; next: number } | undefined {
  const one = (about: Selector['about']) => ({ selector: { about, implies: anyPacket, text: key }, next })
  switch (key) {
    case 'l4proto':
      return one('protocol')
    case 'nfproto':
    case 'protocol':
      return one('family')
    case 'iif':
    case 'iifname':
      return one('in')
    case 'oif':
    case 'oifname':
      return one('out')
    case 'mark':
    case 'skuid':
    case 'skgid':
    case 'iifgroup':
    case 'oifgroup':
    case 'iiftype':
    case 'oiftype':
    case 'pkttype':
    case 'cpu':
    case 'cgroup':
    case 'length':
    case 'priority':
    case 'time':
    case 'day':
    case 'hour':
    case 'ipsec':
    case 'random':
    case 'iifkind':
    case 'oifkind':
    case 'ibrname':
    case 'obrname':
    case 'rtclassid':
      return one('other')
    default:
      return undefined
  }
}

const cannotTell = (match: Match, condition: string): Match => ({
  ...match,
  conditions: [...match.conditions, condition],
})

/**
 * The packets of a match that meet a comparison as well; undefined when there are none. What cannot be worked out becomes a
 * condition.
 * @param set cached set of the words, for named sets that many rules use
 */
export function compareWith(
  base: Match,
  selector: Selector,
  words: readonly string[],
  negated: boolean,
  cached?: Map<string, RangeSet | undefined>,
): Match | undefined {
  const match = both(base, selector.implies)
  if (!match) return undefined
  const shown = `${selector.text} ${negated ? '!= ' : ''}${words.slice(0, 4).join(', ')}`
  switch (selector.about) {
    case 'from':
    case 'to':
    case 'source-port':
    case 'port':
    case 'icmp-type': {
      const set = setFor(selector, words, cached)
      if (!set) return cannotTell(match, shown)
      const full = selector.about === 'from' || selector.about === 'to' ? everywhere : allPorts
      const key = (
        { from: 'from', to: 'to', 'source-port': 'sourcePorts', port: 'ports', 'icmp-type': 'ports' } as const
      )[selector.about]
      return both(match, { ...anyPacket, [key]: negated ? without(set, full) : set })
    }
    case 'protocol':
      return protocolMatch(match, words, negated, shown)
    case 'family':
      return familyMatch(match, words, negated, shown)
    case 'state':
      return stateMatch(match, words, negated)
    case 'in':
    case 'out':
      return { ...match, interfaces: [...match.interfaces, { side: selector.about, names: words, negated }] }
    case 'other':
      return cannotTell(match, shown)
  }
}

function setFor(
  selector: Selector,
  words: readonly string[],
  cached?: Map<string, RangeSet | undefined>,
): RangeSet | undefined {
  const key = `${selector.about} ${selector.family ?? ''}`
  if (cached?.has(key)) return cached.get(key)
  const isAddress = selector.about === 'from' || selector.about === 'to'
  const read = setOfWords(words, (word) => {
    if (selector.about === 'icmp-type') return icmpSpan(word, selector.family ?? 4)
    return isAddress ? readAddress(word) : portSpan(word)
  })
  const set = read.ok ? read.set : undefined
  cached?.set(key, set)
  return set
}

function protocolMatch(match: Match, words: readonly string[], negated: boolean, shown: string): Match | undefined {
  let bits = 0
  let families = 0
  for (const word of words) {
    // A range of numbers, a variable that nothing defines.
    if (!/^([a-z][a-z0-9.-]*|\d{1,3})$/i.test(word)) return cannotTell(match, shown)
    const { bit, family } = protocolOf(word)
    bits |= bit
    families |= family ? familyBits[family] : 3
  }
  // "Not ICMP" of one family says nothing of the other's; "not <another>" excludes none of ours.
  if (!negated) return both(match, { ...anyPacket, protocols: bits, families: families || 3 })
  return both(match, { ...anyPacket, protocols: (allProtocols & ~bits) | protocolBits.other })
}

function familyMatch(match: Match, words: readonly string[], negated: boolean, shown: string): Match | undefined {
  let families = 0
  for (const word of words) {
    if (['ipv4', 'ip', '2', '0x0800', '8'].includes(word)) families |= familyBits[4]
    else if (['ipv6', 'ip6', '10', '0x86dd'].includes(word)) families |= familyBits[6]
    else if (!['arp', 'vlan', 'bridge'].includes(word)) return cannotTell(match, shown)
  }
  return both(match, { ...anyPacket, families: negated ? 3 & ~families : families })
}

function stateMatch(match: Match, words: readonly string[], negated: boolean): Match | undefined {
  const has = (state: string): boolean => words.includes(state) !== negated
  return both(match, { ...anyPacket, fresh: has('new'), established: has('established') })
}
