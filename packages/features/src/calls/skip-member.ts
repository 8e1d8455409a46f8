import type { UserId } from '@vaxel/base'
import type { LegFailure, PeopleNow } from '@vaxel/core'
import type { Reach } from './reach.ts'

/**
 * Why a member of a group is passed over whose turn has come: people get on the phone, and want to be left alone, while others ring.
 * @returns undefined when the member is to be asked
 */
export function whySkipped(reach: Reach, people: PeopleNow): LegFailure | undefined {
  if (reach.kind !== 'binding' || !reach.isSkippedIfBusy) return undefined
  const { userId } = reach.binding
  if (people.isOnPhone(userId)) return { status: 486, by: 'us', reason: 'On the phone meanwhile' }
  return isLeftAlone(userId, people) ? { status: 480, by: 'us', reason: 'Not to be disturbed meanwhile' } : undefined
}

function isLeftAlone(userId: UserId, people: PeopleNow): boolean {
  const disturb = people.handling(userId)?.doNotDisturb
  return disturb !== undefined && (disturb.untilMs === undefined || disturb.untilMs > people.nowMs)
}
