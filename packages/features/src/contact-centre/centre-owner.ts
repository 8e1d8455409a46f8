import { type Clock, type CompanyId, type Logger, makeId, type Timer, TransientMap, type UserId } from '@vaxel/base'
import {
  type CentreFact,
  type ChannelHands,
  type Channel,
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
import { CentreWriter, entryOf } from './centre-writer.ts'

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
  #wakeMs = Infinity
  /** Of the wall clock from the one that runs evenly: it changes when somebody sets the clock. */
  #offsetMs: number
  readonly #writer: CentreWriter
  readonly #asked = new TransientMap<OfferId, Asked>()
  /** Visible effects keep the order of the steps, however long each takes to be durable. */
  #visible: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(companyId: CompanyId, parts: OwnerParts) {
    this.companyId = companyId
    this.#parts = parts
    this.#writer = new CentreWriter(companyId, parts)
    this.#offsetMs = offsetOf(parts.clock)
    this.#state = this.#dispatcher.begin(parts.clock.now())
  }

  /** Something that has happened is not durable yet. */
  get owes(): boolean {
    return this.#writer.owes
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
    this.#writer.close()
    for (const { ended } of this.#asked.values()) ended.abort()
    this.#asked.clear()
  }

  #takeAll(): void {
    if (this.#isTaking) return
    this.#isTaking = true
    for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) {
      try {
        const leapMs = this.#leapMs()
        if (leapMs !== 0) void this.#step({ kind: 'clockSet', byMs: leapMs })
        next.done(this.#step(next.event))
      } catch (error) {
        // One event that cannot be taken must not stop all that come after it.
        this.#parts.log.error('the contact centre could not take what happened', {
          companyId: this.companyId,
          event: next.event.kind,
          error: String(error),
        })
        next.done(Promise.resolve(false))
      }
    }
    this.#isTaking = false
  }

  /** By how much somebody has set the clock since the last event. */
  #leapMs(): number {
    const byMs = Math.round(offsetOf(this.#parts.clock) - this.#offsetMs)
    this.#offsetMs += byMs
    return Math.abs(byMs) < leastLeapMs ? 0 : byMs
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
      const itemOf = (itemId: WorkItemId) => this.#state.items.get(itemId)?.item ?? arrived
      writing.push(this.#writer.record(entryOf(facts, released, itemOf)))
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
          this.#writer.claim(
            {
              offerId: effect.offer.id,
              itemId: effect.offer.item.id,
              agentId: effect.offer.agentId,
              slot: effect.slot,
            },
            effect.fact,
            (isWon) => void this.take({ kind: isWon ? 'claimWon' : 'claimLost', offerId: effect.offer.id }),
          )
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
    const patience = writing.length === 0 ? durable : this.#orLate(durable)
    this.#visible = Promise.all([this.#visible, patience]).then(() => {
      if (this.#isClosed) return
      if (changed.size > 0) visible.push(() => this.#parts.agentsChanged(this.companyId, changed))
      for (const show of visible) this.#show(show)
    })
    return durable
  }

  /** A database that says nothing at all is waited for for a while: callers who are to go elsewhere must not stand still with it. */
  async #orLate(durable: Promise<unknown>): Promise<void> {
    const late = Promise.withResolvers<void>()
    const timer = this.#parts.clock.startTimer(mostSilenceMs, late.resolve)
    await Promise.race([durable, late.promise])
    timer.stop()
  }

  /** What goes wrong there is its own: what comes after it is seen all the same. */
  #show(show: () => void): void {
    try {
      show()
    } catch (error) {
      this.#parts.log.error('what the contact centre decided could not be shown', {
        companyId: this.companyId,
        error: String(error),
      })
    }
  }

  /** By the channel where it rings; else the console shows it, and the agent's command answers. */
  #ask(offer: Offer): void {
    const hands = this.#parts.hands(offer.item.channel)
    // It may have been withdrawn while what came before was not durable yet: then nobody is to ring for it, and in nobody's way.
    if (!hands?.offer || !this.#state.pending.has(offer.id)) return
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

  /** No timer is trusted for longer than a minute; told too soon, the dispatcher sees by that how the clock goes. */
  #wakeAt(atMs: number): void {
    const { clock } = this.#parts
    this.#wakeMs = atMs
    this.#wake?.stop()
    this.#wake = clock.startTimer(Math.max(0, Math.min(atMs - clock.now(), longestTimerMs)), () => {
      this.#wake = undefined
      void this.take({ kind: 'timePassed' })
      if (!this.#wake && this.#wakeMs > clock.now()) this.#wakeAt(this.#wakeMs)
    })
  }
}

/** So long what is decided waits to be durable before it is seen. */
const mostSilenceMs = 5000

/** The wall clock may jump, so no timer is trusted for longer. */
const longestTimerMs = 60_000

/** A clock that is kept right by little steps is not set. */
const leastLeapMs = 2000

const offsetOf = (clock: Clock): number => clock.now() - clock.monotonicMs()
