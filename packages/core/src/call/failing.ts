import type { LegId, Termination } from '@vaxel/base'
import { type CallLeg, type LegFailure, returnedNumber, type ServiceSeat, type Transfer, type WayBack } from './call.ts'
import { terminationOf } from './choose-failure.ts'
import { joinOrHold } from './joining.ts'
import type { Step, Transition } from './step.ts'

/** The service that sent the call on wanted it back before anybody answered. */
export const recalled: LegFailure = { status: 487, by: 'us', reason: 'Recalled' }
export const recalledWhy: Termination = { blame: 'nobody', reason: 'recalled' }

/** The offer's sentence, and as long as one listens to a busy tone. */
const longestOfferMs = 20_000

/**
 * The one place where a call that could not be put through goes on: a transfer returns to the one who asked, who is called
 * back after they have hung up; what a service sent on returns to the service; an unanswered origin is refused, an answered one is cleared.
 */
export function failAttempt(
  step: Step,
  { origin, transfer, seat }: { readonly origin: LegId; readonly transfer?: Transfer; readonly seat?: ServiceSeat },
  failure: LegFailure,
  why?: Termination,
): Transition {
  const termination = why ?? terminationOf(failure)
  step.do({ kind: 'stopRingTimer' })
  if (!transfer && !seat && isOffered(step, origin, failure)) {
    step.do({ kind: 'offerCallBack', leg: origin })
    step.do({ kind: 'startRingTimer', delayMs: longestOfferMs })
    return step.to({ name: 'refusing', call: step.call, origin, failure, termination })
  }
  step.tell('call.failed', { status: failure.status, termination, ...(failure.reason ? { text: failure.reason } : {}) })
  if (transfer) {
    step.do({ kind: 'notifyTransfer', leg: transfer.by, status: failure.status })
    if (transfer.isStillThere && step.isUp(transfer.by)) {
      joinOrHold(step, transfer.by, origin)
      const back = transfer.back ? { back: transfer.back } : {}
      const returned = { by: transfer.by, atMs: step.nowMs }
      return step.to({ name: 'connected', call: step.call, a: transfer.by, b: origin, returned, ...back })
    }
    return callBack(step, origin, transfer.by, transfer.back) ?? step.end(termination)
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

/**
 * Whoever transferred a call has hung up, and nobody took it: a service calls them back, with whom they left waiting in it.
 * @param back the service that had given the one to the other, if one had
 * @returns undefined where there is nobody to wait, or nobody to call back
 */
export function callBack(step: Step, kept: LegId, by: LegId, back?: WayBack): Transition | undefined {
  if (!step.isUp(kept) || !canBeCalledBack(step.leg(by))) return undefined
  const [service, number] = ['feature', returnedNumber] as const
  step.setCall({ calledBack: by, ...(back?.leg === by ? { goesBackTo: back.number } : {}) })
  step.do({ kind: 'startService', leg: kept, service, number })
  return step.to({ name: 'inService', call: step.call, origin: kept, service, number })
}

/** A person here, or somebody whom the call had reached over a trunk; the number of who came in over one is what others say. */
const canBeCalledBack = (by: CallLeg | undefined): boolean =>
  by?.party.userId !== undefined || (by?.trunkId !== undefined && by.role === 'callee')

/** Whether a colleague who found somebody busy may wait by one key (RFC 3261 §21.4.24: 486). */
function isOffered(step: Step, origin: LegId, { status }: LegFailure): boolean {
  const { offersCallBack, caller, called } = step.call
  if (!offersCallBack || (status !== 486 && status !== 600) || step.leg(origin)?.answeredAtMs !== undefined)
    return false
  return called.userId !== undefined && caller.userId !== undefined && called.userId !== caller.userId
}
