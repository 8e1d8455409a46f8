import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@vaxel/base'
import type { Client } from 'pg'
import type { WritingDatabase } from '../database.ts'
import { DatabaseError } from '../sqlite/database-thread.ts'
import type { Unit, UnitOutcome } from '../sqlite/messages.ts'
import { toParameter } from './dialect.ts'
import { connectAsOwner, isGone, nameOf } from './postgres-connection.ts'

const retryMs = 250
/** How long a new server waits for the lock of one that has just been killed. */
const patienceForOwnerMs = 1500
/** How long closing waits for a database that is away. */
const hurryMs = 3000
const markSetting = 'writer'
const putMark =
  'insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value'
const insertEvents =
  'insert into events (number, at_ms, company_id, call_id, kind, data) ' +
  'select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])'

/**
 * The only writer of a PostgreSQL database. A group of units is one transaction, and each transaction leaves a mark
 * (this writer, how many it has written): after a lost connection the mark says whether the last one was written,
 * so that none is written twice and none is lost.
 */
export class PostgresWriter implements WritingDatabase {
  readonly #url: string
  readonly #log: Logger
  readonly #owner = randomUUID()
  readonly #statements: string[] = []
  #client: Client | undefined
  #written = 0
  #lastEvent = 0
  #away: string | undefined
  #coming: Promise<number> | undefined
  #giveUpAtMs = Number.POSITIVE_INFINITY
  #isClosed = false

  private constructor(url: string, log: Logger) {
    this.#url = url
    this.#log = log
  }

