import type { UserId } from '@vaxel/base'
import type { AgentState } from '../agent-state.ts'
import type { Centre, QueueId } from '../centre.ts'
import type { Channel } from '../channel.ts'
import { isLive } from '../dispatcher/state.ts'
import type { CentreFact } from '../fact.ts'
import { type Chance, makeChance } from '../simulator/chance.ts'
import type { PlannedArrival, PlannedShift } from '../simulator/day-plan.ts'
import type { WorkItemId } from '../work-item.ts'
import { Patience } from './patience.ts'

type Arrived = Extract<CentreFact, { kind: 'work.arrived' }>

/** A customer of the day, as far as facts tell. */
interface PastItem {
  readonly arrived: Arrived
  /** How the waiting ended: `left` by themselves, `taken` by an agent. */
  end: 'left' | 'taken' | undefined
  waitedMs: number
  handledMs: number
  wrapMs: number
}

interface PastAgent {
  isAtWork: boolean
  isLoggedIn: boolean
  workedMs: number
  sinceMs: number
}

/** Fewer who hung up in a queue say too little; then all queues together stand for it. */
const leastLeft = 20

/** How long somebody is thought to be with an agent where nobody was. */
const unknownHandlingMs = 180_000

/**
 * A day of a contact centre as its facts tell it: who came and when, for how long they would have waited, how long they took, and when which
 * agents were at work. What cannot be known (how long somebody who was answered would have waited, how long somebody who left would have
 * taken) is drawn from what others did on the same day, by a seed, so that the same day gives the same.
 */
export class PastDay {
  readonly fromMs: number
  readonly toMs: number
  readonly #items = new Map<WorkItemId, PastItem>()
  readonly #agents = new Map<UserId, PastAgent>()
  readonly shifts: PlannedShift[] = []

