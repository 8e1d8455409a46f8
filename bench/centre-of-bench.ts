import { makeId, systemClock, type CompanyId, type UserId } from '@vaxel/base'
import type { Queue, QueueId, User } from '@vaxel/core'
import type { Store } from '@vaxel/store'

/** A queue as little set as can be. */
export const queueOf = (i: number): Queue => ({
  id: `queue-${i}` as QueueId,
  name: `Queue ${i}`,
  channels: ['call'],
  selection: 'longestIdle',
  needs: [],
  priority: 5,
  offerSeconds: 20,
  missedMakesNotReady: true,
  wrapUp: { seconds: 0, needsCode: false },
  serviceLevel: { seconds: 20, percent: 80 },
  shortAbandonSeconds: 5,
  overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
  voice: { saysPosition: false, saysWait: false, everySeconds: 60 },
})

/** So many users who can be agents. */
export async function makeAgents(store: Store, companyId: CompanyId, agentCount: number): Promise<readonly UserId[]> {
  const [pattern] = store.directory.usersOf(companyId)
  const made = Array.from({ length: agentCount }, (_, i) => {
    const { extension: _extension, ...rest } = pattern!
    const user: User = {
      ...rest,
      id: makeId<UserId>(systemClock.now()),
      name: `agent${i}`,
      displayName: `Agent ${i}`,
      role: 'user',
    }
    return user
  })
  const refused = await store.configuration.change({ by: 'bench' }, () =>
    made.map((after) => ({ kind: 'user', after })),
  )
  if (refused) throw new Error(refused.text)
  return made.map(({ id }) => id)
}
