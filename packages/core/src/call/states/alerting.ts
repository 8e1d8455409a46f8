import type { LegId } from '@vaxel/base'
import {
  askElsewhere,
  asksOnly,
  cancelOthers,
  forwardsAfter,
  ringAgain,
  startAttempt,
  stepsLeft,
  withoutLeg,
} from '../attempt.ts'
import type { Attempt, CallState, LegFailure } from '../call.ts'
import type { CallInput } from '../call-input.ts'
import { chooseFailure, terminationOf } from '../choose-failure.ts'
import { enterService } from '../entering.ts'
import { failAttempt, recalled, recalledWhy } from '../failing.ts'
import { goForward } from '../forwarding.ts'
import { comeBack, waitOn } from '../interruption.ts'
import { joinOrHold } from '../joining.ts'
import { ignores, type Row } from '../row.ts'
import { decisionsOf, type Step, type Transition, who } from '../step.ts'

type S = Extract<CallState, { name: 'alerting' }>

/** One of several cannot send all of them to a service. */
const groupGoesOn: LegFailure = { status: 480, by: 'us', reason: 'A service cannot take the call of a group' }

/** Somebody is asked; the origin waits. */
export const alerting: Row<S> = {
  legAlerting: (s, input, step) => {
    const leg = step.leg(input.leg)
    if (!leg || !s.attempt.ringing.includes(input.leg)) return undefined
    const isNews = leg.connection === 'initiated'
    if (isNews)
      step.setLeg(input.leg, { connection: 'alerting' }).tell('call.delivered', { leg: input.leg, ...who(leg) })
    const early = s.attempt.early ?? (input.early ? input.leg : undefined)
    const isEarlyNews = early !== s.attempt.early
    const isWaiting = step.leg(s.origin)?.answeredAtMs === undefined
    if (isWaiting && (isNews || isEarlyNews)) step.do({ kind: 'ringLeg', leg: s.origin, early })
    if (!isWaiting && isNews && !s.seat?.keepsSound) step.do({ kind: 'playRingback', leg: s.origin })
    if (s.transfer?.isStillThere && isNews) step.do({ kind: 'notifyTransfer', leg: s.transfer.by, status: 180 })
    return step.to({ ...s, attempt: { ...s.attempt, ...(early ? { early } : {}) } })
  },
  legAnswered: (s, input, step) => (s.attempt.ringing.includes(input.leg) ? establish(s, input.leg, step) : undefined),
  legFailed: (s, input, step) => loseLeg(s, input.leg, input.failure, step),
  legEnded: (s, input, step) => {
    if (input.leg === s.origin) {
      step.closeLeg(input.leg, input.termination)
      if (s.transfer) step.do({ kind: 'notifyTransfer', leg: s.transfer.by, status: 487 })
      return step.end(input.termination)
    }
    if (s.transfer && input.leg === s.transfer.by) {
      step.closeLeg(input.leg, { blame: 'nobody', reason: 'transferred' })
      return step.to({ ...s, transfer: { ...s.transfer, isStillThere: false } })
    }
    return loseLeg(s, input.leg, { status: 480, by: 'peer' }, step)
  },
  mediaLost: (s, input, step) => {
    if (input.leg === s.origin) return step.end(input.termination)
    step.do({ kind: 'clearLeg', leg: input.leg, termination: input.termination })
    return loseLeg(
      s,
      input.leg,
      { status: 500, by: 'us', ...(input.termination.text ? { reason: input.termination.text } : {}) },
      step,
    )
  },
  ringTimeout: (s, _, step) => {
    cancelOthers(step, s.attempt, undefined)
    return goOn(
      {
        ...s,
        attempt: {
          ...s.attempt,
          ringing: [],
          failures: [...s.attempt.failures, { status: 480, by: 'timeout', reason: 'No answer' }],
        },
      },
      step,
      'no-answer',
    )
  },
  diverted: (s, input, step) => {
    if (!s.attempt.ringing.includes(input.leg)) return undefined
    const leg = step.leg(input.leg)
    step.closeLeg(input.leg, { blame: 'nobody', reason: 'diverted' })
    step.do({ kind: 'cancelLeg', leg: input.leg, answeredElsewhere: false })
    step.tell('call.diverted', {
      from: leg?.party.number,
      to: (input.to.goesTo ?? input.to.called).number,
      explanation: input.to.explanation,
      ...(input.to.decisions ? { decisions: decisionsOf(input.to.decisions) } : {}),
      reason: input.reason,
    })
    step.setCall({ diversions: input.to.diversions ?? [] })
    const attempt = withoutLeg(s.attempt, input.leg)
    // One person's devices are diverted together; the other members of a group go on ringing.
    const isOwn = (id: LegId): boolean => step.leg(id)?.party.userId === leg?.party.userId
    cancelOthers(step, { ...attempt, ringing: attempt.ringing.filter(isOwn) }, undefined)
    const others: Attempt = { ...attempt, ringing: attempt.ringing.filter((id) => !isOwn(id)) }
    const next = askElsewhere(step, others, input.to, leg?.party, s.origin)
    if (next) return step.to({ ...s, attempt: next })
    const reason = `No device of ${(input.to.goesTo ?? input.to.called).number} is registered`
    const failures = [...attempt.failures, { status: 480, by: 'us' as const, reason }]
    const { forwards: _, ...theirs } = others
    const onward = forwardsAfter(attempt, input.to.forwards, leg?.party)
    return goOn({ ...s, attempt: { ...theirs, ...(onward ? { forwards: onward } : {}), failures } }, step)
  },
  divertedToService: (s, input, step) => {
    if (!s.attempt.ringing.includes(input.leg)) return undefined
    const party = step.leg(input.leg)?.party
    const isOwn = (id: LegId): boolean =>
      id === input.leg || (party?.userId !== undefined && step.leg(id)?.party.userId === party.userId)
    const others: Attempt = { ...s.attempt, ringing: s.attempt.ringing.filter((id) => !isOwn(id)) }
    if (!asksOnly(others, party)) return loseLeg(s, input.leg, groupGoesOn, step)
    cancelOthers(step, { ...s.attempt, ringing: s.attempt.ringing.filter((id) => id !== input.leg) }, undefined)
    step.closeLeg(input.leg, { blame: 'nobody', reason: 'diverted' })
    step.do({ kind: 'stopRingTimer' }, { kind: 'cancelLeg', leg: input.leg, answeredElsewhere: false })
    step.tell('call.diverted', {
      from: party?.number,
      to: input.called.number,
      explanation: input.explanation,
      reason: input.reason,
    })
    return enterService(step, { ...s, isOnward: true }, input)
  },
  serviceRecalls: (s, _, step) => {
    if (!s.seat) return undefined
    cancelOthers(step, s.attempt, undefined)
    return failAttempt(step, s, recalled, recalledWhy)
  },
  legHeld: (s, input, step) => step.setLeg(input.leg, { connection: 'hold' }).to(s),
  legRetrieved: (s, input, step) => step.setLeg(input.leg, { connection: 'connected' }).to(s),
  legRingsAgain: (s, input, step) => {
    const attempt = ringAgain(step, s.attempt, input.old, input.target, s.origin)
    return attempt && step.to({ ...s, attempt })
  },
  legReplaced: (s, input, step) => {
    if (input.isReturn && (input.old === s.origin || input.old === s.transfer?.by)) return returned(s, input, step)
    if (!s.attempt.ringing.includes(input.old)) return undefined
    step.addLeg(input.by)
    waitOn(step, input.by)
    const moved = establish(
      { ...s, attempt: { ...s.attempt, ringing: [...s.attempt.ringing, input.by.id] } },
      input.by.id,
      step,
      true,
    )
    return moved
  },
  ...ignores('the call is not connected yet', [
    'routed',
    'routedToService',
    'routeRefused',
    'announcementEnded',
    'transferWanted',
    'conferenced',
    'legAdopted',
    'legTaken',
    'serviceSends',
  ]),
}

