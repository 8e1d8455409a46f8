import type { UserId } from '@vaxel/base'
import type { Party } from '../ports/call-ledger.ts'
import type { Company, Directory, User } from '../ports/directory.ts'
import type { AssistantFilter } from './call-filter.ts'
import { isListed } from './caller-list.ts'
import { handleCall } from './handle-call.ts'
import type { PeopleNow } from './people-now.ts'
import type { RingRound, RoundMember } from './ring-round.ts'
import type { Saying } from './saying.ts'

/** Whose filter it is, who calls, and on whose behalf: an assistant who puts a call through gets past it. */
interface Filtered {
  readonly user: User
  readonly company: Company
  readonly directory: Directory
  readonly caller: Party | undefined
  readonly actingUserId: UserId | undefined
  readonly people: PeopleNow | undefined
}

/**
 * Puts a person's assistants before the rounds that the person would ring in. Callers on the list, the assistants themselves and
 * emergency centres that call back get past the filter; so does everybody while no assistant can be reached. Pure.
 * @param own how the person would ring without it
 */
export function planFilter(filtered: Filtered, own: RingRound, saying: Saying): readonly RingRound[] {
  const { user, people } = filtered
  const filter = people?.filter?.(user.id)
  if (!people || !filter?.isOn || people.awaitsEmergencyCallBack(user.id)) return [own]
  const name = user.displayName
  const why = whoPasses(filter, filtered)
  if (why) {
    saying.say('filter-passed', { name, why }, `the call gets past the assistants of ${name}: ${passes[why]}`)
    return [own]
  }
  const members = assistantsOf(filter, filtered)
  if (members.length === 0) {
    saying.say('filter-passed', { name, why: 'nobody' }, `no assistant of ${name} can take calls, so ${name} is asked`)
    return [own]
  }
  const { mode, seconds } = filter
  saying.say(
    'filter',
    { name, mode, count: members.length, seconds },
    `calls for ${name} go to the assistants (${mode}), of whom ${members.length} can be asked`,
  )
  switch (mode) {
    case 'first':
      return [{ members, seconds }, own]
    case 'only':
      return [{ members, seconds }]
    case 'together':
      return [{ ...own, members: [...own.members, ...members] }]
  }
}

const passes = { allowed: 'the caller is on the list', assistant: 'an assistant calls' } as const

function whoPasses(
  { assistants, allowed }: AssistantFilter,
  { company, caller, actingUserId, people, user }: Filtered,
): keyof typeof passes | undefined {
  const isAssistant = (id: UserId | undefined): boolean => id !== undefined && assistants.includes(id)
  if (isAssistant(caller?.userId) || isAssistant(actingUserId)) return 'assistant'
  const seen = { caller, country: company.country, isContact: people?.isContact?.(user.id) }
  return isListed(allowed, seen) ? 'allowed' : undefined
}

/** Assistants who can be asked now; where they forward to is not followed, and filters of their own do not count. */
function assistantsOf({ assistants }: AssistantFilter, filtered: Filtered): RoundMember[] {
  const { directory, company, caller, people, user } = filtered
  return assistants.flatMap((userId): RoundMember[] => {
    const assistant = directory.user(userId)
    if (assistant?.companyId !== company.id || people?.isReachable?.(userId) === false) return []
    const handled = handleCall({ user: assistant, company, caller, people }, () => {})
    if (handled.kind !== 'ring') return []
    const devices = handled.deviceIds ? { deviceIds: handled.deviceIds } : {}
    return [{ userId, label: user.displayName, isSkippedIfBusy: true, ...devices }]
  })
}
