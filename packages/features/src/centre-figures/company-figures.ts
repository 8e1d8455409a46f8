import type { Clock, CompanyId } from '@vaxel/base'
import {
  CentreFold,
  type CentreFact,
  dayAt,
  type Day,
  type FigureStore,
  type NumberedEvent,
  type WorkStore,
} from '@vaxel/core'

/** A step of the wall clock that is less is that of a clock that is kept right. */
const leastLeapMs = 2000

const kinds = /^(work\.|agent\.stateChanged$|queue\.(opened|closed|scheduled)$)/

/** Whether an entry of the ledger is a fact of a contact centre. */
export const isFact = ({ kind }: NumberedEvent): boolean => kinds.test(kind)

/** An entry of the ledger as the fact that it is. */
export const factOf = ({ kind, atMs, data }: NumberedEvent): CentreFact =>
  ({ ...data, kind, atMs }) as unknown as CentreFact

/**
 * One company's figures of now. It begins with what the database has of today, and goes on with the ledger's entries in their order;
 * those that come while it reads are kept for afterwards, and each is folded once.
 */
export class CompanyFigures {
  readonly companyId: CompanyId
  readonly #clock: Clock
  readonly #timeZone: () => string
  #day: Day
  #fold: CentreFold
  #asOf = 0
  /** Of the wall clock to the one that nobody sets. */
  #offsetMs: number
  /** Entries that came while the past was read; undefined once it is. */
  #early: NumberedEvent[] | undefined = []

  constructor(options: { companyId: CompanyId; clock: Clock; timeZone: () => string }) {
    this.companyId = options.companyId
    this.#clock = options.clock
    this.#timeZone = options.timeZone
    this.#offsetMs = offsetOf(this.#clock)
    this.#day = dayAt(this.#timeZone(), this.#clock.now())
    this.#fold = new CentreFold(this.#day.fromMs, { items: [], agents: [] })
  }

  /** Until then figures are those of nothing. */
  get isReady(): boolean {
    return this.#early === undefined
  }

  get fold(): CentreFold {
    return this.#fold
  }

  get day(): Day {
    return this.#day
  }

  /** The last entry of the ledger that is in the figures. */
  get asOf(): number {
    return this.#asOf
  }

  /** Reads what today has brought so far. Rejects when the database does not answer; it may be called again. */
  async load(store: {
    readonly work: Pick<WorkStore, 'facts'>
    readonly figures: Pick<FigureStore, 'standing'>
  }): Promise<void> {
    this.#early ??= []
    // What is read has the time in which it was written; nobody knows of another.
    this.#offsetMs = offsetOf(this.#clock)
    this.#day = dayAt(this.#timeZone(), this.#clock.now())
    const { fromMs, toMs } = this.#day
    const fold = new CentreFold(fromMs, await store.figures.standing(this.companyId, fromMs))
    const seen = new Set<number>()
    await store.work.facts(this.companyId, fromMs, toMs, (events) => {
      for (const event of events) {
        seen.add(event.number)
        this.#asOf = Math.max(this.#asOf, event.number)
        fold.see(factOf(event))
      }
    })
    this.#fold = fold
    const early = this.#early ?? []
    this.#early = undefined
    for (const event of early) if (!seen.has(event.number)) this.see(event)
    // All of them are new to whoever looks.
    this.#fold.takeChanges()
  }

  /** @returns whether somebody may have to be told */
  see(event: NumberedEvent): boolean {
    if (this.#early) {
      this.#early.push(event)
      return false
    }
    this.followClock()
    if (event.atMs >= this.#day.toMs) this.#turn(event.atMs)
    this.#asOf = Math.max(this.#asOf, event.number)
    this.#fold.see(factOf(event))
    return true
  }

  /** The wall clock was set back to another day: what is counted must be read anew. */
  get isAhead(): boolean {
    return this.#clock.now() < this.#day.fromMs
  }

  /** Takes what somebody has set the clock by out of everything that runs; to be called before anything of the figures is looked at. */
  followClock(): void {
    const byMs = Math.round(offsetOf(this.#clock) - this.#offsetMs)
    this.#offsetMs += byMs
    if (Math.abs(byMs) >= leastLeapMs) this.#fold.clockSet(byMs)
  }

  /** What is no longer "now", and the next day when it has come. */
  timePassed(): void {
    this.followClock()
    const nowMs = this.#clock.now()
    if (nowMs >= this.#day.toMs) this.#turn(nowMs)
    this.#fold.timePassed(nowMs)
  }

  #turn(atMs: number): void {
    this.#day = dayAt(this.#timeZone(), atMs)
    this.#fold.newDay(this.#day.fromMs)
  }
}

const offsetOf = (clock: Clock): number => clock.now() - clock.monotonicMs()
