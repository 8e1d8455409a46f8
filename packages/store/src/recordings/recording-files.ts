import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm, stat, statfs } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { InspectedSound, RecordingFile, RecordingFolder, RecordingStore, SealedSoundReader } from '@vaxel/core'

/** How recordings that are sealed are named. */
const sealedEnding = '.vxs'

/**
 * Recordings in `recordings/COMPANY/` of the data folder. Sealed ones are opened as they are read, and never to the disk; those that were
 * made before recordings were sealed are read as they are.
 */
export class StoredRecordings implements RecordingFolder {
  readonly #folder: string
  readonly #recordings: string
  readonly #store: Pick<RecordingStore, 'findByFile' | 'keyOf'>
  readonly #sounds: SealedSoundReader

  /** @param options `folder`: the data folder */
  constructor(options: {
    folder: string
    store: Pick<RecordingStore, 'findByFile' | 'keyOf'>
    sounds: SealedSoundReader
  }) {
    this.#folder = resolve(options.folder)
    this.#recordings = join(this.#folder, 'recordings')
    this.#store = options.store
    this.#sounds = options.sounds
  }

  async open(file: string): Promise<RecordingFile | undefined> {
    const path = await this.#pathOf(file)
    if (path === undefined) return undefined
    if (file.endsWith(sealedEnding)) {
      const recording = await this.#store.findByFile(file)
      const key = recording && (await this.#store.keyOf(recording))
      return key && this.#sounds.open(path, key)
    }
    return {
      sizeBytes: (await stat(path)).size,
      read: (start, end) => createReadStream(path, { start, end: end - 1 }) as AsyncIterable<Uint8Array>,
    }
  }

  async place(companyId: string, name: string): Promise<{ file: string; path: string }> {
    const folder = join(this.#recordings, companyId)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, `${name}${sealedEnding}`)
    return { file: relative(this.#folder, path), path }
  }

  async inspect(file: string, key: Uint8Array): Promise<InspectedSound | undefined> {
    const path = await this.#pathOf(file)
    if (path === undefined) return undefined
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    const { size: sizeBytes } = await stat(path)
    const found = await this.#sounds.inspect(path, key).catch(() => undefined)
    return { sizeBytes, sha256: hash.digest('hex'), durationMs: 0, verdict: 'changed', ...found }
  }

  async isThere(file: string): Promise<boolean> {
    return (await this.#pathOf(file)) !== undefined
  }

  async remove(file: string): Promise<void> {
    const path = await this.#pathOf(file)
    if (path !== undefined) await rm(path, { force: true })
  }

  async freeBytes(): Promise<number | undefined> {
    const found = await statfs(this.#recordings).catch(() => statfs(this.#folder).catch(() => undefined))
    return found && found.bavail * found.bsize
  }

  /** Of a file that is there. Whatever an entry of the ledger says, nothing outside is read. */
  async #pathOf(file: string): Promise<string | undefined> {
    const path = resolve(this.#folder, file)
    const inside = relative(this.#recordings, path)
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`)) return undefined
    const found = await stat(path).catch(() => undefined)
    return found?.isFile() ? path : undefined
  }
}
