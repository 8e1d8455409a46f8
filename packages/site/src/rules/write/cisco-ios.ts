import { writeIp } from '../../net/ip-range.ts'
import type { Device } from './device.ts'
import { commentLines, plainAscii } from './plain-text.ts'
import { remark } from './remark.ts'
import { type Family, networksOf, ofFamily, type WantedEnd, type WantedRule } from './wanted.ts'

/** Cisco IOS: a remark has at most 100 characters. */
const mostRemark = 100

type ListName = 'VAXEL-OUT' | 'VAXEL-IN'

/**
 * Extended access lists, IPv4 and IPv6, which remember nothing: each opening has its rule one way and a rule for the answers
 * the other way (`established` for TCP, the source port for UDP, echo-reply for ICMP).
 */
export const ciscoIos: Device = {
  fileName: 'vaxel-site-ios.txt',
  mediaType: 'text/plain',
  names: 'none',
  write(rules, { language, head, note }) {
    note({ key: 'stateless', values: { out: 'VAXEL-OUT', in: 'VAXEL-IN' } })
    const lists = new Map<string, string[]>()
    const add = (family: Family, name: ListName, lines: readonly string[]): void => {
      const command = family === 4 ? `ip access-list extended ${name}` : `ipv6 access-list ${name}6`
      lists.set(command, [...(lists.get(command) ?? []), ...lines])
    }
    for (const rule of rules) {
      const outward = rule.opening.direction !== 'in'
      for (const family of rule.families) {
        const text = remark(rule.opening, language, (given) => plainAscii(given, mostRemark - 10))
        const there = entries(rule, family, 'there')
        const back = entries(rule, family, 'back')
        add(family, outward ? 'VAXEL-OUT' : 'VAXEL-IN', [` remark ${text}`, ...there])
        add(family, outward ? 'VAXEL-IN' : 'VAXEL-OUT', [` remark back: ${plainAscii(text, mostRemark - 6)}`, ...back])
      }
    }
    const comments = commentLines('!', head(), 'ascii')
    const body = [...lists].flatMap(([command, lines]) => [command, ...lines, ' exit'])
    return `${[...comments, ...body, 'end'].join('\n')}\n`
  },
}

function entries({ opening, from, to }: WantedRule, family: Family, way: 'there' | 'back'): readonly string[] {
  const protocol = opening.protocol === 'icmp' && family === 6 ? 'icmp' : opening.protocol
  const services =
    opening.protocol === 'icmp'
      ? [way === 'there' ? 'echo' : 'echo-reply'].map((text) =>
          family === 6 && way === 'there' ? 'echo-request' : text,
        )
      : opening.ports.map((port) => (port.from === port.to ? `eq ${port.from}` : `range ${port.from} ${port.to}`))
  const lines: string[] = []
  for (const a of addresses(from, family))
    for (const b of addresses(to, family))
      for (const service of services) {
        if (way === 'there') lines.push(` permit ${protocol} ${a} ${b} ${service}`)
        else if (opening.protocol === 'icmp') lines.push(` permit ${protocol} ${b} ${a} ${service}`)
        else lines.push(` permit ${protocol} ${b} ${service} ${a}${protocol === 'tcp' ? ' established' : ''}`)
      }
  return lines
}

function addresses(end: WantedEnd, family: Family): readonly string[] {
  if (end.any) return ['any']
  return networksOf(ofFamily(end, family).ranges).map((network) => {
    const [address, prefix] = network.split('/') as [string, string]
    if (family === 6) return prefix === '128' ? `host ${address}` : network
    return prefix === '32' ? `host ${address}` : `${address} ${wildcardMask(Number(prefix))}`
  })
}

/** The bits that may differ: `0.0.0.31` for a /27. */
const wildcardMask = (prefix: number): string => writeIp(4, (1n << BigInt(32 - prefix)) - 1n)
