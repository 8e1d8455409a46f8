import { type Catalogue, requirementsOf } from '../catalogue/catalogue.ts'
import type { Address, Ports, RequirementOf, SourceDate, Window } from '../catalogue/requirement.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import { applicableRequirements } from './applicable.ts'
import { mergeOpenings } from './merge-openings.ts'
import { mergePorts, type PortRange } from './merge-ports.ts'
import type { Opening, OpeningEnd } from './opening.ts'
import { type ResolvedEnd, resolveEnd } from './resolve-end.ts'
import { commonWindow, windowOn } from './source-day.ts'

/**
 * The openings of the customer's firewalls that a site needs, in the catalogue's order. A flow of which some addresses or ports
 * come later or go becomes an opening for each time; one that both ends begin becomes two. Openings with the same ends, protocol
 * and time are one when they have the same ports, or carry the same with the same need; their requirement ids are all kept.
 * A flow between two places that are not the customer's needs no opening.
 * @param today day from which is seen what is still to come and what is over
 */
export function makeOpenings(
  catalogue: Catalogue,
  profile: SiteProfile,
  { today }: { readonly today: string },
): readonly Opening[] {
  const flows = requirementsOf(applicableRequirements(catalogue, profile, { today }), 'flow')
  return mergeOpenings(flows.flatMap((flow) => openingsOf(flow, catalogue, profile, today)))
}

/** Part of a flow that is open for the same time. */
interface Slice {
  readonly from: readonly Address[]
  readonly to: readonly Address[]
  readonly ports: readonly PortRange[]
}

function openingsOf(flow: RequirementOf<'flow'>, catalogue: Catalogue, profile: SiteProfile, today: string): Opening[] {
  const from = resolveEnd(flow.body.from, catalogue, profile)
  const to = resolveEnd(flow.body.to, catalogue, profile)
  if (from.side !== 'customer' && to.side !== 'customer') return []
  const there = openingsOneWay(flow, from, to, today)
  return flow.body.bothWays ? [...there, ...openingsOneWay(flow, to, from, today, '.back')] : there
}

function openingsOneWay(
  { id, title, lostIfMissing, level, window, body }: RequirementOf<'flow'>,
  from: ResolvedEnd,
  to: ResolvedEnd,
  today: string,
  suffix = '',
): Opening[] {
  const times = new Map<string, { readonly window: Window; readonly slices: Slice[] }>()
  for (const [fromWindow, fromAddresses] of byWindow(from.addresses))
    for (const [toWindow, toAddresses] of byWindow(to.addresses))
      for (const [portsWindow, ports] of byWindow<Ports>(body.ports)) {
        const common = commonWindow([window, fromWindow, toWindow, portsWindow])
        const left = common && windowOn(common, today)
        if (!left) continue
        const key = JSON.stringify([left.openBy, left.closeAfter])
        const slice = { from: fromAddresses, to: toAddresses, ports: mergePorts(ports) }
        const known = times.get(key)
        if (known) known.slices.push(slice)
        else times.set(key, { window: common, slices: [slice] })
      }
  return [...times.values()].flatMap(({ window: common, slices }) => {
    const left = windowOn(common, today)!
    return mergeSlices(slices).map(
      (slice, index): Opening => ({
        id: `${id}${suffix}${timeSuffix(left)}${index === 0 ? '' : `.${index + 1}`}`,
        requirementIds: [id],
        title,
        lostIfMissing,
        direction: from.side !== 'customer' ? 'in' : to.side === 'customer' ? 'inside' : 'out',
        from: endOf(from, slice.from),
        to: endOf(to, slice.to),
        protocol: body.protocol,
        ports: slice.ports,
        carries: body.carries,
        ...left,
        level,
        ...(body.idleTimeoutSeconds !== undefined && { idleTimeoutSeconds: body.idleTimeoutSeconds }),
        ...(body.dscp !== undefined && { dscp: body.dscp }),
        ...(body.proxy !== undefined && { proxy: body.proxy }),
        ...(body.tlsInspection !== undefined && { tlsInspection: body.tlsInspection }),
      }),
    )
  })
}

const timeSuffix = ({ openBy, closeAfter }: { openBy?: SourceDate; closeAfter?: SourceDate }): string =>
  `${openBy === undefined ? '' : `.from-${openBy}`}${closeAfter === undefined ? '' : `.until-${closeAfter}`}`

/** So many different times of one list are told apart: with those of the other lists they multiply. */
const mostWindows = 6

/**
 * Addresses or ports by their windows, in their order; one empty group when there are none, which stands for any. Those of
 * further windows than are told apart count as always there: open too early is better than closed too late.
 */
function byWindow<T extends { readonly window?: Window }>(
  list: readonly T[],
): readonly (readonly [Window | undefined, readonly T[]])[] {
  if (list.length === 0) return [[undefined, []]]
  const groups = new Map<string, [Window | undefined, T[]]>()
  for (const one of list) {
    const own = JSON.stringify([one.window?.effective, one.window?.retired])
    const isTold = groups.has(own) || groups.size < mostWindows
    const key = isTold ? own : always
    const known = groups.get(key)
    if (known) known[1].push(one)
    else groups.set(key, [isTold ? one.window : undefined, [one]])
  }
  return [...groups.values()]
}

const always = JSON.stringify([undefined, undefined])

/** Slices of one time become fewer: first the ports of equal ends, then the ends with equal ports. */
function mergeSlices(slices: readonly Slice[]): readonly Slice[] {
  const joined = (two: readonly Slice[], key: (slice: Slice) => unknown, join: (a: Slice, b: Slice) => Slice) => {
    const groups = new Map<string, Slice>()
    for (const slice of two) {
      const name = JSON.stringify(key(slice))
      const known = groups.get(name)
      groups.set(name, known ? join(known, slice) : slice)
    }
    return [...groups.values()]
  }
  const byEnds = joined(
    slices,
    ({ from, to }) => [from, to],
    (a, b) => ({ ...a, ports: mergePorts([...a.ports, ...b.ports]) }),
  )
  const byTo = joined(
    byEnds,
    ({ from, ports }) => [from, ports],
    (a, b) => ({ ...a, to: [...a.to, ...b.to] }),
  )
  return joined(
    byTo,
    ({ to, ports }) => [to, ports],
    (a, b) => ({ ...a, from: [...a.from, ...b.from] }),
  )
}

function endOf({ place, label }: ResolvedEnd, addresses: readonly Address[]): OpeningEnd {
  const networks = unique(addresses.flatMap(({ network }) => network ?? []))
  const names = unique(addresses.flatMap(({ name }) => name ?? []))
  return { place, label, any: networks.length === 0 && names.length === 0, networks, names }
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)]
