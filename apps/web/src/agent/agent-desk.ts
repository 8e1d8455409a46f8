import { type Api, ApiFault, type RequestOf } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { AgentLine, AgentPlace, Desk, Offer, WorkItem } from './work.ts'

export interface DeskState {
  /** Undefined until it is known; `false` for people who are no agents. */
  readonly isAgent: boolean | undefined
  readonly place: Omit<AgentPlace, 'desk'> | undefined
  readonly desk: Desk | undefined
  /** What waits in the agent's queues, the next one first. */
  readonly waiting: readonly WorkItem[]
  /** Which item is looked at; see {@link currentOf}. */
  readonly chosenId: string | undefined
  /** Why the last try to load failed; what is shown stays. */
  readonly fault: unknown
}

type CommandVerb = RequestOf<'commandWork'>['params']['verb']
type CommandBody = RequestOf<'commandWork'>['body']
type Wish = RequestOf<'setAgentState'>['body']

/** The server says when queues have changed. Should that be missed, they are looked at so often while the console is in sight. */
const lookMs = 30_000
/** However much happens in the queues, they are read no more often. */
const leastBetweenMs = 2000

/** An agent's own place, kept true by the notice that brings the whole desk; commands answer with what is then true. */
export class AgentDesk {
  readonly state: Value<DeskState>
  readonly #state = new Cell<DeskState>({
    isAgent: undefined,
    place: undefined,
    desk: undefined,
    waiting: [],
    chosenId: undefined,
    fault: undefined,
  })
  readonly #api: Api
  readonly #clock: PageClock
  readonly #offered = new Set<(offer: Offer) => void>()
  readonly #accepted = new Set<(item: WorkItem) => void>()
  /** When each offer was told, on this page's clock. */
  readonly #toldMs = new Map<string, number>()
  /** How far the server's clock is ahead of this page's. */
  #aheadMs = 0
  #viewers = 0
  #round = 0
  #stopLooking = () => {}
  /** Runs for a moment after queues were read. */
  #stopPause: (() => void) | undefined
  #isStale = false

  constructor({ api, clock }: { api: Api; clock: PageClock }) {
    this.#api = api
    this.#clock = clock
    this.state = this.#state
  }

  /** @returns ends it */
  follow(events: Pick<EventStreamClient, 'onNotice' | 'onLive'>): () => void {
    const stops = [
      events.onNotice('agent.deskChanged', ({ at, data }) => {
        this.#aheadMs = Date.parse(at) - this.#clock.nowMs()
        const { isAgent, desk } = this.#state.get()
        const isNew = isAgent !== true
        const told = data['desk'] as Desk
        // A command's answer may have come before the notice of what was before it.
        if (!desk || told.version >= desk.version) this.#take(told)
        if (isNew) void this.load()
      }),
      events.onNotice('work.waitingChanged', () => this.#queuesChanged()),
      events.onLive(() => {
        void this.#begin()
        if (this.#viewers > 0) void this.loadWaiting()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      this.#stopLooking()
      this.#stopPause?.()
    }
  }

  /** While somebody looks, queues and what waits are kept true. @returns ends it */
  watch(): () => void {
    this.#viewers++
    if (this.#viewers === 1) this.#look()
    return () => {
      this.#viewers--
      if (this.#viewers === 0) this.#stopLooking()
    }
  }

  /** Called once for each new offer, at once when it is told. */
  onOffer(listener: (offer: Offer) => void): () => void {
    this.#offered.add(listener)
    return () => void this.#offered.delete(listener)
  }

  /** Called once for each item that the agent has from now on. */
  onAccepted(listener: (item: WorkItem) => void): () => void {
    this.#accepted.add(listener)
    return () => void this.#accepted.delete(listener)
  }

  async load(): Promise<void> {
    const round = ++this.#round
    const before = this.#state.get().desk
    try {
      const { desk, ...place } = await this.#api.call('readAgentDesk')
      if (round !== this.#round) return
      this.#state.update((state) => ({ ...state, isAgent: true, place, fault: undefined }))
      this.#answered(desk, before)
    } catch (fault) {
      if (round !== this.#round) return
      const isAgent = fault instanceof ApiFault && fault.code === 'NOT_AN_AGENT' ? false : this.#state.get().isAgent
      this.#state.update((state) => ({ ...state, isAgent, fault }))
    }
  }

  /** What waits in the agent's queues. */
  async loadWaiting(): Promise<void> {
    const { desk } = this.#state.get()
    if (!desk || desk.agent.state === 'loggedOff') return this.#setWaiting([])
    try {
      this.#setWaiting((await this.#api.call('listWaitingWork')).items)
    } catch {
      // What is shown stays; it is asked for again in a few seconds.
    }
  }

  logIn(line: AgentLine): Promise<void> {
    return this.#be({ to: 'logIn', line })
  }

  logOff(): Promise<void> {
    return this.#be({ to: 'logOff' })
  }

  ready(): Promise<void> {
    return this.#be({ to: 'ready' })
  }

  notReady(reason: string | undefined): Promise<void> {
    return this.#be({ to: 'notReady', ...(reason === undefined ? {} : { reason }) })
  }

  /** An accepted one is what is looked at then. */
  async answer(offer: Offer, answer: 'accept' | 'decline'): Promise<void> {
    const before = this.#state.get().desk
    this.#answered(await this.#api.call('answerOffer', { params: { offerId: offer.id, answer } }), before)
    if (answer === 'accept') this.choose(offer.item.id)
  }

  /** Rejects with what the server says. What changes by it comes as a notice. */
  async command(itemId: string, verb: CommandVerb, body: CommandBody = {}): Promise<void> {
    await this.#api.call('commandWork', { params: { itemId, verb }, body })
    if (verb === 'take') {
      this.choose(itemId)
      void this.loadWaiting()
    }
  }

  /** A moment of the server on this page's clock, which may be wrong: seconds matter to an offer. */
  localMs(at: string): number {
    return Date.parse(at) - this.#aheadMs
  }

  /** How long the agent had to answer when the offer was told. */
  offerMs({ id, until }: Offer): number {
    return this.localMs(until) - (this.#toldMs.get(id) ?? this.#clock.nowMs())
  }

  choose(itemId: string | undefined): void {
    this.#state.update((state) => ({ ...state, chosenId: itemId }))
  }

  /** The next item of the own ones, or the one before. */
  chooseBeside(step: 1 | -1): void {
    const { desk } = this.#state.get()
    const items = [...(desk?.offers.map(({ item }) => item) ?? []), ...(desk?.items ?? [])]
    if (items.length === 0) return
    const at = items.findIndex(({ id }) => id === currentOf(this.#state.get())?.id)
    this.choose(items[(at + step + items.length) % items.length]!.id)
  }

  async #be(body: Wish): Promise<void> {
    const before = this.#state.get().desk
    this.#answered(await this.#api.call('setAgentState', { body }), before)
    void this.load()
    void this.loadWaiting()
  }

  /** Most people are no agents: they are asked for nothing more than that. */
  async #begin(): Promise<void> {
    if (this.#state.get().isAgent === true) return this.load()
    try {
      const { isAgent } = await this.#api.call('readAgentMembership')
      if (isAgent) return await this.load()
      this.#state.update((state) => (state.isAgent === undefined ? { ...state, isAgent } : state))
    } catch {
      // Asked again when the stream is live again, or when a notice comes.
    }
  }

  #queuesChanged(): void {
    this.#isStale = true
    if (this.#viewers === 0 || this.#stopPause) return
    this.#readQueues()
  }

  #readQueues(): void {
    this.#isStale = false
    void this.load()
    void this.loadWaiting()
    this.#stopPause = this.#clock.startTimer(leastBetweenMs, () => {
      this.#stopPause = undefined
      if (this.#isStale && this.#viewers > 0) this.#readQueues()
    })
  }

  #look(): void {
    void this.loadWaiting()
    this.#stopLooking = this.#clock.startTimer(lookMs, () => {
      void this.load()
      this.#look()
    })
  }

  #setWaiting(waiting: readonly WorkItem[]): void {
    this.#state.update((state) => ({ ...state, waiting }))
  }

  /**
   * An answer is newer than what was there when it was asked for, whatever its version: a server that was started again counts anew.
   * Something that came meanwhile is compared with it.
   */
  #answered(desk: Desk, before: Desk | undefined): void {
    const now = this.#state.get().desk
    if (now === before || !now || desk.version >= now.version) this.#take(desk)
  }

  #take(desk: Desk): void {
    const before = this.#state.get().desk
    this.#state.update((state) => ({ ...state, isAgent: true, desk }))
    const known = new Set(before?.offers.map(({ id }) => id))
    for (const id of known) if (!desk.offers.some((offer) => offer.id === id)) this.#toldMs.delete(id)
    for (const offer of desk.offers) {
      if (known.has(offer.id)) continue
      this.#toldMs.set(offer.id, this.#clock.nowMs())
      for (const tell of this.#offered) tell(offer)
    }
    if (!before) return
    const had = new Set(before.items.map(({ id }) => id))
    for (const item of desk.items) if (!had.has(item.id)) for (const tell of this.#accepted) tell(item)
  }
}

/**
 * The item that is worked on: the chosen one while it is there, else the one that speaks (a call), else the newest offer, else
 * what the agent has longest.
 */
export function currentOf({ desk, chosenId, waiting }: DeskState): WorkItem | undefined {
  if (!desk) return undefined
  const own = [...desk.items, ...desk.offers.map(({ item }) => item)]
  const chosen = [...own, ...waiting].find(({ id }) => id === chosenId)
  if (chosen) return chosen
  const isSpoken = ({ channel }: WorkItem) => channel === 'call' || channel === 'callBack'
  const speaking = desk.items.find((item) => isSpoken(item) && item.state === 'assigned')
  return speaking ?? desk.offers.at(-1)?.item ?? desk.items.find(({ state }) => state !== 'kept') ?? desk.items[0]
}

/** In which part of the list an item stands. */
export type WorkGroup = 'active' | 'wrapUp' | 'kept'

/** The own items in the order in which they are shown: what is spoken or written on first, oldest first. */
export function groupWork(items: readonly WorkItem[]): Readonly<Record<WorkGroup, readonly WorkItem[]>> {
  const byAge = [...items].sort((a, b) => Date.parse(a.acceptedAt ?? a.since) - Date.parse(b.acceptedAt ?? b.since))
  return {
    active: byAge.filter(({ state }) => state !== 'wrappingUp' && state !== 'kept'),
    wrapUp: byAge.filter(({ state }) => state === 'wrappingUp'),
    kept: byAge.filter(({ state }) => state === 'kept'),
  }
}
