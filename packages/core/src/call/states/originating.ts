import type { LegId } from '@vaxel/base'
import { cancelOthers, ringAgain, withoutLeg } from '../attempt.ts'
import type { CallState, LegFailure } from '../call.ts'
import { chooseFailure, terminationOf } from '../choose-failure.ts'
import { ignores, type Row } from '../row.ts'
import { type Step, type Transition, who } from '../step.ts'

type S = Extract<CallState, { name: 'originating' }>

/** A call made by the API: the person's own devices ring first; the one that answers becomes the origin. */
export const originating: Row<S> = {
  legAlerting: (s, input, step) => {
    const leg = step.leg(input.leg)
    if (leg?.connection !== 'initiated') return undefined
    step.setLeg(input.leg, { connection: 'alerting' }).tell('call.delivered', { leg: input.leg, ...who(leg) })
    return step.to(s)
  },
  legAnswered: (s, input, step) => {
    const leg = step.leg(input.leg)
    if (!leg || !s.attempt.ringing.includes(input.leg)) return undefined
    const charged = leg.pricePerMinuteMicros ? { chargedFromMs: step.nowMs } : {}
    step.setLeg(input.leg, { role: 'caller', connection: 'connected', answeredAtMs: step.nowMs, ...charged })
    cancelOthers(step, s.attempt, input.leg)
    step.tell('call.originated', { leg: input.leg, ...who(leg), dialled: s.call.dialled })
    step.do({ kind: 'stopRingTimer' }, { kind: 'playRingback', leg: input.leg })
    return step.to({ name: 'routing', call: step.call, origin: input.leg })
  },
  legFailed: (s, input, step) => loseLeg(s, input.leg, input.failure, step),
  legEnded: (s, input, step) => loseLeg(s, input.leg, { status: 480, by: 'peer' }, step),
  mediaLost: (s, input, step) => {
    step.do({ kind: 'clearLeg', leg: input.leg, termination: input.termination })
    return loseLeg(s, input.leg, { status: 500, by: 'us' }, step)
  },
  legRingsAgain: (s, input, step) => {
    const attempt = ringAgain(step, s.attempt, input.old, input.target, undefined)
    return attempt && step.to({ ...s, attempt })
  },
  ringTimeout: (s, _, step) => {
    cancelOthers(step, s.attempt, undefined)
    return step.end({ blame: 'caller', reason: 'no-answer', sip: 408 })
  },
  ...ignores('nobody is connected yet', [
    'routed',
    'routedToService',
    'routeRefused',
    'legHeld',
    'legRetrieved',
    'announcementEnded',
    'diverted',
    'divertedToService',
    'transferWanted',
    'conferenced',
    'serviceSends',
    'serviceRecalls',
    'legAdopted',
    'legTaken',
    'legReplaced',
  ]),
}

function loseLeg(s: S, leg: LegId, failure: LegFailure, step: Step): Transition | undefined {
  if (!s.attempt.ringing.includes(leg)) return undefined
  step.closeLeg(leg, terminationOf(failure))
  const attempt = withoutLeg(s.attempt, leg, failure)
  if (attempt.ringing.length > 0) return step.to({ ...s, attempt })
  return step.end({ ...terminationOf(chooseFailure(attempt.failures)), blame: 'caller' })
}
