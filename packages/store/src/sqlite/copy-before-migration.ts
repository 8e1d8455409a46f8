import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseThread } from './database-thread.ts'

/**
 * Keeps the database as it is before a newer program changes it, as `vaxel.db.before-schema-VERSION`: the way back.
 * Throws with a sentence when there is no room for it; nothing is changed then.
 */
export async function copyBeforeMigration(thread: DatabaseThread, folder: string, toVersion: number): Promise<void> {
  const copy = join(folder, `vaxel.db.before-schema-${toVersion}`)
  const partial = `${copy}.partial`
  try {
    await rm(partial, { force: true })
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