  constructor({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
    this.fromMs = fromMs
    this.toMs = toMs
  }

  get arrivals(): number {
    return this.#items.size
  }

  /** Facts in the ledger's order. */
  see(fact: CentreFact): void {
    if (fact.kind === 'agent.stateChanged') {
      this.#seeAgent(fact)
      return
    }
    if (!('itemId' in fact)) return
    if (fact.kind === 'work.arrived') {
      if (fact.atMs < this.fromMs || fact.atMs >= this.toMs || this.#items.has(fact.itemId)) return
      this.#items.set(fact.itemId, { arrived: fact, end: undefined, waitedMs: 0, handledMs: 0, wrapMs: 0 })
      return
    }
    const item = this.#items.get(fact.itemId)
    if (item) seeItem(item, fact)
  }

  /** Who was at work at all, and for how long. */
  workedMs(): ReadonlyMap<UserId, number> {
    const worked = new Map<UserId, number>()
    for (const [id, { isAtWork, workedMs, sinceMs }] of this.#agents)
      worked.set(id, workedMs + (isAtWork ? Math.max(0, this.toMs - sinceMs) : 0))
    return worked
  }

  /**
   * Who comes, in the order of time, into the queues of a centre; those of queues that it has not are left out.
   * @yields after some hundred
   */
  *plan(centre: Centre): Generator<void, readonly PlannedArrival[]> {
    const chance = makeChance(20_583)
    const queues = new Map(centre.queues.map((queue) => [queue.id, queue]))
    const learned = yield* this.#learn()
    const arrivals: PlannedArrival[] = []
    let count = 0
    for (const item of this.#items.values()) {
      if (++count % 500 === 0) yield
      const { arrived } = item
      const queue = queues.get(arrived.queueId)
      if (!queue) continue
      const { itemId: id, queueId, channel, priority, onlyAgentId, notBeforeMs } = arrived
      const needs = arrived.needs.filter(({ skillId }) => !queue.needs.some((need) => need.skillId === skillId))
      arrivals.push({
        atMs: arrived.atMs,
        item: {
          id,
          queueId,
          channel,
          customer: {},
          sinceMs: arrived.sinceMs,
          priority,
          needs,
          ...(onlyAgentId === undefined ? {} : { onlyAgentId }),
          ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
        },
        patienceMs: patienceOf(item, learned, chance),
        handlingMs: item.handledMs > 0 ? item.handledMs : handlingFor(learned, queueId, channel, chance),
        wrapMs: item.handledMs > 0 ? item.wrapMs : (chance.oneOf(learned.wraps.get(queueId) ?? []) ?? 0),
      })
    }
    return arrivals
  }

  *#learn(): Generator<void, Learned> {
    const left = new Map<QueueId | 'all', number[]>()
    const taken = new Map<QueueId | 'all', number[]>()
    const handled = new Map<string, number[]>()
    const wraps = new Map<QueueId, number[]>()
    let count = 0
    for (const { arrived, end, waitedMs, handledMs, wrapMs } of this.#items.values()) {
      if (++count % 500 === 0) yield
      const { queueId, channel } = arrived
      if (handledMs > 0) {
        listOf(handled, `${queueId} ${channel}`).push(handledMs)
        listOf(wraps, queueId).push(wrapMs)
      }
      if (!isLive(channel) || end === undefined) continue
      for (const key of [queueId, 'all' as const]) listOf(end === 'left' ? left : taken, key).push(waitedMs)
    }
    const patience = new Map<QueueId | 'all', Patience>()
    for (const [key, waits] of left) {
      patience.set(key, new Patience(waits, taken.get(key) ?? []))
      yield
    }
    return { patience, handled, wraps }
  }

  #seeAgent(fact: Extract<CentreFact, { kind: 'agent.stateChanged' }>): void {
    const { agentId, from, fromReason, forMs, to, reason } = fact
    const atMs = Math.max(this.fromMs, fact.atMs)
    let agent = this.#agents.get(agentId)
    if (!agent) {
      const sinceMs = Math.max(this.fromMs, fact.atMs - forMs)
      agent = { isAtWork: isWork(from, fromReason), isLoggedIn: from !== 'loggedOff', workedMs: 0, sinceMs }
      this.#agents.set(agentId, agent)
      if (agent.isLoggedIn) this.shifts.push({ atMs: sinceMs, agentId, to: agent.isAtWork ? 'ready' : 'notReady' })
    }
    if (agent.isAtWork) agent.workedMs += Math.max(0, atMs - agent.sinceMs)
    agent.sinceMs = atMs
    const isAtWork = isWork(to, reason)
    const isLoggedIn = to !== 'loggedOff'
    if (isAtWork !== agent.isAtWork || isLoggedIn !== agent.isLoggedIn)
      this.shifts.push({
        atMs,
        agentId,
        to: isAtWork ? 'ready' : isLoggedIn ? 'notReady' : 'loggedOff',
        ...(reason === undefined ? {} : { reason }),
      })
    agent.isAtWork = isAtWork
    agent.isLoggedIn = isLoggedIn
  }
}

interface Learned {
  readonly patience: ReadonlyMap<QueueId | 'all', Patience>
  readonly handled: ReadonlyMap<string, readonly number[]>
  readonly wraps: ReadonlyMap<QueueId, readonly number[]>
}

/** A call of their own took them from work. */
const isWork = (state: AgentState, reason: string | undefined): boolean =>
  state === 'ready' || state === 'workingAfterCall' || (state === 'busy' && reason !== 'ownCall')

function seeItem(item: PastItem, fact: Extract<CentreFact, { readonly itemId: WorkItemId }>): void {
  switch (fact.kind) {
    case 'work.accepted':
      item.end = 'taken'
      item.waitedMs = fact.waitedMs
      break
    case 'work.finished':
    case 'work.returned':
      item.handledMs += fact.handledMs
      break
    case 'work.wrappedUp':
      item.wrapMs += fact.wrapMs
      break
    case 'work.abandoned':
    case 'work.messageLeft':
    case 'work.moved':
    case 'work.closed':
      item.end ??= 'left'
      item.waitedMs = fact.waitedMs
      break
    case 'work.overflowed':
      // By a rule of the queue: the dispatcher does it again. By a key: the customer left.
      if (fact.why === 'key') item.end ??= 'left'
      item.waitedMs = fact.waitedMs
      break
    default:
      break
  }
}

function patienceOf({ arrived, end, waitedMs }: PastItem, { patience }: Learned, chance: Chance): number {
  if (end === 'left') return waitedMs
  if (!isLive(arrived.channel)) return Infinity
  const own = patience.get(arrived.queueId)
  const known = own && own.size >= leastLeft ? own : patience.get('all')
  return known ? known.beyond(waitedMs, chance) : Infinity
}

function handlingFor({ handled }: Learned, queueId: QueueId, channel: Channel, chance: Chance): number {
  return chance.oneOf(handled.get(`${queueId} ${channel}`) ?? []) ?? unknownHandlingMs
}

function listOf<Key>(lists: Map<Key, number[]>, key: Key): number[] {
  let list = lists.get(key)
  if (!list) lists.set(key, (list = []))
  return list
}