/** Whoever waits for an answer, or has asked for a transfer, comes back on a new page: it goes on where it was. */
function returned(s: S, { old: oldId, by }: Extract<CallInput, { kind: 'legReplaced' }>, step: Step): Transition {
  const old = step.leg(oldId)!
  const replaced = { blame: 'nobody', reason: 'replaced' } as const
  const { connection, answeredAtMs } = old
  step.addLeg({
    ...by,
    role: old.role,
    connection,
    ...(answeredAtMs === undefined ? {} : { answeredAtMs: step.nowMs }),
  })
  step.closeLeg(oldId, replaced)
  comeBack(step, old, by)
  const isOrigin = oldId === s.origin
  if (isOrigin && answeredAtMs === undefined) {
    const isRinging = s.attempt.ringing.some((id) => step.leg(id)?.connection === 'alerting')
    if (isRinging) step.do({ kind: 'ringLeg', leg: by.id, early: s.attempt.early })
  } else {
    if (isOrigin && !s.seat?.keepsSound) step.do({ kind: 'playRingback', leg: by.id })
    step.do({ kind: 'answerLeg', leg: by.id, like: undefined })
  }
  step.do({ kind: 'clearLeg', leg: oldId, termination: replaced })
  if (isOrigin) return step.to({ ...s, origin: by.id })
  const back = s.transfer?.back ? { back: { ...s.transfer.back, leg: by.id } } : {}
  return step.to({ ...s, transfer: { by: by.id, isStillThere: true, ...back } })
}

