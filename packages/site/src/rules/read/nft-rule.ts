import { compareWith, type Selector, selectorAt } from './nft-selectors.ts'
import { nftTcpFlags } from './nft-tcp-flags.ts'
import type { RangeSet } from './range-set.ts'
import { anyPacket, both, type Match, type Verdict } from './rule-set.ts'

/** A named set or map of a table. */
export interface NamedSet {
  /** Each element: its words, one for each part of a concatenation. */
  readonly elements: { readonly parts: readonly string[]; readonly verdict?: readonly string[] }[]
  /** Its elements come and go while the firewall runs. */
  changes: boolean
  readonly cache: Map<string, RangeSet | undefined>
}

export interface NftScope {
  /** A set of the rule's own table. */
  readonly setNamed: (name: string) => NamedSet | undefined
  /** Key of a chain of the rule's own table. */
  readonly chainKey: (name: string) => string
}

export interface Alternative {
  readonly match: Match
  readonly verdict: Verdict
}

/** So many element-wise alternatives of one rule are followed. */
const mostAlternatives = 20_000
const verdictWords = new Set(['accept', 'drop', 'reject', 'jump', 'goto', 'return', 'continue', 'queue'])

/**
 * What a rule says, as matches each with its verdict; none when it decides nothing (counts, logs, marks).
 * Total: what is unknown becomes a condition of the rule.
 */
export function readNftRule(words: readonly string[], scope: NftScope): readonly Alternative[] {
  let matches: readonly Match[] = [anyPacket]
  const decided: Alternative[] = []
  let at = 0
  const unclear = (text: string): void => {
    matches = matches.map((match) => ({ ...match, conditions: [...match.conditions, text] }))
  }
  while (at < words.length) {
    const word = words[at]!
    if (verdictWords.has(word)) {
      const verdict = verdictOf(words, at, scope)
      if (verdict) decided.push(...matches.map((match) => ({ match, verdict })))
      return decided
    }
    // Without a connection to it, what follows a packet meets no rule on those that are established.
    if (word === 'notrack') decided.push(...matches.map((match) => ({ match, verdict: { kind: 'perhaps' } as const })))
    const skipped = skipStatement(words, at)
    if (skipped !== undefined) {
      // `add @floods { ip saddr limit rate over 10/second } drop`: what the set counts decides whether the rule goes on.
      if (counts(words, at, skipped)) unclear(words.slice(at, at + 2).join(' '))
      at = skipped
      continue
    }
    const flags = nftTcpFlags(words, at)
    if (flags) {
      at = flags.next
      matches = matches.flatMap((match) => both(match, { ...anyPacket, ...flags.met }) ?? [])
      if (matches.length === 0) return decided
      continue
    }
    const read = readSelectors(words, at)
    if (!read) {
      unclear(word)
      at = nextKnown(words, at + 1)
      continue
    }
    at = read.next
    if (words[at] === 'vmap') {
      const map = mapAt(words, at + 1, scope)
      if (!map) unclear('vmap')
      else
        for (const { parts, verdict } of catchAllLast(map.elements)) {
          const outcome = verdict && verdictOf(verdict, 0, scope)
          if (!outcome) continue
          for (const match of matches) {
            const met = parts[0] === '*' ? match : meetTuple(match, read.selectors, parts)
            if (met) decided.push({ match: met, verdict: outcome })
          }
          if (decided.length > mostAlternatives) break
        }
      at = map?.next ?? words.length
      continue
    }
    if (words[at] === 'set') {
      // A statement that writes: `meta mark set 5`.
      at = nextKnown(words, at + 1)
      continue
    }
    const value = valueAt(words, at, scope)
    if (!value) {
      unclear(`${read.selectors.map(({ text }) => text).join(' . ')} ${words[at] ?? ''}`)
      at = nextKnown(words, at)
      continue
    }
    at = value.next
    matches = applied(matches, read.selectors, value)
    if (matches.length === 0) return decided
    if (matches.length > mostAlternatives) {
      matches = [anyPacket]
      unclear('too many elements')
    }
  }
  return decided
}

