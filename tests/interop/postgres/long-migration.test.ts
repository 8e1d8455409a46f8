import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { Scope, silentLogger } from '@vaxel/base'
import { Client } from 'pg'
import { migrateTo, schemaVersion } from '../../../packages/store/src/migrations/migrate.ts'
import { connectAlone, kyselyOver } from '../../../packages/store/src/postgres/connect-alone.ts'
import { openPostgres } from '../../../packages/store/src/postgres/open-postgres.ts'
import { PostgresServer } from './postgres-server.ts'

describe('an upgrade on a large PostgreSQL database', () => {
  let server: PostgresServer
  before(async () => {
    server = await PostgresServer.start()
  })
  after(() => server.end())

  it('waits for a step that takes longer than any answer may, and is done', { timeout: 30_000 }, async (t) => {
    const url = await server.newDatabase()
    const earlier = await connectAlone(url)
    await migrateTo(5, kyselyOver(earlier), 1)
    await earlier.end()
    // Somebody reads the calls, so that the index on them is not made: as long as with many millions of them.
    const reader = new Client({ connectionString: url })
    await reader.connect()
    t.after(() => reader.end())
    await reader.query('begin')
    await reader.query('lock table legs in access exclusive mode')
    const watcher = new Client({ connectionString: url })
    await watcher.connect()
    t.after(() => watcher.end())
    const scope = new Scope(() => {})
    t.after(() => scope.close('done'))
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const opened = openPostgres({ url, scope, log: silentLogger, nowMs: 2 })
    opened.catch(() => {})
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    while ((await watcher.query(waiting)).rows.length === 0) await turn()
    t.mock.timers.tick(600_000)
    await reader.query('rollback')
    const { db } = await opened
    const { version } = await db
      .selectFrom('schema_version')
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirstOrThrow()
    assert.equal(version, schemaVersion)
  })
})
