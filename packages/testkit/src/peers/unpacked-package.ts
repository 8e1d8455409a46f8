import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A Debian package that cannot be installed beside another one (Postfix beside Exim: both are the mail server of a machine), unpacked into a
 * folder of its own; its programs run from there. Fetched once a machine. Throws with a sentence when it cannot be had.
 * @returns the folder that stands for `/`
 */
export function unpackedPackage(name: string): string {
  const shelf = join(tmpdir(), `vaxel-peers-${process.getuid?.() ?? 0}`)
  const folder = join(shelf, name)
  if (existsSync(join(folder, 'usr'))) return folder
  mkdirSync(shelf, { recursive: true, mode: 0o755 })
  const work = mkdtempSync(join(shelf, 'unpacking-'))
  try {
    run('apt-get', ['download', '-q', name], work)
    const file = readdirSync(work).find((one) => one.endsWith('.deb'))
    if (file === undefined) throw new Error(`apt-get has not brought ${name}`)
    run('dpkg-deb', ['-x', file, join(work, 'root')], work)
    // Another test may have been quicker.
    if (!existsSync(join(folder, 'usr'))) renameSync(join(work, 'root'), folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return folder
}

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 120_000 })
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stdout + stderr}`.slice(0, 800))
}
