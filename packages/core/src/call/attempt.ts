import type { LegId } from '@vaxel/base'
import type { Attempt, LegFailure, LegTarget, RingStep } from './call.ts'
import type { PlannedForwards } from '../routing/diversion.ts'
import { isUnreachable } from './choose-failure.ts'
import type { Step } from './step.ts'

/**
 * Starts the first step that has targets: its legs join the call and are offered it.
 * @returns undefined when no step has a target (nobody is registered)
 */
export function startAttempt(
  step: Step,
  steps: readonly RingStep[],
  like: LegId | undefined,
  failures: readonly LegFailure[] = [],
  forwards?: PlannedForwards,
): Attempt | undefined {
  const [first, ...rest] = steps.filter((s) => s.targets.length > 0)
  if (!first) return undefined
  const ringing: LegId[] = []
  for (const target of first.targets) {
    const { leg: id, ...rest } = target
    step.addLeg({ id, role: 'callee', connection: 'initiated', startedAtMs: step.nowMs, ...rest })
    ringing.push(id)
  }
  for (const leg of ringing) step.do({ kind: 'offerLeg', leg, like })
  step.do({ kind: 'startRingTimer', delayMs: first.ringMs })
  return { ringing, rest, continueOn: first.continueOn, failures, ...(forwards ? { forwards } : {}) }
}

/** One ringing leg is out. */
export function withoutLeg(attempt: Attempt, leg: LegId, failure?: LegFailure): Attempt {
  return {
    ...attempt,
    ringing: attempt.ringing.filter((id) => id !== leg),
    failures: failure ? [...attempt.failures, failure] : attempt.failures,
    ...(attempt.early === leg ? { early: undefined } : {}),
  }
}

/**
 * One ringing leg is reached elsewhere now: it rings there, and no longer where it did. The ring timer goes on.
 * @returns undefined when the leg does not ring any more
 */
export function ringAgain(
  step: Step,
  attempt: Attempt,
  old: LegId,
  { leg, ...target }: LegTarget,
  like: LegId | undefined,
): Attempt | undefined {
  if (!attempt.ringing.includes(old) || !step.isUp(old)) return undefined
  const before = step.leg(old)
  step.closeLeg(old, { blame: 'nobody', reason: 'replaced' })
  step.do({ kind: 'cancelLeg', leg: old, answeredElsewhere: false })
  if (before?.interruption) step.do({ kind: 'stopReconnectTimer', leg: old })
  step.addLeg({ id: leg, role: 'callee', connection: 'initiated', startedAtMs: step.nowMs, ...target })
  step.do({ kind: 'offerLeg', leg, like })
  const { ringing, ...rest } = withoutLeg(attempt, old)
  return { ...rest, ringing: [...ringing, leg] }
}

/** Whether the next step may be tried after these failures. */
export function mayContinue(attempt: Attempt): boolean {
  return attempt.rest.length > 0 && (attempt.continueOn === 'any' || attempt.failures.every(isUnreachable))
}

/**
 * What a group still has of a call that one of its members sends on: the members whose turn has not come, and where the group sends who is not taken.
 * @returns undefined where the call is nobody else's
 */
export function groupOf(attempt: Attempt, member: string | undefined): Attempt['group'] {
  if (attempt.group) return attempt.group
  const isOther = ({ party }: LegTarget): boolean => party.userId !== undefined && party.userId !== member
  const rest = attempt.rest
    .map((each) => ({ ...each, targets: each.targets.filter(isOther) }))
    .filter(({ targets }) => targets.length > 0)
  const forwards = attempt.forwards?.userId === undefined ? attempt.forwards : undefined
  return rest.length === 0 && !forwards ? undefined : { rest, ...(forwards ? { forwards } : {}) }
}

/** Cancels all legs that still ring but one. */
export function cancelOthers(step: Step, attempt: Attempt, answered: LegId | undefined): void {
  for (const leg of attempt.ringing) {
    if (leg === answered || !step.isUp(leg)) continue
    const answeredElsewhere = answered !== undefined
    step.closeLeg(leg, { blame: 'nobody', reason: answeredElsewhere ? 'answered-elsewhere' : 'no-answer' })
    step.do({ kind: 'cancelLeg', leg, answeredElsewhere })
  }
}
