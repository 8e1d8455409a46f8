import type { Device } from './device.ts'
import { commentLines, Names, plainAscii } from './plain-text.ts'
import { remark } from './remark.ts'
import { spanOf, type WantedEnd } from './wanted.ts'

/**
 * New-NetFirewallRule of the NetSecurity module, for the firewall of one PC. Texts hold ASCII without quotes: PowerShell also
 * ends a text at typographic quotes (about_Quoting_Rules). A name of a rule is unique; running the script again replaces the
 * rules of its group.
 */
export const windows: Device = {
  fileName: 'vaxel-site.ps1',
  mediaType: 'text/plain',
  names: 'none',
  write(rules, { language, head, note }) {
    note({ key: 'onePc', values: {} })
    const names = new Names(120)
    const lines = rules.flatMap(({ opening, from, to, families }) => {
      const inward = opening.direction === 'in'
      const [local, remote] = inward ? [to, from] : [from, to]
      const kinds =
        opening.protocol === 'icmp'
          ? families.map((family) => (family === 4 ? 'ICMPv4' : 'ICMPv6'))
          : [opening.protocol.toUpperCase()]
      const ports = opening.ports.map((port) => (port.from === port.to ? `${port.from}` : `${port.from}-${port.to}`))
      return kinds.map((kind) => {
        const parts = [
          'New-NetFirewallRule',
          `-Name '${names.take(`vaxel-${opening.id}-${kind}`)}'`,
          `-DisplayName '${plainAscii(`Vaxel: ${opening.title}`, 200)}'`,
          `-Description '${remark(opening, language, (text) => plainAscii(text, 1000))}'`,
          "-Group 'Vaxel site'",
          `-Direction ${inward ? 'Inbound' : 'Outbound'}`,
          '-Action Allow',
          `-Protocol ${kind}`,
          opening.protocol === 'icmp'
            ? `-IcmpType ${kind === 'ICMPv4' ? 8 : 128}`
            : `-${inward ? 'LocalPort' : 'RemotePort'} ${listOf(ports)}`,
          `-LocalAddress ${addressesOf(local)}`,
          `-RemoteAddress ${addressesOf(remote)}`,
        ]
        return parts.join(' ')
      })
    })
    const comments = commentLines('#', head(), 'ascii')
    const script = [
      ...comments,
      "$ErrorActionPreference = 'Stop'",
      "Get-NetFirewallRule -Group 'Vaxel site' -ErrorAction SilentlyContinue | Remove-NetFirewallRule",
      ...lines,
    ]
    // Windows PowerShell 5 reads a file without a mark in the machine's code page: ASCII alone is safe.
    return `${script.join('\r\n')}\r\n`
  },
}

const addressesOf = (end: WantedEnd): string => (end.any ? 'Any' : listOf(end.ranges.map(spanOf)))

const listOf = (items: readonly string[]): string => items.map((item) => `'${item}'`).join(',')
