import type { CallState } from '../call.ts'
import { comeBack, waitOn } from '../interruption.ts'
import { joinOrHold } from '../joining.ts'
import { ignores, type Row } from '../row.ts'
import { who } from '../step.ts'

type S = Extract<CallState, { name: 'inService' }>

/** One party talks with the platform itself: echo test, conference, voicemail. */
export const inService: Row<S> = {
  legEnded: (s, input, step) => {
    if (input.leg !== s.origin) return undefined
    step.closeLeg(input.leg, input.termination)
    return step.end(input.termination)
  },
  mediaLost: (s, input, step) => (input.leg === s.origin ? step.end(input.termination) : undefined),
  legHeld: (s, input, step) => {
    const leg = step.leg(input.leg)
    if (leg?.connection !== 'connected') return undefined
    step.setLeg(input.leg, { connection: 'hold' }).tell('call.held', { leg: input.leg, ...who(leg) })
    return step.to(s)
  },
  legRetrieved: (s, input, step) => {
    const leg = step.leg(input.leg)
    if (leg?.connection !== 'hold') return undefined
    step.setLeg(input.leg, { connection: 'connected' }).tell('call.retrieved', { leg: input.leg, ...who(leg) })
    step.do({ kind: 'startService', leg: input.leg, service: s.service, number: s.number })
    return step.to(s)
  },
  legReplaced: (s, input, step) => {
    if (input.old !== s.origin) return undefined
    const replaced = { blame: 'nobody', reason: 'replaced' } as const
    const old = step.leg(input.old)
    const connection = input.isReturn && old?.connection === 'hold' ? 'hold' : 'connected'
    step.addLeg({ ...input.by, connection, answeredAtMs: step.nowMs })
    step.closeLeg(input.old, replaced)
    if (input.isReturn && old) comeBack(step, old, input.by)
    step.do(
      { kind: 'startService', leg: input.by.id, service: s.service, number: s.number },
      { kind: 'answerLeg', leg: input.by.id, like: undefined },
      { kind: 'clearLeg', leg: input.old, termination: replaced },
    )
    return step.to({ ...s, origin: input.by.id })
  },
  serviceSends: (s, { ringMs, keepsSound, takesBack, isForOne }, step) => {
    const { origin, service, number } = s
    step.do({ kind: 'routeService', leg: origin })
    const seat = {
      service,
      number,
      ...(ringMs === undefined ? {} : { ringMs }),
      ...(keepsSound ? { keepsSound } : {}),
      ...(takesBack ? { takesBack } : {}),
      ...(isForOne ? { isForOne } : {}),
    }
    return step.to({ name: 'routing', call: step.call, origin, seat })
  },
  // Somebody fetches whoever waits here (a parked call), or takes them from a queue.
  legAdopted: (s, { by, adopted }, step) => {
    if (by !== s.origin) return undefined
    step.addLeg({ ...adopted, ...(adopted.pricePerMinuteMicros ? { chargedFromMs: step.nowMs } : {}) })
    const isTaken = s.service === 'queue'
    if (isTaken) step.tell('call.established', { leg: adopted.id, ...who(adopted), origin: by })
    else step.tell('call.fetched', { leg: adopted.id, ...who(adopted), kept: by })
    step.do({ kind: 'leaveService', leg: by })
    waitOn(step, adopted)
    joinOrHold(step, by, adopted.id)
    step.do({ kind: 'answerLeg', leg: adopted.id, like: by })
    const back = isTaken ? { back: { service: s.service, number: s.number, leg: adopted.id } } : {}
    return step.to({ name: 'connected', call: step.call, a: by, b: adopted.id, ...back })
  },
  legTaken: (s, input, step) => {
    if (input.leg !== s.origin) return undefined
    step.closeLeg(input.leg, input.termination)
    return step.end(input.termination)
  },
  ...ignores('only one party is in the call', [
    'routed',
    'routedToService',
    'routeRefused',
    'legAlerting',
    'legAnswered',
    'legFailed',
    'ringTimeout',
    'announcementEnded',
    'diverted',
    'divertedToService',
    'transferWanted',
    'conferenced',
    'legRingsAgain',
    'serviceRecalls',
  ]),
}
