import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Scope } from '@vaxel/base'
import { Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import { copyBeforeMigration } from '../sqlite/copy-before-migration.ts'
import { DatabaseThread } from '../sqlite/database-thread.ts'
import { sqliteThreadDialect } from '../sqlite/dialect.ts'
import { openEmbedded } from '../sqlite/open-embedded.ts'
import { openSqliteFile } from '../backup/sqlite-file.ts'
import { type Migration, migrate, schemaVersion } from './migrate.ts'

describe('a database of another version', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-migrate-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const open = async (at: string, work: (db: Kysely<Schema>) => Promise<void> = async () => {}): Promise<void> => {
    const scope = new Scope(() => {})
    try {
      await work((await openEmbedded({ folder: at, scope, nowMs: 1 })).db)
    } finally {
      await scope.close('done')
    }
  }

  it('of a newer program is refused with a sentence, and nothing is changed', async () => {
    const at = join(folder, 'newer')
    await mkdir(at)
    await open(at)
    const file = openSqliteFile(join(at, 'vaxel.db'), { readonly: false })
    file.exec(`insert into schema_version values (${schemaVersion + 1}, 'of tomorrow', 1)`)
    file.close()
    await assert.rejects(open(at), /schema version \d+, this program knows \d+\. Start the newer program/)
  })

  it('is killed in the middle of a step (kill -9): the next start finds the step not begun, and a copy from before', async () => {
    const at = join(folder, 'killed')
    const killed = spawn(process.execPath, [join(import.meta.dirname, 'migrate-until-killed.ts'), at], {
      stdio: 'ignore',
    })
    const signal = await new Promise((resolve) => killed.once('exit', (_, by) => resolve(by)))
    assert.equal(signal, 'SIGKILL')
    const copy = join(at, `vaxel.db.before-schema-${schemaVersion + 1}`)
    assert.equal((await stat(copy)).mode & 0o777, 0o600)
    assert.equal(existsSync(`${copy}.partial`), false)
    await open(at, async (db) => {
      const { rows } = await sql<{ name: string }>`select name from sqlite_schema where name = 'half_made'`.execute(db)
      assert.deepEqual(rows, [])
      const versions = await db.selectFrom('schema_version').select('version').execute()
      assert.equal(versions.length, schemaVersion)
      const settings = await db.selectFrom('settings').selectAll().where('name', '=', 'kept').execute()
      assert.deepEqual(settings, [{ name: 'kept', value: 'before' }])
    })
    const before = openSqliteFile(copy, { readonly: true })
    assert.equal(before.prepare("select value from settings where name = 'kept'").pluck().get(), 'before')
    assert.equal(before.pragma('integrity_check', { simple: true }), 'ok')
    before.close()
  })

  it('is migrated on after a migration that was cut off between two steps: the copy is still the one from before the first', async () => {
    const at = join(folder, 'cut-off')
    await mkdir(at)
    await open(at)
    const thread = new DatabaseThread()
    await thread.open(join(at, 'vaxel.db'), join(at, 'vaxel.lock'))
    try {
      const db = new Kysely<Schema>({ dialect: sqliteThreadDialect(thread) })
      const step = (name: string, up: Migration['up']): Migration => ({ name, up })
      const released = Array.from({ length: schemaVersion }, () => step('done', async () => {}))
      const first = step('first', async (within) => {
        await within.schema.createTable('of_first').addColumn('id', 'text').execute()
      })
      const cutOff = step('second', () => Promise.reject(new Error('cut off')))
      const before = (_: number, version: number) => copyBeforeMigration(thread, at, version)
      const copied = () => {
        const copy = openSqliteFile(join(at, `vaxel.db.before-schema-${schemaVersion + 2}`), { readonly: true })
        try {
          return copy.prepare('select max(version) from schema_version').pluck().get()
        } finally {
          copy.close()
        }
      }
      await assert.rejects(migrate(db, 2, { known: [...released, first, cutOff], before }), /cut off/)
      assert.equal(copied(), schemaVersion)
      await migrate(db, 3, { known: [...released, first, step('second', async () => {})], before })
      assert.equal(copied(), schemaVersion)
      const files = (await readdir(at)).filter((name) => name.includes('before-schema'))
      assert.deepEqual(files, [`vaxel.db.before-schema-${schemaVersion + 2}`])
    } finally {
      await thread.close()
    }
  })

  it('that went on with the older program after a way back gets a copy of its own time', async () => {
    const at = join(folder, 'later')
    await mkdir(at)
    await open(at)
    const thread = new DatabaseThread()
    await thread.open(join(at, 'vaxel.db'), join(at, 'vaxel.lock'))
    try {
      await copyBeforeMigration(thread, at, schemaVersion + 2)
      await thread.query(`insert into schema_version values (${schemaVersion + 1}, 'of tomorrow', 1)`, [])
      await thread.query("insert into events (number, at_ms, company_id, kind, data) values (1, 1, 'c', 'k', '{}')", [])
      await copyBeforeMigration(thread, at, schemaVersion + 2)
      const copy = openSqliteFile(join(at, `vaxel.db.before-schema-${schemaVersion + 2}`), { readonly: true })
      assert.equal(copy.prepare('select count(*) from events').pluck().get(), 1)
      copy.close()
    } finally {
      await thread.close()
    }
  })

  it('takes each step once, in order, and says so in the database', async () => {
    const at = join(folder, 'steps')
    await mkdir(at)
    await open(at, async (db) => {
      const versions = await db.selectFrom('schema_version').select('version').orderBy('version').execute()
      assert.deepEqual(
        versions.map(({ version }) => version),
        Array.from({ length: schemaVersion }, (_, i) => i + 1),
      )
      await assert.rejects(migrate(db, 1, { known: [] }), /this program knows 0/)
    })
  })
})
