import type { Clock, CompanyId, LegId, UserId } from '@vaxel/base'
import {
  type BindingStore,
  decided,
  type Directory,
  type Diversion,
  type Party,
  type RingStep,
  type RouteDecision,
  routeCall,
  routeForward,
  type RouteQuestion,
  type Trunk,
  type Usage,
  type UsageMeters,
} from '@vaxel/core'
import type { RoutedOnward } from './call-owner.ts'
import type { Reach } from './reach.ts'
import { stepsOfRounds } from './ring-rounds.ts'
import { toTrunk } from './to-trunk.ts'
import type { TrunkWays } from './trunk-ways.ts'

export interface DestinationOptions {
  readonly clock: Clock
  readonly directory: Directory
  readonly bindings: BindingStore
  readonly meters: UsageMeters
  /** Calls and money of a trunk now; as the meters say if absent. */
  usageOf?(trunk: Trunk): Usage
  readonly trunks?: TrunkWays | undefined
}

/**
 * Routes a call and finds the devices behind the route, as they are registered now.
 * @param question `only`: the bindings that may ring, where the caller named one device (GRUU, RFC 5627);
 * `rule`: the call goes on by a person's rule, in that person's name
 * @param reaches gets how each leg is reached, under its id
 */
export function findDestination(
  options: DestinationOptions,
  {
    only,
    rule,
    ...question
  }: RouteQuestion & { only?: ReadonlySet<string>; rule?: Parameters<typeof routeForward>[1] },
  reaches: Map<LegId, Reach>,
): RoutedOnward {
  const { clock, directory, bindings } = options
  const route = rule ? routeForward(question, rule) : routeCall(question)
  const { explanation } = route
  const decisions = [...route.decisions]
  if (route.kind === 'refused') return route
  const { diversions, source } = route.via
  const divertedFrom = firstCalled(directory, question.company.id, diversions)
  const more = { decisions, ...(diversions.length > 0 ? { diversions } : {}) }
  switch (route.kind) {
    case 'service':
      return { kind: 'service', service: route.service, number: route.number, explanation, ...more }
    case 'users': {
      const { number } = route
      const steps = stepsOfRounds(route.rounds, { clock, directory, bindings, number, only, reaches })
      const userId = route.isPerson ? route.userIds[0] : undefined
      if (route.isIntercom && userId) decisions.push(intercom(userId, route.name, question.people, steps, reaches))
      const reached = { number: route.number, name: route.name, ...(userId ? { userId } : {}) }
      const count = new Set(steps.flatMap(({ targets }) => targets.map(({ deviceId }) => deviceId))).size
      return {
        kind: 'destination',
        to: {
          called: divertedFrom ?? reached,
          ...(divertedFrom ? { goesTo: reached } : {}),
          direction: question.from.kind === 'trunk' ? 'inbound' : 'internal',
          isEmergency: false,
          steps,
          ...more,
          explanation: [...explanation, registered(count)],
          decisions: [...decisions, decided('registered', { count, name: route.name }, registered(count))],
          ...(route.forwards ? { forwards: route.forwards } : {}),
        },
      }
    }
    case 'trunk': {
      const routed = toTrunk(
        route,
        {
          clock,
          usageOf: (trunk) => options.usageOf?.(trunk) ?? options.meters.usage(trunk.id, clock.now()),
          ...(options.trunks ? { trunks: options.trunks } : {}),
        },
        { country: question.company.country, payer: source.kind === 'user' ? source.user.id : undefined },
        reaches,
      )
      if (routed.kind !== 'destination') return routed
      const { decisions: all = decisions } = routed.to
      if (!divertedFrom) return { ...routed, to: { ...routed.to, ...more, decisions: all } }
      const { called: goesTo } = routed.to
      const direction = question.from.kind === 'trunk' ? 'inbound' : 'outbound'
      return { ...routed, to: { ...routed.to, ...more, decisions: all, called: divertedFrom, goesTo, direction } }
    }
  }
}

/** An intercom call: the phone answers by itself where its person allows it and does not talk; else it rings. */
function intercom(
  userId: UserId,
  name: string,
  people: RouteQuestion['people'],
  steps: readonly RingStep[],
  reaches: Map<LegId, Reach>,
): RouteDecision {
  if (!people?.allowsIntercom?.(userId) || people.isOnPhone(userId))
    return decided('intercom-rings', { name }, `the phones of ${name} ring: they do not answer by themselves now`)
  for (const { leg } of steps.flatMap(({ targets }) => targets)) {
    const reach = reaches.get(leg)
    if (reach?.kind === 'binding') reaches.set(leg, { ...reach, answersItself: true })
  }
  return decided('intercom', { name }, `the phones of ${name} are asked to answer by themselves`)
}

/** Who was called, where rules have led the call to somebody else. */
function firstCalled(directory: Directory, company: CompanyId, diversions: readonly Diversion[]): Party | undefined {
  const [first] = diversions
  const user = first?.userId && directory.user(first.userId)
  if (!first) return undefined
  if (user) return { number: first.number, name: user.displayName, userId: user.id }
  const target = directory.number(company, first.number)?.target
  const isGroup = target?.kind === 'group' || target?.kind === 'shared'
  return { number: first.number, ...(isGroup ? { name: target.name } : {}) }
}

function registered(count: number): string {
  return count === 0
    ? 'no device is registered'
    : count === 1
      ? 'one device is registered'
      : `${count} devices are registered`
}
