import { isRefusal } from '@vaxel/base'
import type { InviteIntoRoom, OpenAdHoc } from '@vaxel/core'
import type { Referral } from '@vaxel/sip'
import type { CallOwner } from './call-owner.ts'
import { conferenceTwoCalls, type ConferencingCalls } from './conference-calls.ts'
import { dialledOf } from './dialled.ts'
import type { SipLeg } from './sip-leg.ts'

/**
 * A phone in a conference asks by REFER that somebody else comes in (RFC 4579 §5.4 and §5.6): a number that is called, or with Replaces
 * the counterpart of another call of the same person.
 * @returns false when the phone is in no conference: then it is a transfer
 */
export function takeConferenceReferral(
  service: ConferencingCalls,
  { open, invite }: { readonly open: OpenAdHoc | undefined; readonly invite: InviteIntoRoom | undefined },
  owner: CallOwner,
  leg: SipLeg,
  referral: Referral,
): boolean {
  const { state } = owner
  if (state.name !== 'inService' || state.service !== 'conference' || !open || !invite) return false
  const own = state.call.legs.get(state.origin)
  const { companyId } = state.call
  if (!own?.party.userId || service.isElsewhere(referral.referTo.uri.host, companyId)) {
    referral.refuse(403)
    return true
  }
  if (referral.replaces) {
    const other = service.legOfDialog(referral.replaces, companyId)
    const theirs = other?.owner.state.call.legs.get(other.id)
    if (!other || !theirs || other.owner === owner || theirs.party.userId !== own.party.userId) {
      referral.refuse(403, 'The other call is not yours')
      return true
    }
    const done = conferenceTwoCalls(service, open, { owner, leg: own }, { owner: other.owner, leg: theirs })
    if (isRefusal(done)) referral.refuse(491, done.text)
    else {
      referral.accept()
      referral.notify(200)
    }
    return true
  }
  const to = dialledOf(referral.referTo.uri)
  if (!to) {
    referral.refuse(400, 'Refer-To names nobody')
    return true
  }
  referral.accept()
  leg.referral = referral
  void invite({ callId: owner.id, companyId, room: state.number, to }).then(
    (refused) => referral.notify(refused ? refused.sip : 200),
    () => referral.notify(500),
  )
  return true
}
