import { type CheckName, isMet, type Requirement } from '@vaxel/site'
import type { CheckPorts } from '../check-session.ts'

/** Who will use the service from here. */
export interface People {
  readonly browsers: boolean
  /** Desk phones, adapters and programs that speak SIP themselves. */
  readonly phones: boolean
}

/** What a browser can find out. */
const pageChecks: readonly CheckName[] = [
  'dns',
  'tcp',
  'tls',
  'udp-media',
  'stun',
  'turn',
  'web-socket',
  'nat',
  'stream-quality',
  'several-calls',
  'browser',
  'devices',
]

/** The requirements that count for these people, as a site's facts would have it. */
export function requirementsFor(requirements: readonly Requirement[], people: People): readonly Requirement[] {
  const browsers = people.browsers ? 1 : 0
  const phones = people.phones ? 1 : 0
  const facts = {
    'people.webSoftphone': browsers,
    'people.integrated': browsers,
    'people.softphone': browsers,
    'people.deskPhone': phones,
    'people.adapter': phones,
    'people.total': browsers + phones,
    connection: 'internet',
    proxy: 'none',
    firewall: 'stateful',
  }
  return requirements.filter(({ appliesWhen }) => isMet(appliesWhen, facts))
}

/**
 * Those that this page can prove, as they are; the others without their checks, so that they count as not to be proven
 * here: the probe looks at certificates, name servers, SIP and what else no browser shows.
 */
export function provableHere(requirements: readonly Requirement[], ports: CheckPorts): readonly Requirement[] {
  return requirements.map((one) => (isProvable(one, ports) ? one : { ...one, checks: [] }))
}

function isProvable({ checks, body }: Requirement, ports: CheckPorts): boolean {
  if (checks.length === 0 || !checks.every((check) => pageChecks.includes(check))) return false
  if (body.kind !== 'flow') return true
  const reachable = body.protocol === 'udp' ? [ports.stun, ports.media, ...ports.sample] : [ports.webTls, ports.stun]
  return body.ports.some(({ from, to }) => reachable.some((port) => port >= from && port <= to))
}

/** The requirements that a result is evidence for: those that ask for this check, and for this port where they are flows. */
export function idsFor(
  requirements: readonly Requirement[],
  check: CheckName,
  flow?: { readonly protocol: 'tcp' | 'udp'; readonly port: number },
): readonly string[] {
  return requirements
    .filter(({ checks, body }) => {
      if (!checks.includes(check)) return false
      if (body.kind !== 'flow' || !flow) return true
      return body.protocol === flow.protocol && body.ports.some(({ from, to }) => flow.port >= from && flow.port <= to)
    })
    .map(({ id }) => id)
}
