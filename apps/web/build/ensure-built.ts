import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sourceStamp } from './source-stamp.ts'

const web = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(web, 'dist')

/**
 * The web app, built anew if its sources are other than those of the build that is there. Several processes may ask at
 * once: each builds aside, and the folder is put in place by a rename. Rejects when the sources cannot be bundled.
 * @returns the folder with the files to serve, and what the build is called
 */
export async function ensureWebBuilt(): Promise<{ readonly folder: string; readonly buildId: string }> {
  const buildId = await sourceStamp(web)
  const there = await readFile(join(folder, 'build-id'), 'utf8').catch(() => undefined)
  // The bundler is loaded only when it is needed.
  if (there !== buildId) await (await import('./build-web.ts')).buildWeb(folder, buildId)
  return { folder, buildId }
}
