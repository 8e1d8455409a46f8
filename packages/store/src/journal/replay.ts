import type { Clock, Logger } from '@vaxel/base'
import type { WritingDatabase } from '../database.ts'
import { type Away, type EventRow, isAway, type Unit, type UnitOutcome } from '../sqlite/messages.ts'
import { countEvents, markSetting, numbersAfter, type ReplayMark } from './journal-entry.ts'

/** An entry that waits for the database, its statements numbered as the database knows them. */
export interface PendingEntry {
  /** In the journal's generation; undefined for one that is in memory alone. */
  readonly sequence: number | undefined
  readonly after: number
  readonly units: readonly Unit[]
  /** Called when it is in the database. */
  readonly onWritten?: () => void
}

/** Records in one transaction. */
const mostAtOnce = 64
const mostUnitsAtOnce = 512
/** So long a unit is tried again that the database does not take for a fault that may be of one place alone. */
const patienceMs = 30_000
/** After one that was left out for such a fault, others are not waited for: calls would wait for one damaged table for ever. */
const withoutPatienceMs = 3_600_000

/**
 * Writes entries to the database in their order, each exactly once: the mark goes with them in one transaction. A unit that the
 * database refuses is left out and logged, but never its events' numbers, which somebody may have.
 *
 * A database that takes nothing is waited for without end, as no unit is to blame. Where the fault may lie in the place of one unit
 * (a damaged table), it is so only if the database takes what is left of that unit, its events or a gap for them: that is tried after
 * some patience, and decides.
 */
export class Replay {
  readonly #database: WritingDatabase
  readonly #clock: Clock
  readonly #log: Logger
  readonly #putMark: number
  readonly #pending: PendingEntry[] = []
  /** Units of the first entry that are written. */
  #unitsDone = 0
  #of: Pick<ReplayMark, 'id' | 'generation'>
  #sequence = 0
  /** Since when the first unit is not taken for a doubtful fault. */
  #doubtSinceMs: number | undefined
  #leftOutAtMs = Number.NEGATIVE_INFINITY

  /** @param putMark number of the statement that keeps a setting: name, value */
  constructor(options: {
    database: WritingDatabase
    clock: Clock
    log: Logger
    putMark: number
    of: Pick<ReplayMark, 'id' | 'generation'>
  }) {
    this.#database = options.database
    this.#clock = options.clock
    this.#log = options.log
    this.#putMark = options.putMark
    this.#of = options.of
  }

  get count(): number {
    return this.#pending.length
  }

  /** The first unit is not taken, perhaps for its own sake; trying again decides before long. */
  get isInDoubt(): boolean {
    return this.#doubtSinceMs !== undefined && this.#clock.now() - this.#doubtSinceMs < patienceMs
  }

  /** Events that wait, with the numbers that they will have. */
  *events(): Generator<readonly [number: number, event: EventRow]> {
    for (const { after, units } of this.#pending) {
      let number = after
      for (const [, events] of units) for (const event of events) yield [++number, event]
    }
  }

  add(entry: PendingEntry): void {
    this.#pending.push(entry)
  }

  /** Continues where a mark says that an earlier process stopped. */
  continueAt({ sequence, units }: Pick<ReplayMark, 'sequence' | 'units'>): void {
    this.#sequence = sequence
    this.#unitsDone = units
  }

  /** The journal has been emptied. */
  begin(generation: number): void {
    this.#of = { ...this.#of, generation }
    this.#sequence = 0
    this.#unitsDone = 0
  }

  /** Writes all there is. @returns why the database takes no more; undefined when all is written */
  async run(): Promise<string | undefined> {
    try {
      await this.#dropWritten()
      while (this.#pending.length > 0) {
        const away = await this.#writeSome()
        if (away !== undefined) return away
      }
    } catch (error) {
      this.#doubtSinceMs = undefined
      return error instanceof Error ? error.message : String(error)
    }
    return undefined
  }

