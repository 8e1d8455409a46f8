import type { CallLeg, CallState, RecordableLeg } from '@vaxel/core'

/** A leg of a call as recording knows it. */
export function recordable({ call, ...state }: CallState, leg: CallLeg): RecordableLeg {
  const otherId = state.name === 'connected' ? ('a' in state && state.a === leg.id ? state.b : state.a) : undefined
  const otherLeg = otherId && call.legs.get(otherId)
  const other = otherLeg?.party ?? call.called
  const { id: callId, companyId, direction, dialled, called } = call
  return {
    callId,
    companyId,
    legId: leg.id,
    party: leg.party,
    other,
    direction,
    dialled,
    called,
    isTrunk: leg.trunkId !== undefined,
    isBetweenTrunks: leg.trunkId !== undefined && otherLeg?.trunkId !== undefined,
  }
}
