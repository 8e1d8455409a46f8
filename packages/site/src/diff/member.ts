import type { Address, Ports, Window } from '../catalogue/requirement.ts'
import { readIpRange } from '../net/ip-range.ts'
import type { Interval } from './intervals.ts'

/** One thing of a set as text, with what it holds. Members of different `space`s (IPv4, IPv6, ports) never overlap. */
export interface Member {
  readonly text: string
  readonly space: 'ip4' | 'ip6' | 'port' | 'name' | 'unread'
  readonly interval?: Interval
  readonly window?: Window
}

/** Networks and names of one end of a flow. What is no readable network counts by its text. */
export const addressMembers = (addresses: readonly Address[]): readonly Member[] =>
  addresses.flatMap(({ network, name, window }) => {
    const members: Member[] = []
    if (name !== undefined) members.push({ text: name.toLowerCase(), space: 'name', ...(window && { window }) })
    if (network !== undefined) {
      const range = readIpRange(network)
      members.push({
        text: network,
        space: range ? `ip${range.family}` : 'unread',
        ...(range && { interval: range }),
        ...(window && { window }),
      })
    }
    return members
  })

/** Port ranges. */
export const portMembers = (ports: readonly Ports[]): readonly Member[] =>
  ports.map(({ from, to, window }) => ({
    text: from === to ? String(from) : `${from}-${to}`,
    space: 'port',
    interval: { first: BigInt(from), last: BigInt(to) },
    ...(window && { window }),
  }))
