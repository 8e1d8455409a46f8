import type { Device } from './device.ts'
import { commentLines, Names, plainAscii } from './plain-text.ts'
import { remark } from './remark.ts'
import { type Family, networksOf, ofFamily, type WantedEnd, type WantedRule } from './wanted.ts'

/**
 * Azure: a rule's name has at most 80 characters, its description 140, its priority lies between 100 and 4096; a network
 * security group holds 1,000 rules; a rule holds one family.
 */
const most = { name: 80, description: 140, rules: 1000 }
const firstPriority = 100

/** A network security group for Terraform's AzureRM provider; the group remembers connections. */
export const azureTerraform: Device = {
  fileName: 'vaxel-site-azure.tf',
  mediaType: 'text/plain',
  names: 'none',
  write(rules, { language, head, gap }) {
    const unique = new Names(most.name)
    const counts = { Outbound: 0, Inbound: 0 }
    const resources: string[] = []
    for (const rule of rules) {
      const direction = rule.opening.direction === 'in' ? 'Inbound' : 'Outbound'
      const bothAny = rule.from.any && rule.to.any && rule.opening.protocol !== 'icmp'
      for (const family of bothAny ? ([4] as const) : rule.families) {
        if (rule.opening.protocol === 'icmp' && family === 6) {
          gap(rule.opening, { key: 'noIcmp6', values: {} })
          continue
        }
        if (counts.Outbound + counts.Inbound >= most.rules) {
          gap(rule.opening, { key: 'tooManyRules', values: { limit: most.rules } })
          break
        }
        const name = unique.take(`vaxel-${rule.opening.id}`)
        resources.push(
          `resource "azurerm_network_security_rule" "${name.replace(/-/g, '_')}" {`,
          `  name                         = "${name}"`,
          `  description                  = "${remark(rule.opening, language, (text) => plainAscii(text, most.description))}"`,
          `  priority                     = ${firstPriority + counts[direction] * 3}`,
          `  direction                    = "${direction}"`,
          '  access                       = "Allow"',
          ...body(rule, family, bothAny),
          '  resource_group_name          = var.resource_group_name',
          '  network_security_group_name  = azurerm_network_security_group.vaxel_site.name',
          '}',
        )
        counts[direction] += 1
      }
    }
    const comments = commentLines('#', head(), 'ascii')
    const group = [
      'variable "resource_group_name" {',
      '  type = string',
      '}',
      'variable "location" {',
      '  type = string',
      '}',
      'resource "azurerm_network_security_group" "vaxel_site" {',
      '  name                = "vaxel-site"',
      '  location            = var.location',
      '  resource_group_name = var.resource_group_name',
      '}',
    ]
    return `${[...comments, ...group, ...resources].join('\n')}\n`
  },
}

function body({ opening, from, to }: WantedRule, family: Family, bothAny: boolean): readonly string[] {
  const protocol = { tcp: 'Tcp', udp: 'Udp', icmp: 'Icmp' }[opening.protocol]
  return [
    `  protocol                     = "${protocol}"`,
    '  source_port_range            = "*"',
    opening.protocol === 'icmp'
      ? '  destination_port_range       = "*"'
      : `  destination_port_ranges      = [${opening.ports.map((port) => `"${port.from === port.to ? port.from : `${port.from}-${port.to}`}"`).join(', ')}]`,
    addresses('source', from, family, bothAny),
    addresses('destination', to, family, bothAny),
  ]
}

/** `*` where both ends are any; else the family's own "any", so that no other family slips in. */
function addresses(side: 'source' | 'destination', end: WantedEnd, family: Family, bothAny: boolean): string {
  if (end.any) {
    const any = bothAny ? '*' : family === 4 ? '0.0.0.0/0' : '::/0'
    return `  ${`${side}_address_prefix`.padEnd(28)} = "${any}"`
  }
  const networks = networksOf(ofFamily(end, family).ranges)
  return `  ${`${side}_address_prefixes`.padEnd(28)} = [${networks.map((network) => `"${network}"`).join(', ')}]`
}
