import type { LegId } from '@vaxel/base'
import type { Step } from './step.ts'

/** Joins two legs that are up; plays music to the one whose counterpart holds, and the tone to the one whose counterpart is away. */
export function joinOrHold(step: Step, a: LegId, b: LegId): void {
  const aHolds = step.leg(a)?.connection === 'hold'
  const bHolds = step.leg(b)?.connection === 'hold'
  if (!aHolds && !bHolds) {
    step.do({ kind: 'joinMedia', a, b })
    if (isAway(step, b)) step.do({ kind: 'playReconnecting', leg: a })
    if (isAway(step, a)) step.do({ kind: 'playReconnecting', leg: b })
    return
  }
  if (aHolds) step.do({ kind: 'playHoldMusic', leg: b })
  if (bHolds) step.do({ kind: 'playHoldMusic', leg: a })
}

const isAway = (step: Step, leg: LegId): boolean => step.leg(leg)?.interruption !== undefined
