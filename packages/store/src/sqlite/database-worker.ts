import { parentPort } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { type ReadUnit, readUnits } from './flat-units.ts'
import { type DatabaseReply, type DatabaseRequest, isAway, type UnitOutcome } from './messages.ts'

/**
 * The thread that waits on the disk. It holds one connection, answers requests in the order they come,
 * and writes a group of units in one transaction.
 */
const port = parentPort
if (!port) throw new Error('database-worker runs in a worker thread only')

let database: Database.Database | undefined
let lock: Database.Database | undefined
let lastEvent = 0
let insertEvent: Database.Statement | undefined
const statements: Database.Statement[] = []
const prepared = new Map<string, Database.Statement>()
const mostPrepared = 500

function open(file: string, lockFile: string | undefined): void {
  if (lockFile !== undefined) {
    // The operating system lets go of this lock when the process dies, however it dies.
    lock = new Database(lockFile, { timeout: 0 })
    lock.pragma('journal_mode = memory')
    lock.pragma('locking_mode = exclusive')
    lock.exec('begin exclusive')
  }
  database = new Database(file, { readonly: lockFile === undefined, timeout: 5000 })
  if (lockFile !== undefined) {
    database.pragma('journal_mode = wal')
    database.pragma('synchronous = full')
    database.pragma('foreign_keys = on')
    database.pragma('wal_autocheckpoint = 4000')
  }
  database.pragma('cache_size = -16384')
}

function query(sql: string, parameters: readonly unknown[]): { rows: Record<string, unknown>[]; changes: number } {
  let statement = prepared.get(sql)
  if (!statement) {
    if (prepared.size >= mostPrepared) prepared.clear()
    statement = opened().prepare(sql)
    // A statement that changes the schema is run once only, and none is kept from before it.
    if (/^\s*(create|alter|drop)/i.test(sql)) prepared.clear()
    else prepared.set(sql, statement)
  }
  if (statement.reader) return { rows: statement.all(...parameters) as Record<string, unknown>[], changes: 0 }
  return { rows: [], changes: statement.run(...parameters).changes }
}

const rowsAtOnce = 4_000

/** Posts the rows in chunks while it reads on. */
function each(id: number, sql: string, parameters: readonly unknown[]): void {
  const post = (rows: readonly unknown[]): void =>
    port!.postMessage({ id, chunk: JSON.stringify(rows) } satisfies DatabaseReply)
  let rows: unknown[] = []
  for (const row of opened()
    .prepare(sql)
    .raw()
    .iterate(...parameters)) {
    if (rows.push(row) < rowsAtOnce) continue
    post(rows)
    rows = []
  }
  if (rows.length > 0) post(rows)
}

/** Faults of the storage, not of what is written: the disk is full, gives errors or is read-only, memory is short. */
const storageFault = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|NOMEM|BUSY|LOCKED|PROTOCOL|CORRUPT)/

function commit(units: readonly ReadUnit[]): UnitOutcome[] {
  const db = opened()
  if (!insertEvent) {
    insertEvent = db.prepare(
      'insert into events (number, at_ms, company_id, call_id, kind, data) values (?, ?, ?, ?, ?, ?)',
    )
    lastEvent = (db.prepare('select coalesce(max(number), 0) as last from events').get() as { last: number }).last
  }
  const before = lastEvent
  try {
    db.exec('begin immediate')
    const outcomes = units.map(write)
    db.exec('commit')
    return outcomes
  } catch (error) {
    rollback(db)
    lastEvent = before
    const reason = error instanceof Error ? error.message : String(error)
    const { code } = error as { code?: unknown }
    if (typeof code === 'string' && storageFault.test(code)) return units.map(() => ({ away: reason }))
    if (units.length === 1) return [reason]
    // One unit that cannot be written must not take its neighbours with it.
    return commitApart(units)
  }
}

/** In order: after one that the storage did not take, none is tried, as it would come before it. */
function commitApart(units: readonly ReadUnit[]): UnitOutcome[] {
  const outcomes: UnitOutcome[] = []
  for (const unit of units) {
    const before = outcomes.at(-1)
    outcomes.push(isAway(before) ? before : commit([unit])[0]!)
  }
  return outcomes
}

function write({ writes, events }: ReadUnit): number {
  for (const { statement, parameters } of writes) statements[statement]!.run(...parameters)
  for (const event of events) {
    insertEvent!.run(lastEvent + 1, ...event)
    lastEvent++
  }
  return lastEvent
}

function rollback(db: Database.Database): void {
  if (db.inTransaction) db.exec('rollback')
}

function opened(): Database.Database {
  if (!database) throw new Error('the database is not open')
  return database
}

function perform(request: DatabaseRequest): DatabaseReply {
  const { id } = request
  switch (request.op) {
    case 'open':
      open(request.file, request.lockFile)
      return { id, rows: [], changes: 0 }
    case 'query':
      return { id, ...query(request.sql, request.parameters) }
    case 'each':
      each(id, request.sql, request.parameters)
      return { id, rows: [], changes: 0 }
    case 'statements':
      request.sql.forEach((sql, i) => {
        statements[request.first + i] = opened().prepare(sql)
      })
      return { id, rows: [], changes: 0 }
    case 'commit':
      return { id, outcomes: commit(readUnits(request.units)) }
    case 'close':
      database?.close()
      lock?.close()
      return { id, rows: [], changes: 0 }
  }
}

port.on('message', (request: DatabaseRequest) => {
  let reply: DatabaseReply
  try {
    reply = perform(request)
  } catch (error) {
    const code = (error as { code?: unknown }).code
    reply = {
      id: request.id,
      error: error instanceof Error ? error.message : String(error),
      ...(typeof code === 'string' ? { code } : {}),
    }
  }
  port.postMessage(reply)
  if (request.op === 'close') port.close()
})
