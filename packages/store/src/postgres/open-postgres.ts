import type { Logger, Scope } from '@vaxel/base'
import { Kysely, sql } from 'kysely'
import { Pool } from 'pg'
import type { OpenDatabase } from '../database.ts'
import { migrate } from '../migrations/migrate.ts'
import type { Schema } from '../schema.ts'
import { connectAlone, kyselyOver } from './connect-alone.ts'
import { BytewisePostgresDialect } from './dialect.ts'
import { nameOf } from './name-of.ts'
import { connectionSettings } from './postgres-connection.ts'
import { PostgresWriter } from './postgres-writer.ts'

/** Connections for reading, besides the one that writes. */
const mostReading = 4

/** Takes a PostgreSQL database and brings it up to date; throws with a sentence when another server has it or it cannot be reached. */
export async function openPostgres({
  url,
  scope,
  log,
  nowMs,
}: {
  url: string
  scope: Scope
  log: Logger
  nowMs: number
}): Promise<OpenDatabase> {
  // A connection that gives no answer is ended, as that of a pipeline; otherwise the next reader would get it, and wait as long.
  const pool = new Pool({ ...connectionSettings(url), max: mostReading, pipeline: true })
  // The pool listens only to connections that nobody uses, and an error without a listener would be one of the whole program.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn('a connection for reading ended', { error: error.message })),
  )
  pool.on('error', () => {})
  const db = new Kysely<Schema>({ dialect: new BytewisePostgresDialect({ pool }) })
  scope.add(() => db.destroy())
  const writing = await PostgresWriter.open(url, log)
  scope.add(() => writing.close())
  await bringUpToDate(url, nowMs)
  await refuseHalfRestored(db, url)
  await writing.begin()
  return {
    writing,
    db,
    each: async (query, take) => take((await db.executeQuery<object>(query)).rows.map((row) => Object.values(row))),
    checkReading: async () => {
      await sql`select 1`.execute(db)
    },
  }
}

/** A step on a large table, such as an index, takes as long as it takes: given up after the time of an answer, it would never be done. */
async function bringUpToDate(url: string, nowMs: number): Promise<void> {
  const client = await connectAlone(url, 'vaxel-migration')
  try {
    await migrate(kyselyOver(client), nowMs)
  } finally {
    await client.end()
  }
}

/** Set by a restore from before the database is there until its data folder is (backup/postgres-target.ts). */
async function refuseHalfRestored(db: Kysely<Schema>, url: string): Promise<void> {
  const mark = await db.selectFrom('settings').select('value').where('name', '=', 'restoring').executeTakeFirst()
  if (mark)
    throw new Error(
      `The database ${nameOf(url)} was restored, but its data folder was not. Empty the database and run "vaxel restore" again.`,
    )
}
