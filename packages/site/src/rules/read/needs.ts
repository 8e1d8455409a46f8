import { readIpRange } from '../../net/ip-range.ts'
import type { Opening, OpeningEnd } from '../../plan/opening.ts'
import type { Box } from './evaluate.ts'
import { allPorts, familySpans, nameSpanOf, type Span, spanOfRange } from './range-set.ts'
import { protocolBits } from './rule-set.ts'

/** What an opening needs of one family, or of names. */
export interface Need {
  readonly opening: Opening
  readonly family: 4 | 6
  readonly protocol: number
  readonly boxes: readonly Box[]
  readonly freeFrom: boolean
  readonly freeTo: boolean
  /** Names that the boxes stand for. */
  readonly names: readonly string[]
  /** Addresses of this family are named, not only "any". */
  readonly explicit: boolean
}

/** Clients send from ports that nobody has registered for a service. */
const clientPorts: Span = [1024n, 65_535n]
/** Echo request and reply of ICMP (RFC 792) and ICMPv6 (RFC 4443 §4). */
const pings = { 4: { request: 8n, reply: 0n }, 6: { request: 128n, reply: 129n } } as const

interface End {
  readonly spans: readonly Span[]
  readonly names: readonly Span[]
  readonly any: boolean
}

function endOf(end: OpeningEnd, family: 4 | 6): End {
  const any = end.any || (end.networks.length === 0 && end.names.length === 0)
  if (any) return { spans: [familySpans[family]], names: [], any }
  const spans = end.networks.flatMap((network) => {
    const range = readIpRange(network)
    return range?.family === family ? [spanOfRange(range)] : []
  })
  return { spans, names: end.names.map((name) => nameSpanOf(name.toLowerCase())), any }
}

/** The questions that an opening asks of a rule set; none for ends without a common family. */
export function needsOf(opening: Opening): readonly Need[] {
  const freeFrom = endOf(opening.from, 4).any && opening.direction !== 'in'
  const freeTo = endOf(opening.to, 4).any && opening.direction !== 'out'
  const protocol = protocolBits[opening.protocol]
  const base = { opening, protocol, freeFrom, freeTo }
  const needs = ([4, 6] as const).flatMap((family): Need[] => {
    const from = endOf(opening.from, family)
    const to = endOf(opening.to, family)
    const boxes = boxesOf(from.spans, to.spans, opening, family)
    const explicit = (!from.any && from.spans.length > 0) || (!to.any && to.spans.length > 0)
    return boxes.length === 0 ? [] : [{ ...base, family, boxes, names: [], explicit }]
  })
  const from = endOf(opening.from, 4)
  const to = endOf(opening.to, 4)
  const named = [
    ...boxesOf(from.names, [...to.spans, ...to.names], opening, 4),
    ...boxesOf(from.spans, to.names, opening, 4),
  ]
  if (named.length === 0) return needs
  const names = [...opening.from.names, ...opening.to.names]
  return [...needs, { ...base, family: 4, boxes: named, names, explicit: true }]
}

function boxesOf(
  from: readonly Span[],
  to: readonly Span[],
  { protocol, ports }: Opening,
  family: 4 | 6,
): readonly Box[] {
  const services: readonly Span[] =
    protocol === 'icmp'
      ? [[pings[family].request, pings[family].request]]
      : ports.map((port) => [BigInt(port.from), BigInt(port.to)])
  const source = protocol === 'icmp' ? allPorts : clientPorts
  return from.flatMap((a) => to.flatMap((b) => services.map((service): Box => ({ spans: [a, b, source, service] }))))
}

/** The answers to a need: the other way round, to the clients' ports. */
export function answersTo(need: Need): Need {
  const isPing = need.protocol === protocolBits.icmp
  const reply = pings[need.family].reply
  const boxes = need.boxes.map(
    ({ spans: [from, to, source, ports] }): Box => ({
      spans: isPing ? [to, from, allPorts, [reply, reply]] : [to, from, ports, source],
    }),
  )
  return { ...need, boxes, freeFrom: need.freeTo, freeTo: need.freeFrom }
}
