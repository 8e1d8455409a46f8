import { isRefusal, type Refusal } from '@vaxel/base'
import type { CallLeg, ServiceLine } from '@vaxel/core'
import type { CallOwner } from '../call-owner.ts'
import type { CallService } from '../call-service.ts'
import { sayOnly } from './feature-service.ts'

/**
 * Recording by code, of the call that the person has beside the one with the code: on and off, paused and resumed. The company's rules
 * hold as on the screen.
 */
export function recordActions(service: CallService) {
  const sayOutcome = (line: ServiceLine, refused: Refusal | undefined, done: string): Promise<void> =>
    sayOnly(line, isRefusal(refused) ? 'recording-not-allowed' : done)
  return {
    async toggle(line: ServiceLine): Promise<void> {
      const own = otherCall(service, line)
      const sipLeg = own?.owner.legs.get(own.leg.id)
      if (!own || !sipLeg) return sayOnly(line, 'recording-no-call')
      const { owner, leg } = own
      if (service.recordings.stateOf(owner.id, leg.id) !== undefined)
        return sayOutcome(line, service.recordings.stop(owner, leg.id, false), 'recording-off')
      return sayOutcome(line, await service.recordings.start(owner, sipLeg), 'recording-on')
    },
    async pause(line: ServiceLine): Promise<void> {
      const own = otherCall(service, line)
      const state = own && service.recordings.stateOf(own.owner.id, own.leg.id)
      if (!own || state === undefined) return sayOnly(line, 'recording-no-call')
      const isPausing = state === 'recording'
      const refused = await service.recordings.pause(own.owner, own.leg.id, isPausing, false)
      return sayOutcome(line, refused, isPausing ? 'recording-paused' : 'recording-resumed')
    },
  }
}

/** The person's other call in which two talk: the one on hold before others, the newest first. */
function otherCall(
  service: CallService,
  { user, companyId, callId }: ServiceLine,
): { readonly owner: CallOwner; readonly leg: CallLeg } | undefined {
  const isHeld = ({ connection }: CallLeg): number => (connection === 'hold' ? 1 : 0)
  return [...service.states()]
    .flatMap((state) => {
      if (state.name !== 'connected' || state.call.companyId !== companyId || state.call.id === callId) return []
      const leg = [state.a, state.b]
        .map((id) => state.call.legs.get(id))
        .find((one) => user !== undefined && one?.party.userId === user.id)
      const owner = leg && service.owner(state.call.id)
      return owner ? [{ owner, leg }] : []
    })
    .toSorted(
      (a, b) => isHeld(b.leg) - isHeld(a.leg) || b.owner.state.call.startedAtMs - a.owner.state.call.startedAtMs,
    )[0]
}
