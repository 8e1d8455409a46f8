// A server of the next version that is killed in the middle of its first migration; started by migrate.test.ts with a folder.
import { mkdir } from 'node:fs/promises'
import { Scope } from '@vaxel/base'
import { Kysely, sql } from 'kysely'
import { join } from 'node:path'
import type { Schema } from '../schema.ts'
import { copyBeforeMigration } from '../sqlite/copy-before-migration.ts'
import { DatabaseThread } from '../sqlite/database-thread.ts'
import { sqliteThreadDialect } from '../sqlite/dialect.ts'
import { openEmbedded } from '../sqlite/open-embedded.ts'
import { type Migration, migrate, schemaVersion } from './migrate.ts'

const folder = process.argv[2]!
await mkdir(folder, { recursive: true })
const scope = new Scope(() => {})
await openEmbedded({ folder, scope, nowMs: 1 })
await scope.close('made')

const thread = new DatabaseThread()
await thread.open(join(folder, 'vaxel.db'), join(folder, 'vaxel.lock'))
const db = new Kysely<Schema>({ dialect: sqliteThreadDialect(thread) })
await db.insertInto('settings').values({ name: 'kept', value: 'before' }).execute()
const half: Migration = {
  name: 'killed in the middle',
  up: async (within) => {
    await within.schema.createTable('half_made').addColumn('id', 'text').execute()
    await sql`update settings set value = 'after'`.execute(within)
    process.kill(process.pid, 'SIGKILL')
  },
}
const released = Array.from({ length: schemaVersion }, (): Migration => ({ name: 'done', up: async () => {} }))
await migrate(db, 2, {
  known: [...released, half],
  before: (_, version) => copyBeforeMigration(thread, folder, version),
})
