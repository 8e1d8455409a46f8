import type { LegId, Termination } from '@vaxel/base'
import type { CallState, LegFailure } from '../call.ts'
import type { CallInput } from '../call-input.ts'
import { comeBack, waitOn } from '../interruption.ts'
import { callBack } from '../failing.ts'
import { joinOrHold } from '../joining.ts'
import { ignores, type Row } from '../row.ts'
import { type Step, type Transition, who } from '../step.ts'

type S = Extract<CallState, { name: 'connected' }>

const conferenced = { blame: 'nobody', reason: 'conferenced' } as const
const transferred = { blame: 'nobody', reason: 'transferred' } as const
/** Whoever transferred hangs up so soon after it failed without knowing that it did: many telephones do at the 202. */
const hastyMs = 5_000
/** Many telephones send nothing while their transfer is under way: so long after it failed they have to be heard again. */
const settleMs = 10_000
/** Whose line is lost so soon after their transfer failed may have been away before it did. */
const awayMs = 120_000

/** Two parties talk, or one of them holds. */
export const connected: Row<S> = {
  legHeld: (s, input, step) => {
    const leg = step.leg(input.leg)
    if (!isParty(s, input.leg) || leg?.connection !== 'connected') return undefined
    step.setLeg(input.leg, { connection: 'hold' }).tell('call.held', { leg: input.leg, ...who(leg) })
    step.do({ kind: 'playHoldMusic', leg: counterpart(s, input.leg) })
    return step.to(s)
  },
  legRetrieved: (s, input, step) => {
    const leg = step.leg(input.leg)
    if (!isParty(s, input.leg) || leg?.connection !== 'hold') return undefined
    step.setLeg(input.leg, { connection: 'connected' }).tell('call.retrieved', { leg: input.leg, ...who(leg) })
    joinOrHold(step, s.a, s.b)
    return step.to(s)
  },
  legEnded: (s, input, step) => {
    if (!isParty(s, input.leg)) return undefined
    const { blame, reason } = input.termination
    // Who ends it by command sees that the call is theirs.
    const hasHungUp = blame === 'nobody' && reason !== 'cleared'
    if (s.returned?.by === input.leg && hasHungUp && step.nowMs - s.returned.atMs < hastyMs) {
      step.closeLeg(input.leg, transferred)
      return callBack(step, counterpart(s, input.leg), input.leg, s.back) ?? step.end(input.termination)
    }
    step.closeLeg(input.leg, input.termination)
    const isLost = blame !== 'nobody' && blame !== 'us'
    return (isLost ? (goBack(s, input, step) ?? recall(s, input.leg, step)) : undefined) ?? step.end(input.termination)
  },
  mediaLost: (s, input, step) => {
    if (!isParty(s, input.leg)) return undefined
    const sinceReturnMs = s.returned?.by === input.leg ? step.nowMs - s.returned.atMs : Number.POSITIVE_INFINITY
    if (sinceReturnMs < settleMs) return undefined
    if (input.leg !== s.back?.leg && sinceReturnMs >= awayMs) return step.end(input.termination)
    step.do({ kind: 'clearLeg', leg: input.leg, termination: input.termination })
    step.closeLeg(input.leg, input.termination)
    return goBack(s, input, step) ?? recall(s, input.leg, step) ?? step.end(input.termination)
  },
  transferWanted: (s, input, step) => {
    if (!isParty(s, input.by)) return undefined
    const kept = counterpart(s, input.by)
    step.do({ kind: 'playHoldMusic', leg: kept }, { kind: 'routeTransfer', by: input.by })
    const transfer = { by: input.by, isStillThere: true, ...(s.back ? { back: s.back } : {}) }
    return step.to({ name: 'routing', call: step.call, origin: kept, transfer })
  },
  legAdopted: (s, input, step) => {
    if (!isParty(s, input.by)) return undefined
    const kept = counterpart(s, input.by)
    const { adopted } = input
    // What it cost before is the other call's.
    step.addLeg(adopted.pricePerMinuteMicros ? { ...adopted, chargedFromMs: step.nowMs } : adopted)
    step.closeLeg(input.by, transferred)
    step.tell('call.transferred', { by: input.by, to: adopted.party.number, adopted: adopted.id, kept })
    step.do(
      { kind: 'notifyTransfer', leg: input.by, status: 200 },
      { kind: 'clearLeg', leg: input.by, termination: transferred },
    )
    waitOn(step, adopted)
    joinOrHold(step, kept, adopted.id)
    return step.to({ name: 'connected', call: step.call, a: kept, b: adopted.id })
  },
  legTaken: (s, input, step) => {
    if (!isParty(s, input.leg)) return undefined
    step.closeLeg(input.leg, input.termination)
    return step.end(input.termination)
  },
  conferenced: (s, { keeps, number }, step) => {
    const leg = step.leg(keeps)
    if (!isParty(s, keeps) || !leg) return undefined
    const left = counterpart(s, keeps)
    step.tell('call.conferenced', { leg: keeps, ...who(leg), number }).closeLeg(left, conferenced)
    step.do(
      { kind: 'notifyTransfer', leg: left, status: 200 },
      { kind: 'clearLeg', leg: left, termination: conferenced },
      { kind: 'startService', leg: keeps, service: 'conference', number },
    )
    return step.to({ name: 'inService', call: step.call, origin: keeps, service: 'conference', number })
  },
  legReplaced: (s, input, step) => {
    if (!isParty(s, input.old)) return undefined
    const kept = counterpart(s, input.old)
    const replaced = { blame: 'nobody', reason: 'replaced' } as const
    const old = step.leg(input.old)
    // Who comes back finds the call as it was left.
    const connection = input.isReturn && old?.connection === 'hold' ? 'hold' : 'connected'
    step.addLeg({ ...input.by, connection, answeredAtMs: step.nowMs })
    step.closeLeg(input.old, replaced)
    if (input.isReturn && old) comeBack(step, old, input.by)
    else step.tell('call.transferred', { by: input.old, to: input.by.party.number, adopted: input.by.id, kept })
    waitOn(step, input.by)
    joinOrHold(step, kept, input.by.id)
    step.do(
      { kind: 'answerLeg', leg: input.by.id, like: kept },
      { kind: 'clearLeg', leg: input.old, termination: replaced },
    )
    const isSamePerson = old?.party.userId !== undefined && old.party.userId === input.by.party.userId
    const isKept = input.isReturn === true || isSamePerson
    const back = isKept && s.back ? { back: { ...s.back, leg: swapped(s.back.leg, input) } } : {}
    return step.to({ name: 'connected', call: step.call, a: kept, b: input.by.id, ...back })
  },
  ...ignores('the call is connected already', [
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
    'legRingsAgain',
    'serviceSends',
    'serviceRecalls',
  ]),
}

