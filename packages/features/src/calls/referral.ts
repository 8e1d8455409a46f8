import { type Clock, type CompanyId, type LegId, makeId } from '@vaxel/base'
import { counterpart } from '@vaxel/core'
import type { Referral, Replaces } from '@vaxel/sip'
import type { CallOwner } from './call-owner.ts'
import type { CallRoutes } from './call-routes.ts'
import { dialledOf } from './dialled.ts'
import type { SipLeg } from './sip-leg.ts'

/** A live leg, and the call that it is in. */
export interface FoundLeg {
  readonly owner: CallOwner
  readonly leg: SipLeg
  readonly id: LegId
}

/** What a transfer needs of the calls that go on. */
export interface Calls {
  readonly clock: Clock
  /** Whether a host is a domain of another company here. */
  isElsewhere(host: string, companyId: CompanyId): boolean
  /** The call and leg of a SIP dialog of this company. */
  legOfDialog(dialog: Omit<Replaces, 'earlyOnly'>, companyId: CompanyId): FoundLeg | undefined
  readonly routes: Pick<CallRoutes, 'sourceOf' | 'find' | 'ownTargetOf'>
  moveLeg(from: CallOwner, leg: SipLeg, to: CallOwner, newId: LegId): void
}

/**
 * A phone asks to transfer its counterpart (RFC 3515; attended with Replaces, RFC 3891, RFC 5589).
 * The other call named by Replaces must be the same person's; its counterpart is taken over. If it still
 * rings there, the transfer goes to the number that was dialled.
 */
export function takeReferral(calls: Calls, owner: CallOwner, leg: SipLeg, referral: Referral): void {
  const { state } = owner
  const transferor = [...owner.legs].find(([, l]) => l === leg)?.[0]
  if (state.name !== 'connected' || !transferor || (transferor !== state.a && transferor !== state.b))
    return referral.refuse(491)
  const target = dialledOf(referral.referTo.uri)
  const kept = counterpart(state, transferor)
  if (calls.isElsewhere(referral.referTo.uri.host, owner.state.call.companyId)) return referral.refuse(404)
  if (asksForReplaces(referral)) {
    const other = referral.replaces && calls.legOfDialog(referral.replaces, owner.state.call.companyId)
    if (!other || other.owner === owner) return referral.refuse(404, 'The dialog to be replaced is not known')
    return takeAttended(calls, owner, transferor, leg, referral, other)
  }
  const own = calls.routes.ownTargetOf(owner, transferor, referral)
  if (own !== undefined) {
    referral.accept()
    leg.referral = referral
    owner.transferTarget = own
    owner.referredBy = referral.referredBy
    return owner.dispatch({ kind: 'transferWanted', by: transferor })
  }
  if (!target) return referral.refuse(400, 'Refer-To names nobody')
  const refusal = referToParty(calls, owner, transferor, kept, target)
  if (refusal) return referral.refuse(403, refusal)
  referral.accept()
  leg.referral = referral
  owner.transferTarget = target
  owner.dispatch({ kind: 'transferWanted', by: transferor })
}

function takeAttended(
  calls: Calls,
  owner: CallOwner,
  transferor: LegId,
  leg: SipLeg,
  referral: Referral,
  other: FoundLeg,
): void {
  const mine = owner.state.call.legs.get(transferor)
  const theirs = other.owner.state.call.legs.get(other.id)
  const isSamePerson =
    mine?.party.userId !== undefined
      ? mine.party.userId === theirs?.party.userId
      : mine?.trunkId !== undefined && mine.trunkId === theirs?.trunkId
  if (!isSamePerson) return referral.refuse(403, 'The other call is not yours')
  if (!canJoin(other.owner, other.id)) return referral.refuse(491, 'Nobody is to be reached by the other call')
  referral.accept()
  leg.referral = referral
  joinCalls(calls, owner, transferor, other.owner, other.id)
}

/** Whether a leg has somebody at its other end, or waits for somebody that it called. */
export function canJoin(owner: CallOwner, leg: LegId): boolean {
  const { state } = owner
  if (state.name === 'connected') return leg === state.a || leg === state.b
  if (state.name === 'alerting' || state.name === 'routing') return leg === state.origin && !state.transfer
  return state.name === 'inService' && leg === state.origin
}

/** A Replaces that cannot be read must not turn an attended transfer into a blind one. */
function asksForReplaces({ referTo }: Referral): boolean {
  return [...referTo.uri.headers.keys()].some((name) => name.toLowerCase() === 'replaces')
}

/**
 * Joins the counterpart of `transferor` in one call with the counterpart of `otherLeg` in another; both legs of the
 * person who transfers are cleared. Also the API's transfer with a consultation call.
 */
export function joinCalls(calls: Calls, owner: CallOwner, transferor: LegId, other: CallOwner, otherLeg: LegId): void {
  const termination = { blame: 'nobody', reason: 'transferred' } as const
  const { state } = other
  const taken = state.name === 'connected' ? counterpart(state, otherLeg) : undefined
  const takenLeg = taken ? other.legs.get(taken) : undefined
  const party = taken ? state.call.legs.get(taken) : undefined
  if (!taken || !takenLeg || !party) {
    owner.transferTarget = state.call.dialled
    other.clear(termination)
    owner.dispatch({ kind: 'transferWanted', by: transferor })
    return
  }
  const id = makeId<LegId>(calls.clock.now())
  const { endedAtMs: _, ...adopted } = party
  calls.moveLeg(other, takenLeg, owner, id)
  owner.dispatch({ kind: 'legAdopted', by: transferor, adopted: { ...adopted, id } })
  other.dispatch({ kind: 'legTaken', leg: taken, termination })
}

/** A transfer to someone who is in the call already makes no sense; a sentence, or undefined when it is fine. */
export function referToParty(
  calls: Calls,
  owner: CallOwner,
  transferor: LegId,
  kept: LegId,
  target: string,
): string | undefined {
  const source = calls.routes.sourceOf(owner, transferor)
  const routed = calls.routes.find(owner, source, target)
  if (routed.kind !== 'destination') return undefined
  const { userId } = routed.to.called
  const legs = owner.state.call.legs
  if (userId && userId === legs.get(kept)?.party.userId) return 'The other party cannot be transferred to itself'
  const me = legs.get(transferor)
  const targets = routed.to.steps.flatMap((s) => s.targets)
  if (userId && userId === me?.party.userId && targets.every((t) => t.deviceId === me.deviceId))
    return 'A call cannot be transferred to the device that transfers it'
  return undefined
}
