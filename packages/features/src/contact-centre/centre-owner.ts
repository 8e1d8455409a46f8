import { type Clock, type CompanyId, type Logger, makeId, type Timer, type UserId } from '@vaxel/base'
import {
  type CentreFact,
  type ChannelHands,
  type Channel,
  type DispatcherEffect,
  type DispatcherEvent,
  type DispatcherState,
  createDispatcher,
  type Dispatcher,
  type Offer,
  type OfferId,
  type WorkItem,
  type WorkItemId,
  type WorkStore,
} from '@vaxel/core'

/** What an owner needs of its surroundings. */
export interface OwnerParts {
  readonly clock: Clock
  readonly log: Logger
  readonly work: WorkStore
  /** Of a channel; undefined while nobody provides it. */
  hands(channel: Channel): ChannelHands | undefined
  /** After each step, once it is durable. */
  agentsChanged(companyId: CompanyId, agents: ReadonlySet<UserId>): void
}

type Claim = Extract<DispatcherEffect, { kind: 'claim' }>

/** An offer that an agent is asked. */
interface Asked {
  readonly offer: Offer
  readonly ended: AbortController
}

/**
 * The one owner of a company's contact centre: gives the dispatcher its events in order, and does what it says. Facts of a step are one
 * transaction, and what others see of it happens when that is durable; a database that takes nothing does not stop the work.
 */
