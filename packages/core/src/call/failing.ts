import type { LegId, Termination } from '@vaxel/base'
import type { LegFailure, ServiceSeat, Transfer } from './call.ts'
import { terminationOf } from './choose-failure.ts'
import { joinOrHold } from './joining.ts'
import type { Step, Transition } from './step.ts'

/** The service that sent the call on wanted it back before anybody answered. */
export const recalled: LegFailure = { status: 487, by: 'us', reason: 'Recalled' }
export const recalledWhy: Termination = { blame: 'nobody', reason: 'recalled' }

/**
 * The one place where a call that could not be put through goes on: a transfer returns to the one who asked, what a service
 * sent on returns to the service, an unanswered origin is refused, an answered one is cleared.
 */
export function failAttempt(
  step: Step,
  { origin, transfer, seat }: { readonly origin: LegId; readonly transfer?: Transfer; readonly seat?: ServiceSeat },
  failure: LegFailure,
  why?: Termination,
): Transition {
  const termination = why ?? terminationOf(failure)
  step.do({ kind: 'stopRingTimer' })
  step.tell('call.failed', { status: failure.status, termination, ...(failure.reason ? { text: failure.reason } : {}) })
  if (transfer) {
    step.do({ kind: 'notifyTransfer', leg: transfer.by, status: failure.status })
    if (transfer.isStillThere && step.isUp(transfer.by)) {
      joinOrHold(step, transfer.by, origin)
      return step.to({ name: 'connected', call: step.call, a: transfer.by, b: origin })
    }
    return step.end(termination)
  }
  if (seat && step.isUp(origin)) {
    const { service, number } = seat
    step.do({ kind: 'resumeService', leg: origin, service, number, failure, termination })
    return step.to({ name: 'inService', call: step.call, origin, service, number })
  }
  const leg = step.leg(origin)
  if (leg && leg.answeredAtMs === undefined && leg.endedAtMs === undefined) {
    step.closeLeg(origin, termination)
    step.do({ kind: 'refuseLeg', leg: origin, failure, termination })
  }
  return step.end(termination)
}
