import { holdsRange, readIp, readIpRange } from '../net/ip-range.ts'

/** How one direction of a leg of a real call was. */
export interface CallDirection {
  readonly packets: number
  readonly lossRatio: number
  readonly jitterMs: number
  readonly roundTripMs?: number
  readonly mos?: number
}

export interface CallLeg {
  /** `address:port`, `[address]:port` or an address. */
  readonly remoteAddress: string
  readonly quality: { readonly received: CallDirection; readonly sent: CallDirection }
}

/** Quality of real calls of a site: half of the legs were at most, and 95 in 100 were at most. */
export interface CallQuality {
  readonly legs: number
  readonly packetLossUp: Spread
  readonly packetLossDown: Spread
  readonly jitterUp: Spread
  readonly jitterDown: Spread
  readonly roundTrip?: Spread
  /** Worst direction of each leg: half were at least, and 95 in 100 were at least. */
  readonly mos?: Spread
}

export interface Spread {
  readonly half: number
  readonly mostOf: number
}

/** Fewer legs say nothing about a site. */
const leastLegs = 20
/** Shorter than a second: nothing can be said of it. */
const leastPackets = 50

/** Sums up the legs that came from a site; undefined when they are too few. Up is from the site to the platform. */
export function callQuality(legs: readonly CallLeg[], reachedFrom: readonly string[]): CallQuality | undefined {
  const ranges = reachedFrom.flatMap((text) => readIpRange(text) ?? [])
  const own = legs.filter(({ remoteAddress, quality }) => {
    const ip = readIp(hostOf(remoteAddress))
    if (!ip || quality.received.packets < leastPackets) return false
    const at = { family: ip.family, first: ip.value, last: ip.value }
    return ranges.some((range) => holdsRange(range, at))
  })
  if (own.length < leastLegs) return undefined
  const spread = (of: (leg: CallLeg) => number | undefined, better: 'low' | 'high' = 'low'): Spread | undefined => {
    const values = own.flatMap((leg) => of(leg) ?? []).sort((a, b) => (better === 'low' ? a - b : b - a))
    if (values.length < leastLegs) return undefined
    return { half: rounded(at(values, 0.5)), mostOf: rounded(at(values, 0.95)) }
  }
  const roundTrip = spread(({ quality }) => quality.sent.roundTripMs ?? quality.received.roundTripMs)
  const mos = spread(({ quality: { received, sent } }) => lower(received.mos, sent.mos), 'high')
  return {
    legs: own.length,
    packetLossUp: spread(({ quality }) => quality.received.lossRatio * 100)!,
    packetLossDown: spread(({ quality }) => quality.sent.lossRatio * 100)!,
    jitterUp: spread(({ quality }) => quality.received.jitterMs)!,
    jitterDown: spread(({ quality }) => quality.sent.jitterMs)!,
    ...(roundTrip ? { roundTrip } : {}),
    ...(mos ? { mos } : {}),
  }
}

function hostOf(text: string): string {
  const bracketed = /^\[([^\]]+)\]/.exec(text)
  if (bracketed) return bracketed[1]!
  return text.split(':').length === 2 ? text.slice(0, text.indexOf(':')) : text
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
const rounded = (value: number): number => Math.round(value * 100) / 100
const lower = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b)