/** One leg answered: the others stop ringing, the two are joined, the ledger has it, then the origin gets its answer. */
function establish(s: S, answered: LegId, step: Step, isIncoming = false): Transition {
  const { nowMs } = step
  const origin = step.leg(s.origin)
  const wasAnswered = origin?.answeredAtMs !== undefined
  const isPriced = step.leg(answered)?.pricePerMinuteMicros !== undefined
  step.setLeg(answered, {
    connection: 'connected',
    answeredAtMs: nowMs,
    ...(isPriced ? { chargedFromMs: nowMs } : {}),
  })
  if (!wasAnswered) step.setLeg(s.origin, { connection: 'connected', answeredAtMs: nowMs })
  step.setCall({ answeredAtMs: step.call.answeredAtMs ?? nowMs })
  if (step.call.goesBackTo) step.setCall({ goesBackTo: undefined })
  const leg = step.leg(answered)
  step.tell('call.established', { leg: answered, ...(leg ? who(leg) : {}), origin: s.origin })
  if (s.transfer) step.tell('call.transferred', { by: s.transfer.by, to: leg?.party.number, kept: s.origin })
  step.do({ kind: 'stopRingTimer' })
  if (s.seat) step.do({ kind: 'leaveService', leg: s.origin })
  joinOrHold(step, s.origin, answered)
  if (isIncoming) step.do({ kind: 'answerLeg', leg: answered, like: s.origin })
  if (!wasAnswered) step.do({ kind: 'answerLeg', leg: s.origin, like: answered })
  cancelOthers(step, s.attempt, answered)
  if (s.transfer) {
    step.do({ kind: 'notifyTransfer', leg: s.transfer.by, status: 200 })
    if (step.isUp(s.transfer.by)) {
      step.closeLeg(s.transfer.by, { blame: 'nobody', reason: 'transferred' })
      step.do({ kind: 'clearLeg', leg: s.transfer.by, termination: { blame: 'nobody', reason: 'transferred' } })
    }
  }
  const back = s.seat?.takesBack ? { back: { service: s.seat.service, number: s.seat.number, leg: answered } } : {}
  return step.to({ name: 'connected', call: step.call, a: s.origin, b: answered, ...back })
}

function loseLeg(s: S, leg: LegId, how: LegFailure, step: Step): Transition | undefined {
  if (!s.attempt.ringing.includes(leg)) return undefined
  const failure: LegFailure = step.leg(leg)?.trunkId === undefined ? how : { ...how, isTrunk: true }
  step.closeLeg(leg, terminationOf(failure))
  const attempt: Attempt = withoutLeg(s.attempt, leg, failure)
  // A 6xx is the person's answer for all their devices (RFC 3261 §16.7 step 5); others of a group ring on.
  if (failure.status >= 600 && attempt.ringing.length > 0) {
    const person = step.leg(leg)?.party.userId
    const isOwn = (id: LegId): boolean => step.leg(id)?.party.userId === person
    cancelOthers(step, { ...attempt, ringing: attempt.ringing.filter(isOwn) }, undefined)
    return goOn({ ...s, attempt: { ...attempt, ringing: attempt.ringing.filter((id) => !isOwn(id)) } }, step)
  }
  const isRinging = attempt.ringing.some((id) => step.leg(id)?.connection === 'alerting')
  const isWaiting = step.leg(s.origin)?.answeredAtMs === undefined
  // What the origin heard was the early media of that leg: it would hear nothing now.
  if (s.attempt.early === leg && isRinging && isWaiting) step.do({ kind: 'ringLeg', leg: s.origin, early: undefined })
  return goOn({ ...s, attempt }, step)
}

function goOn(s: S, step: Step, reason?: string): Transition {
  const { attempt } = s
  if (attempt.ringing.length > 0) return step.to(s)
  const next = startAttempt(step, stepsLeft(attempt), s.origin, attempt.failures, attempt.forwards)
  if (next) return step.to({ ...s, attempt: next })
  const failure = chooseFailure(attempt.failures)
  const forwarded = goForward(step, s, attempt.forwards, failure, reason === 'no-answer' && failure.by === 'timeout')
  if (forwarded) return forwarded
  const termination = terminationOf(failure)
  return failAttempt(step, s, failure, reason && failure.by === 'timeout' ? { ...termination, reason } : termination)
}
