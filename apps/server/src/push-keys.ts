import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makePushKeys, type PushKeys } from '@vaxel/connect'

/** The keys by which push services know this server, made on first use; without them browsers must subscribe anew. */
export async function pushKeys(folder: string): Promise<PushKeys> {
  const path = join(folder, 'push-keys.json')
  const there = await readFile(path, 'utf8').catch(() => undefined)
  if (there !== undefined) return JSON.parse(there) as PushKeys
  const made = makePushKeys()
  await writeFile(path, JSON.stringify(made), { mode: 0o600 })
  return made
}
