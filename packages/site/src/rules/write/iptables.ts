import { toNetworks, writeIp } from '../../net/ip-range.ts'
import type { Device } from './device.ts'
import { commentLines, plainUnicode } from './plain-text.ts'
import { remark } from './remark.ts'
import { type Family, ofFamily, type WantedEnd, type WantedRule } from './wanted.ts'

/** iptables-extensions(8): a comment has at most 256 characters with its end; multiport takes 15 ports, a range counts as two. */
const mostCommentBytes = 250
const mostPorts = 15

/**
 * The format of iptables-save for iptables-restore and ip6tables-restore, each of which takes the lines of its family
 * (`-4`, `-6`, iptables(8)). A chain to jump to, for `--noflush`; or, as `whole`, the whole filter table.
 */
export const iptables: Device = {
  fileName: 'vaxel-site.rules',
  mediaType: 'text/plain',
  names: 'none',
  write(rules, { language, options, head, note }) {
    note({ key: 'bothFamilies', values: {} })
    note(options.whole ? { key: 'wholeFirewall', values: {} } : { key: 'jumpTo', values: { chain: 'VAXEL-SITE' } })
    const lines = rules.flatMap((rule) => {
      const comment = remark(rule.opening, language, (text) => plainUnicode(text, mostCommentBytes))
      return rule.families.flatMap((family) => linesOf(rule, family, comment))
    })
    const begin = options.whole
      ? [
          ':INPUT ACCEPT [0:0]',
          ':FORWARD DROP [0:0]',
          ':OUTPUT ACCEPT [0:0]',
          ':VAXEL-SITE - [0:0]',
          '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
          '-A FORWARD -m conntrack --ctstate INVALID -j DROP',
          '-A FORWARD -j VAXEL-SITE',
        ]
      : [':VAXEL-SITE - [0:0]']
    const comments = commentLines('#', head(), 'unicode')
    return `${[...comments, '*filter', ...begin, ...lines, 'COMMIT'].join('\n')}\n`
  },
}

function linesOf(rule: WantedRule, family: Family, comment: string): readonly string[] {
  const lines: string[] = []
  for (const from of addresses(rule.from, family, '-s'))
    for (const to of addresses(rule.to, family, '-d'))
      for (const service of services(rule, family))
        lines.push(
          [`-${family} -A VAXEL-SITE`, from, to, service, `-m comment --comment "${comment}" -j ACCEPT`]
            .filter((text) => text !== '')
            .join(' '),
        )
  return lines
}

/** A network as `-s` and `-d` take it, any other range by the iprange match: one line each. */
const addresses = (end: WantedEnd, family: Family, flag: '-s' | '-d'): readonly string[] =>
  end.any
    ? ['']
    : ofFamily(end, family).ranges.map((range) => {
        const [network, ...more] = toNetworks(range)
        if (more.length === 0) return `${flag} ${network}`
        const side = flag === '-s' ? '--src-range' : '--dst-range'
        return `-m iprange ${side} ${writeIp(family, range.first)}-${writeIp(family, range.last)}`
      })

function services({ opening }: WantedRule, family: Family): readonly string[] {
  if (opening.protocol === 'icmp')
    return [family === 4 ? '-p icmp -m icmp --icmp-type 8' : '-p ipv6-icmp -m icmp6 --icmpv6-type 128']
  const groups: string[][] = []
  let room = 0
  for (const { from, to } of opening.ports) {
    const size = from === to ? 1 : 2
    if (room < size) {
      groups.push([])
      room = mostPorts
    }
    groups.at(-1)!.push(from === to ? `${from}` : `${from}:${to}`)
    room -= size
  }
  return groups.map((ports) =>
    ports.length === 1
      ? `-p ${opening.protocol} -m ${opening.protocol} --dport ${ports[0]}`
      : `-p ${opening.protocol} -m multiport --dports ${ports.join(',')}`,
  )
}
