import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { RecordingFile, RecordingFiles } from '@vaxel/core'

/** Recordings in the data folder. */
export class StoredRecordings implements RecordingFiles {
  readonly #folder: string
  readonly #recordings: string

  /** @param folder the data folder */
  constructor(folder: string) {
    this.#folder = resolve(folder)
    this.#recordings = join(this.#folder, 'recordings')
  }

  async open(file: string): Promise<RecordingFile | undefined> {
    const path = resolve(this.#folder, file)
    // Whatever an entry of the ledger says, nothing outside is read.
    const inside = relative(this.#recordings, path)
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`)) return undefined
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) return undefined
    return {
      sizeBytes: found.size,
      read: (start, end) => createReadStream(path, { start, end: end - 1 }) as AsyncIterable<Uint8Array>,
    }
  }
}
