import { existsSync, readFileSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { nameOf } from './postgres/name-of.ts'

/** Its name keeps it out of backups, as all of the database's own files. */
const fileIn = (folder: string): string => join(folder, 'vaxel.db.elsewhere')

/**
 * Notes in the data folder on which PostgreSQL database its server is, or that it is on none: an embedded database of earlier days may lie there,
 * and a backup must not take it for the one that counts. What cannot be noted, on a full disk, keeps no server from its start.
 */
export async function noteDatabase(folder: string, url: string | undefined): Promise<void> {
  const name = url === undefined ? undefined : nameOf(url)
  if (databaseElsewhere(folder) === name) return
  try {
    if (name === undefined) return await rm(fileIn(folder), { force: true })
    await using file = await open(fileIn(folder), 'w', 0o600)
    await file.writeFile(`${name}\n`)
  } catch {
    // Backups are then as they were without it.
  }
}

/** The PostgreSQL database that the server of the folder has, as `host:port/name`; undefined where it has the embedded one. */
export function databaseElsewhere(folder: string): string | undefined {
  return existsSync(fileIn(folder)) ? readFileSync(fileIn(folder), 'utf8').trim() : undefined
}
