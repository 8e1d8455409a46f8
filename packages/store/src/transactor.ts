import type { LedgerEvent, NumberedEvent } from '@vaxel/core'
import type { CompiledQuery } from 'kysely'
import type { WritingDatabase } from './database.ts'
import type { EventFan } from './event-fan.ts'
import { DatabaseError } from './sqlite/database-thread.ts'
import { RecentRate } from './recent-rate.ts'
import { type EventRow, isAway, type Parameter, type Unit, type UnitOutcome, type Write } from './sqlite/messages.ts'

interface Waiting {
  readonly unit: Unit
  readonly events: readonly LedgerEvent[]
  readonly onDurable: (() => void) | undefined
  readonly resolve: (lastNumber: number) => void
  readonly reject: (error: Error) => void
}

const noEvents: readonly LedgerEvent[] = []
/** What nobody waits for is gathered so long: a transaction costs more than what is in it. */
const gatherMs = 20
/** While more units a second are waited for than this, a transaction … */
const busyUnitsPerSecond = 100
/** … begins no sooner than so long after the one before: nobody who telephones notices, and they share one more often. */
const busyIntervalMs = 16
/** A pause that brought fewer together was in vain (one who writes a thousand things, each after the other): so many transactions go without. */
const fewestTogether = 4
const withoutPause = 32
/** With so many waiting there is nothing to gain by waiting longer. */
const fullGroup = 64
/** Bounds how long one transaction can take. */
const mostUnitsAtOnce = 512
/** Units that wait for a database that is away; beyond it new ones are refused. */
const mostWaiting = 50_000

/**
 * The only writer after start. Units that come while a transaction is on its way go together in the next one
 * (group commit), in the order they came; each resolves when it is durable.
 */
export class Transactor {
  readonly #database: WritingDatabase
  readonly #fan: EventFan
  readonly #statements = new Map<string, number>()
  #queue: Waiting[] = []
  #isWriting = false
  #isScheduled = false
  /** Somebody waits for one of the units in the queue. */
  #isHurried = false
  #gathering: NodeJS.Timeout | undefined
  #pausing: NodeJS.Timeout | undefined
  #beganMs = 0
  /** Transactions that go without a pause from now on. */
  #pauseless = 0
  readonly #hurried = new RecentRate(busyUnitsPerSecond)
  #fault: string | undefined

  readonly #now: () => number

  /** @param options `now`: milliseconds that only go forward; those of the machine if absent */
  constructor(options: { database: WritingDatabase; fan: EventFan; now?: () => number }) {
    this.#database = options.database
    this.#fan = options.fan
    this.#now = options.now ?? (() => performance.now())
  }

  /** Units that are not yet durable. */
  get queued(): number {
    return this.#queue.length
  }

  /** Why the last unit could not be written, if the database is to blame; undefined once one has been written again. */
  get fault(): string | undefined {
    return this.#fault
  }

  /** Why nothing can be made durable, not even in the journal; what is given now waits. Undefined while it can. */
  get away(): string | undefined {
    return this.#database.away
  }

  /** The journal takes what is given now: it is durable, and will be in the database later. */
  get isStandIn(): boolean {
    return this.#database.isStandIn === true
  }

  /** The number of a prepared statement, to be used in {@link Write}. */
  statement(sql: string): number {
    let number = this.#statements.get(sql)
    if (number === undefined) {
      number = this.#database.statement(sql)
      this.#statements.set(sql, number)
    }
    return number
  }

  /** A compiled query as a write; for what is not on a hot path. */
  write(query: CompiledQuery): Write {
    const parameters = query.parameters as readonly (Parameter | undefined)[]
    return [this.statement(query.sql), ...parameters.map((value) => value ?? null)]
  }

  /**
   * Resolves with the number of the last event of the ledger as of this unit. Rejects when it could not be written, whole.
   * @param onDurable called once it is durable, before its events are told to anyone
   * @param canWait nobody waits for it: others may join it before it is written
   */
  commit(
    writes: readonly Write[],
    events: readonly LedgerEvent[] = noEvents,
    onDurable?: () => void,
    canWait = false,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#queue.length >= mostWaiting)
        return reject(new DatabaseError(`${mostWaiting} entries wait for the database already`))
      this.#queue.push({ unit: [writes, events.map(toRow)], events, onDurable, resolve, reject })
      if (!canWait) {
        this.#isHurried = true
        this.#hurried.count(this.#now())
      }
      this.#schedule()
    })
  }

  /** Resolves when everything given so far is durable or has failed. */
  async settled(): Promise<void> {
    // Units are written in order, so an empty one at the end knows of all before it.
    await this.commit([]).catch(() => {})
  }

  #schedule(): void {
    if (this.#isWriting || this.#queue.length === 0) return
    if (!this.#isHurried) {
      this.#gathering ??= setTimeout(() => void this.#flush(), gatherMs)
      return
    }
    const waitMs = this.#patienceMs()
    if (waitMs > 0) {
      this.#pausing ??= setTimeout(() => void this.#flush(), waitMs)
      return
    }
    if (this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      void this.#flush()
    })
  }

  /** How long those who wait are kept waiting for company: not at all unless there is much to do. */
  #patienceMs(): number {
    if (this.#queue.length >= fullGroup || this.#pauseless > 0 || !this.#hurried.isBusy) return 0
    return this.#beganMs + busyIntervalMs - this.#now()
  }

  async #flush(): Promise<void> {
    const hasPaused = this.#pausing !== undefined
    clearTimeout(this.#gathering)
    clearTimeout(this.#pausing)
    this.#gathering = undefined
    this.#pausing = undefined
    if (this.#isWriting || this.#queue.length === 0) return
    this.#isWriting = true
    if (hasPaused && this.#queue.length < fewestTogether) this.#pauseless = withoutPause
    else if (this.#pauseless > 0) this.#pauseless--
    this.#beganMs = this.#now()
    this.#isHurried = this.#queue.length > mostUnitsAtOnce
    const group = this.#queue.splice(0, mostUnitsAtOnce)
    try {
      const outcomes = await this.#database.commit(group.map(({ unit }) => unit))
      this.#settle(group, outcomes)
    } catch (error) {
      for (const { reject } of group) reject(error as Error)
    } finally {
      this.#isWriting = false
      this.#schedule()
    }
  }

  #settle(group: readonly Waiting[], outcomes: readonly UnitOutcome[]): void {
    const durable: NumberedEvent[] = []
    group.forEach(({ unit, events, onDurable, resolve, reject }, i) => {
      const outcome = outcomes[i]!
      if (isAway(outcome)) {
        this.#fault = outcome.away
        return reject(new DatabaseError(outcome.away))
      }
      if (typeof outcome === 'string') {
        if (!isOurMistake(outcome)) this.#fault = outcome
        return reject(new DatabaseError(outcome))
      }
      if (unit[0].length > 0 || unit[1].length > 0) this.#fault = undefined
      onDurable?.()
      events.forEach((event, j) => {
        durable.push({ ...event, number: outcome - events.length + 1 + j })
      })
      resolve(outcome)
    })
    if (durable.length > 0) this.#fan.publish(durable)
  }
}

/** A unit that breaks a rule of the schema says nothing about the database's health. */
const isOurMistake = (fault: string): boolean => fault.includes('constraint')

function toRow(event: LedgerEvent): EventRow {
  return [event.atMs, event.companyId, event.callId ?? null, event.kind, event.data]
}
