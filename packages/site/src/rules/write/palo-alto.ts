import { writeIp } from '../../net/ip-range.ts'
import type { Device } from './device.ts'
import { commentLines, Names, plainAscii } from './plain-text.ts'
import { remark } from './remark.ts'
import { networksOf, type WantedEnd } from './wanted.ts'

/** PAN-OS: names of rules, addresses and services have at most 63 characters (components of a security policy rule), a description 1024, the ports of a service 1023. */
const most = { name: 63, description: 1000, ports: 1000 }

/** Set commands of PAN-OS. One rule holds both families; ping is the application `ping` (and `ipv6-icmp` informational types are its part). */
export const paloAlto: Device = {
  fileName: 'vaxel-site-panos.txt',
  mediaType: 'text/plain',
  names: 'exact',
  write(rules, { language, head, note }) {
    note({ key: 'zones', values: {} })
    note({ key: 'addAfterDrop', values: {} })
    const unique = new Names(most.name - 4)
    const objects = new Map<string, { readonly name: string; readonly line: string }>()
    const object = (key: string, kind: string): string => {
      const known = objects.get(key)
      if (known) return known.name
      const name = unique.take(`vaxel-${key}`)
      objects.set(key, { name, line: `set address ${name} ${kind} ${key}` })
      return name
    }
    const members = (end: WantedEnd): string => {
      if (end.any) return 'any'
      const names = [
        ...end.ranges.map((range) => {
          const networks = networksOf([range])
          return networks.length === 1
            ? object(networks[0]!, 'ip-netmask')
            : object(`${writeIp(range.family, range.first)}-${writeIp(range.family, range.last)}`, 'ip-range')
        }),
        ...end.names.map((name) => object(name, 'fqdn')),
      ]
      return names.length === 1 ? names[0]! : `[ ${names.join(' ')} ]`
    }
    const services: string[] = []
    const lines: string[] = []
    for (const { opening, from, to } of rules) {
      const name = unique.take(`vaxel-${opening.id}`)
      const own: string[] = []
      for (const [index, ports] of portLists(opening.ports).entries()) {
        const service = index === 0 ? name : `${name}-${index + 1}`
        own.push(service)
        services.push(`set service ${service} protocol ${opening.protocol} port ${ports}`)
      }
      const rule = `set rulebase security rules ${name}`
      const description = remark(opening, language, (text) => plainAscii(text, most.description))
      lines.push(
        `${rule} from any to any source ${members(from)} destination ${members(to)}`,
        opening.protocol === 'icmp'
          ? `${rule} application ping service application-default`
          : `${rule} application any service ${own.length === 1 ? own[0]! : `[ ${own.join(' ')} ]`}`,
        `${rule} action allow`,
        `${rule} description "${description}"`,
      )
    }
    const comments = commentLines('#', head(), 'ascii')
    return `${[...comments, ...[...objects.values()].map(({ line }) => line), ...services, ...lines].join('\n')}\n`
  },
}

/** Ports as comma lists within the device's length. */
function portLists(ports: readonly { readonly from: number; readonly to: number }[]): readonly string[] {
  const lists: string[] = []
  for (const { from, to } of ports) {
    const text = from === to ? `${from}` : `${from}-${to}`
    const last = lists.at(-1)
    if (last === undefined || last.length + text.length + 1 > most.ports) lists.push(text)
    else lists[lists.length - 1] = `${last},${text}`
  }
  return lists
}
