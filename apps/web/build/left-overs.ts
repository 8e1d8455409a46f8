import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A process of another container cannot be seen from here: what is young is taken for a build that goes on. */
const youngMs = 10 * 60_000

/**
 * Removes what builds left beside a folder that were killed: `FOLDER.PID.HEX` of a process that is gone, with or without `.old`.
 * What cannot be removed stays; nobody's build fails for it.
 * @param nowMs for the age of what is there, milliseconds since 1970
 */
export async function removeLeftOvers(folder: string, nowMs: number): Promise<void> {
  const parent = dirname(folder)
  for (const name of await readdir(parent).catch(() => [])) {
    const pid = pidIn(name, basename(folder))
    const path = join(parent, name)
    if (pid !== undefined && !isAlive(pid) && nowMs - (await changedAtMs(path)) > youngMs)
      await rm(path, { recursive: true, force: true }).catch(() => {})
  }
}

function pidIn(name: string, folder: string): number | undefined {
  if (!name.startsWith(`${folder}.`)) return undefined
  const match = /^(\d{1,10})\.[0-9a-f]{8}(?:\.old)?$/.exec(name.slice(folder.length + 1))
  return match ? Number(match[1]) : undefined
}

/** Another build may have removed it meanwhile: then it is as young as can be. */
const changedAtMs = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  )

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
