import type { Device } from './device.ts'
import { commentLines, plainUnicode } from './plain-text.ts'
import { remark } from './remark.ts'
import { type Family, ofFamily, spanOf, type WantedEnd, type WantedRule } from './wanted.ts'

/** nft(8): a comment holds 128 bytes with its end. */
const mostCommentBytes = 126

/**
 * nft(8) syntax. Either a chain in `table inet filter` to jump to, or, as `whole`, a firewall of its own that drops the rest.
 * Loading the file again replaces what it brought.
 */
export const nftables: Device = {
  fileName: 'vaxel-site.nft',
  mediaType: 'text/plain',
  names: 'none',
  write(rules, { language, options, head, note }) {
    note(
      options.whole
        ? { key: 'wholeFirewall', values: {} }
        : { key: 'jumpTo', values: { chain: 'inet filter vaxel_site' } },
    )
    const lines = rules.flatMap((rule) => {
      const comment = remark(rule.opening, language, (text) => plainUnicode(text, mostCommentBytes))
      return matches(rule).map((match) => `\t\t${match} accept comment "${comment}"`)
    })
    const comments = commentLines('#', head(), 'unicode')
    return `${[...comments, ...(options.whole ? whole(lines) : part(lines))].join('\n')}\n`
  },
}

const part = (lines: readonly string[]): readonly string[] => [
  'table inet filter {',
  '\tchain vaxel_site {',
  '\t}',
  '}',
  'flush chain inet filter vaxel_site',
  'table inet filter {',
  '\tchain vaxel_site {',
  ...lines,
  '\t}',
  '}',
]

const whole = (lines: readonly string[]): readonly string[] => [
  'table inet vaxel_site',
  'delete table inet vaxel_site',
  'table inet vaxel_site {',
  '\tchain openings {',
  ...lines,
  '\t}',
  '\tchain forward {',
  '\t\ttype filter hook forward priority filter; policy drop;',
  '\t\tct state established,related accept',
  '\t\tct state invalid drop',
  '\t\tjump openings',
  '\t}',
  '}',
]

function matches(rule: WantedRule): readonly string[] {
  const { from, to, families } = rule
  const bothAny = from.any && to.any
  if (bothAny && rule.opening.protocol !== 'icmp') return [service(rule, 4)]
  return families.map((family) => {
    const ends = [
      bothAny ? `meta nfproto ipv${family}` : '',
      end(from, family, 'saddr'),
      end(to, family, 'daddr'),
      service(rule, family),
    ]
    return ends.filter((text) => text !== '').join(' ')
  })
}

function end(given: WantedEnd, family: Family, side: 'saddr' | 'daddr'): string {
  if (given.any) return ''
  return `${family === 4 ? 'ip' : 'ip6'} ${side} ${setOf(ofFamily(given, family).ranges.map(spanOf))}`
}

function service({ opening }: WantedRule, family: Family): string {
  if (opening.protocol === 'icmp') return family === 4 ? 'icmp type echo-request' : 'icmpv6 type echo-request'
  return `${opening.protocol} dport ${setOf(opening.ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)))}`
}

const setOf = (items: readonly string[]): string => (items.length === 1 ? items[0]! : `{ ${items.join(', ')} }`)
