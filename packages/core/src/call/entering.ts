import type { LegId } from '@vaxel/base'
import type { ServiceSeat, Transfer } from './call.ts'
import type { ServiceReached } from './call-input.ts'
import { decisionsOf, type Step, type Transition } from './step.ts'

/**
 * The origin talks with the platform from now on; whoever transferred it is out.
 * @param at.isOnward somebody else was called, and sent the call on
 */
export function enterService(
  step: Step,
  at: {
    readonly origin: LegId
    readonly transfer?: Transfer
    readonly seat?: ServiceSeat
    readonly isOnward: boolean
  },
  { service, called, explanation, decisions, diversions }: ServiceReached,
): Transition {
  const { origin, transfer, seat, isOnward } = at
  const { number } = called
  step.tell('call.routed', {
    to: number,
    service,
    explanation,
    ...(decisions ? { decisions: decisionsOf(decisions) } : {}),
  })
  if (diversions) step.setCall({ diversions })
  const wasAnswered = step.leg(origin)?.answeredAtMs !== undefined
  if (!transfer && !isOnward && !seat) step.setCall({ called })
  step.setCall({ answeredAtMs: step.call.answeredAtMs ?? step.nowMs })
  step.setLeg(origin, { connection: 'connected', answeredAtMs: step.leg(origin)?.answeredAtMs ?? step.nowMs })
  if (transfer) {
    const termination = { blame: 'nobody', reason: 'transferred' } as const
    step.closeLeg(transfer.by, termination)
    step.tell('call.transferred', { by: transfer.by, to: number, kept: origin })
    step.do(
      { kind: 'notifyTransfer', leg: transfer.by, status: 200 },
      { kind: 'clearLeg', leg: transfer.by, termination },
    )
  } else if (!seat) {
    step.tell('call.established', { leg: origin, service })
  }
  if (seat) step.do({ kind: 'leaveService', leg: origin })
  step.do({ kind: 'startService', leg: origin, service, number })
  if (!wasAnswered) step.do({ kind: 'answerLeg', leg: origin, like: undefined })
  return step.to({ name: 'inService', call: step.call, origin, service, number })
}
