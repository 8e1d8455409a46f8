import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const bytes = 32

/**
 * The key of browsers' SIP credentials, made on first use and readable by nobody else. It is not in backups: what is made
 * with it counts for hours only. Throws when the file holds something else.
 */
export async function browserPhoneKey(folder: string): Promise<Buffer> {
  const path = join(folder, 'browser-phones.key')
  const aside = `${path}.${process.pid}`
  const there = await readFile(path).catch(() => undefined)
  if (there) return checked(there, path)
  await writeFile(aside, randomBytes(bytes), { mode: 0o600 })
  // Whoever is first has made it; nobody reads half of one.
  await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
  return checked(await readFile(path), path)
}

function checked(key: Buffer, path: string): Buffer {
  if (key.length !== bytes) throw new Error(`${path} must hold ${bytes} bytes. Remove it, and a new one is made.`)
  return key
}