function applied(matches: readonly Match[], selectors: readonly Selector[], value: Value): readonly Match[] {
  const shown = `${selectors.map(({ text }) => text).join(' . ')} ${value.shown}`
  if (value.changes) return matches.map((match) => ({ ...match, conditions: [...match.conditions, shown] }))
  const single = selectors.length === 1
  if (single) {
    const words = value.tuples.map((parts) => parts.join(' . '))
    return matches.flatMap((match) => compareWith(match, selectors[0]!, words, value.negated, value.cache) ?? [])
  }
  if (value.negated) return matches.map((match) => ({ ...match, conditions: [...match.conditions, shown] }))
  return matches.flatMap((match) => value.tuples.flatMap((parts) => meetTuple(match, selectors, parts) ?? []))
}

function meetTuple(match: Match, selectors: readonly Selector[], parts: readonly string[]): Match | undefined {
  let met: Match | undefined = match
  for (const [index, selector] of selectors.entries())
    met = met && compareWith(met, selector, [parts[index] ?? ''], false)
  return met
}

function readSelectors(
  words: readonly string[],
  at: number,
): { selectors: readonly Selector[]; next: number } | undefined {
  const first = selectorAt(words, at)
  if (!first) return undefined
  const selectors = [first.selector]
  let next = first.next
  while (words[next] === '.') {
    const more = selectorAt(words, next + 1)
    if (!more) return undefined
    selectors.push(more.selector)
    next = more.next
  }
  return { selectors, next }
}

interface Value {
  readonly tuples: readonly (readonly string[])[]
  readonly negated: boolean
  readonly changes: boolean
  readonly shown: string
  readonly next: number
  readonly cache?: Map<string, RangeSet | undefined>
}

function valueAt(words: readonly string[], start: number, scope: NftScope): Value | undefined {
  let at = start
  const negated = words[at] === '!=' || words[at] === '!'
  if (negated || words[at] === '==') at += 1
  const word = words[at]
  if (word === undefined || ['<', '>', '<=', '>=', '&', '|', '^', '('].includes(word)) return undefined
  if (['&', '|', '^', '<<', '>>'].includes(words[at + 1] ?? '')) return undefined
  if (word.startsWith('@')) {
    const set = scope.setNamed(word.slice(1))
    const known = set && !negated ? { cache: set.cache } : {}
    return {
      tuples: set?.elements.map(({ parts }) => parts) ?? [],
      negated,
      changes: !set || set.changes,
      shown: word,
      next: at + 1,
      ...known,
    }
  }
  const read = word === '{' ? elementsAt(words, at) : undefined
  if (word === '{') {
    if (!read) return undefined
    return { tuples: read.elements.map(({ parts }) => parts), negated, changes: false, shown: '{…}', next: read.next }
  }
  // One value, or a list with commas and no braces: `ct state established,related`.
  const tuples: string[][] = []
  for (;;) {
    const parts: string[] = []
    for (;;) {
      let part = words[at] ?? ''
      if (words[at + 1] === '-') {
        part = `${part}-${words[at + 2] ?? ''}`
        at += 2
      }
      parts.push(part)
      at += 1
      if (words[at] !== '.') break
      at += 1
    }
    tuples.push(parts)
    if (words[at] !== ',') break
    at += 1
  }
  return { tuples, negated, changes: false, shown: tuples[0]!.join(' . '), next: at }
}

type Elements = NamedSet['elements']

