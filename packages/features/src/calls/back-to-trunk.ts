import { type Clock, type LegId, makeId } from '@vaxel/base'
import { decided, type Trunk, TrunkFull, trunkLimit, type Usage } from '@vaxel/core'
import { parseUri, type Referral } from '@vaxel/sip'
import type { RoutedOnward } from './call-owner.ts'
import type { Reach } from './reach.ts'

const ringMs = 120_000

/**
 * The address that a trunk transfers a call to, if it lies at one of the trunk's own targets: Microsoft Teams refers calls to people of its own
 * by addresses that only it can read, and has them called back there. Undefined: what is meant is a number here.
 */
export function ownTargetOf(trunk: Trunk | undefined, { referTo }: Referral): string | undefined {
  const host = referTo.uri.host.toLowerCase()
  const isOwn = trunk?.targets.some((target) => target.host.toLowerCase() === host) ?? false
  return isOwn ? referTo.uri.toString().split('?', 1)[0] : undefined
}

/** The one step back to where a trunk wants its call; undefined when the address is none of its targets'. */
export function backToTrunk(
  trunk: Trunk,
  wanted: { readonly uri: string; readonly referredBy: string | undefined },
  around: { readonly clock: Clock; usageOf(trunk: Trunk): Usage },
  reaches: Map<LegId, Reach>,
): RoutedOnward | undefined {
  const uri = parseUri(wanted.uri)
  const target = uri && trunk.targets.find(({ host }) => host.toLowerCase() === uri.host.toLowerCase())
  if (!uri || !target) return undefined
  if (trunkLimit(trunk, around.usageOf(trunk), false))
    return { kind: 'refused', refusal: TrunkFull(), explanation: [`trunk ${trunk.name} takes no more calls`] }
  const number = uri.user || trunk.name
  const leg = makeId<LegId>(around.clock.now())
  const { referredBy } = wanted
  reaches.set(leg, {
    kind: 'trunk',
    trunk,
    target: uri.port === undefined ? target : { ...target, port: uri.port },
    number,
    payer: undefined,
    back: { uri: wanted.uri, ...(referredBy === undefined ? {} : { referredBy }) },
  })
  const text = `trunk ${trunk.name} takes the call back, as it asked`
  return {
    kind: 'destination',
    to: {
      called: { number },
      direction: 'outbound',
      trunkId: trunk.id,
      isEmergency: false,
      steps: [{ targets: [{ leg, party: { number }, trunkId: trunk.id }], ringMs, continueOn: 'unreachable' }],
      explanation: [text],
      decisions: [decided('back-to-trunk', { trunk: trunk.name }, text)],
    },
  }
}
