import { globSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { debianPackages, findProgram } from '../program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/**
 * A wall clock for one process (libfaketime) that a test can set while it runs; the monotonic clock stays the machine's.
 * Nothing else on the machine sees it.
 */
export class FakeTime {
  /** For the process that shall see it. */
  readonly environment: Readonly<Record<string, string>>
  readonly #file: string
  #offsetSeconds = 0

  constructor() {
    const [library] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')
    if (library === undefined || !findProgram('faketime'))
      throw new Error(`faketime is not installed: apt-get install ${debianPackages['faketime']}`)
    this.#file = join(temporaryFolder('faketime'), 'offset')
    this.set(0)
    this.environment = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    }
  }

  /** How far its clock is before the machine's, seconds. */
  get offsetSeconds(): number {
    return this.#offsetSeconds
  }

  /** What the process sees as now, milliseconds since 1970. */
  nowMs(): number {
    return Date.now() + 1000 * this.#offsetSeconds
  }

  /** @param offsetSeconds before the machine's clock; negative is behind it */
  set(offsetSeconds: number): void {
    this.#offsetSeconds = offsetSeconds
    // In one step: a half-written file would be another time.
    writeFileSync(`${this.#file}.new`, `${offsetSeconds < 0 ? '' : '+'}${offsetSeconds}\n`)
    renameSync(`${this.#file}.new`, this.#file)
  }

  /** Jumps from where it is. */
  jump(bySeconds: number): void {
    this.set(this.#offsetSeconds + bySeconds)
  }
}
