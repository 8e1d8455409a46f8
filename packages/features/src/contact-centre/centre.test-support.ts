import { type Clock, type CompanyId, isRefusal, silentLogger, type UserId } from '@vaxel/base'
import {
  type Centre,
  type CentreFact,
  defaultCapacity,
  emptyCentre,
  type OfferId,
  type Queue,
  type QueueId,
  type RestoredAgent,
  type RestoredItem,
  type WorkItem,
  type WorkItemId,
  type WorkStore,
} from '@vaxel/core'
import { Centres } from './centres.ts'
import { Desk } from './desk.ts'
import { standingOf } from './standing.test-support.ts'
import { Works } from './work-desk.ts'

export const companyId = 'company' as CompanyId
export const queueId = 'sales' as QueueId
export const anna = 'anna' as UserId
export const bo = 'bo' as UserId
export const boss = { companyId, userId: 'boss' as UserId }
export const own = (userId: UserId) => ({ companyId, userId })

export const queue: Queue = {
  id: queueId,
  name: 'Sales',
  channels: ['call', 'callBack', 'mail'],
  selection: 'longestIdle',
  needs: [],
  priority: 5,
  offerSeconds: 20,
  missedMakesNotReady: true,
  wrapUp: { seconds: 30, needsCode: false },
  serviceLevel: { seconds: 20, percent: 80 },
  shortAbandonSeconds: 5,
  overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
  voice: { saysPosition: true, saysWait: true, everySeconds: 60 },
}
export const agentOf = (userId: UserId) => ({
  userId,
  skills: [],
  queues: [{ queueId }],
  capacity: defaultCapacity,
  line: { kind: 'devices' as const },
})
export const centre: Centre = {
  ...emptyCentre,
  queues: [queue],
  agents: [agentOf(anna), agentOf(bo)],
  reasons: [{ id: 'lunch', name: 'Lunch', isWork: false }],
}

/** A store that keeps what it is told, holds items and places for who has claimed them, and fails as it is told to. */
export function makeStore() {
  const facts: CentreFact[] = []
  /** By item. */
  const claims = new Map<string, { readonly offerId: string; readonly slot: string; readonly fact: CentreFact }>()
  const isHeld = (itemId: string, slot: string) =>
    claims.has(itemId) || [...claims.values()].some((claim) => claim.slot === slot)
  const claimOf = (itemId: string) => {
    const claim = claims.get(itemId)
    return claim ? { offerId: claim.offerId as OfferId, slot: claim.slot } : {}
  }
  const store = {
    /** Takes nothing. */
    isAway: false,
    /** Says nothing until this is over. */
    silence: Promise.resolve(),
    /** Says that somebody else has the item. */
    isLost: false,
    /** Writes claims, and loses the answer. */
    losesAnswers: false,
    facts: facts as readonly CentreFact[],
    claims: claims as ReadonlyMap<string, { readonly offerId: string }>,
    before: { items: [] as RestoredItem[], agents: [] as RestoredAgent[] },
    restoring: Promise.resolve(),
    async record(_: CompanyId, entry: Parameters<WorkStore['record']>[1]) {
      await store.silence
      if (store.isAway) throw new Error('the database is away')
      facts.push(...entry.facts)
      for (const { itemId, offerId } of entry.released ?? [])
        if (claims.get(itemId)?.offerId === offerId) claims.delete(itemId)
    },
    async claim(_: CompanyId, { itemId, offerId, slot }: Parameters<WorkStore['claim']>[1], fact: CentreFact) {
      await store.silence
      if (store.isAway) throw new Error('the database is away')
      if (claims.get(itemId)?.offerId === offerId) return true
      if (store.isLost || isHeld(itemId, slot)) return false
      claims.set(itemId, { offerId, slot, fact })
      facts.push(fact)
      if (store.losesAnswers) throw new Error('the answer is lost')
      return true
    },
    restore: async (_: CompanyId, nowMs: number) => {
      await store.restoring
      const { items, agents } = standingOf(facts)
      for (const [itemId, { fact }] of claims) {
        if (items.some(({ item, state }) => item.id === itemId && state !== 'waiting')) continue
        claims.delete(itemId)
        if (fact.kind !== 'work.offered') continue
        const { untilMs: _until, why: _why, ...offer } = fact
        facts.push({ ...offer, kind: 'work.withdrawn', atMs: nowMs, askedMs: 0, why: 'restarted' })
      }
      return {
        items: [...store.before.items, ...items.map((item) => ({ ...item, ...claimOf(item.item.id) }))],
        agents: [...store.before.agents, ...agents],
        queues: [],
      }
    },
    lastAgent: async () => undefined,
  }
  return store
}

/** A company's contact centre in virtual time, over a store of its own. */
export async function begin<Time extends Clock & { advanceAsync(ms: number): Promise<void> }>(
  clock: Time,
  { work = makeStore(), start = true } = {},
) {
  const ended: WorkItem[] = []
  const users = new Set<UserId>([anna, bo, boss.userId])
  const published = { companyId, version: 1, publishedAtMs: 0, centre }
  const centres = new Centres({
    clock,
    log: silentLogger,
    work: work as unknown as WorkStore,
    centres: { all: () => [published], published: () => published } as never,
    directory: {
      company: () => ({ id: companyId, country: 'SE' }),
      user: (id: UserId) => (users.has(id) ? { id } : undefined),
    } as never,
  })
  const desk = new Desk(centres, async (item) => void ended.push(item))
  const works = new Works({ centres, store: { published: () => published }, work, clock })
  if (start) await centres.start()
  const kinds = () => work.facts.map(({ kind }) => kind)
  const add = async (channel: 'call' | 'mail', reference?: string) => {
    const at = reference === undefined ? {} : { reference }
    const item = await works.add({ companyId, queueId, channel, customer: { number: '+46701' }, ...at })
    if (isRefusal(item)) throw new Error(item.code)
    await clock.advanceAsync(0)
    return item
  }
  const ready = async (...agents: readonly UserId[]) => {
    for (const userId of agents) {
      await desk.logIn(own(userId), userId)
      await desk.ready(own(userId), userId)
    }
    await clock.advanceAsync(0)
  }
  const stateOf = (userId: UserId) => {
    const now = desk.agent(companyId, userId)
    return [now?.state, now?.reason]
  }
  const itemState = (itemId: WorkItemId) => centres.owner(companyId)?.state.items.get(itemId)?.state
  return { clock, work, centres, desk, works, ended, kinds, add, ready, stateOf, itemState, users, published }
}
