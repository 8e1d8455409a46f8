import type { CallState, LegFailure } from '../call.ts'
import { startAttempt } from '../attempt.ts'
import { enterService } from '../entering.ts'
import { failAttempt, recalled, recalledWhy } from '../failing.ts'
import { goForward } from '../forwarding.ts'
import { ignores, type Row } from '../row.ts'
import { decisionsOf } from '../step.ts'

type S = Extract<CallState, { name: 'routing' }>

const promptOf: Readonly<Record<string, string>> = {
  NUMBER_UNKNOWN: 'number-not-in-use',
  USER_UNREACHABLE: 'callee-unavailable',
  SERVICE_NOT_AVAILABLE: 'service-not-available',
}

/** A sentence that has not ended by then was never heard. */
const longestSentenceMs = 30_000

/** The origin waits for the decision where its call goes. */
export const routing: Row<S> = {
  routed: (s, input, step) => {
    const { to } = input
    if (to.diversions) step.setCall({ diversions: to.diversions })
    if (!s.transfer && !s.forward && !s.seat)
      step.setCall({
        called: to.called,
        direction: to.direction,
        isEmergency: to.isEmergency,
        ...(to.trunkId ? { trunkId: to.trunkId } : {}),
      })
    // However it came there: by a transfer, or from the dial tone of a service.
    if (to.isEmergency) step.setCall({ isEmergency: true })
    step.tell('call.routed', {
      to: (to.goesTo ?? to.called).number,
      ...(to.called.userId ? { userId: to.called.userId } : {}),
      explanation: to.explanation,
      ...(to.decisions ? { decisions: decisionsOf(to.decisions) } : {}),
    })
    const before = s.forward ? [s.forward.failure] : []
    const mostMs = s.seat?.ringMs
    // A service that set the time has its own way on.
    const forwards = mostMs === undefined ? to.forwards : undefined
    const steps =
      mostMs === undefined ? to.steps : to.steps.map((each) => ({ ...each, ringMs: Math.min(each.ringMs, mostMs) }))
    const attempt = startAttempt(step, steps, s.origin, before, forwards)
    if (!attempt) {
      const reason = `No device of ${(to.goesTo ?? to.called).number} is registered`
      const nobody: LegFailure = { status: 480, by: 'us', reason }
      const forwarded = goForward(step, s, forwards, nobody)
      if (forwarded) return forwarded
      return failAttempt(step, s, s.forward?.failure ?? nobody, s.forward?.termination)
    }
    return step.to({
      name: 'alerting',
      call: step.call,
      origin: s.origin,
      attempt,
      ...(s.transfer ? { transfer: s.transfer } : {}),
      ...(s.seat ? { seat: s.seat } : {}),
    })
  },
  routedToService: (s, input, step) => enterService(step, { ...s, isOnward: s.forward !== undefined }, input),
  routeRefused: (s, input, step) => {
    const { refusal } = input
    step.tell('call.routed', {
      refused: refusal.code,
      explanation: input.explanation,
      ...(input.decisions ? { decisions: decisionsOf(input.decisions) } : {}),
    })
    // A rule that leads nowhere changes nothing: the caller is told why the person did not take the call.
    if (s.forward) return failAttempt(step, s, s.forward.failure, s.forward.termination)
    const failure = { status: refusal.sip, reason: refusal.text, by: 'us' as const }
    const termination = {
      blame: refusal.blame,
      reason: refusal.code.toLowerCase().replaceAll('_', '-'),
      sip: refusal.sip,
      text: refusal.text,
    }
    const isUnanswered = step.leg(s.origin)?.answeredAtMs === undefined
    const prompt = promptOf[refusal.code] ?? 'call-cannot-be-completed'
    if (input.isSpoken && isUnanswered && !s.transfer && !s.seat) {
      step.do({ kind: 'announce', leg: s.origin, failure, prompt })
      step.do({ kind: 'startRingTimer', delayMs: longestSentenceMs })
      return step.to({ name: 'refusing', call: step.call, origin: s.origin, failure, termination })
    }
    return failAttempt(step, s, failure, termination)
  },
  legEnded: (s, input, step) => {
    if (s.transfer && input.leg === s.transfer.by) {
      step.closeLeg(input.leg, { blame: 'nobody', reason: 'transferred' })
      return step.to({ ...s, transfer: { ...s.transfer, isStillThere: false } })
    }
    if (input.leg !== s.origin) return undefined
    step.closeLeg(input.leg, input.termination)
    if (s.transfer) step.do({ kind: 'notifyTransfer', leg: s.transfer.by, status: 487 })
    return step.end(input.termination)
  },
  mediaLost: (s, input, step) => (input.leg === s.origin ? step.end(input.termination) : undefined),
  serviceRecalls: (s, _, step) => (s.seat ? failAttempt(step, s, recalled, recalledWhy) : undefined),
  legHeld: (s, input, step) => step.setLeg(input.leg, { connection: 'hold' }).to(s),
  legRetrieved: (s, input, step) => step.setLeg(input.leg, { connection: 'connected' }).to(s),
  ...ignores('nobody is offered the call yet', [
    'legAlerting',
    'legAnswered',
    'legFailed',
    'ringTimeout',
    'announcementEnded',
    'diverted',
    'divertedToService',
    'transferWanted',
    'conferenced',
    'legAdopted',
    'legTaken',
    'legReplaced',
    'legRingsAgain',
    'serviceSends',
  ]),
}
