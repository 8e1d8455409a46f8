import { lstat, readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { isSafePath } from './backup-format.ts'

/** Set aside for entries that the database could not take; what is in it is not yet in the database, nor in the snapshot. */
const passing = /^(journal|lost\+found)|\.(partial|tmp)$|\.restoring-/

/** A file of the data folder. */
export interface DataFile {
  /** Relative to the data folder, with slashes. */
  readonly path: string
  /** Absolute. */
  readonly place: string
}

/**
 * Everything in a data folder but the database itself, in the order of names: what a later version keeps there is kept too.
 * A folder directly in it may be a link (recordings on another disk); other links, sockets and devices are passed over.
 * @param except a file or folder that is not part of it: the backup that is being written
 */
export async function dataFiles(folder: string, except: string): Promise<DataFile[]> {
  const found: DataFile[] = []
  const look = async (place: string, depth: number): Promise<void> => {
    if (place === except || depth > 8) return
    const about = await (depth === 1 ? stat : lstat)(place).catch(() => undefined)
    if (about?.isDirectory()) for (const name of (await readdir(place)).sort()) await look(join(place, name), depth + 1)
    if (!about?.isFile()) return
    const path = relative(folder, place).split(sep).join('/')
    if (isSafePath(path)) found.push({ path, place })
  }
  for (const name of (await readdir(folder)).sort()) if (!passing.test(name)) await look(join(folder, name), 1)
  return found
}
