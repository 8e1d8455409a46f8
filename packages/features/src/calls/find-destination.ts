import type { Clock, LegId, UserId } from '@vaxel/base'
import {
  type BindingStore,
  type CallSource,
  type Company,
  type Directory,
  type RingStep,
  type Route,
  routeCall,
  type Trunk,
  TrunkFull,
  type UsageMeters,
} from '@vaxel/core'
import type { RoutedOnward } from './call-owner.ts'
import { type Reach, reachTrunk, reachUser } from './reach.ts'

export interface DestinationOptions {
  readonly clock: Clock
  readonly directory: Directory
  readonly bindings: BindingStore
  readonly meters: UsageMeters
}

const trunkRingMs = 120_000

/**
 * Routes a call and finds the devices behind the route, as they are registered now.
 * @param question `only`: the bindings that may ring, where the caller named one device (GRUU, RFC 5627)
 * @param reaches gets how each leg is reached, under its id
 */
export function findDestination(
  options: DestinationOptions,
  question: { company: Company; domain: string; from: CallSource; dialled: string; only?: ReadonlySet<string> },
  reaches: Map<LegId, Reach>,
): RoutedOnward {
  const { clock, directory, bindings } = options
  const route = routeCall({ directory, ...question })
  switch (route.kind) {
    case 'refused':
      return route
    case 'service':
      return { kind: 'service', service: route.service, number: route.number, explanation: route.explanation }
    case 'users': {
      const targets = route.userIds.flatMap((id) => {
        const user = directory.user(id)
        return user
          ? reachUser({
              user,
              directory,
              bindings,
              clock,
              number: user.extension ?? route.number,
              except: (binding) => question.only !== undefined && !question.only.has(binding.id),
            })
          : []
      })
      for (const { target, reach } of targets) reaches.set(target.leg, reach)
      const userId = route.userIds.length === 1 ? route.userIds[0] : undefined
      return {
        kind: 'destination',
        to: {
          called: { number: route.number, name: route.name, ...(userId ? { userId } : {}) },
          direction: question.from.kind === 'trunk' ? 'inbound' : 'internal',
          isEmergency: false,
          steps: [{ targets: targets.map((t) => t.target), ringMs: route.ringMs, continueOn: 'any' }],
          explanation: [...route.explanation, registered(targets.length)],
        },
      }
    }
    case 'trunk':
      return toTrunk(route, options, question.from.kind === 'user' ? question.from.user.id : undefined, reaches)
  }
}

function toTrunk(
  route: Extract<Route, { kind: 'trunk' }>,
  { clock, meters }: DestinationOptions,
  payer: UserId | undefined,
  reaches: Map<LegId, Reach>,
): RoutedOnward {
  const explanation = [...route.explanation]
  const steps: RingStep[] = []
  let first: Trunk | undefined
  for (const trunk of route.trunks) {
    if (
      trunk.channels !== undefined &&
      meters.usage(trunk.id, clock.now()).callsNow >= trunk.channels &&
      !route.isEmergency
    ) {
      explanation.push(`all ${trunk.channels} channels of trunk ${trunk.name} are in use`)
      continue
    }
    first ??= trunk
    for (const { target, reach } of reachTrunk(trunk, route.number, payer, clock)) {
      reaches.set(target.leg, reach)
      steps.push({ targets: [target], ringMs: trunkRingMs, continueOn: 'unreachable' })
    }
  }
  if (!first) return { kind: 'refused', refusal: TrunkFull(), explanation }
  return {
    kind: 'destination',
    to: {
      called: { number: route.number },
      direction: 'outbound',
      trunkId: first.id,
      isEmergency: route.isEmergency,
      steps,
      explanation,
    },
  }
}

function registered(count: number): string {
  return count === 0
    ? 'no device is registered'
    : count === 1
      ? 'one device is registered'
      : `${count} devices are registered`
}
