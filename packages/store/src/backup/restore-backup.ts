import { lstat, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { BackupFault, damaged, diskFault } from './backup-fault.ts'
import { type BackupManifest, type EventNumbers, gapsIn, tablePrefix } from './backup-format.ts'
import { openPostgresTarget, openToServers } from './postgres-target.ts'
import { type BackupTaker, readBackup } from './read-backup.ts'
import type { RestoreTarget } from './restore-target.ts'
import { openSqliteTarget } from './sqlite-target.ts'

export interface RestoreOptions {
  readonly file: string
  readonly passphrase?: string
  /** The new data folder: not there yet, or empty; no link, and nothing that a disk is mounted on. */
  readonly into: string
  /** `postgres://…` of an empty database; without it the database is a file in the folder. */
  readonly databaseUrl?: string
  readonly nowMs: number
  /** Told the name of each part as it is begun. */
  readonly onProgress?: (part: string) => void
}

/** What there is after a restore. */
export interface Restored {
  readonly folder: string
  readonly manifest: BackupManifest
  /** What is worth knowing and kept nothing from being restored. */
  readonly remarks: readonly string[]
}

/**
 * Writes a backup into a new data folder, and into an empty PostgreSQL database if one is named, whichever database it came from.
 * All of it is written beside the folder and checked (checksums, the database's own check, foreign keys, counts, event numbers)
 * before the folder gets its name. Whatever fails before leaves nothing. Throws a {@link BackupFault} with a sentence.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { file, passphrase, databaseUrl, onProgress = () => {} } = options
  const folder = resolve(options.into)
  await refuseUnlessEmpty(folder)
  const beside = await makeBeside(folder)
  let target: RestoreTarget | undefined
  try {
    await refuseMounted(folder, beside)
    target = databaseUrl ? await openPostgresTarget(databaseUrl) : openSqliteTarget(beside)
    const manifest = await readBackup(file, passphrase, takerInto(target, beside, options, onProgress))
    onProgress('checks')
    const remarks = await check(file, target, manifest)
    await pointToDatabase(beside, databaseUrl)
    await target.finish()
    await target.close()
    target = undefined
    await syncAll(beside)
    await takeName(beside, folder, databaseUrl)
    if (databaseUrl) await openToServers(databaseUrl)
    return { folder, manifest, remarks }
  } catch (error) {
    throw diskFault(error, folder)
  } finally {
    await target?.close()
    await rm(beside, { recursive: true, force: true })
  }
}

async function refuseUnlessEmpty(folder: string): Promise<void> {
  if (
    await lstat(folder)
      .then((about) => about.isSymbolicLink())
      .catch(() => false)
  )
    throw new BackupFault(`${folder} is a link. Name the folder itself into which the backup is to be restored.`)
  try {
    if ((await readdir(folder)).length === 0) return
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === 'ENOENT') return
    if (code !== 'ENOTDIR') throw diskFault(error, folder)
  }
  throw new BackupFault(`${folder} is not empty. A backup is restored into a new folder only; name another one.`)
}

async function makeBeside(folder: string): Promise<string> {
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
    return await mkdtemp(`${folder}.restoring-`)
  } catch (error) {
    throw diskFault(error, dirname(folder))
  }
}

/** What a disk is mounted on keeps its name, so that nothing could take it in the end: tried with the empty folder that is there. */
async function refuseMounted(folder: string, beside: string): Promise<void> {
  const away = join(beside, 'was-there')
  try {
    await rename(folder, away)
  } catch (error) {
    // Anything else may go well in the end, and says so itself if not.
    if ((error as { code?: unknown }).code !== 'EBUSY') return
    throw new BackupFault(
      `${folder} is where a disk is mounted, and what is restored gets its name in one step, which cannot be done there. Name a folder on it, such as ${join(folder, 'data')}.`,
      { cause: error },
    )
  }
  await rename(away, folder)
}

function takerInto(
  target: RestoreTarget,
  folder: string,
  { file, nowMs }: RestoreOptions,
  onProgress: (part: string) => void,
): BackupTaker {
  return {
    about: ({ schemaVersion }) => target.prepare(schemaVersion, nowMs),
    table: async (name, columns) => {
      onProgress(`${tablePrefix}${name}`)
      const known = target.columnsOf(name)
      if (!known || columns.some((column) => !known.includes(column)))
        throw damaged(file, `its schema version has no such table ${JSON.stringify(name)}`)
      return async (rows) => {
        try {
          await target.write({ name, columns }, rows)
        } catch (error) {
          throw isOfTheRow(error) ? damaged(file, (error as Error).message, error) : error
        }
      }
    },
    file: async (path) => {
      onProgress(path)
      const place = join(folder, path)
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      const made = await open(place, 'wx', 0o600)
      return {
        write: async (bytes) => {
          await made.writeFile(bytes)
        },
        end: async () => {
          await made.sync()
          await made.close()
        },
      }
    },
  }
}

/** Rows that the tables refuse: no database held them. SQLSTATE classes 22 and 23 are data and constraints. */
const isOfTheRow = (error: unknown): boolean =>
  /^(SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)|2[23])/.test(String((error as { code?: unknown }).code))

/** @returns remarks */
async function check(file: string, target: RestoreTarget, { parts, events }: BackupManifest): Promise<string[]> {
  const faults = [...(await target.faults())]
  for (const { name, rows } of parts) {
    if (rows === undefined) continue
    const there = await target.count(name.slice(tablePrefix.length))
    if (there !== rows) faults.push(`${name} has ${there} rows instead of ${rows}`)
  }
  const numbers = await target.eventNumbers()
  if (!isSame(numbers, events)) faults.push('the ledger has other events than the manifest says')
  if (faults.length > 0) throw damaged(file, faults.join('; '))
  const gaps = events ? gapsIn(events) : 0
  return gaps > 0 ? [`${gaps} numbers of events were missing in the ledger already when the backup was made.`] : []
}

const isSame = (a: EventNumbers | undefined, b: EventNumbers | undefined): boolean =>
  a?.first === b?.first && a?.last === b?.last && a?.count === b?.count

/** A restored configuration file must not lead the new server to the old one's database. */
async function pointToDatabase(folder: string, databaseUrl: string | undefined): Promise<void> {
  const place = join(folder, 'vaxel.json')
  const text = await readFile(place, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const { databaseUrl: before, ...others } = JSON.parse(text) as Record<string, unknown>
  if (before === undefined) return
  const now = databaseUrl === undefined ? others : { ...others, databaseUrl }
  await writeFile(place, `${JSON.stringify(now, undefined, 2)}\n`)
}

async function takeName(beside: string, folder: string, databaseUrl: string | undefined): Promise<void> {
  try {
    await rename(beside, folder)
  } catch (error) {
    const database = databaseUrl ? ' The database is filled, and no server starts on it: empty it before that.' : ''
    throw new BackupFault(
      `${folder} could not get its name (${(error as Error).message}). Nothing of it was kept; restore again into another folder.${database}`,
      { cause: error },
    )
  }
  await syncOne(dirname(folder))
}

async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory() || entry.name === 'vaxel.db') await syncOne(join(entry.parentPath, entry.name))
  await syncOne(folder)
}

async function syncOne(place: string): Promise<void> {
  await using handle = await open(place, 'r')
  await handle.sync()
}
