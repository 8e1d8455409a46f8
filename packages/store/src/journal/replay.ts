import type { Logger } from '@vaxel/base'
import type { WritingDatabase } from '../database.ts'
import { type EventRow, isAway, type Unit, type UnitOutcome } from '../sqlite/messages.ts'
import { countEvents, markSetting, type ReplayMark } from './journal-entry.ts'

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

/**
 * Writes entries to the database in their order, each exactly once: the mark goes with them in one transaction. A unit that the
 * database refuses is left out and logged, but never its events' numbers, which somebody may have.
 */
export class Replay {
  readonly #database: WritingDatabase
  readonly #log: Logger
  readonly #putMark: number
  readonly #pending: PendingEntry[] = []
  /** Units of the first entry that are written. */
  #unitsDone = 0
  #of: Pick<ReplayMark, 'id' | 'generation'>
  #sequence = 0

  /** @param putMark number of the statement that keeps a setting: name, value */
  constructor(options: {
    database: WritingDatabase
    log: Logger
    putMark: number
    of: Pick<ReplayMark, 'id' | 'generation'>
  }) {
    this.#database = options.database
    this.#log = options.log
    this.#putMark = options.putMark
    this.#of = options.of
  }

  get count(): number {
    return this.#pending.length
  }

  /** Events that wait, with the numbers that they will have. */
  *events(): Iterable<readonly [number: number, event: EventRow]> {
    for (const { after, units } of this.#pending) {
      let number = after
      for (const [, events] of units) for (const event of events) yield [++number, event]
    }
  }

  add(entry: PendingEntry): void {
    this.#pending.push(entry)
  }

  /** Continues where a mark says that an earlier process stopped. */
  continueAt({ sequence, units }: ReplayMark): void {
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
      return error instanceof Error ? error.message : String(error)
    }
    return undefined
  }

  /**
   * An entry may have been on its way to the database when the answer was lost: then its events are there. One that has no
   * events is written again, which changes nothing, as nothing came after it.
   */
  async #dropWritten(): Promise<void> {
    const last = await this.#database.lastEvent()
    if (this.#unitsDone > 0) return
    const isThere = ({ after, units }: PendingEntry): boolean => {
      const events = countEvents(units)
      return events > 0 && after + events <= last
    }
    const count = this.#pending.findLastIndex(isThere) + 1
    this.#drop(count)
    const next = this.#pending.find(({ units }) => countEvents(units) > 0)
    if (next && next.after !== last)
      throw new Error(`the journal goes on after event ${next.after}, but the last one of the database is ${last}`)
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
    if (isAway(outcome)) return outcome.away
    if (typeof outcome === 'string') return await this.#writeFirstAlone()
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
    for (const attempt of [unit, [[], events], [[], gaps]] as const satisfies readonly Unit[]) {
      const outcome = await this.#write([attempt], mark)
      if (isAway(outcome)) return outcome.away
      if (typeof outcome === 'string') {
        refused ??= outcome
        continue
      }
      if (refused !== undefined)
        this.#log.error('an entry of the journal was refused by the database; its events keep their numbers', {
          error: refused,
          events: events.length,
        })
      return undefined
    }
    return refused
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
