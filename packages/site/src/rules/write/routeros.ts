import type { Device } from './device.ts'
import { commentLines, Names, plainAscii } from './plain-text.ts'
import { remark } from './remark.ts'
import { type Family, ofFamily, spanOf, type WantedEnd } from './wanted.ts'

/** RouterOS: at most 15 ports in one rule, a range counts as two (as in the kernel's multiport). */
const mostPorts = 15

/** RouterOS 7 commands: address lists (which look names up themselves) and forward rules. Running it again replaces what it brought, by the comment's beginning. */
export const routeros: Device = {
  fileName: 'vaxel-site.rsc',
  mediaType: 'text/plain',
  names: 'exact',
  write(rules, { language, head, note }) {
    note({ key: 'addAfterDrop', values: {} })
    const unique = new Names(56)
    const lists: string[] = []
    const filters: string[] = []
    for (const { opening, from, to, families } of rules) {
      const name = unique.take(`vaxel-${opening.id}`)
      const comment = `vaxel: ${remark(opening, language, (text) => plainAscii(text, 240))}`
      for (const family of families) {
        const menu = family === 4 ? '/ip firewall' : '/ipv6 firewall'
        const end = (given: WantedEnd, side: 'src' | 'dst'): string => {
          if (given.any) return ''
          for (const address of itemsOf(given, family))
            lists.push(
              `${menu} address-list add list="${name}-${side}" address=${address} comment="vaxel: ${opening.protocol}"`,
            )
          return ` ${side}-address-list="${name}-${side}"`
        }
        const ends = `${end(from, 'src')}${end(to, 'dst')}`
        const services =
          opening.protocol === 'icmp'
            ? [family === 4 ? 'protocol=icmp icmp-options=8:0-255' : 'protocol=icmpv6 icmp-options=128:0-255']
            : portGroups(opening.ports).map((ports) => `protocol=${opening.protocol} dst-port=${ports}`)
        for (const service of services)
          filters.push(`${menu} filter add chain=forward action=accept ${service}${ends} comment="${comment}"`)
      }
    }
    const remove = ['/ip firewall', '/ipv6 firewall'].flatMap((menu) =>
      ['filter', 'address-list'].map((what) => `${menu} ${what} remove [find comment~"^vaxel: "]`),
    )
    const comments = commentLines('#', head(), 'ascii')
    return `${[...comments, ...remove, ...lists, ...filters].join('\n')}\n`
  },
}

function itemsOf(end: WantedEnd, family: Family): readonly string[] {
  const { ranges, names } = ofFamily(end, family)
  return [...ranges.map(spanOf), ...names]
}

function portGroups(ports: readonly { readonly from: number; readonly to: number }[]): readonly string[] {
  const groups: string[][] = []
  let room = 0
  for (const { from, to } of ports) {
    const size = from === to ? 1 : 2
    if (room < size) {
      groups.push([])
      room = mostPorts
    }
    groups.at(-1)!.push(from === to ? `${from}` : `${from}-${to}`)
    room -= size
  }
  return groups.map((group) => group.join(','))
}
