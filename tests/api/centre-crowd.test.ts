import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { makeId, type UserId } from '@vaxel/base'
import { defaultCapacity, emptyCentre, type Queue, type QueueId, type User } from '@vaxel/core'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const crowd = 200
const queueId = 'crowd' as QueueId
const queue: Queue = {
  id: queueId,
  name: 'Everybody',
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
}

interface Wall {
  readonly agents: readonly { readonly id: string; readonly now: { readonly state: string } }[]
  readonly queues: readonly {
    readonly id: string
    readonly now: { readonly counts: Readonly<Record<string, number>> }
  }[]
}

describe(`${crowd} agents who come within a second`, () => {
  let api: ApiPlatform
  let boss: CheckedClient
  let agents: UserId[]
  const wall = async (): Promise<Wall> => (await boss.ask('GET', '/api/v1/centre/now')).body
  const inState = async (state: string) => (await wall()).agents.filter(({ now }) => now.state === state).length
  const all = (verb: string) =>
    Promise.all(agents.map((id) => boss.ask('POST', `/api/v1/centre/agents/${id}/commands/${verb}`, {})))

  before(async () => {
    api = await startApi()
    const { store, clock } = api
    const model = store.directory.userByAddress('demo.vaxel.test', '204')!
    const { companyId } = model
    const users = Array.from({ length: crowd }, (_, i): User => {
      const name = String(4000 + i)
      return { ...model, id: makeId<UserId>(clock.now()), name, extension: name, displayName: `Agent ${i}` }
    })
    agents = users.map(({ id }) => id)
    const refused = await store.configuration.change({ by: 'test' }, () =>
      users.map((after) => ({ kind: 'user', after })),
    )
    assert.equal(refused, undefined)
    const centre = {
      ...emptyCentre,
      queues: [queue],
      agents: agents.map((userId) => ({
        userId,
        skills: [],
        queues: [{ queueId }],
        capacity: defaultCapacity,
        line: { kind: 'devices' as const },
      })),
    }
    const version = (store.centres.published(companyId)?.version ?? 0) + 1
    await store.centres.publish(
      { companyId, version, publishedAtMs: clock.now(), centre },
      { kind: 'centre.published', atMs: clock.now(), companyId, data: { version, changes: 1 } },
    )
    await store.check()
    await clock.advanceAsync(50)
    boss = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    api.contactCentre.workDesk.provide('call', { offer: async () => ({ kind: 'accepted' }) })
  })
  after(() => api.close())

  it('are logged in once each, and the wallboard counts them all', async () => {
    const changes = new Map<string, number>()
    const stop = api.store.feed.subscribe((events) => {
      for (const { kind, data } of events)
        if (kind === 'agent.stateChanged')
          changes.set(String(data.agentId), (changes.get(String(data.agentId)) ?? 0) + 1)
    })
    // Each asks twice, as an impatient browser does.
    const replies = (await Promise.all([all('logIn'), all('logIn')])).flat()
    stop()
    assert.deepEqual([...new Set(replies.map(({ status }) => status))], [204])
    assert.equal(changes.size, crowd)
    assert.ok([...changes.values()].every((count) => count === 1))
    assert.equal(await inState('notReady'), crowd)
  })

  it('take as many callers at once, one each', async () => {
    await all('ready')
    assert.equal(await inState('ready'), crowd)
    const { companyId } = api.store.directory.user(agents[0]!)!
    const { workDesk, agentDesk } = api.contactCentre
    const items = await Promise.all(
      Array.from({ length: crowd }, (_, i) =>
        workDesk.add({ companyId, queueId, channel: 'call', customer: { number: `+4670${1000000 + i}` } }),
      ),
    )
    while (agentDesk.agents(companyId).some(({ items: own }) => own.length === 0)) {
      await api.store.check()
      await api.clock.advanceAsync(10)
    }
    const served = new Set(items.map((item) => workDesk.agentOf(companyId, 'id' in item ? item.id : ('' as never))))
    assert.equal(served.size, crowd)
    await api.store.check()
    const { counts } = (await wall()).queues.find(({ id }) => id === queueId)!.now
    assert.deepEqual([counts.arrived, counts.answered, counts.open], [crowd, crowd, 0])
    assert.equal(await inState('busy'), crowd)
  })
})
