import type { IpRange } from '../../net/ip-range.ts'
import { writeIp } from '../../net/ip-range.ts'
import type { Device } from './device.ts'
import { commentLines, Names, plainAscii } from './plain-text.ts'
import { remark } from './remark.ts'
import { type Family, networksOf, ofFamily, spanOf, type WantedEnd } from './wanted.ts'

/** FortiOS CLI reference: a policy's name has at most 35 characters, its comments 1023; an address's or service's name 79, its comment 255. */
const most = { policyName: 35, policyComments: 1023, objectName: 79 }

/** FortiOS since 6.4, where one policy holds both families. Names may be `*.example.com`. */
export const fortigate: Device = {
  fileName: 'vaxel-site-fortigate.conf',
  mediaType: 'text/plain',
  names: 'wildcard',
  write(rules, { language, head, note }) {
    note({ key: 'zones', values: {} })
    note({ key: 'addAfterDrop', values: {} })
    const objects = new Objects()
    const services: string[] = []
    const policies: string[] = []
    const policyNames = new Names(most.policyName)
    const serviceNames = new Names(most.objectName)
    for (const { opening, from, to, families } of rules) {
      const service = serviceNames.take(`vaxel-${opening.id}`)
      services.push(...serviceOf(service, opening.protocol, opening.ports, families))
      const names =
        opening.protocol === 'icmp' ? families.map((family) => `${service}${family === 6 ? '6' : ''}`) : [service]
      policies.push(
        '  edit 0',
        `    set name "${policyNames.take(`vaxel-${opening.id}`)}"`,
        '    set srcintf "any"',
        '    set dstintf "any"',
        ...families.flatMap((family) => [
          `    set srcaddr${family === 6 ? '6' : ''} ${objects.of(from, family)}`,
          `    set dstaddr${family === 6 ? '6' : ''} ${objects.of(to, family)}`,
        ]),
        '    set action accept',
        '    set schedule "always"',
        `    set service ${quoted(names)}`,
        `    set comments "${remark(opening, language, (text) => plainAscii(text, most.policyComments))}"`,
        '  next',
      )
    }
    const comments = commentLines('#', head(), 'ascii')
    const parts = [
      ...comments,
      ...section('firewall address', objects.v4),
      ...section('firewall address6', objects.v6),
      ...section('firewall service custom', services),
      ...section('firewall policy', policies),
    ]
    return `${parts.join('\n')}\n`
  },
}

/** Address objects, each once. */
class Objects {
  readonly v4: string[] = []
  readonly v6: string[] = []
  readonly #names = new Map<string, string>()
  readonly #unique = new Names(most.objectName)

  of(end: WantedEnd, family: Family): string {
    if (end.any) return '"all"'
    const { ranges, names } = ofFamily(end, family)
    const objects = [
      ...(family === 4
        ? ranges.map((range) => this.#object(spanOf(range), 4, v4Body(range)))
        : networksOf(ranges).map((network) => this.#object(network, 6, [`set ip6 ${network}`]))),
      ...names.map((name) => this.#object(name, family, ['set type fqdn', `set fqdn "${name}"`])),
    ]
    return quoted(objects)
  }

  #object(key: string, family: Family, body: readonly string[]): string {
    const known = this.#names.get(`${family} ${key}`)
    if (known !== undefined) return known
    const name = this.#unique.take(`vaxel-${key}`)
    this.#names.set(`${family} ${key}`, name)
    const lines = family === 4 ? this.v4 : this.v6
    lines.push(`  edit "${name}"`, ...body.map((line) => `    ${line}`), '  next')
    return name
  }
}

function v4Body(range: IpRange): readonly string[] {
  const networks = networksOf([range])
  if (networks.length > 1)
    return ['set type iprange', `set start-ip ${writeIp(4, range.first)}`, `set end-ip ${writeIp(4, range.last)}`]
  const [address, prefix] = networks[0]!.split('/') as [string, string]
  return [`set subnet ${address} ${writeIp(4, ((1n << BigInt(prefix)) - 1n) << BigInt(32 - Number(prefix)))}`]
}

function serviceOf(
  name: string,
  protocol: 'tcp' | 'udp' | 'icmp',
  ports: readonly { readonly from: number; readonly to: number }[],
  families: readonly Family[],
): readonly string[] {
  if (protocol === 'icmp')
    return families.flatMap((family) => [
      `  edit "${name}${family === 6 ? '6' : ''}"`,
      `    set protocol ICMP${family === 6 ? '6' : ''}`,
      `    set icmptype ${family === 6 ? 128 : 8}`,
      '  next',
    ])
  const list = ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ')
  return [`  edit "${name}"`, '    set protocol TCP/UDP/SCTP', `    set ${protocol}-portrange ${list}`, '  next']
}

const section = (name: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`config ${name}`, ...lines, 'end']

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(' ')
