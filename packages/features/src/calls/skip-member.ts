import { type Company, type Directory, handleCall, type LegFailure, type Party, type PeopleNow } from '@vaxel/core'
import type { Reach } from './reach.ts'

/** The call in which a member's turn has come. */
interface Turn {
  readonly directory: Pick<Directory, 'user'>
  readonly company: Company
  readonly caller: Party
  readonly people: PeopleNow
}

/**
 * Why a member of a group is passed over whose turn has come: people get on the phone, and want to be left alone, while others ring.
 * @returns undefined when the member is to be asked
 */
export function whySkipped(reach: Reach, { directory, company, caller, people }: Turn): LegFailure | undefined {
  if (reach.kind !== 'binding' || !reach.isSkippedIfBusy) return undefined
  const user = directory.user(reach.binding.userId)
  if (!user) return undefined
  if (people.isOnPhone(user.id)) return { status: 486, by: 'us', reason: 'On the phone meanwhile' }
  const { kind } = handleCall({ user, company, caller, people }, () => {})
  return kind === 'doNotDisturb' ? { status: 480, by: 'us', reason: 'Not to be disturbed meanwhile' } : undefined
}
