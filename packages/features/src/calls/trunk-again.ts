import { type Clock, type LegId, makeId, type Refusal, type UserId } from '@vaxel/base'
import { type CallLeg, decided, type Trunk, TrunkFull, trunkLimit, type Usage } from '@vaxel/core'
import type { RoutedOnward } from './call-owner.ts'
import { ConnectionNotFound } from './errors.ts'
import type { Reach } from './reach.ts'

/** How long it rings for which the service says nothing. */
const ringMs = 30_000

/**
 * Calls whoever is behind a leg again, to which the call had gone over a trunk: the same trunk, number and payer.
 * @param leg of the call; one that is none of a trunk, or came in over one, is refused
 * @param around.costRefusal why its payer, or without one the company, may begin nothing more that costs money
 * @param reaches how the legs of the call are reached; gets the new one
 */
export function trunkAgain(
  leg: CallLeg | undefined,
  reaches: Map<LegId, Reach>,
  around: {
    readonly clock: Clock
    usageOf(trunk: Trunk): Usage
    costRefusal(payer: UserId | undefined): Refusal | undefined
  },
): RoutedOnward {
  const reach = leg && reaches.get(leg.id)
  if (!leg || reach?.kind !== 'trunk')
    return { kind: 'refused', refusal: ConnectionNotFound('That was no call over a trunk.'), explanation: [] }
  const { trunk } = reach
  const { pricePerMinuteMicros } = leg
  if (trunkLimit(trunk, around.usageOf(trunk), false))
    return { kind: 'refused', refusal: TrunkFull(), explanation: [`trunk ${trunk.name} takes no more calls`] }
  const refusal = pricePerMinuteMicros ? around.costRefusal(reach.payer) : undefined
  if (refusal) return { kind: 'refused', refusal, explanation: [refusal.text] }
  const target = {
    leg: makeId<LegId>(around.clock.now()),
    party: leg.party,
    trunkId: trunk.id,
    ...(pricePerMinuteMicros === undefined ? {} : { pricePerMinuteMicros }),
  }
  reaches.set(target.leg, reach)
  const { number } = leg.party
  const text = `${number} is called again over trunk ${trunk.name}`
  return {
    kind: 'destination',
    to: {
      called: leg.party,
      direction: 'outbound',
      trunkId: trunk.id,
      isEmergency: false,
      steps: [{ targets: [target], ringMs, continueOn: 'any' }],
      explanation: [text],
      decisions: [decided('trunk-again', { number, trunk: trunk.name }, text)],
    },
  }
}
