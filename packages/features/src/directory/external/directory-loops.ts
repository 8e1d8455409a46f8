import type { ExternalDirectory, ExternalDirectoryId } from '@vaxel/core'
import { DirectoryLoop, type DirectoryState, type LoopHealth } from './directory-loop.ts'
import type { ReadingParts } from './parts.ts'
import { Slots } from '@vaxel/base'

const readAtOnce = 3

/** A loop for each directory that there is. */
export class DirectoryLoops {
  readonly #parts: ReadingParts
  readonly #turns = new Slots(readAtOnce)
  readonly #loops = new Map<ExternalDirectoryId, { readonly loop: DirectoryLoop; readonly of: ExternalDirectory }>()
  #isStarted = false

  constructor(parts: ReadingParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    this.#isStarted = true
    await this.follow()
  }

  /** Reads what there is now, as it is set now. */
  async follow(): Promise<void> {
    const wanted = new Map(this.#parts.externalDirectories.all().map((directory) => [directory.id, directory]))
    for (const [id, { of }] of this.#loops) if (wanted.get(id) !== of) await this.stop(id)
    if (!this.#isStarted) return
    for (const directory of wanted.values()) {
      if (this.#loops.has(directory.id)) continue
      const loop = new DirectoryLoop({
        parts: this.#parts,
        directory,
        turns: this.#turns,
        onHealth: (...told) => this.#tell(...told),
      })
      this.#loops.set(directory.id, { loop, of: directory })
      loop.start()
    }
  }

  async stop(id: ExternalDirectoryId): Promise<void> {
    const known = this.#loops.get(id)
    this.#loops.delete(id)
    await known?.loop.stop()
  }

  healthOf(id: ExternalDirectoryId): LoopHealth {
    return this.#loops.get(id)?.loop.health ?? { state: 'waiting' }
  }

  readNow(id: ExternalDirectoryId, acceptsMissing: boolean): void {
    this.#loops.get(id)?.loop.readNow(acceptsMissing)
  }

  async close(): Promise<void> {
    this.#isStarted = false
    await Promise.all([...this.#loops.keys()].map((id) => this.stop(id)))
  }

  #tell({ id, companyId }: ExternalDirectory, state: DirectoryState): void {
    const { configuration, notices, clock } = this.#parts
    const users = configuration.current.usersOf(companyId)
    notices.publish({
      companyId,
      kind: 'externalDirectory.health',
      data: { directory: id, state },
      atMs: clock.now(),
      to: users.filter(({ role }) => role === 'administrator').map((user) => user.id),
    })
  }
}
