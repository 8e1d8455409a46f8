import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What may go into the probe: its sources, the packages that it imports, the builder, and the packages as locked. */
const sources = [
  'src/**/*.ts',
  'build/*.ts',
  ...['base', 'contract', 'site', 'sip', 'core', 'media'].map((name) => `../../packages/${name}/src/**/*.ts`),
  '../../package-lock.json',
]

/** A short hash of everything that the probe is built from. @param probe the folder of apps/probe */
export async function probeStamp(probe: string): Promise<string> {
  const paths: string[] = []
  for await (const entry of glob(sources, { cwd: probe, withFileTypes: true }))
    if (entry.isFile() && !/\.(test|fixture)\.ts$/.test(entry.name)) paths.push(join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const path of paths.sort()) {
    const bytes = await readFile(path)
    hash.update(`${path.slice(probe.length)}\n${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex').slice(0, 16)
}
