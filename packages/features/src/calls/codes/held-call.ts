import type { CompanyId, UserId } from '@vaxel/base'
import type { CallLeg } from '@vaxel/core'
import type { CallOwner } from '../call-owner.ts'
import type { CallService } from '../call-service.ts'

/** The call that a person has on hold, the newest first: what a code means that is dialled on a second line. */
export function heldBy(
  service: CallService,
  companyId: CompanyId,
  userId: UserId,
): { owner: CallOwner; leg: CallLeg } | undefined {
  const held = [...service.states()].flatMap((state) => {
    if (state.name !== 'connected' || state.call.companyId !== companyId) return []
    const leg = [state.a, state.b]
      .map((id) => state.call.legs.get(id))
      .find((one) => one?.party.userId === userId && one.connection === 'hold')
    const owner = leg && service.owner(state.call.id)
    return owner ? [{ owner, leg }] : []
  })
  return held.toSorted((a, b) => b.owner.state.call.startedAtMs - a.owner.state.call.startedAtMs)[0]
}
