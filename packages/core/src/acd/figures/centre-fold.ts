import type { CallId, UserId } from '@vaxel/base'
import type { AgentState } from '../agent-state.ts'
import type { AgentLine, QueueId } from '../centre.ts'
import type { Channel } from '../channel.ts'
import type { CentreFact } from '../fact.ts'
import type { WorkItemId } from '../work-item.ts'
import { countNames, type CountedItem, countsOf, type WorkCounts, type WorkOutcome } from './counts.ts'
import { LiveAgent } from './live-agent.ts'
import { LiveQueue } from './live-queue.ts'

/** An item that was there before the day began, and not over then. */
export interface StandingItem {
  readonly itemId: WorkItemId
  readonly queueId: QueueId
  readonly channel: Channel
  readonly callId?: CallId
  readonly sinceMs: number
  /** Absent: it waited. */
  readonly agentId?: UserId
  readonly acceptedAtMs?: number
  readonly isKept?: boolean
}

/** How an agent was when the day began. */
export interface StandingAgent {
  readonly agentId: UserId
  readonly state: AgentState
  readonly reason?: string
  readonly by?: UserId
  readonly sinceMs: number
  readonly line?: AgentLine['kind']
}

interface FoldedItem {
  readonly id: WorkItemId
  readonly queueId: QueueId
  channel: Channel
  callId: CallId | undefined
  sinceMs: number
  /** It arrived today and is counted. */
  isCounted: boolean
  counted: CountedItem
  /** Time with agents who gave it back. */
  handledBeforeMs: number
  agentId: UserId | undefined
}

type ItemFact = Extract<CentreFact, { readonly itemId: WorkItemId }>

const endings: Partial<Record<CentreFact['kind'], WorkOutcome>> = {
  'work.abandoned': 'abandoned',
  'work.overflowed': 'overflowed',
  'work.messageLeft': 'messageLeft',
  'work.moved': 'moved',
  'work.closed': 'closed',
}

/**
 * A company's contact centre as it is now, and its figures of the day, folded from facts one by one. It knows no clock: what runs with time
 * (how long somebody waits) is told as the moment since when. Facts go in in the ledger's order.
 */
export class CentreFold {
  readonly queues = new Map<QueueId, LiveQueue>()
  readonly agents = new Map<UserId, LiveAgent>()
  readonly #items = new Map<WorkItemId, FoldedItem>()
  readonly #changedQueues = new Set<QueueId>()
  readonly #changedAgents = new Set<UserId>()
  #dayFromMs: number

  /** @param dayFromMs begin of the day; what arrived before it is not counted */
  constructor(
    dayFromMs: number,
    standing: { readonly items: readonly StandingItem[]; readonly agents: readonly StandingAgent[] },
  ) {
    this.#dayFromMs = dayFromMs
    for (const { agentId, ...rest } of standing.agents) Object.assign(this.agent(agentId), rest)
    for (const {
      itemId,
      queueId,
      channel,
      callId,
      sinceMs,
      agentId,
      acceptedAtMs = sinceMs,
      isKept,
    } of standing.items) {
      const item = this.#add({ id: itemId, queueId, channel, callId, sinceMs, isCounted: false })
      if (agentId === undefined) this.queue(queueId).waits(itemId, channel, sinceMs)
      else {
        this.#give(item, agentId, acceptedAtMs, isKept)
        item.agentId = agentId
      }
    }
  }

  get dayFromMs(): number {
    return this.#dayFromMs
  }

  queue(id: QueueId): LiveQueue {
    let queue = this.queues.get(id)
    if (!queue) this.queues.set(id, (queue = new LiveQueue(id)))
    return queue
  }

