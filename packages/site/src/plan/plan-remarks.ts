import type { Catalogue } from '../catalogue/catalogue.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import type { Opening } from './opening.ts'
import { line, type PlanLine } from './plan-line.ts'
import type { SitePlan } from './site-plan.ts'

/** What the profile leaves open or gets wrong, and what follows from it. */
export function planRemarks(
  catalogue: Catalogue,
  profile: SiteProfile,
  { openings, lines, agents, bandwidth }: Pick<SitePlan, 'openings' | 'lines' | 'agents' | 'bandwidth'>,
): readonly PlanLine[] {
  const people = Object.values(profile.people).reduce((sum, count) => sum + count, profile.agents?.loggedOn ?? 0)
  const hasLines = lines?.lines ?? 0
  return [
    ...(profile.system === catalogue.id
      ? []
      : [line('otherSystem', { system: profile.system, catalogue: catalogue.id })]),
    ...(people === 0 ? [line('nobodyHere', {})] : []),
    ...wrongOptions(catalogue, profile),
    ...((profile.networks?.inside ?? []).length === 0 ? [line('insideUnknown', {})] : []),
    ...unknownPlaces(catalogue, profile, openings),
    ...(profile.networks?.stateful === false ? [line('stateless', {})] : []),
    ...proxyRemarks(profile, openings),
    ...(lines ? [] : [line('linesUnknown', {})]),
    ...(agents || (profile.agents?.loggedOn ?? 0) === 0 ? [] : [line('agentsUnknown', {})]),
    ...(hasLines > bandwidth.honest.callsAtOnce
      ? [line('linesAboveShare', { lines: hasLines, calls: bandwidth.honest.callsAtOnce })]
      : []),
  ]
}

function wrongOptions({ options }: Catalogue, profile: SiteProfile): PlanLine[] {
  const given = Object.entries(profile.options ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return given.flatMap(([id, value]) => {
    const option = options.find((one) => one.id === id)
    if (!option) return [line('optionUnknown', { option: id })]
    const { choices } = option
    if (!choices || choices.some((choice) => choice.id === value)) return []
    return [
      line('choiceUnknown', { option: id, value: String(value), choices: choices.map((one) => one.id).join(', ') }),
    ]
  })
}

/** Machines of the customer to which rules lead without their address: such rules open more than they should. */
function unknownPlaces({ places }: Catalogue, { networks }: SiteProfile, openings: readonly Opening[]): PlanLine[] {
  const inside = JSON.stringify(networks?.inside ?? [])
  const ends = openings.flatMap(({ direction, to }) => {
    const isTold = Object.hasOwn(networks?.places ?? {}, to.place)
    return direction !== 'out' && !isTold && (to.any || JSON.stringify(to.networks) === inside) ? [to.place] : []
  })
  return [...new Set(ends)].map((name) =>
    line('placeUnknown', { name, place: places.find((one) => one.name === name)?.label ?? name }),
  )
}

function proxyRemarks({ proxy }: SiteProfile, openings: readonly Opening[]): PlanLine[] {
  if (proxy !== 'forced') return []
  const out = openings.filter(({ direction }) => direction === 'out')
  const udp = out.filter(({ protocol }) => protocol === 'udp')
  const forbidden = out.filter(({ protocol, proxy: may }) => protocol === 'tcp' && may === 'forbidden')
  return [
    ...(forbidden.length > 0 ? [line('proxyForced', { count: forbidden.length }, ...idsOf(forbidden))] : []),
    ...(udp.length > 0 ? [line('udpThroughProxy', { count: udp.length }, ...idsOf(udp))] : []),
  ]
}

const idsOf = (openings: readonly Opening[]): readonly string[] => [
  ...new Set(openings.flatMap(({ requirementIds }) => requirementIds)),
]
