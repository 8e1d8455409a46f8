import { type Clock, type CompanyId, makeId, type Refusal, type UserId } from '@vaxel/base'
import { CentreAway, QueueNotThere } from '@vaxel/contract'
import {
  type Centre,
  type CentreStore,
  type Channel,
  type ChannelHands,
  emptyCentre,
  estimate,
  estimateOf,
  isQueueOpen,
  type OverflowTarget,
  type Queue,
  type QueueId,
  type WaitEstimate,
  type WorkDesk,
  type WorkItem,
  type WorkItemId,
  type WorkStore,
  type WorkWish,
} from '@vaxel/core'
import type { CentreOwner } from './centre-owner.ts'
import type { Centres } from './centres.ts'

/** Whoever talked with a customer longer ago does not count as their agent. */
const stickyForMs = 30 * 86_400_000

/** A caller does not wait longer for a database that is asked who they know. */
const mostLookUpMs = 1000

/** From the channels to the owners of the companies' contact centres. */
export class Works implements WorkDesk {
  readonly #centres: Centres
  readonly #work: Pick<WorkStore, 'lastAgent'>
  readonly #clock: Clock
  readonly #store: Pick<CentreStore, 'published'>
  readonly #listeners = new Set<(companyId: CompanyId) => void>()

  constructor(parts: {
    centres: Centres
    /** What is published; owners know of it a moment later. */
    store: Pick<CentreStore, 'published'>
    work: Pick<WorkStore, 'lastAgent'>
    clock: Clock
  }) {
    this.#store = parts.store
    this.#centres = parts.centres
    this.#work = parts.work
    this.#clock = parts.clock
  }

  provide(channel: Channel, hands: ChannelHands): void {
    this.#centres.provide(channel, hands)
  }

  centre(companyId: CompanyId): Centre {
    return this.#store.published(companyId)?.centre ?? emptyCentre
  }

  queue(companyId: CompanyId, queueId: string): Queue | undefined {
    return this.centre(companyId).queues.find(({ id }) => id === queueId)
  }

  isOpen(companyId: CompanyId, queueId: QueueId): boolean {
    const owner = this.#centres.owner(companyId)
    return owner !== undefined && isQueueOpen(owner.state, queueId)
  }