  /** Writes once more, after all there is: a disk that takes this has kept what it took before. @returns why it does not */
  async confirm(): Promise<string | undefined> {
    const mark: ReplayMark = { ...this.#of, sequence: this.#sequence, units: 0 }
    const outcome = await this.#write([], mark).catch((error: Error) => error.message)
    if (typeof outcome === 'number') return undefined
    return isAway(outcome) ? outcome.away : outcome
  }

  /**
   * An entry, or some of its units, may have been on their way to the database when the answer was lost: then their events are there.
   * What has no events is written again, which changes nothing, as nothing came after it.
   */
  async #dropWritten(): Promise<void> {
    const last = await this.#database.lastEvent()
    const begun = this.#pending.findLastIndex(({ after, units }) => after < last && countEvents(units) > 0)
    if (begun >= 0) this.#drop(begun)
    const [first] = this.#pending
    if (!first) return
    const numbers = numbersAfter(first.after, first.units)
    const isThere = ([, events]: Unit, i: number): boolean => events.length > 0 && numbers[i]! <= last
    this.#unitsDone = Math.max(this.#unitsDone, first.units.findLastIndex(isThere) + 1)
    const goesOnAfter = this.#unitsDone > 0 ? numbers[this.#unitsDone - 1]! : first.after
    if (this.#unitsDone === first.units.length) this.#drop(1)
    if (goesOnAfter === last || this.events().next().done === true) return
    if (goesOnAfter < last)
      throw new Error(`the journal goes on after event ${goesOnAfter}, but the last one of the database is ${last}`)
    await this.#fillGap(last, goesOnAfter)
  }

  /**
   * The database has lost what it had said yes to: its disk died in that moment, or a standby took over that had not got everything.
   * Somebody may have those numbers.
   */
  async #fillGap(from: number, to: number): Promise<void> {
    this.#log.error('the database has lost the last events that it had taken; their numbers are left empty', {
      lost: to - from,
      after: from,
    })
    const gap: EventRow = [this.#clock.now(), '', null, 'ledger.gap', {}]
    for (let number = from; number < to; number += mostUnitsAtOnce) {
      const gaps = Array.from({ length: Math.min(mostUnitsAtOnce, to - number) }, () => gap)
      const [outcome] = await this.#database.commit([[[], gaps]])
      if (typeof outcome !== 'number') throw new Error(isAway(outcome) ? outcome.away : outcome)
    }
  }

  /** Some entries in one transaction; the first one alone, unit by unit, when the database refuses something of them. */
  async #writeSome(): Promise<string | undefined> {
    let units = 0
    let count = 0
    for (const entry of this.#pending.slice(0, this.#unitsDone > 0 ? 1 : mostAtOnce)) {
      if (count > 0 && units + entry.units.length > mostUnitsAtOnce) break
      units += entry.units.length
      count++
    }
    const some = this.#pending.slice(0, count)
    const merged = some.flatMap((entry) => entry.units).slice(this.#unitsDone)
    const outcome = await this.#write(merged, this.#markAfter(count))
    if (isAway(outcome) && !this.#noteDoubt(outcome)) return outcome.away
    if (typeof outcome !== 'number') return await this.#writeFirstAlone()
    this.#doubtSinceMs = undefined
    this.#drop(count)
    return undefined
  }

  async #writeFirstAlone(): Promise<string | undefined> {
    const { units } = this.#pending[0]!
    for (let i = this.#unitsDone; i < units.length; i++) {
      const mark = i === units.length - 1 ? this.#markAfter(1) : this.#markAfter(0, i + 1)
      const away = await this.#writeOne(units[i]!, mark)
      if (away !== undefined) return away
      this.#unitsDone = i + 1
    }
    this.#drop(1)
    return undefined
  }

  async #writeOne(unit: Unit, mark: ReplayMark): Promise<string | undefined> {
    const [, events] = unit
    const gaps = events.map(([atMs]): EventRow => [atMs, '', null, 'ledger.gap', {}])
    let refused: string | undefined
    let isDoubtful = false
    for (const attempt of [unit, [[], events], [[], gaps]] as const satisfies readonly Unit[]) {
      const outcome = await this.#write([attempt], mark)
      if (isAway(outcome)) {
        if (!this.#noteDoubt(outcome) || this.#hasPatience()) return outcome.away
        isDoubtful = true
      }
      if (typeof outcome !== 'number') {
        refused ??= isAway(outcome) ? outcome.away : outcome
        continue
      }
      this.#doubtSinceMs = undefined
      if (isDoubtful) this.#leftOutAtMs = this.#clock.now()
      if (refused !== undefined)
        this.#log.error('an entry of the journal was refused by the database; its events keep their numbers', {
          error: refused,
          events: events.length,
        })
      return undefined
    }
    return refused
  }

  #noteDoubt({ isDoubtful = false }: Away): boolean {
    this.#doubtSinceMs = isDoubtful ? (this.#doubtSinceMs ?? this.#clock.now()) : undefined
    return isDoubtful
  }

  #hasPatience(): boolean {
    return this.isInDoubt && this.#clock.now() - this.#leftOutAtMs >= withoutPatienceMs
  }

  /** As one unit: all of it or nothing. */
  async #write(units: readonly Unit[], mark: ReplayMark): Promise<UnitOutcome> {
    const whole: Unit = [
      [...units.flatMap(([writes]) => writes), [this.#putMark, markSetting, JSON.stringify(mark)]],
      units.flatMap(([, events]) => events),
    ]
    const [outcome] = await this.#database.commit([whole])
    return outcome ?? 'the database gave no answer'
  }

  #markAfter(count: number, units = 0): ReplayMark {
    const written = this.#pending.slice(0, count).findLast(({ sequence }) => sequence !== undefined)
    return { ...this.#of, sequence: written?.sequence ?? this.#sequence, units }
  }

  #drop(count: number): void {
    this.#sequence = this.#markAfter(count).sequence
    for (const { onWritten } of this.#pending.splice(0, count)) onWritten?.()
    if (count > 0) this.#unitsDone = 0
  }
}
