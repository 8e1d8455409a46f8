import { type CompanyId, makeId, systemClock, type UserId } from '@vaxel/base'
import { type Agent, type Centre, defaultCapacity, emptyCentre, type Queue, type QueueId, type User } from '@vaxel/core'
import { loadDemoCompany, type Store } from '@vaxel/store'

/** A queue as little set as can be. */
const queueOf = (i: number): Queue => ({
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
async function makeAgents(store: Store, companyId: CompanyId, agentCount: number): Promise<readonly UserId[]> {
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

export const agentCount = 500
export const queueCount = 20
export const callsAnHour = 20_000

/** The demo company with a published centre of that size, each agent in one queue. */
export async function publishCentre(
  store: Store,
  more: Partial<Centre> = {},
): Promise<{ readonly companyId: CompanyId; readonly agentIds: readonly UserId[]; readonly queues: readonly Queue[] }> {
  await loadDemoCompany(store)
  const companyId = [...store.directory.companies()][0]!.id
  const agentIds = await makeAgents(store, companyId, agentCount)
  const queues = Array.from({ length: queueCount }, (_, i) => queueOf(i))
  const agents: Agent[] = agentIds.map((userId, i) => ({
    userId,
    skills: [],
    queues: [{ queueId: queues[i % queueCount]!.id }],
    capacity: defaultCapacity,
    line: { kind: 'devices' },
  }))
  const publishedAtMs = systemClock.now()
  await store.centres.publish(
    { companyId, version: 1_000_000, publishedAtMs, centre: { ...emptyCentre, ...more, queues, agents } },
    { kind: 'centre.published', atMs: publishedAtMs, companyId, data: {} },
  )
  return { companyId, agentIds, queues }
}