export class CentreOwner {
  readonly companyId: CompanyId
  readonly #parts: OwnerParts
  readonly #dispatcher: Dispatcher = createDispatcher({ makeOfferId: (nowMs) => makeId<OfferId>(nowMs) })
  #state: DispatcherState
  readonly #inbox: { readonly event: DispatcherEvent; readonly done: (durable: Promise<boolean>) => void }[] = []
  #isTaking = false
  #wake: Timer | undefined
  readonly #asked = new Map<OfferId, Asked>()
  /** Visible effects keep the order of the steps, however long each takes to be durable. */
  #visible: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(companyId: CompanyId, parts: OwnerParts) {
    this.companyId = companyId
    this.#parts = parts
    this.#state = this.#dispatcher.begin(parts.clock.now())
  }

  /** As of now; to be read, not kept: the next event changes it. */
  get state(): DispatcherState {
    return this.#state
  }

  /** Resolves once the event is taken and durable: false when the database would not have it. */
  async take(event: DispatcherEvent): Promise<boolean> {
    if (this.#isClosed) return false
    const taken = Promise.withResolvers<Promise<boolean>>()
    this.#inbox.push({ event, done: (durable) => taken.resolve(durable) })
    this.#takeAll()
    return await taken.promise
  }

  /** An agent answered in the console. */
  answer(offerId: OfferId, isAccepted: boolean): Promise<boolean> {
    return this.take({ kind: 'offerEnded', offerId, outcome: { kind: isAccepted ? 'accepted' : 'declined' } })
  }

  /** Ends what is being asked; nothing is told to the ledger any more. */
  close(): void {
    this.#isClosed = true
    this.#wake?.stop()
    for (const { ended } of this.#asked.values()) ended.abort()
    this.#asked.clear()
  }

  #takeAll(): void {
    if (this.#isTaking) return
    this.#isTaking = true
    for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) next.done(this.#step(next.event))
    this.#isTaking = false
  }

  #step(event: DispatcherEvent): Promise<boolean> {
    const before = 'itemId' in event ? this.#state.items.get(event.itemId)?.item : undefined
    const step = this.#dispatcher.advance(this.#state, event, this.#parts.clock.now())
    this.#state = step.state
    const writing: Promise<boolean>[] = []
    let facts: CentreFact[] = []
    let released: { offerId: OfferId; itemId: WorkItemId }[] = []
    const arrived = event.kind === 'itemArrived' ? event.item : undefined
    const write = () => {
      if (facts.length === 0 && released.length === 0) return
      writing.push(this.#record(facts, released, arrived))
      facts = []
      released = []
    }
    const visible: (() => void)[] = []
    const changed = new Set<UserId>()
    for (const effect of step.effects) {
      switch (effect.kind) {
        case 'record':
          facts.push(effect.fact)
          this.#tellChannel(effect.fact, before, visible)
          break
        case 'release':
          released.push(effect)
          break
        case 'claim':
          write()
          this.#claim(effect)
          break
        case 'offer':
          visible.push(() => this.#ask(effect.offer))
          break
        case 'withdraw':
          this.#asked.get(effect.offerId)?.ended.abort()
          this.#asked.delete(effect.offerId)
          break
        case 'sendAway':
          visible.push(() => this.#handsDo(effect.item, (hands) => hands.sendAway?.(effect.item, effect.to)))
          break
        case 'requeued':
          visible.push(() => this.#handsDo(effect.item, (hands) => hands.requeued?.(effect.item, effect.fromQueueId)))
          break
        case 'dismiss':
          visible.push(() => this.#handsDo(effect.item, (hands) => hands.dismiss?.(effect.item, effect.why)))
          break
        case 'agentChanged':
          changed.add(effect.agentId)
          break
        case 'wake':
          this.#wakeAt(effect.atMs)
          break
      }
    }
    write()
    const durable = Promise.all(writing).then((all) => all.every(Boolean))
    this.#visible = Promise.all([this.#visible, durable]).then(() => {
      if (this.#isClosed) return
      for (const show of visible) show()
      if (changed.size > 0) this.#parts.agentsChanged(this.companyId, changed)
    })
    return durable
  }

  async #record(
    facts: readonly CentreFact[],
    released: readonly { offerId: OfferId; itemId: WorkItemId }[],
    arrived: WorkItem | undefined,
  ): Promise<boolean> {
    const items = facts.flatMap((fact) => {
      if (fact.kind !== 'work.arrived') return []
      const item = this.#state.items.get(fact.itemId)?.item ?? arrived
      return item ? [item] : []
    })
    try {
      await this.#parts.work.record(this.companyId, { facts, items, released })
      return true
    } catch (error) {
      this.#parts.log.error('what happened in the contact centre could not be kept', {
        companyId: this.companyId,
        kinds: facts.map(({ kind }) => kind).join(' '),
        error: String(error),
      })
      return false
    }
  }

  #claim({ offer, slot, fact }: Claim): void {
    const { id: offerId, item, agentId } = offer
    const claim = { offerId, itemId: item.id, agentId, slot }
    this.#parts.work.claim(this.companyId, claim, fact).then(
      (isWon) => void this.take({ kind: isWon ? 'claimWon' : 'claimLost', offerId }),
      (error: unknown) => {
        this.#parts.log.error('nobody can be asked while the database takes nothing', { error: String(error) })
        void this.take({ kind: 'claimLost', offerId })
      },
    )
  }

  /** By the channel where it rings; else the console shows it, and the agent's command answers. */
  #ask(offer: Offer): void {
    const hands = this.#parts.hands(offer.item.channel)
    if (!hands?.offer) return
    const ended = new AbortController()
    this.#asked.set(offer.id, { offer, ended })
    hands.offer(offer, ended.signal).then(
      (outcome) => {
        if (this.#asked.delete(offer.id)) void this.take({ kind: 'offerEnded', offerId: offer.id, outcome })
      },
      (error: unknown) => {
        this.#parts.log.error('an agent could not be asked', { offerId: offer.id, error: String(error) })
        const outcome = { kind: 'failed' as const, why: 'error' }
        if (this.#asked.delete(offer.id)) void this.take({ kind: 'offerEnded', offerId: offer.id, outcome })
      },
    )
  }

  /** Channels whose items are accepted in the console hear of it; all hear when somebody has an item no longer. */
  #tellChannel(fact: CentreFact, before: WorkItem | undefined, visible: (() => void)[]): void {
    if (fact.kind !== 'work.accepted' && fact.kind !== 'work.returned' && fact.kind !== 'work.finished') return
    const item = this.#state.items.get(fact.itemId)?.item ?? (before?.id === fact.itemId ? before : undefined)
    const hands = this.#parts.hands(fact.channel)
    if (!item || !hands) return
    if (fact.kind === 'work.finished') visible.push(() => hands.finished?.(item, fact.agentId))
    else if (fact.kind === 'work.returned') visible.push(() => hands.released?.(item, fact.agentId))
    else if (!hands.offer) visible.push(() => hands.accepted?.(item, fact.agentId))
  }

  #handsDo(item: WorkItem, act: (hands: ChannelHands) => Promise<void> | undefined | void): void {
    const hands = this.#parts.hands(item.channel)
    if (!hands) return
    void Promise.resolve(act(hands)).catch((error: unknown) =>
      this.#parts.log.error('an item could not be taken elsewhere', { itemId: item.id, error: String(error) }),
    )
  }

  #wakeAt(atMs: number): void {
    const { clock } = this.#parts
    this.#wake?.stop()
    this.#wake = clock.startTimer(Math.max(0, Math.min(atMs - clock.now(), longestTimerMs)), () => {
      if (clock.now() < atMs) this.#wakeAt(atMs)
      else void this.take({ kind: 'timePassed' })
    })
  }
}

/** The wall clock may jump, so no timer is trusted for longer. */
const longestTimerMs = 60_000