  async add(wish: WorkWish): Promise<WorkItem | Refusal> {
    const owner = this.#centres.owner(wish.companyId)
    const queue = owner?.state.queues.get(wish.queueId)?.settings
    if (!owner || !queue?.channels.includes(wish.channel)) return QueueNotThere()
    const { companyId: _, stickyAgentId = await this.#knownTo(wish, queue), ...more } = wish
    const there = wish.reference === undefined ? undefined : itemAt(owner, wish.channel, wish.reference)
    // Brought again, as it was not known to be durable: it is by now, or is to come once more.
    if (there) return owner.owes ? CentreAway() : there
    const nowMs = this.#clock.now()
    const item: WorkItem = {
      ...more,
      id: makeId<WorkItemId>(nowMs),
      sinceMs: wish.sinceMs ?? nowMs,
      priority: wish.priority ?? queue.priority,
      needs: wish.needs ?? [],
      ...(stickyAgentId === undefined ? {} : { stickyAgentId }),
    }
    const isKept = await owner.take({ kind: 'itemArrived', item })
    // A caller is served whatever the database does; what can come again later does so. A visitor who is told no is not to be offered to anybody.
    if (!isKept && wish.channel === 'chat') await owner.take({ kind: 'itemClosed', itemId: item.id, why: 'away' })
    return isKept || wish.channel === 'call' ? item : CentreAway()
  }

  item(companyId: CompanyId, itemId: WorkItemId): WorkItem | undefined {
    return this.#centres.owner(companyId)?.state.items.get(itemId)?.item
  }

  estimate(companyId: CompanyId, itemId: WorkItemId): WaitEstimate | undefined {
    const owner = this.#centres.owner(companyId)
    return owner && estimate(owner.state, itemId, this.#clock.now())
  }

  estimateOf(companyId: CompanyId, queueId: QueueId, channel: Channel): WaitEstimate {
    const owner = this.#centres.owner(companyId)
    return owner ? estimateOf(owner.state, queueId, this.#clock.now(), channel) : { position: 1, waiting: 0 }
  }

  left(companyId: CompanyId, itemId: WorkItemId): Promise<void> {
    return this.#tell(companyId, (owner) => owner.take({ kind: 'itemLeft', itemId }))
  }

  messageLeft(companyId: CompanyId, itemId: WorkItemId, box: string): Promise<void> {
    return this.#tell(companyId, (owner) => owner.take({ kind: 'messageLeft', itemId, box }))
  }

  overflow(companyId: CompanyId, itemId: WorkItemId, to: OverflowTarget, why: 'key' | 'failed'): Promise<void> {
    return this.#tell(companyId, (owner) => owner.take({ kind: 'itemOverflowed', itemId, to, why }))
  }

  wishCallBack(companyId: CompanyId, itemId: WorkItemId, number: string, notBeforeMs?: number): Promise<void> {
    const at = notBeforeMs === undefined ? {} : { notBeforeMs }
    return this.#tell(companyId, (owner) => owner.take({ kind: 'callBackWished', itemId, number, ...at }))
  }

  finished(
    companyId: CompanyId,
    itemId: WorkItemId,
    by: 'agent' | 'customer' | 'system',
    movedTo?: string,
  ): Promise<void> {
    const to = movedTo === undefined ? {} : { movedTo }
    return this.#tell(companyId, (owner) => owner.take({ kind: 'itemFinished', itemId, by, ...to }))
  }

  async returned(companyId: CompanyId, itemId: WorkItemId, why: string): Promise<boolean> {
    const state = this.#centres.owner(companyId)?.state.items.get(itemId)?.state
    await this.#tell(companyId, (owner) => owner.take({ kind: 'itemReturned', itemId, why }))
    return state !== undefined && state !== 'wrappingUp'
  }

  keepAside(companyId: CompanyId, itemId: WorkItemId): Promise<void> {
    return this.#tell(companyId, (owner) => owner.take({ kind: 'itemKeptAside', itemId }))
  }

  resume(companyId: CompanyId, itemId: WorkItemId): Promise<void> {
    return this.#tell(companyId, (owner) => owner.take({ kind: 'itemResumed', itemId }))
  }

  closeItem(companyId: CompanyId, itemId: WorkItemId, why: string, by?: UserId): Promise<void> {
    const who = by === undefined ? {} : { by }
    return this.#tell(companyId, (owner) => owner.take({ kind: 'itemClosed', itemId, why, ...who }))
  }

  agentOf(companyId: CompanyId, itemId: WorkItemId): UserId | undefined {
    const record = this.#centres.owner(companyId)?.state.items.get(itemId)
    return record?.agent?.id ?? record?.pending?.agent.id
  }

  onPublished(listener: (companyId: CompanyId) => void): void {
    this.#listeners.add(listener)
  }

  /** The owner has been told. */
  tellPublished(companyId: CompanyId): void {
    for (const listener of this.#listeners) listener(companyId)
  }

  async #tell(companyId: CompanyId, tell: (owner: CentreOwner) => Promise<boolean>): Promise<void> {
    const owner = this.#centres.owner(companyId)
    if (owner) await tell(owner)
  }

  /** Who had the customer last, where the queue waits for them. */
  async #knownTo({ companyId, customer }: WorkWish, queue: Queue): Promise<UserId | undefined> {
    const key = customer.number ?? customer.address
    if (queue.stickySeconds === undefined || key === undefined) return undefined
    const { promise: late, resolve } = Promise.withResolvers<undefined>()
    const timer = this.#clock.startTimer(mostLookUpMs, () => resolve(undefined))
    const known = this.#work.lastAgent(companyId, key, this.#clock.now() - stickyForMs).catch(() => undefined)
    return await Promise.race([known, late]).finally(() => timer.stop())
  }
}

/** One reference of a channel is in one queue once; while the last answer is noted, the next question may come. */
function itemAt(owner: CentreOwner, channel: Channel, reference: string): WorkItem | undefined {
  for (const { item, state } of owner.state.items.values())
    if (item.reference === reference && item.channel === channel && state !== 'wrappingUp') return item
  return undefined
}
