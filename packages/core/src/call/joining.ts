import type { LegId } from '@vaxel/base'
import type { Step } from './step.ts'

/** Joins two legs that are up, or plays music to the one whose counterpart holds. */
export function joinOrHold(step: Step, a: LegId, b: LegId): void {
  const aHolds = step.leg(a)?.connection === 'hold'
  const bHolds = step.leg(b)?.connection === 'hold'
  if (!aHolds && !bHolds) {
    step.do({ kind: 'joinMedia', a, b })
    return
  }
  if (aHolds) step.do({ kind: 'playHoldMusic', leg: b })
  if (bHolds) step.do({ kind: 'playHoldMusic', leg: a })
}
