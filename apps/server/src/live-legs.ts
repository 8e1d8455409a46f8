import { lineLegsOf } from '@vaxel/core'
import type { CallService } from '@vaxel/features/calls'
import type { LiveLegs } from '@vaxel/features/presence'

/** The calls that go on, as presence asks for them. */
export const liveLegs = (calls: Pick<CallService, 'owner' | 'states'>): LiveLegs => ({
  ofCall: (callId) => {
    const owner = calls.owner(callId)
    return owner ? lineLegsOf(owner.state) : []
  },
  *all() {
    for (const state of calls.states()) yield { callId: state.call.id, legs: lineLegsOf(state) }
  },
})
