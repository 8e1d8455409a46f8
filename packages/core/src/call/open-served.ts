import type { CallId, CompanyId } from '@vaxel/base'
import type { Call, CallLeg, Service } from './call.ts'
import { Step, type Transition, who } from './step.ts'

/** A leg that leaves another call talks with a service, in a call of its own. Its price counts from now on. */
export function openServed(options: {
  id: CallId
  companyId: CompanyId
  direction: Call['direction']
  leg: CallLeg
  service: Service
  number: string
  nowMs: number
}): Transition {
  const { id, companyId, direction, service, number, nowMs } = options
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
      called: { number },
      legs: new Map([[leg.id, answered]]),
      ...(leg.trunkId ? { trunkId: leg.trunkId } : {}),
    },
    nowMs,
  )
  step.tell('call.originated', { leg: leg.id, ...who(leg), dialled: number })
  step.do({ kind: 'startService', leg: leg.id, service, number })
  return step.to({ name: 'inService', call: step.call, origin: leg.id, service, number })
}