  /** Takes the database; throws with a sentence when another server has it or it cannot be reached. */
  static async open(url: string, log: Logger): Promise<PostgresWriter> {
    const writer = new PostgresWriter(url, log)
    const endMs = performance.now() + patienceForOwnerMs
    for (;;) {
      try {
        writer.#client = await connectAsOwner(url, (client, why) => client === writer.#client && writer.#lost(why))
      } catch (error) {
        throw new Error(
          `The database ${nameOf(url)} cannot be reached: ${reasonOf(error)}. Start it, or correct VAXEL_DATABASE_URL.`,
        )
      }
      if (writer.#client) return writer
      if (performance.now() > endMs)
        throw new Error(
          `The database ${nameOf(url)} is in use by another Vaxel server. Stop that one, or choose another database with VAXEL_DATABASE_URL.`,
        )
      await sleep(retryMs)
    }
  }

  get away(): string | undefined {
    return this.#away
  }

  /** To be called once the schema is up to date, before anything is written. */
  async begin(): Promise<void> {
    const client = this.#client!
    await client.query(putMark, [markSetting, this.#mark(0)])
    const { rows } = await client.query<{ last: number }>('select coalesce(max(number), 0) as last from events')
    this.#lastEvent = rows[0]!.last
  }

  statement(sql: string): number {
    return this.#statements.push(sql) - 1
  }

  async commit(units: string): Promise<readonly UnitOutcome[]> {
    return await this.#commitGroup(JSON.parse(units) as Unit[])
  }

  async check(): Promise<void> {
    if (!this.#client) throw new DatabaseError(this.#away ?? 'the database is closed')
    await this.#client.query('select 1')
  }

  hurry(): void {
    this.#giveUpAtMs = performance.now() + hurryMs
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#coming?.catch(() => {})
    await this.#client?.end()
    this.#client = undefined
  }

  async #commitGroup(units: readonly Unit[]): Promise<UnitOutcome[]> {
    const outcomes = outcomesOf(units, this.#lastEvent)
    for (;;) {
      if (this.#isClosed) throw new DatabaseError('the database is closed')
      if (!this.#client) await this.#comeBack()
      try {
        await this.#attempt(this.#client!, units)
        return this.#wrote(outcomes)
      } catch (error) {
        if (!isGone(error)) {
          if (units.length === 1) return [reasonOf(error)]
          break
        }
        this.#lost(reasonOf(error))
        if ((await this.#comeBack()) === this.#written + 1) return this.#wrote(outcomes)
      }
    }
    // One unit that cannot be written must not take its neighbours with it.
    const alone: UnitOutcome[] = []
    for (const unit of units) alone.push(...(await this.#commitGroup([unit])))
    return alone
  }

  #wrote(outcomes: number[]): number[] {
    this.#written++
    this.#lastEvent = outcomes.at(-1) ?? this.#lastEvent
    return outcomes
  }

  /** One transaction; rejects with why it was not written, or with the loss of the connection, when nobody knows. */
  async #attempt(client: Client, units: readonly Unit[]): Promise<void> {
    const asked: Promise<unknown>[] = [client.query('begin')]
    const events: unknown[][] = [[], [], [], [], [], []]
    let number = this.#lastEvent
    for (const [writes, rows] of units) {
      for (const [statement, ...parameters] of writes)
        asked.push(
          client.query({
            name: `v${statement}`,
            text: this.#statements[statement]!,
            values: parameters.map(toParameter),
          }),
        )
      for (const [atMs, companyId, callId, kind, data] of rows)
        [++number, atMs, companyId, callId, kind, JSON.stringify(data)].forEach((value, i) => {
          events[i]!.push(value)
        })
    }
    if (number > this.#lastEvent) asked.push(client.query({ name: 'events', text: insertEvents, values: events }))
    asked.push(client.query({ name: 'mark', text: putMark, values: [markSetting, this.#mark(this.#written + 1)] }))
    // After a refused statement the server takes none of this transaction, and commits nothing.
    asked.push(client.query('commit'))
    const faults = (await Promise.allSettled(asked)).filter((result) => result.status === 'rejected')
    const fault = faults.find(({ reason }) => isGone(reason)) ?? faults[0]
    if (fault) throw fault.reason
  }

  #mark(count: number): string {
    return JSON.stringify({ owner: this.#owner, count })
  }

  /** How many transactions of this writer the database has; throws when another server has written since. */
  async #markedCount(): Promise<number> {
    const { rows } = await this.#client!.query<{ value: string }>('select value from settings where name = $1', [
      markSetting,
    ])
    const mark = JSON.parse(rows[0]?.value ?? '{}') as { owner?: string; count?: number }
    if (mark.owner === this.#owner) return mark.count ?? 0
    this.#isClosed = true
    throw new DatabaseError('another Vaxel server has written to the database meanwhile; this one must be started anew')
  }

  #lost(why: string): void {
    const client = this.#client
    if (!client) return
    this.#client = undefined
    client.end().catch(() => {})
    if (this.#isClosed) return
    this.#away = why
    this.#log.error('the database is away; entries of live calls wait, new calls are refused', { error: why })
    this.#comeBack().catch(() => {})
  }

  /** Resolves when the database is there again and still this server's, with the transactions that it has of this writer. */
  #comeBack(): Promise<number> {
    this.#coming ??= this.#reconnect().finally(() => {
      this.#coming = undefined
    })
    return this.#coming
  }

  async #reconnect(): Promise<number> {
    for (;;) {
      await sleep(retryMs)
      if (this.#isClosed || performance.now() > this.#giveUpAtMs)
        throw new DatabaseError(`the database is away: ${this.#away}`)
      try {
        this.#client = await connectAsOwner(this.#url, (client, why) => client === this.#client && this.#lost(why))
        if (!this.#client) continue
        const count = await this.#markedCount()
        this.#away = undefined
        this.#log.info('the database is there again')
        return count
      } catch (error) {
        this.#client?.end().catch(() => {})
        this.#client = undefined
        if (this.#isClosed) throw error
        this.#away = reasonOf(error)
      }
    }
  }
}

/** The number of the last event as of each unit, when all of them are written. */
function outcomesOf(units: readonly Unit[], lastEvent: number): number[] {
  let last = lastEvent
  return units.map(([, events]) => (last += events.length))
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