const swapped = (leg: LegId, { old, by }: Extract<CallInput, { kind: 'legReplaced' }>): LegId =>
  leg === old ? by.id : leg

/**
 * The line of whoever a service gave its caller to is lost: the service has the caller back.
 * @returns undefined where no service does, or the caller is gone or away too
 */
function goBack(
  s: S,
  { leg, termination }: { readonly leg: LegId; readonly termination: Termination },
  step: Step,
): Transition | undefined {
  if (s.back?.leg !== leg) return undefined
  const origin = counterpart(s, leg)
  if (!step.isUp(origin)) return undefined
  const { service, number } = s.back
  const failure: LegFailure = { status: 480, by: 'transport', reason: termination.text ?? 'The line was lost' }
  step.do({ kind: 'resumeService', leg: origin, service, number, failure, termination })
  return step.to({ name: 'inService', call: step.call, origin, service, number })
}

/**
 * The line of whoever transferred is lost soon after the transfer failed: they are called back, at any of their telephones, as whom they
 * left may have talked with nobody since.
 * @returns undefined where that is long ago, or nobody can be called back
 */
function recall(s: S, leg: LegId, step: Step): Transition | undefined {
  if (s.returned?.by !== leg || step.nowMs - s.returned.atMs >= awayMs) return undefined
  return callBack(step, counterpart(s, leg), leg, s.back)
}

function isParty(s: S, leg: LegId): boolean {
  return leg === s.a || leg === s.b
}

/** The other one of the two. */
export function counterpart(s: S, leg: LegId): LegId {
  return leg === s.a ? s.b : s.a
}
