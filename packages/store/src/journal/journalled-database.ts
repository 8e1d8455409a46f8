import { setTimeout as sleep } from 'node:timers/promises'
import type { CallId, Clock, CompanyId, Logger } from '@vaxel/base'
import type { NumberedEvent } from '@vaxel/core'
import type { Trouble, WritingDatabase } from '../database.ts'
import { DatabaseError } from '../sqlite/database-thread.ts'
import { isAway, type Unit, type UnitOutcome } from '../sqlite/messages.ts'
import { type JournalEntry, numbersAfter, type ReplayMark } from './journal-entry.ts'
import type { JournalFound } from './journal-file.ts'
import type { Journal } from './journal-thread.ts'
import { Replay } from './replay.ts'

/** Between two attempts to write to a database that is away. */
const retryMs = 500
/** The last part of the journal is for the ends of calls that are up: new ones are refused before it is full. */
const shareOfNewCalls = 0.75
/** How long closing waits for entries that are in memory alone. */
const hurryMs = 3000

/** A journal as it was found, and how far this database has got in it. */
export interface OpenedJournal {
  readonly journal: Journal
  readonly found: JournalFound
  readonly mark: ReplayMark | undefined
}

/**
 * A database with a journal that stands in for it. What the database cannot take goes to the journal, is durable there and thereby
 * acknowledged, and is written in order, once, when the database is back. From its first entry on everything goes the same way,
 * until all is written. Numbers of events go on evenly, as this process is the only one that writes.
 *
 * The first entry is what the database took last before: a disk that dies in that moment may have said yes and kept nothing (seen with
 * ext4: one fault in eight). An earlier process's journal is complete with it; while this one lives, the database knows what it took.
 *
 * Where the journal takes nothing either, an entry waits in memory and is acknowledged by the database alone; {@link away} then
 * says so, and new calls are refused.
 */
export class JournalledDatabase implements WritingDatabase {
  readonly #inner: WritingDatabase
  readonly #clock: Clock
  readonly #log: Logger
  readonly #replay: Replay
  /** Texts by the database's numbers, of which others may have some. */
  readonly #sql = new Map<number, string>()
  readonly #journal: Journal | undefined
  /** Why there is no journal. */
  readonly #without: string | undefined
  #generation: number
  /** Number of the last event that is acknowledged. */
  #last: number
  /** What the database took last. */
  #taken: Omit<JournalEntry, 'sql'> | undefined
  #sequence = 0
  /** Statements whose text is in the journal. */
  readonly #known = new Set<number>()
  #why: string | undefined
  #sinceMs = 0
  /** Why the journal did not take the last entry. */
  #journalFault: string | undefined
  #storing: Promise<unknown> | undefined
  #clearing: Promise<void> | undefined
  #running: Promise<void> | undefined
  #isClosed = false
  #hurryAtMs = Number.POSITIVE_INFINITY
  #wake = () => {}

