import type { WorkCounts } from './counts.ts'

/**
 * Whether counts add up: arrived = answered + abandoned + overflowed + left a message + moved + closed + those that still wait,
 * and parts are no more than what they are parts of.
 * @returns what is wrong, a sentence each; empty when all is right
 */
export function faultsOf(counts: WorkCounts): readonly string[] {
  const { arrived, answered, abandoned, overflowed, messageLeft, moved, closed, open } = counts
  const sum = answered + abandoned + overflowed + messageLeft + moved + closed + open
  const faults: string[] = []
  if (sum !== arrived) faults.push(`${arrived} arrived, but ${sum} became something`)
  if (counts.inLevel > answered) faults.push(`${counts.inLevel} were answered in time, but only ${answered} at all`)
  if (counts.short > abandoned) faults.push(`${counts.short} left at once, but only ${abandoned} at all`)
  if (open < 0) faults.push(`${open} wait`)
  return faults
}
