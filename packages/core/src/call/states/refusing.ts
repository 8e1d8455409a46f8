import type { CallState } from '../call.ts'
import { ignores, type Row } from '../row.ts'
import type { Step, Transition } from '../step.ts'

type S = Extract<CallState, { name: 'refusing' }>

/** The caller hears in words why the call cannot be made, or is offered to be called back; then the refusal goes out. */
export const refusing: Row<S> = {
  announcementEnded: (s, _, step) => refuse(s, step),
  mediaLost: (s, _, step) => refuse(s, step),
  ringTimeout: (s, _, step) => refuse(s, step),
  legEnded: (s, input, step) => {
    if (input.leg !== s.origin) return undefined
    step.closeLeg(input.leg, s.termination)
    return step.end(s.termination)
  },
  ...ignores('the call is being refused', [
    'routed',
    'routedToService',
    'routeRefused',
    'legAlerting',
    'legAnswered',
    'legFailed',
    'legHeld',
    'legRetrieved',
    'diverted',
    'divertedToService',
    'transferWanted',
    'conferenced',
    'serviceSends',
    'serviceRecalls',
    'legAdopted',
    'legTaken',
    'legReplaced',
    'legRingsAgain',
  ]),
}

function refuse(s: S, step: Step): Transition {
  step.tell('call.failed', {
    status: s.failure.status,
    termination: s.termination,
    ...(s.failure.reason ? { text: s.failure.reason } : {}),
  })
  step.closeLeg(s.origin, s.termination)
  step.do({ kind: 'refuseLeg', leg: s.origin, failure: s.failure, termination: s.termination })
  return step.end(s.termination)
}
