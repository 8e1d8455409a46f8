import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseThread } from './database-thread.ts'

/**
 * Keeps the database as it is before a newer program changes it, as `vaxel.db.before-schema-VERSION`: the way back.
 * The copy of a migration that was cut off stays: the database is no longer as the older program knows it.
 * Throws with a sentence when there is no room for it; nothing is changed then.
 */
export async function copyBeforeMigration(thread: DatabaseThread, folder: string, toVersion: number): Promise<void> {
  const copy = join(folder, `vaxel.db.before-schema-${toVersion}`)
  const partial = `${copy}.partial`
  try {
    await rm(partial, { force: true })
    if (await isOfSameMigration(copy, thread)) return
    // Made here, because SQLite would make it readable by everyone; it takes an empty file as a new one.
    await (await open(partial, 'wx', 0o600)).close()
    await thread.query('vacuum into ?', [partial])
    {
      await using written = await open(partial, 'r')
      await written.sync()
    }
    await rename(partial, copy)
  } catch (error) {
    await rm(partial, { force: true })
    throw new Error(
      `The database needs a newer schema, and ${copy} could not be made before changing it: ${(error as Error).message}. Make room in ${folder} and start again; nothing was changed.`,
      { cause: error },
    )
  }
}

/** Whether the copy is of an earlier version of the same database, and nothing but steps of a migration came after it. */
async function isOfSameMigration(copy: string, thread: DatabaseThread): Promise<boolean> {
  if (!existsSync(copy)) return false
  const before = new DatabaseThread()
  try {
    await before.open(copy)
    const [then, now] = [await stateOf(before), await stateOf(thread)]
    return Number(then.version) < Number(now.version) && then.last === now.last
  } catch {
    // What cannot be read is no way back.
    return false
  } finally {
    await before.close()
  }
}

async function stateOf(database: DatabaseThread): Promise<{ version: unknown; last: number }> {
  const { rows } = await database.query('select max(version) as version from schema_version', [])
  return { version: rows[0]?.['version'], last: await database.lastEvent() }
}
