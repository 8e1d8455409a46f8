import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@vaxel/testkit'

/** A disk of the test's own that can be filled and emptied; needs root. */
export class SmallDisk {
  /** On it, for a server. */
  readonly data: string
  readonly #folder: string
  readonly #ballast: string

  constructor(sizeMiB: number) {
    this.#folder = temporaryFolder('small-disk')
    run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m`, 'vaxel-test', this.#folder])
    this.data = join(this.#folder, 'data')
    mkdirSync(this.data)
    this.#ballast = join(this.#folder, 'lost+found')
  }

  /** Takes all the space that is left, to the last block. */
  fill(): void {
    const part = Buffer.alloc(4096, 1)
    try {
      for (;;) writeFileSync(this.#ballast, part, { flag: 'a' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }

  makeRoom(): void {
    rmSync(this.#ballast, { force: true })
  }

  close(): void {
    run('umount', ['-l', this.#folder])
  }
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`)
}
