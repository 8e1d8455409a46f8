import type { Clock, LegId, UserId } from '@vaxel/base'
import {
  decided,
  type RingStep,
  type Route,
  SpendLimitReached,
  targetName,
  type Trunk,
  TrunkFull,
  trunkLimit,
  type Usage,
} from '@vaxel/core'
import type { RoutedOnward } from './call-owner.ts'
import { type Reach, reachTrunk } from './reach.ts'
import type { TrunkWays } from './trunk-ways.ts'

const trunkRingMs = 120_000

/**
 * The trunks of a route as steps, one target after another; an emergency call goes on to the next whatever one says of it. Those that take no more calls are passed over, those of which no target is there
 * come last: the next call may find that they are back.
 */
export function toTrunk(
  route: Extract<Route, { kind: 'trunk' }>,
  around: { readonly clock: Clock; readonly trunks?: TrunkWays; usageOf(trunk: Trunk): Usage },
  { country, payer }: { readonly country: string; readonly payer: UserId | undefined },
  reaches: Map<LegId, Reach>,
): RoutedOnward {
  const { clock, trunks, usageOf } = around
  const explanation = [...route.explanation]
  const decisions = [...route.decisions]
  const say = (code: string, params: Parameters<typeof decided>[1], text: string): void => {
    explanation.push(text)
    decisions.push(decided(code, params, text))
  }
  const steps: RingStep[] = []
  let first: Trunk | undefined
  let isMoney = false
  const isDown = (trunk: Trunk): boolean => trunks?.isDown(trunk) ?? false
  for (const trunk of [...route.trunks.filter((one) => !isDown(one)), ...route.trunks.filter(isDown)]) {
    const limit = trunkLimit(trunk, usageOf(trunk), route.isEmergency)
    if (limit?.kind === 'channels') {
      const { count } = limit
      say('trunk-full', { trunk: trunk.name, count }, `all ${count} channels of trunk ${trunk.name} are in use`)
      continue
    }
    if (limit) {
      isMoney = true
      say('trunk-money', { trunk: trunk.name }, `today's limit of money for trunk ${trunk.name} is used up`)
      continue
    }
    if (isDown(trunk))
      say('trunk-down', { trunk: trunk.name }, `trunk ${trunk.name} does not answer, so it is tried last`)
    first ??= trunk
    const targets = trunks?.inOrder(trunk) ?? trunk.targets
    if (
      targets[0] &&
      trunk.targets.length > 1 &&
      !isDown(trunk) &&
      targetName(targets[0]) !== targetName(trunk.targets[0]!)
    )
      say(
        'trunk-target',
        { trunk: trunk.name, target: targetName(targets[0]) },
        `${targetName(targets[0])} is asked first`,
      )
    for (const { target, reach } of reachTrunk(trunk, targets, { number: route.number, country, payer }, clock)) {
      reaches.set(target.leg, reach)
      steps.push({ targets: [target], ringMs: trunkRingMs, continueOn: route.isEmergency ? 'any' : 'unreachable' })
    }
  }
  if (!first) return { kind: 'refused', refusal: isMoney ? SpendLimitReached() : TrunkFull(), explanation, decisions }
  return {
    kind: 'destination',
    to: {
      called: { number: route.number },
      direction: 'outbound',
      trunkId: first.id,
      isEmergency: route.isEmergency,
      steps,
      explanation,
      decisions,
    },
  }
}
