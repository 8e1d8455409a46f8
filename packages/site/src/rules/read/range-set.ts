import { type IpRange, readIpRange, writeIp } from '../../net/ip-range.ts'

/** From and to, both included. */
export type Span = readonly [bigint, bigint]

/** Spans rising and apart; undefined elsewhere stands for everything. */
export type RangeSet = readonly Span[]

/**
 * One line holds every address, so that a set of them is a set of spans: IPv4, then IPv6, then names. A name is its labels
 * from the right, as a number: everything below a zone is one span.
 */
const v6Start = 1n << 32n
const nameStart = v6Start + (1n << 128n)
const nameBytes = 256
const nameEnd = nameStart + (1n << BigInt(8 * nameBytes))

export const familySpans: Readonly<Record<4 | 6, Span>> = { 4: [0n, v6Start - 1n], 6: [v6Start, nameStart - 1n] }
export const everywhere: Span = [0n, nameEnd]
export const allPorts: Span = [0n, 65_535n]

export const spanOfRange = ({ family, first, last }: IpRange): Span =>
  family === 4 ? [first, last] : [v6Start + first, v6Start + last]

/** A network, address or range; undefined for anything else. */
export function addressSpan(text: string): Span | undefined {
  const range = readIpRange(text)
  return range && spanOfRange(range)
}

/** A host name, or everything below a zone for `*.zone`. */
export function nameSpanOf(name: string): Span {
  const below = name.startsWith('*.')
  const labels = (below ? name.slice(2) : name).toLowerCase().split('.').reverse().join('.')
  const text = `${labels}.`.slice(0, nameBytes - 1)
  let value = 0n
  for (const char of text) value = (value << 8n) | BigInt(char.codePointAt(0)! & 0xff)
  const shift = BigInt(8 * (nameBytes - text.length))
  const first = nameStart + (value << shift)
  return below ? [first + 1n, first + (1n << shift) - 1n] : [first, first]
}

/** A span as people write it: `10.0.0.0-10.0.0.9`, an address, `any`, or a word for names. */
export function spanText([first, last]: Span): string {
  if (first >= nameStart) return 'names'
  if (last >= nameStart || (first < v6Start && last >= v6Start)) return 'any'
  const family = first < v6Start ? 4 : 6
  const start = family === 4 ? 0n : v6Start
  if (first === familySpans[family][0] && last === familySpans[family][1]) return family === 4 ? '0.0.0.0/0' : '::/0'
  const [a, b] = [writeIp(family, first - start), writeIp(family, last - start)]
  if (a === b) return a
  const size = last - first + 1n
  if ((size & (size - 1n)) === 0n && (first - start) % size === 0n)
    return `${a}/${(family === 4 ? 32 : 128) - (size.toString(2).length - 1)}`
  return `${a}-${b}`
}

export function toSet(spans: readonly Span[]): RangeSet {
  if (spans.length < 2) return spans
  const sorted = [...spans].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
  const merged: Span[] = []
  for (const span of sorted) {
    const last = merged.at(-1)
    if (last && span[0] <= last[1] + 1n) merged[merged.length - 1] = [last[0], last[1] > span[1] ? last[1] : span[1]]
    else merged.push(span)
  }
  return merged
}

/** Everything of `within` that is not in the set. */
export function without(set: RangeSet, within: Span): RangeSet {
  const rest: Span[] = []
  let next = within[0]
  for (const [first, last] of partsIn(set, within)) {
    if (first > next) rest.push([next, first - 1n])
    next = last + 1n
  }
  if (next <= within[1]) rest.push([next, within[1]])
  return rest
}

/** What both hold; undefined is everything. */
export function intersect(a: RangeSet | undefined, b: RangeSet | undefined): RangeSet | undefined {
  if (!a) return b
  if (!b || a === b) return a
  const [small, large] = a.length < b.length ? [a, b] : [b, a]
  return small.flatMap((span) => partsIn(large, span))
}

/** The parts of a set that lie in a span, cut to it; logarithmic in the set and linear in the parts. */
export function partsIn(set: RangeSet, [first, last]: Span): Span[] {
  let low = 0
  let high = set.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (set[middle]![1] < first) low = middle + 1
    else high = middle
  }
  const parts: Span[] = []
  for (; low < set.length && set[low]![0] <= last; low += 1) {
    const [from, to] = set[low]!
    parts.push([from > first ? from : first, to < last ? to : last])
  }
  return parts
}
