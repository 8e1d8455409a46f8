import type { UserId } from '@vaxel/base'
import type { AgentState } from '../agent-state.ts'
import type { QueueId } from '../centre.ts'
import type { CentreFact } from '../fact.ts'
import { addCounts, type CountedItem, countsOf, noCounts, type WorkCounts } from '../figures/counts.ts'
import type { WorkItemId } from '../work-item.ts'

/** What became of those who came to a queue within an interval, and who was there for them. */
export interface IntervalFigures {
  readonly fromMs: number
  readonly counts: WorkCounts
  /** Agents at work, on average; one of several queues counts in each by the time that they gave it. */
  readonly agents: number
}

interface Visit {
  readonly queueId: QueueId
  readonly fromMs: number
  counted: CountedItem
}

const isAtWork = (state: AgentState): boolean => state === 'ready' || state === 'busy' || state === 'workingAfterCall'

/**
 * Folds facts of a day, real or simulated, into figures by queue and interval: the same for both, by the same definitions as every report.
 * @param levelSeconds what counts as in time, instead of what each queue promised
 */
export class DayFigures {
  readonly #fromMs: number
  readonly #toMs: number
  readonly #lengthMs: number
  readonly #levelSeconds: ((queueId: QueueId) => number | undefined) | undefined
  readonly #visits = new Map<WorkItemId, Visit>()
  readonly #counts = new Map<QueueId, Map<number, WorkCounts>>()
  /** Milliseconds at work in each interval. */
  readonly #present = new Map<UserId, number[]>()
  readonly #states = new Map<UserId, { readonly state: AgentState; readonly sinceMs: number }>()
  readonly #given = new Map<UserId, Map<QueueId, number>>()

  constructor({
    fromMs,
    toMs,
    intervalMs,
    levelSeconds,
  }: {
    readonly fromMs: number
    readonly toMs: number
    readonly intervalMs: number
    readonly levelSeconds?: (queueId: QueueId) => number | undefined
  }) {
    this.#fromMs = fromMs
    this.#toMs = toMs
    this.#lengthMs = intervalMs
    this.#levelSeconds = levelSeconds
  }

  see(fact: CentreFact): void {
    if (fact.kind === 'agent.stateChanged') this.#seeAgent(fact)
    else if (fact.kind === 'work.arrived') this.#arrived(fact)
    else if ('itemId' in fact) this.#seeItem(fact)
  }

