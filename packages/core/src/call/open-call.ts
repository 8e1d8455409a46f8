import type { CallId, CompanyId } from '@vaxel/base'
import type { Party } from '../ports/call-ledger.ts'
import { startAttempt } from './attempt.ts'
import type { Call, CallLeg, RingStep } from './call.ts'
import { Step, type Transition, who } from './step.ts'

/** A device or trunk sends a call: it is originated and waits for its route. */
export function openCall(options: {
  id: CallId
  companyId: CompanyId
  direction: Call['direction']
  dialled: string
  isEmergency: boolean
  callerLine?: string | undefined
  offersCallBack?: boolean
  origin: CallLeg
  nowMs: number
}): Transition {
  const { origin, nowMs, callerLine, offersCallBack, ...rest } = options
  const step = new Step(
    {
      ...rest,
      startedAtMs: nowMs,
      caller: origin.party,
      called: { number: options.dialled },
      legs: new Map([[origin.id, origin]]),
      ...(origin.trunkId ? { trunkId: origin.trunkId } : {}),
      ...(callerLine === undefined ? {} : { callerLine }),
      ...(offersCallBack ? { offersCallBack } : {}),
    },
    nowMs,
  )
  step.tell('call.originated', { leg: origin.id, ...who(origin), dialled: options.dialled })
  return step.to({ name: 'routing', call: step.call, origin: origin.id })
}

/** A leg that leaves another call is in a conference, in a call of its own. Its price counts from now on. */
export function openConferenced(options: {
  id: CallId
  companyId: CompanyId
  direction: Call['direction']
  leg: CallLeg
  number: string
  name: string
  nowMs: number
}): Transition {
  const { id, companyId, direction, number, name, nowMs } = options
  const { endedAtMs: _, termination: __, ...leg } = options.leg
  const answered = { ...leg, answeredAtMs: nowMs, ...(leg.pricePerMinuteMicros ? { chargedFromMs: nowMs } : {}) }
  const step = new Step(
    {
      id,
      companyId,
      direction,
      isEmergency: false,
      startedAtMs: nowMs,
      answeredAtMs: nowMs,
      dialled: number,
      caller: leg.party,
      called: { number, name },
      legs: new Map([[leg.id, answered]]),
      ...(leg.trunkId ? { trunkId: leg.trunkId } : {}),
    },
    nowMs,
  )
  step.tell('call.conferenced', { leg: leg.id, ...who(leg), number })
  if (leg.interruption) {
    const delayMs = Math.max(0, leg.interruption.untilMs - nowMs)
    step.do({ kind: 'startReconnectTimer', leg: leg.id, delayMs })
  }
  step.do({ kind: 'startService', leg: leg.id, service: 'conference', number })
  return step.to({ name: 'inService', call: step.call, origin: leg.id, service: 'conference', number })
}

/** The API makes a call for a person: its own devices ring first. `undefined` when none can. */
export function openMadeCall(options: {
  id: CallId
  companyId: CompanyId
  dialled: string
  caller: Party
  callerLine?: string
  isEmergency: boolean
  /** Internal if absent. */
  direction?: Call['direction']
  steps: readonly RingStep[]
  nowMs: number
}): Transition | undefined {
  const { steps, nowMs, ...rest } = options
  const step = new Step(
    {
      direction: 'internal',
      ...rest,
      startedAtMs: nowMs,
      called: { number: options.dialled },
      legs: new Map(),
    },
    nowMs,
  )
  const attempt = startAttempt(step, steps, undefined)
  return attempt && step.to({ name: 'originating', call: step.call, attempt })
}
