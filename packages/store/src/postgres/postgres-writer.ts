import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@vaxel/base'
import type { Client } from 'pg'
import type { WritingDatabase } from '../database.ts'
import { DatabaseError } from '../sqlite/database-thread.ts'
import { type Away, isAway, type Unit, type UnitOutcome } from '../sqlite/messages.ts'
import { toParameter } from './dialect.ts'
import { nameOf } from './name-of.ts'
import { connectAsOwner, makeWay, ReadOnlyError, reasonOf, type WritingConnection } from './postgres-connection.ts'
import { faultOf } from './postgres-fault.ts'

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
 * The only writer of a PostgreSQL database. A group of units is one transaction, and each transaction leaves a mark of this
 * writer: after a lost connection it says that nobody else has written. Nothing waits here for a database that is away: the
 * journal stands in (journal/), and asks for the last event when it is back, to write nothing twice.
 */
export class PostgresWriter implements WritingDatabase {
  readonly #url: string
  readonly #log: Logger
  readonly #owner = randomUUID()
  readonly #statements: string[] = []
  #client: Client | undefined
  #lastEvent = 0
  #away: string | undefined
  #coming: Promise<void> | undefined
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
        const { client, isOwner } = await writer.#connect()
        if (isOwner) {
          writer.#client = client
          return writer
        }
        client.end().catch(() => {})
      } catch (error) {
        if (error instanceof ReadOnlyError)
          throw new Error(
            `The database ${nameOf(url)} takes no writes: ${error.message}. Make it writable, or correct VAXEL_DATABASE_URL.`,
          )
        throw new Error(
          `The database ${nameOf(url)} cannot be reached: ${reasonOf(error)}. Start it, or correct VAXEL_DATABASE_URL.`,
        )
      }
      if (performance.now() > endMs)
        throw new Error(
          `The database ${nameOf(url)} is in use by another Vaxel server. Stop that one, or choose another database with VAXEL_DATABASE_URL. One whose machine or network died is let go of within half a minute.`,
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
    await client.query(putMark, [markSetting, JSON.stringify({ owner: this.#owner })])
    await this.#readLastEvent(client)
  }

  statement(sql: string): number {
    return this.#statements.push(sql) - 1
  }

  async commit(units: readonly Unit[]): Promise<readonly UnitOutcome[]> {
    return await this.#commitGroup(units)
  }

  /** Asks the database: nobody else knows what of a transaction with a fault is there. Rejects while it is away. */
  async lastEvent(): Promise<number> {
    if (this.#isClosed) throw new DatabaseError(this.#away ?? 'the database is closed')
    if (!this.#client) throw new DatabaseError(this.#away ?? 'the connection is lost')
    await this.#readLastEvent(this.#client)
    return this.#lastEvent
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
    if (this.#isClosed) throw new DatabaseError('the database is closed')
    const outcomes = outcomesOf(units, this.#lastEvent)
    if (!this.#client) return allAway(units, this.#away ?? 'the connection is lost')
    try {
      await this.#attempt(this.#client, units)
      this.#lastEvent = outcomes.at(-1) ?? this.#lastEvent
      return outcomes
    } catch (error) {
      const fault = faultOf(error)
      const reason = reasonOf(error)
      // Whether it was written is known once the database is back, by its last event.
      if (fault === 'gone') {
        this.#lost(reason)
        // The end of the connection may have been told before, without what led to it.
        if (!this.#client) this.#away = reason
      }
      if (fault === 'gone' || fault === 'storage') return allAway(units, reason)
      if (units.length === 1) return [fault === 'doubtful' ? { away: reason, isDoubtful: true } : reason]
    }
    // One unit that cannot be written must not take its neighbours with it; after one that was not taken, none is tried.
    const alone: UnitOutcome[] = []
    for (const unit of units) {
      const before = alone.at(-1)
      alone.push(isAway(before) ? before : (await this.#commitGroup([unit]))[0]!)
    }
    return alone
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
    // After a refused statement the server takes none of this transaction, and commits nothing.
    asked.push(client.query('commit'))
    const faults = (await Promise.allSettled(asked)).filter((result) => result.status === 'rejected')
    const fault = faults.find(({ reason }) => faultOf(reason) === 'gone') ?? faults[0]
    if (fault) throw fault.reason
  }

  async #readLastEvent(client: Client): Promise<void> {
    const { rows } = await client.query<{ last: number }>('select coalesce(max(number), 0) as last from events')
    this.#lastEvent = rows[0]!.last
  }

  #connect(): Promise<WritingConnection> {
    return connectAsOwner(this.#url, this.#owner, (ended, why) => ended === this.#client && this.#lost(why))
  }

  /** Throws when another server has had the database meanwhile. */
  async #assureOwnership(client: Client): Promise<void> {
    const { rows } = await client.query<{ value: string }>('select value from settings where name = $1', [markSetting])
    const mark = JSON.parse(rows[0]?.value ?? '{}') as { owner?: string }
    if (mark.owner === this.#owner) return
    this.#isClosed = true
    this.#away = 'another Vaxel server has written to the database meanwhile; this one must be started anew'
    throw new DatabaseError(this.#away)
  }

  #lost(why: string): void {
    const client = this.#client
    if (!client) return
    this.#client = undefined
    client.end().catch(() => {})
    if (this.#isClosed) return
    this.#away = why
    this.#log.error('the database is away', { error: why })
    this.#comeBack().catch(() => {})
  }

  /** Resolves when the database is there again and still this server's. */
  #comeBack(): Promise<void> {
    this.#coming ??= this.#reconnect().finally(() => {
      this.#coming = undefined
    })
    return this.#coming
  }

  async #reconnect(): Promise<void> {
    for (;;) {
      await sleep(retryMs)
      if (this.#isClosed || performance.now() > this.#giveUpAtMs)
        throw new DatabaseError(`the database is away: ${this.#away}`)
      let client: Client | undefined
      try {
        const connection = await this.#connect()
        client = connection.client
        await this.#assureOwnership(client)
        // The connection that was lost holds the lock until all that it was given is written or not.
        if (!connection.isOwner) throw new DatabaseError(await makeWay(client, this.#owner))
        await this.#readLastEvent(client)
        this.#client = client
        this.#away = undefined
        this.#log.info('the database is there again')
        return
      } catch (error) {
        client?.end().catch(() => {})
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

const allAway = (units: readonly Unit[], away: string): Away[] => units.map(() => ({ away }))
