import type { LegId } from '@vaxel/base'
import type { Attempt, LegFailure, LegTarget, RingStep } from './call.ts'
import type { PlannedForwards } from '../routing/diversion.ts'
import { isUnreachable } from './choose-failure.ts'
import type { Step } from './step.ts'

/**
 * Starts the first step that has targets: its legs join the call and are offered it.
 * @param isTimed others ring already, whose timer goes on
 * @returns undefined when no step has a target (nobody is registered)
 */
export function startAttempt(
  step: Step,
  steps: readonly RingStep[],
  like: LegId | undefined,
  failures: readonly LegFailure[] = [],
  forwards?: PlannedForwards,
  isTimed = false,
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
  if (!isTimed) step.do({ kind: 'startRingTimer', delayMs: first.ringMs })
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

/** The steps that may be tried after these failures. */
export function stepsLeft({ rest, continueOn, failures }: Attempt): readonly RingStep[] {
  if (continueOn === 'any' || failures.every(isUnreachable)) return rest
  const others = rest.findIndex(({ isForOthers }) => isForOthers)
  return others < 0 ? [] : rest.slice(others)
}

/**
 * A ringing leg's person sends the call elsewhere: that is asked first, and after it whoever else was to be asked. Those who ring beside it
 * ring on, for as long as they were to.
 * @param attempt without the legs of that person
 * @returns undefined when nobody is to be reached there
 */
export function askElsewhere(
  step: Step,
  attempt: Attempt,
  to: { readonly steps: readonly RingStep[]; readonly forwards?: PlannedForwards },
  by: LegTarget['party'] | undefined,
  like: LegId | undefined,
): Attempt | undefined {
  const steps = to.steps.filter(({ targets }) => targets.length > 0)
  if (steps.length === 0) return undefined
  const [first, ...others] = restOfOthers(attempt.rest, by)
  const rest = first ? [{ ...first, isForOthers: true as const }, ...others] : []
  const forwards = forwardsAfter(attempt, to.forwards, by)
  const next = startAttempt(step, [...steps, ...rest], like, attempt.failures, forwards, attempt.ringing.length > 0)
  return next && { ...next, ringing: [...attempt.ringing, ...next.ringing] }
}

/** A group's rule outlives that one of its members is somewhere else; a person's own does not. */
export function forwardsAfter(
  { forwards }: Attempt,
  theirs: PlannedForwards | undefined,
  by: LegTarget['party'] | undefined,
): PlannedForwards | undefined {
  return forwards && forwards.userId !== by?.userId ? forwards : theirs
}

/** Whether nobody but one person is asked, now and later, and no rule of a group says who else would be. */
export function asksOnly(attempt: Attempt, by: LegTarget['party'] | undefined): boolean {
  return (
    attempt.ringing.length === 0 &&
    restOfOthers(attempt.rest, by).length === 0 &&
    !forwardsAfter(attempt, undefined, by)
  )
}

/** Of a trunk nobody else is asked by the steps that are left. */
function restOfOthers(rest: readonly RingStep[], by: LegTarget['party'] | undefined): RingStep[] {
  if (by?.userId === undefined) return []
  return rest
    .map((one) => ({ ...one, targets: one.targets.filter(({ party }) => party.userId !== by.userId) }))
    .filter(({ targets }) => targets.length > 0)
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
