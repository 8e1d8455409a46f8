import type { LegId } from '@vaxel/base'
import type { Diversion, DiversionReason, PlannedForwards } from '../routing/diversion.ts'
import { mostDiversions } from '../routing/diversion.ts'
import type { LegFailure, ServiceSeat, Transfer } from './call.ts'
import { isUnreachable, terminationOf } from './choose-failure.ts'
import type { Step, Transition } from './step.ts'

/**
 * Sends a call on that its person did not take, if a rule of that person says so: routing is asked for the rule's target.
 * @param isRingTimeout devices rang as long as they were to
 * @returns undefined when no rule fits
 */
export function goForward(
  step: Step,
  at: { readonly origin: LegId; readonly transfer?: Transfer; readonly seat?: ServiceSeat },
  forwards: PlannedForwards | undefined,
  failure: LegFailure,
  isRingTimeout = false,
): Transition | undefined {
  const { diversions = [] } = step.call
  if (!forwards || diversions.length >= mostDiversions || !step.isUp(at.origin)) return undefined
  const rang = isRingTimeout || (failure.by === 'timeout' && failure.status === 480)
  const reason = reasonOf(failure, rang)
  const to = targetOf(forwards, reason)
  if (to === undefined) return undefined
  const { userId, number, name } = forwards
  const by = { number, name, ...(userId ? { userId } : {}) }
  const diversion: Diversion = { number, ...(userId ? { userId } : {}), reason }
  step.setCall({ diversions: [...diversions, diversion] })
  step.do({ kind: 'stopRingTimer' })
  step.tell('call.diverted', {
    from: number,
    to,
    ...(userId ? { userId } : {}),
    name,
    reason,
    explanation: [sentenceOf(name, to, reason)],
  })
  step.do({ kind: 'routeForward', by: { ...by, to, reason } })
  const forward = {
    failure,
    termination: rang ? { ...terminationOf(failure), reason: 'no-answer' } : terminationOf(failure),
  }
  return step.to({
    name: 'routing',
    call: step.call,
    origin: at.origin,
    forward,
    ...(at.transfer ? { transfer: at.transfer } : {}),
    ...(at.seat ? { seat: at.seat } : {}),
  })
}

const busyStatuses = new Set([486, 600, 603])

function reasonOf(failure: LegFailure, rang: boolean): DiversionReason {
  if (rang) return 'no-answer'
  if (failure.by === 'peer' && busyStatuses.has(failure.status)) return 'user-busy'
  // A phone that gave up ringing by itself.
  if (failure.by === 'peer' && (failure.status === 480 || failure.status === 408)) return 'no-answer'
  return isUnreachable(failure) ? 'unavailable' : 'user-busy'
}

function targetOf(forwards: PlannedForwards, reason: DiversionReason): string | undefined {
  switch (reason) {
    case 'user-busy':
      return forwards.busy
    case 'no-answer':
      return forwards.noAnswer
    case 'unavailable':
      return forwards.unavailable
    default:
      return undefined
  }
}

const becauseOf: Partial<Record<DiversionReason, (name: string) => string>> = {
  'user-busy': (name) => `${name} is busy (busy rule)`,
  'no-answer': (name) => `${name} did not answer (no-answer rule)`,
  unavailable: (name) => `no device of ${name} can be reached (unreachable rule)`,
}

const sentenceOf = (name: string, to: string, reason: DiversionReason): string =>
  `forwarded to ${to} because ${becauseOf[reason]?.(name) ?? `${name} has a rule for it`}`
