import type { Device } from './device.ts'
import { commentLines, Names, plainAscii } from './plain-text.ts'
import { remark } from './remark.ts'
import { networksOf, ofFamily, type WantedEnd, type WantedRule } from './wanted.ts'

/**
 * Amazon VPC quotas: 60 rules a direction in one group, 5 groups a network interface; a description has at most 255 of
 * `a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*` (of which we use those that HCL gives no meaning).
 */
const most = { rules: 60, groups: 5, description: 255 }

/** Security groups for Terraform's AWS provider (version 5 and later), one resource a rule; a group remembers connections. */
export const awsTerraform: Device = {
  fileName: 'vaxel-site-aws.tf',
  mediaType: 'text/plain',
  names: 'none',
  write(rules, { language, head, note }) {
    note({ key: 'groupMembers', values: {} })
    const unique = new Names(200, '_')
    const counts = { egress: 0, ingress: 0 }
    const resources: string[] = []
    const groupAt = (index: number): string => `vaxel_site_${Math.floor(index / most.rules) + 1}`
    for (const rule of rules) {
      const way = rule.opening.direction === 'in' ? 'ingress' : 'egress'
      const description = remark(rule.opening, language, (text) => plainAscii(text, most.description))
      for (const lines of bodies(rule)) {
        const group = groupAt(counts[way])
        counts[way] += 1
        resources.push(
          `resource "aws_vpc_security_group_${way}_rule" "${unique.take(`vaxel_${rule.opening.id}`)}" {`,
          `  security_group_id = aws_security_group.${group}.id`,
          `  description       = "${description}"`,
          ...lines,
          '}',
        )
      }
    }
    const groups = Math.max(1, Math.ceil(Math.max(counts.egress, counts.ingress) / most.rules))
    if (groups > most.groups)
      note({ key: 'manyGroups', values: { limit: most.rules, count: groups, most: most.groups } })
    const comments = commentLines('#', head(), 'ascii')
    const declared = Array.from({ length: groups }, (_, index) => [
      `resource "aws_security_group" "vaxel_site_${index + 1}" {`,
      `  name        = "vaxel-site-${index + 1}"`,
      `  description = "Openings for Vaxel, part ${index + 1} of ${groups}"`,
      '  vpc_id      = var.vpc_id',
      '}',
    ]).flat()
    const variable = ['variable "vpc_id" {', '  type = string', '}']
    return `${[...comments, ...variable, ...declared, ...resources].join('\n')}\n`
  },
}

/** One resource's lines for each network of the far end and each port range. */
function bodies({ opening, from, to, families }: WantedRule): readonly (readonly string[])[] {
  const far: WantedEnd = opening.direction === 'in' ? from : to
  return families.flatMap((family) => {
    const networks = far.any ? [family === 4 ? '0.0.0.0/0' : '::/0'] : networksOf(ofFamily(far, family).ranges)
    const services =
      opening.protocol === 'icmp'
        ? [{ protocol: family === 4 ? 'icmp' : 'icmpv6', from: family === 4 ? 8 : 128, to: family === 4 ? 0 : -1 }]
        : opening.ports.map((port) => ({ protocol: opening.protocol as string, ...port }))
    return networks.flatMap((network) =>
      services.map((service) => [
        `  cidr_ipv${family}         = "${network}"`,
        `  ip_protocol       = "${service.protocol}"`,
        `  from_port         = ${service.from}`,
        `  to_port           = ${service.to}`,
      ]),
    )
  })
}
