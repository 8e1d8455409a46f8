import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scope } from '@vaxel/base'
import { Kysely } from 'kysely'
import type { OpenDatabase } from '../database.ts'
import { migrate } from '../migrations/migrate.ts'
import type { Schema } from '../schema.ts'
import { copyBeforeMigration } from './copy-before-migration.ts'
import { DatabaseError, DatabaseThread } from './database-thread.ts'
import { sqliteThreadDialect } from './dialect.ts'

/** Opens the database in the data folder and brings it up to date; throws with a sentence when another server has the folder. */
export async function openEmbedded({
  folder,
  scope,
  nowMs,
}: {
  folder: string
  scope: Scope
  nowMs: number
}): Promise<OpenDatabase> {
  const reading = new DatabaseThread()
  scope.add(() => reading.close())
  const writing = await openForWriting(folder, scope)
  await migrate(new Kysely<Schema>({ dialect: sqliteThreadDialect(writing) }), nowMs, {
    before: (_, version) => copyBeforeMigration(writing, folder, version),
  })
  await reading.open(join(folder, 'vaxel.db'))
  const db = new Kysely<Schema>({ dialect: sqliteThreadDialect(reading) })
  return {
    writing,
    db,
    each: (query, take) => reading.each(query.sql, query.parameters, take),
    checkReading: () => reading.check(),
  }
}

async function openForWriting(folder: string, scope: Scope): Promise<DatabaseThread> {
  const thread = new DatabaseThread()
  scope.add(() => thread.close())
  const processFile = join(folder, 'vaxel.pid')
  // Made here, because SQLite would make it readable by everyone.
  await (await open(join(folder, 'vaxel.db'), 'a', 0o600)).close()
  try {
    await thread.open(join(folder, 'vaxel.db'), join(folder, 'vaxel.lock'))
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== 'SQLITE_BUSY') throw error
    const process = await readFile(processFile, 'utf8').catch(() => '')
    const whose = process.trim() === '' ? '' : ` (process ${process.trim()})`
    throw new Error(
      `The data folder ${folder} is in use by another Vaxel server${whose}. Stop that one, or choose another folder with VAXEL_DATA.`,
    )
  }
  await writeFile(processFile, `${process.pid}\n`, { mode: 0o600 })
  return thread
}
