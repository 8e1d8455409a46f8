import { isIP } from 'node:net'
import type { Address, Catalogue, Requirement, RequirementOf, SiteProfile } from '@vaxel/site'

/** Who is meant by an address of a catalogue, as far as one can connect to it. */
export interface NamedHosts {
  /** Names and single addresses. */
  readonly hosts: readonly string[]
  /** Networks and `*.` names: nobody can try all of them. */
  readonly untriable: readonly string[]
}

/** Where the places of a catalogue are, for this site. */
export type HostsOf = (place: string, addresses?: readonly Address[]) => NamedHosts

/**
 * @param overrides places whose hosts are known otherwise: the Vaxel server that was named on the command line
 * @param today `YYYY-MM-DD`; what is retired by then is left out
 */
export function hostFinder(
  { places }: Catalogue,
  profile: SiteProfile | undefined,
  today: string,
  overrides: Readonly<Record<string, readonly string[]>> = {},
): HostsOf {
  return (name, addresses = []) => {
    const own = overrides[name]
    if (own !== undefined && addresses.length === 0) return { hosts: own, untriable: [] }
    const ofPlace = places.find((place) => place.name === name)?.addresses ?? []
    const ofSite = (profile?.networks?.places?.[name] ?? []).map((text) => addressOf(text))
    const meant = addresses.length > 0 ? addresses : [...ofSite, ...ofPlace]
    const hosts = new Set<string>()
    const untriable = new Set<string>()
    for (const one of meant) {
      if (isOver(one.window?.retired, today)) continue
      const single = singleHost(one)
      if (single !== undefined) hosts.add(single)
      else untriable.add(one.network ?? one.name ?? '')
    }
    if (own !== undefined && hosts.size === 0) return { hosts: own, untriable: [...untriable] }
    return { hosts: [...hosts], untriable: [...untriable] }
  }
}

const addressOf = (text: string): Address =>
  /^[\d.:/a-f-]+$/i.test(text) && /\d/.test(text) && /[.:]/.test(text) && isNetwork(text)
    ? { network: text }
    : { name: text }
const isNetwork = (text: string): boolean => isIP(text.split(/[/-]/)[0] ?? '') !== 0

function singleHost({ name, network }: Address): string | undefined {
  if (network !== undefined) {
    const bare = network.replace(/\/32$|\/128$/, '')
    return isIP(bare) === 0 ? undefined : bare
  }
  return name === undefined || name.includes('*') ? undefined : name.toLowerCase()
}

/** Whether a day, month or year lies before today. */
export const isOver = (retired: string | undefined, today: string): boolean =>
  retired !== undefined && retired < today.slice(0, retired.length)

/** A connection that the site's machines begin. */
export interface FlowTarget {
  readonly host: string
  readonly port: number
  readonly carries: string
  readonly mayUseProxy: boolean
  readonly requirements: readonly RequirementOf<'flow'>[]
}

/** What cannot be tried of a flow, and why it is there. */
export interface FlowGap {
  readonly requirementId: string
  readonly what: string
}

/** At most so many ports of a range are tried: both ends and those between. */
const mostPortsOfRange = 5

/**
 * The TCP targets of all flows that a check proves, each once however many flows ask for it. Flows that begin outside are none
 * of the site's to try.
 */
export function flowTargets(
  requirements: readonly Requirement[],
  check: 'tcp' | 'tls',
  { places }: Catalogue,
  hostsOf: HostsOf,
  today: string,
): { readonly targets: readonly FlowTarget[]; readonly gaps: readonly FlowGap[] } {
  const byKey = new Map<string, FlowTarget & { requirements: RequirementOf<'flow'>[] }>()
  const gaps: FlowGap[] = []
  for (const one of requirements) {
    const { body } = one
    if (body.kind !== 'flow' || body.protocol !== 'tcp' || !one.checks.includes(check)) continue
    if (places.find(({ name }) => name === body.from.place)?.side === 'provider' && !body.bothWays) continue
    const { hosts, untriable } = hostsOf(body.to.place, body.to.addresses)
    for (const what of untriable) gaps.push({ requirementId: one.id, what })
    if (hosts.length === 0 && untriable.length === 0) gaps.push({ requirementId: one.id, what: body.to.place })
    const ports = body.ports.filter(({ window }) => !isOver(window?.retired, today)).flatMap(portsOf)
    for (const host of hosts)
      for (const port of ports) {
        const key = `${host} ${port}`
        const known = byKey.get(key)
        if (known) known.requirements.push(one as RequirementOf<'flow'>)
        else
          byKey.set(key, {
            host,
            port,
            carries: body.carries,
            mayUseProxy: body.proxy !== 'forbidden' && /HTTP|WSS|WebSocket/i.test(body.carries),
            requirements: [one as RequirementOf<'flow'>],
          })
      }
  }
  return { targets: [...byKey.values()], gaps }
}

function portsOf({ from, to }: { readonly from: number; readonly to: number }): readonly number[] {
  const count = to - from + 1
  if (count <= mostPortsOfRange) return Array.from({ length: count }, (_, i) => from + i)
  return Array.from(
    { length: mostPortsOfRange },
    (_, i) => from + Math.floor((i * (count - 1)) / (mostPortsOfRange - 1)),
  )
}
