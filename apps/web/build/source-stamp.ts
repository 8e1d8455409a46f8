import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What goes into the app: its own sources, the packages that it imports, the builder, and the packages as locked. */
const sources = [
  'src/**/*',
  'build/**/*',
  'public/**/*',
  '../../packages/base/src/**/*.ts',
  '../../packages/{base,contract,site}/src/**/*.ts',
  '../../packages/site/src/**/*.ts',
  '../../package-lock.json',
]

/** A short hash of everything that the app is built from. @param web the folder of apps/web */
export async function sourceStamp(web: string): Promise<string> {
  const paths: string[] = []
  for await (const entry of glob(sources, { cwd: web, withFileTypes: true }))
    if (entry.isFile() && !entry.name.endsWith('.test.ts')) paths.push(join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const [i, bytes] of (await Promise.all(paths.sort().map((path) => readFile(path)))).entries())
    hash.update(`${paths[i]!.slice(web.length)}\n${bytes.length}\n`).update(bytes)
  return hash.digest('hex').slice(0, 16)
}