  /** Queues to which somebody came. */
  get queueIds(): readonly QueueId[] {
    return [...this.#counts.keys()]
  }

  /** In the order of time; intervals without anybody are there too. */
  queue(queueId: QueueId): readonly IntervalFigures[] {
    const agents = this.#agentsOf(queueId)
    const intervals: IntervalFigures[] = []
    const counts = new Map([...(this.#counts.get(queueId) ?? [])].map(([at, sum]) => [at, addCounts(noCounts(), sum)]))
    for (const visit of this.#visits.values())
      if (visit.queueId === queueId) addCounts(this.#at(counts, visit.fromMs), countsOf(visit.counted))
    for (let fromMs = this.#fromMs, at = 0; fromMs < this.#toMs; fromMs += this.#lengthMs, at++)
      intervals.push({ fromMs, counts: counts.get(fromMs) ?? noCounts(), agents: agents[at] ?? 0 })
    return intervals
  }

  #arrived({ itemId, queueId, atMs }: Extract<CentreFact, { kind: 'work.arrived' }>): void {
    if (atMs < this.#fromMs || atMs >= this.#toMs) return
    this.#close(itemId)
    const fromMs = atMs - ((atMs - this.#fromMs) % this.#lengthMs)
    this.#visits.set(itemId, { queueId, fromMs, counted: { missedOffers: 0 } })
    if (!this.#counts.has(queueId)) this.#counts.set(queueId, new Map())
  }

  #seeItem(fact: Extract<CentreFact, { readonly itemId: WorkItemId }>): void {
    const visit = this.#visits.get(fact.itemId)
    if ('agentId' in fact && (fact.kind === 'work.finished' || fact.kind === 'work.wrappedUp'))
      this.#give(fact.agentId, fact.queueId, fact.kind === 'work.finished' ? fact.handledMs : fact.wrapMs)
    if (!visit) return
    const { counted } = visit
    switch (fact.kind) {
      case 'work.accepted': {
        const seconds = this.#levelSeconds?.(fact.queueId)
        const isInLevel = seconds === undefined ? fact.isInLevel : fact.waitedMs <= seconds * 1000
        visit.counted = { ...counted, outcome: 'answered', waitedMs: fact.waitedMs, isInLevel }
        break
      }
      case 'work.finished':
        visit.counted = { ...counted, handledMs: fact.handledMs }
        break
      case 'work.wrappedUp':
        visit.counted = { ...counted, wrapMs: fact.wrapMs }
        this.#close(fact.itemId)
        break
      case 'work.returned':
        visit.counted = { missedOffers: counted.missedOffers }
        break
      case 'work.missed':
      case 'work.offerFailed':
        visit.counted = { ...counted, missedOffers: counted.missedOffers + 1 }
        break
      case 'work.abandoned':
        visit.counted = { ...counted, outcome: 'abandoned', waitedMs: fact.waitedMs, isShort: fact.isShort }
        this.#close(fact.itemId)
        break
      case 'work.overflowed':
      case 'work.messageLeft':
      case 'work.moved':
      case 'work.closed': {
        const outcome = fact.kind.slice('work.'.length) as 'overflowed' | 'messageLeft' | 'moved' | 'closed'
        visit.counted = { ...counted, outcome, waitedMs: fact.waitedMs }
        this.#close(fact.itemId)
        break
      }
      default:
        break
    }
  }

  /** What is over is a sum and no item any more. */
  #close(itemId: WorkItemId): void {
    const visit = this.#visits.get(itemId)
    if (!visit) return
    this.#visits.delete(itemId)
    let counts = this.#counts.get(visit.queueId)
    if (!counts) this.#counts.set(visit.queueId, (counts = new Map()))
    addCounts(this.#at(counts, visit.fromMs), countsOf(visit.counted))
  }

  #at(counts: Map<number, WorkCounts>, fromMs: number): WorkCounts {
    let sum = counts.get(fromMs)
    if (!sum) counts.set(fromMs, (sum = noCounts()))
    return sum
  }

  #seeAgent({ agentId, from, forMs, to, atMs }: Extract<CentreFact, { kind: 'agent.stateChanged' }>): void {
    if (isAtWork(from)) this.#worked(this.#presentOf(agentId), atMs - forMs, atMs)
    this.#states.set(agentId, { state: to, sinceMs: atMs })
  }

  #presentOf(agentId: UserId): number[] {
    let present = this.#present.get(agentId)
    const intervals = Math.ceil((this.#toMs - this.#fromMs) / this.#lengthMs)
    if (!present) this.#present.set(agentId, (present = new Array<number>(intervals).fill(0)))
    return present
  }

  #worked(present: number[], fromMs: number, toMs: number): void {
    const first = Math.max(0, Math.floor((fromMs - this.#fromMs) / this.#lengthMs))
    for (let at = first; at < present.length; at++) {
      const begin = this.#fromMs + at * this.#lengthMs
      const ms = Math.min(toMs, begin + this.#lengthMs) - Math.max(fromMs, begin)
      if (ms <= 0) return
      present[at]! += ms
    }
  }

  #give(agentId: UserId, queueId: QueueId, ms: number): void {
    let given = this.#given.get(agentId)
    if (!given) this.#given.set(agentId, (given = new Map()))
    given.set(queueId, (given.get(queueId) ?? 0) + ms)
  }

  #agentsOf(queueId: QueueId): readonly number[] {
    const sums = new Array<number>(Math.ceil((this.#toMs - this.#fromMs) / this.#lengthMs)).fill(0)
    for (const agentId of this.#given.keys()) {
      const share = this.#shareOf(agentId, queueId)
      if (share === 0) continue
      const present = [...this.#presentOf(agentId)]
      const { state, sinceMs } = this.#states.get(agentId) ?? { state: 'loggedOff', sinceMs: 0 }
      if (isAtWork(state)) this.#worked(present, sinceMs, this.#toMs)
      for (let at = 0; at < sums.length; at++) sums[at]! += present[at]! * share
    }
    return sums.map((ms) => ms / this.#lengthMs)
  }

  /** How much of an agent's day was this queue's; nobody's who did nothing. */
  #shareOf(agentId: UserId, queueId: QueueId): number {
    const given = this.#given.get(agentId)
    const own = given?.get(queueId) ?? 0
    if (!given || own === 0) return 0
    let sum = 0
    for (const ms of given.values()) sum += ms
    return own / sum
  }
}
