import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { temporaryFolder } from '@vaxel/testkit'

/**
 * A real ext4 file system of the test's own that meets a fault, as of a dying disk: the kernel then makes it read-only in place,
 * under the open files of whoever writes. Needs root and a loop device.
 */
export class FailingDisk {
  /** On it, for a server. */
  readonly data: string
  readonly #folder: string
  readonly #image: string
  #isMounted = false

  constructor() {
    this.#folder = temporaryFolder('failing-disk')
    this.#image = join(temporaryFolder('failing-disk-image'), 'image')
    writeFileSync(this.#image, Buffer.alloc(48 * 1024 * 1024))
    run('mkfs.ext4', ['-q', '-F', this.#image])
    this.mount()
    this.data = join(this.#folder, 'data')
    mkdirSync(this.data)
  }

  /** Also repairs it, as an administrator would. */
  mount(): void {
    spawnSync('e2fsck', ['-p', '-f', this.#image])
    run('mount', ['-o', 'loop,errors=remount-ro', this.#image, this.#folder])
    this.#isMounted = true
  }

  unmount(): void {
    if (this.#isMounted) run('umount', ['-l', this.#folder])
    this.#isMounted = false
  }

  /** From now on nothing can be written to it, by nobody. */
  fail(): void {
    const device = run('losetup', ['-j', this.#image, '-O', 'NAME', '-n']).trim()
    writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, '1')
  }

  close(): void {
    this.unmount()
    rmSync(this.#image, { force: true })
  }
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`)
  return stdout
}