  private constructor(options: {
    inner: WritingDatabase
    clock: Clock
    log: Logger
    putSetting: string
    opened: OpenedJournal | string
    last: number
  }) {
    const { inner, opened } = options
    this.#inner = inner
    this.#clock = options.clock
    this.#log = options.log
    this.#last = options.last
    const isThere = typeof opened !== 'string'
    this.#journal = isThere ? opened.journal : undefined
    this.#without = isThere ? undefined : opened
    this.#generation = isThere ? opened.found.generation : 0
    const of = { id: isThere ? opened.found.id : '', generation: this.#generation }
    const putMark = this.statement(options.putSetting)
    this.#replay = new Replay({ database: inner, clock: options.clock, log: options.log, putMark, of })
  }

  /**
   * Takes a database that is open, and writes to it what an earlier process left in the journal.
   * Throws with a sentence when the database does not take that.
   * @param options.opened the journal, or why there is none
   * @param options.putSetting statement that keeps a setting: name, value
   */
  static async open(options: {
    inner: WritingDatabase
    clock: Clock
    log: Logger
    putSetting: string
    opened: OpenedJournal | string
  }): Promise<JournalledDatabase> {
    const { inner, opened, log } = options
    const database = new JournalledDatabase({ ...options, last: await inner.lastEvent() })
    if (typeof opened !== 'string' && opened.found.texts.length > 0) {
      const { found, mark } = opened
      const isOfThis = mark?.generation === found.generation ? mark : undefined
      if (isOfThis) database.#replay.continueAt(isOfThis)
      database.#takeUp(found.texts, isOfThis?.sequence ?? 0)
      const count = database.#replay.count
      let away = await database.#replay.run()
      while (away !== undefined && database.#replay.isInDoubt) {
        await database.#pause()
        away = await database.#replay.run()
      }
      away ??= await database.#replay.confirm()
      if (away !== undefined) {
        await opened.journal.close()
        throw new Error(
          `${count} entries wait in the journal, and the database does not take them: ${away}. Make room for it, or make it writable, and start again.`,
        )
      }
      await opened.journal.clear()
      database.#begin()
      database.#last = await inner.lastEvent()
      if (count > 0) log.info('what an earlier process left in the journal is written', { entries: count })
    }
    return database
  }

  get away(): string | undefined {
    if (this.#why === undefined) return this.#journal ? undefined : this.#inner.away
    if (!this.#journal) return this.#why
    if (this.#journalFault !== undefined) return `${this.#why}; ${this.#journalFault}`
    return this.#share() > shareOfNewCalls ? `${this.#why}; the journal is nearly full` : undefined
  }

  get isStandIn(): boolean {
    return this.#why !== undefined
  }

  get trouble(): Trouble | undefined {
    if (this.#why === undefined) return undefined
    return {
      why: this.#why,
      sinceMs: this.#sinceMs,
      entries: this.#replay.count,
      share: this.#share(),
      refusing:
        this.away === undefined ? undefined : (this.#journalFault ?? this.#without ?? 'the journal is nearly full'),
    }
  }

  /** Events that are acknowledged and not yet in the database, by number, each with its number. */
  waitingEvents(): NumberedEvent[] {
    return [...this.#replay.events()]
      .filter(([number]) => number <= this.#last)
      .map(([number, [atMs, companyId, callId, kind, data]]) => ({
        number,
        atMs,
        companyId: companyId as CompanyId,
        ...(callId === null ? {} : { callId: callId as CallId }),
        kind,
        data,
      }))
  }

  /** Why there is no journal; undefined where there is one. */
  get without(): string | undefined {
    return this.#without
  }

  statement(sql: string): number {
    const number = this.#inner.statement(sql)
    this.#sql.set(number, sql)
    return number
  }

  async commit(units: readonly Unit[]): Promise<readonly UnitOutcome[]> {
    if (this.#isClosed) throw new DatabaseError('the database is closed')
    if (this.#why !== undefined) return await this.#standIn(units)
    const outcomes = await this.#inner.commit(units)
    const taken = units.filter((_, i) => typeof outcomes[i] === 'number')
    if (taken.length > 0) this.#taken = { after: this.#last, units: taken }
    this.#last = outcomes.findLast((outcome) => typeof outcome === 'number') ?? this.#last
    const from = outcomes.findIndex(isAway)
    const first = outcomes[from]
    if (!isAway(first)) return outcomes
    this.#why = first.away
    this.#sinceMs = this.#clock.now()
    this.#log.error('the database takes no entries; they go to the journal', {
      error: first.away,
      ...(this.#without === undefined ? {} : { journal: this.#without }),
    })
    const stoodIn = this.#standIn(units.slice(from))
    this.#running = this.#comeBack()
    return [...outcomes.slice(0, from), ...(await stoodIn)]
  }

  /** Also while the journal stands in: whether the database itself answers. */
  async check(): Promise<void> {
    await this.#inner.check()
  }

  async lastEvent(): Promise<number> {
    return this.#last
  }

  hurry(): void {
    this.#hurryAtMs = performance.now() + hurryMs
    this.#inner.hurry()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#wake()
    await this.#running
    await this.#storing
    await this.#journal?.close()
    await this.#inner.close()
  }

  /** Resolves when the units are in the journal, or else when the database has them. */
  async #standIn(units: readonly Unit[]): Promise<UnitOutcome[]> {
    while (this.#clearing) await this.#clearing
    if (this.#why === undefined) return [...(await this.commit(units))]
    const numbers = numbersAfter(this.#last, units)
    const entry: JournalEntry = { after: this.#last, sql: this.#unknown(units), units }
    const storing = this.#storeWithTaken(entry)
    this.#storing = storing
    const isStored = await storing
    this.#storing = undefined
    this.#last = numbers.at(-1) ?? this.#last
    if (isStored) {
      for (const [number] of entry.sql) this.#known.add(number)
      this.#replay.add({ sequence: ++this.#sequence, after: entry.after, units })
      return numbers
    }
    return await new Promise((resolve, reject) => {
      this.#replay.add({ sequence: undefined, after: entry.after, units, onWritten: () => resolve(numbers) })
      this.#giveUp = () => reject(new DatabaseError(`the database is away: ${this.#why}`))
    })
  }

  #giveUp = () => {}

  async #storeWithTaken(entry: JournalEntry): Promise<boolean> {
    const taken = this.#taken
    this.#taken = undefined
    if (taken) {
      const isStored = await this.#store(JSON.stringify({ ...taken, sql: this.#unknown(taken.units) }))
      if (isStored) this.#replay.continueAt({ sequence: ++this.#sequence, units: 0 })
    }
    return await this.#store(JSON.stringify(entry))
  }

  async #store(text: string): Promise<boolean> {
    if (!this.#journal) return false
    try {
      const isStored = await this.#journal.append(text)
      this.#journalFault = isStored ? undefined : 'the journal is full'
      return isStored
    } catch (error) {
      this.#journalFault = `the journal cannot be written: ${(error as Error).message}`
      this.#log.error('the journal cannot be written', { error: (error as Error).message })
      return false
    }
  }

  /** Tries until everything is written, then lets the database take over again. */
  async #comeBack(): Promise<void> {
    let written = 0
    while (!this.#isClosed) {
      await this.#storing
      const before = this.#replay.count
      const away = (await this.#replay.run()) ?? (await this.#replay.confirm())
      written += before - this.#replay.count
      if (away !== undefined) {
        this.#why = away
        if (performance.now() > this.#hurryAtMs) this.#giveUp()
        await this.#pause()
        continue
      }
      if (this.#storing || this.#replay.count > 0) continue
      await this.#empty()
      if (this.#storing || this.#replay.count > 0) continue
      const seconds = Math.round((this.#clock.now() - this.#sinceMs) / 1000)
      this.#log.info('the database takes entries again; those of the journal are written', {
        entries: written,
        seconds,
      })
      this.#why = undefined
      return
    }
    this.#giveUp()
  }

  /** Entries that come meanwhile wait for it. */
  async #empty(): Promise<void> {
    if (!this.#journal || this.#sequence === 0) return
    let done = () => {}
    this.#clearing = new Promise((resolve) => {
      done = resolve
    })
    try {
      await this.#journal.clear()
      this.#begin()
      this.#journalFault = undefined
    } catch (error) {
      // What is in it is marked as written, so that nothing comes twice.
      this.#journalFault = `the journal cannot be emptied: ${(error as Error).message}`
      this.#log.error('the journal cannot be emptied', { error: (error as Error).message })
    } finally {
      this.#clearing = undefined
      done()
    }
  }

  #begin(): void {
    this.#generation = (this.#generation + 1) >>> 0
    this.#sequence = 0
    this.#known.clear()
    this.#replay.begin(this.#generation)
  }

  /** Reads what an earlier process wrote; its statements get numbers of this one. */
  #takeUp(texts: readonly string[], written: number): void {
    const numbers = new Map<number, number>()
    texts.forEach((text, i) => {
      const { after, sql, units } = JSON.parse(text) as JournalEntry
      for (const [number, statement] of sql) numbers.set(number, this.statement(statement))
      if (i < written) return
      const own = units.map(
        ([writes, events]): Unit => [
          writes.map(([number, ...parameters]) => [numbers.get(number) ?? -1, ...parameters]),
          events,
        ],
      )
      this.#replay.add({ sequence: i + 1, after, units: own })
    })
    this.#sequence = texts.length
  }

  #unknown(units: readonly Unit[]): [number, string][] {
    const used = new Set<number>()
    for (const [writes] of units) for (const [number] of writes) if (!this.#known.has(number)) used.add(number)
    return [...used].map((number) => [number, this.#sql.get(number)!])
  }

  #share(): number {
    return this.#journal ? this.#journal.usedBytes / this.#journal.sizeBytes : 1
  }

  async #pause(): Promise<void> {
    if (this.#isClosed) return
    const stop = new AbortController()
    this.#wake = () => stop.abort()
    await sleep(retryMs, undefined, { signal: stop.signal }).catch(() => {})
  }
}