  agent(id: UserId): LiveAgent {
    let agent = this.agents.get(id)
    if (!agent) this.agents.set(id, (agent = new LiveAgent(id, this.#dayFromMs)))
    return agent
  }

  see(fact: CentreFact): void {
    if ('itemId' in fact) return this.#seeItem(fact)
    if (fact.kind === 'agent.stateChanged') {
      const { agentId, to, reason, by, line, atMs } = fact
      const agent = this.agent(agentId)
      agent.enter(
        {
          state: to,
          ...(reason === undefined ? {} : { reason }),
          ...(by === undefined || by === agentId ? {} : { by }),
        },
        atMs,
        this.#dayFromMs,
      )
      if (line !== undefined) agent.line = line.kind
      this.#changedAgents.add(agentId)
      return
    }
    this.queue(fact.queueId)
    this.#changedQueues.add(fact.queueId)
  }

  /** Waits that ended too long ago are "now" no more. */
  timePassed(nowMs: number): void {
    for (const queue of this.queues.values()) if (queue.forgetRecent(nowMs)) this.#changedQueues.add(queue.id)
  }

  /**
   * The wall clock was set: what runs goes on running, in the new time. The dispatcher does the same (`dispatcher/clock-jump.ts`), so that the durations
   * of its facts and what is shown meanwhile are one.
   */
  clockSet(byMs: number): void {
    for (const item of this.#items.values()) item.sinceMs += byMs
    for (const queue of this.queues.values()) {
      queue.clockSet(byMs)
      this.#changedQueues.add(queue.id)
    }
    for (const agent of this.agents.values()) {
      agent.clockSet(byMs)
      this.#changedAgents.add(agent.id)
    }
  }

  /** Counting begins anew; who waits and who works goes on. */
  newDay(dayFromMs: number): void {
    for (const queue of this.queues.values()) {
      queue.newDay()
      this.#changedQueues.add(queue.id)
    }
    for (const agent of this.agents.values()) {
      agent.newDay()
      this.#changedAgents.add(agent.id)
    }
    for (const item of this.#items.values()) {
      item.isCounted = false
      if (item.counted.handledMs !== undefined) this.#items.delete(item.id)
    }
    this.#dayFromMs = dayFromMs
  }

  /** What is not as it was since this was asked last. */
  takeChanges(): { readonly queues: readonly QueueId[]; readonly agents: readonly UserId[] } {
    const changes = { queues: [...this.#changedQueues], agents: [...this.#changedAgents] }
    this.#changedQueues.clear()
    this.#changedAgents.clear()
    return changes
  }

  #seeItem(fact: ItemFact): void {
    const { itemId, queueId, channel, callId, atMs } = fact
    if (fact.kind === 'work.arrived') {
      const sinceMs = Math.max(fact.sinceMs, fact.notBeforeMs ?? 0)
      const item = this.#add({ id: itemId, queueId, channel, callId, sinceMs, isCounted: atMs >= this.#dayFromMs })
      this.#count(item, item.counted, 1)
      this.queue(queueId).waits(itemId, channel, sinceMs)
      this.#changedQueues.add(queueId)
      return
    }
    const item =
      this.#items.get(itemId) ?? this.#add({ id: itemId, queueId, channel, callId, sinceMs: atMs, isCounted: false })
    const queue = this.queue(queueId)
    const ending = endings[fact.kind]
    this.#changedQueues.add(queueId)
    if (item.agentId !== undefined) this.#changedAgents.add(item.agentId)
    if (ending !== undefined)
      return this.#end(item, queue, ending, fact as Extract<ItemFact, { readonly waitedMs: number }>)
    switch (fact.kind) {
      case 'work.offered':
        this.agent(fact.agentId).asked++
        this.#changedAgents.add(fact.agentId)
        return
      case 'work.declined':
      case 'work.missed':
      case 'work.offerFailed':
      case 'work.withdrawn': {
        const agent = this.agent(fact.agentId)
        agent.asked = Math.max(0, agent.asked - 1)
        this.#changedAgents.add(fact.agentId)
        if (fact.kind !== 'work.missed' && fact.kind !== 'work.offerFailed') return
        if (atMs >= this.#dayFromMs) agent.today.missed++
        return this.#recount(item, { ...item.counted, missedOffers: item.counted.missedOffers + 1 }, item.agentId)
      }
      case 'work.accepted': {
        const { agentId, waitedMs, isInLevel } = fact
        const agent = this.agent(agentId)
        agent.asked = Math.max(0, agent.asked - 1)
        queue.waitsNoMore(itemId)
        queue.waitEnded(atMs, isInLevel)
        this.#give(item, agentId, atMs)
        return this.#recount(item, { ...item.counted, outcome: 'answered', waitedMs, isInLevel }, agentId)
      }
      case 'work.finished':
        this.#take(item)
        return this.#recount(item, { ...item.counted, handledMs: item.handledBeforeMs + fact.handledMs }, item.agentId)
      case 'work.wrappedUp':
        this.#recount(item, { ...item.counted, wrapMs: fact.wrapMs }, item.agentId)
        this.#items.delete(itemId)
        return
      case 'work.keptAside':
      case 'work.resumed': {
        const agent = this.agent(fact.agentId)
        const inHand = agent.items.get(itemId)
        if (inHand) agent.items.set(itemId, { ...inHand, isKept: fact.kind === 'work.keptAside' })
        return
      }
      case 'work.returned': {
        item.handledBeforeMs += fact.handledMs
        this.#take(item)
        this.#recount(item, { missedOffers: item.counted.missedOffers }, undefined)
        queue.waits(itemId, item.channel, item.sinceMs)
        return
      }
      case 'work.callBackWished':
        this.#count(item, item.counted, -1)
        item.channel = 'callBack'
        item.callId = undefined
        this.#count(item, item.counted, 1)
        queue.waits(itemId, 'callBack', Math.max(item.sinceMs, fact.notBeforeMs ?? 0))
        return
      default:
        return
    }
  }

  #end(
    item: FoldedItem,
    queue: LiveQueue,
    outcome: WorkOutcome,
    fact: { readonly atMs: number; readonly waitedMs: number; readonly isShort?: boolean },
  ): void {
    this.#take(item)
    queue.waitsNoMore(item.id)
    this.#items.delete(item.id)
    // Whoever was answered stays answered, whatever becomes of the item then.
    if (item.counted.outcome !== undefined) return
    const isShort = outcome === 'abandoned' && fact.isShort === true
    if (outcome === 'abandoned' && !isShort) queue.waitEnded(fact.atMs, false)
    this.#recount(item, { ...item.counted, outcome, waitedMs: fact.waitedMs, isShort }, undefined)
  }

  #add(item: Pick<FoldedItem, 'id' | 'queueId' | 'channel' | 'callId' | 'sinceMs' | 'isCounted'>): FoldedItem {
    const whole = { ...item, counted: { missedOffers: 0 }, handledBeforeMs: 0, agentId: undefined }
    this.#items.set(item.id, whole)
    return whole
  }

  #give(item: FoldedItem, agentId: UserId, atMs: number, isKept = false): void {
    const { id, queueId, channel, callId } = item
    this.agent(agentId).items.set(id, {
      itemId: id,
      queueId,
      channel,
      ...(callId === undefined ? {} : { callId }),
      sinceMs: atMs,
      isKept,
    })
    this.#changedAgents.add(agentId)
  }

  #take(item: FoldedItem): void {
    if (item.agentId !== undefined) this.agent(item.agentId).items.delete(item.id)
  }

  /** Takes back what an item counted and counts it as it is now, for its queue and for its agent. */
  #recount(item: FoldedItem, counted: CountedItem, agentId: UserId | undefined): void {
    this.#count(item, item.counted, -1)
    item.counted = counted
    item.agentId = agentId
    this.#count(item, counted, 1)
  }

  #count({ isCounted, queueId, channel, agentId }: FoldedItem, counted: CountedItem, sign: 1 | -1): void {
    if (!isCounted) return
    const counts = countsOf(counted)
    addSigned(this.queue(queueId).counts(channel), counts, sign)
    if (agentId !== undefined) addSigned(this.agent(agentId).today, { ...counts, missed: 0 }, sign)
  }
}

function addSigned(sum: WorkCounts, more: WorkCounts, sign: 1 | -1): void {
  for (const name of countNames)
    if (name === 'longestMs') {
      // A longest wait is never taken back: an item that is given back waits on, and will have waited longer.
      if (sign > 0) sum.longestMs = Math.max(sum.longestMs, more.longestMs)
    } else sum[name] += sign * more[name]
}