/** Elements of `{ … }` from its brace on. Options of an element (timeout, counter, comment) are left out. */
export function elementsAt(words: readonly string[], start: number): { elements: Elements; next: number } | undefined {
  const elements: Elements = []
  let parts: string[] = []
  let verdict: string[] | undefined
  let options = false
  const end = (): void => {
    if (parts.length > 0) elements.push({ parts, ...(verdict && { verdict }) })
    parts = []
    verdict = undefined
    options = false
  }
  for (let at = start + 1; at < words.length; at += 1) {
    const word = words[at]!
    if (word === '}') {
      end()
      return { elements, next: at + 1 }
    }
    if (word === ',') end()
    else if (word === ':') verdict = []
    else if (verdict) {
      if (word !== 'comment') verdict.push(word)
    } else if (['timeout', 'expires', 'counter', 'comment', 'limit', 'quota'].includes(word)) options = true
    else if (options || word === '.') continue
    else if (word === '-' && parts.length > 0) {
      parts[parts.length - 1] += `-${words[at + 1] ?? ''}`
      at += 1
    } else parts.push(word)
  }
  return undefined
}

/** `*` stands for what no other element names, wherever it is written. */
const catchAllLast = (elements: Elements): Elements =>
  [false, true].flatMap((all) => elements.filter(({ parts }) => (parts[0] === '*') === all))

function mapAt(
  words: readonly string[],
  at: number,
  scope: NftScope,
): { elements: Elements; next: number } | undefined {
  const word = words[at]
  if (word === '{') return elementsAt(words, at)
  if (!word?.startsWith('@')) return undefined
  const set = scope.setNamed(word.slice(1))
  return set && !set.changes ? { elements: set.elements, next: at + 1 } : undefined
}

function verdictOf(words: readonly string[], at: number, { chainKey }: NftScope): Verdict | undefined {
  switch (words[at]) {
    case 'accept':
      return { kind: 'accept' }
    case 'drop':
    case 'reject':
      return { kind: 'drop' }
    case 'return':
      return { kind: 'return' }
    case 'jump':
    case 'goto':
      return { kind: words[at] as 'jump' | 'goto', chain: chainKey(words[at + 1] ?? '') }
    case 'queue':
      return { kind: 'perhaps' }
    default:
      return undefined
  }
}

const statements = new Set([
  'masquerade',
  'snat',
  'dnat',
  'redirect',
  'notrack',
  'tproxy',
  'dup',
  'fwd',
  'synproxy',
  'flow',
  'update',
  'add',
  'delete',
  'set',
  'secmark',
  'nftrace',
])

/** Whether a statement that writes into a set ends the rule for some packets. */
const counts = (words: readonly string[], at: number, next: number): boolean =>
  (words[at] === 'add' || words[at] === 'update') &&
  words.slice(at, next).some((word) => word === 'limit' || word === 'quota' || word === 'count')

/** Where the text goes on after a statement that decides nothing; undefined when none begins here. */
function skipStatement(words: readonly string[], at: number): number | undefined {
  const word = words[at]!
  if (word === ',' || word === ';') return at + 1
  if (word === 'comment') return at + 2
  if (word === 'counter') {
    if (words[at + 1] === 'name') return at + 3
    return words[at + 1] === 'packets' ? at + 5 : at + 1
  }
  if (word === 'log') {
    let next = at + 1
    while (['prefix', 'level', 'group', 'snaplen', 'queue-threshold', 'flags'].includes(words[next] ?? '')) {
      next += 2
      // `log flags tcp sequence,options`
      while (['sequence', 'options', ','].includes(words[next] ?? '')) next += 1
    }
    return next
  }
  // `tproxy` and `synproxy` take a packet out of the way; the others only write.
  return statements.has(word) ? nextKnown(words, at + 1) : undefined
}

/** The next verdict or the end: after something unknown nothing else can be told apart. */
function nextKnown(words: readonly string[], at: number): number {
  let depth = 0
  for (let next = at; next < words.length; next += 1) {
    const word = words[next]!
    if (word === '{') depth += 1
    else if (word === '}') depth -= 1
    else if (depth <= 0 && (verdictWords.has(word) || word === 'comment' || word === 'counter' || word === 'log'))
      return next
  }
  return words.length
}
