import type { CallState, LegFailure } from '../call.ts'
import { startAttempt } from '../attempt.ts'
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
  routedToService: (s, input, step) => {
    step.tell('call.routed', {
      to: input.called.number,
      service: input.service,
      explanation: input.explanation,
      ...(input.decisions ? { decisions: decisionsOf(input.decisions) } : {}),
    })
    if (input.diversions) step.setCall({ diversions: input.diversions })
    const wasAnswered = step.leg(s.origin)?.answeredAtMs !== undefined
    if (!s.transfer && !s.forward && !s.seat) step.setCall({ called: input.called })
    step.setCall({ answeredAtMs: step.call.answeredAtMs ?? step.nowMs })
    step.setLeg(s.origin, { connection: 'connected', answeredAtMs: step.leg(s.origin)?.answeredAtMs ?? step.nowMs })
    if (s.transfer) {
      step.closeLeg(s.transfer.by, { blame: 'nobody', reason: 'transferred' })
      step.tell('call.transferred', { by: s.transfer.by, to: input.called.number, kept: s.origin })
      step.do(
        { kind: 'notifyTransfer', leg: s.transfer.by, status: 200 },
        { kind: 'clearLeg', leg: s.transfer.by, termination: { blame: 'nobody', reason: 'transferred' } },
      )
    } else if (!s.seat) {
      step.tell('call.established', { leg: s.origin, service: input.service })
    }
    const { service, called } = input
    if (s.seat) step.do({ kind: 'leaveService', leg: s.origin })
    step.do({ kind: 'startService', leg: s.origin, service, number: called.number })
    if (!wasAnswered) step.do({ kind: 'answerLeg', leg: s.origin, like: undefined })
    return step.to({ name: 'inService', call: step.call, origin: s.origin, service, number: called.number })
  },
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
    'transferWanted',
    'conferenced',
    'legAdopted',
    'legTaken',
    'legReplaced',
    'legRingsAgain',
    'serviceSends',
  ]),
}
