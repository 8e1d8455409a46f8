import { writeIp } from '../../net/ip-range.ts'
import type { Device } from './device.ts'
import { commentLines, Names, plainAscii } from './plain-text.ts'
import { remark } from './remark.ts'
import { type Family, networksOf, type WantedEnd } from './wanted.ts'

/** Cisco ASA: names of objects and groups have at most 64 characters, a remark 100. */
const mostName = 64
const mostRemark = 100
const list = 'VAXEL-SITE'

/** Object groups and one extended access list, which holds both families since ASA 9.0; the ASA remembers connections. */
export const ciscoAsa: Device = {
  fileName: 'vaxel-site-asa.txt',
  mediaType: 'text/plain',
  names: 'exact',
  write(rules, { language, head, note }) {
    note({ key: 'addAfterDrop', values: {} })
    const names = new Names(mostName - 4)
    const nameObjects = new Map<string, string>()
    const objects: string[] = []
    const lines: string[] = []
    const groupOf = (end: WantedEnd, name: string): string => {
      if (end.any) return 'any'
      for (const fqdn of end.names) {
        if (nameObjects.has(fqdn)) continue
        const object = names.take(`VAXEL-${fqdn}`)
        nameObjects.set(fqdn, object)
        objects.push(`object network ${object}`, ` fqdn ${fqdn}`)
      }
      objects.push(`object-group network ${name}`)
      for (const network of networksOf(end.ranges)) objects.push(` network-object ${networkOf(network)}`)
      for (const fqdn of end.names) objects.push(` network-object object ${nameObjects.get(fqdn)}`)
      return `object-group ${name}`
    }
    for (const rule of rules) {
      const name = names.take(`VAXEL-${rule.opening.id}`)
      const from = groupOf(rule.from, `${name}-SRC`)
      const to = groupOf(rule.to, `${name}-DST`)
      lines.push(`access-list ${list} remark ${remark(rule.opening, language, (text) => plainAscii(text, mostRemark))}`)
      if (rule.opening.protocol === 'icmp') {
        lines.push(...rule.families.map((family) => pingLine(family, from, to)))
        continue
      }
      objects.push(`object-group service ${name}-PRT ${rule.opening.protocol}`)
      for (const port of rule.opening.ports)
        objects.push(
          port.from === port.to ? ` port-object eq ${port.from}` : ` port-object range ${port.from} ${port.to}`,
        )
      lines.push(`access-list ${list} extended permit ${rule.opening.protocol} ${from} ${to} object-group ${name}-PRT`)
    }
    const comments = commentLines('!', head(), 'ascii')
    return `${[...comments, ...objects, ...lines].join('\n')}\n`
  },
}

function pingLine(family: Family, from: string, to: string): string {
  const end = (text: string): string => (text === 'any' ? `any${family}` : text)
  const protocol = family === 4 ? 'icmp' : 'icmp6'
  return `access-list ${list} extended permit ${protocol} ${end(from)} ${end(to)} ${family === 4 ? 'echo' : 'echo-request'}`
}

function networkOf(network: string): string {
  const [address, prefix] = network.split('/') as [string, string]
  if (address.includes(':')) return prefix === '128' ? `host ${address}` : network
  if (prefix === '32') return `host ${address}`
  return `${address} ${writeIp(4, ((1n << BigInt(prefix)) - 1n) << BigInt(32 - Number(prefix)))}`
}
