import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { KeptFlowSound } from '@vaxel/core'

/** Uploaded sounds in `flow-sounds/COMPANY/` of the data folder. They are played to whoever calls, so they lie there plain. */
export class FlowSoundFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = resolve(folder, 'flow-sounds')
  }

  /** Both parts are identifiers of our own: no path leads out of the folder. */
  pathOf({ companyId, id }: Pick<KeptFlowSound, 'companyId' | 'id'>): string {
    return join(this.#folder, companyId, `${id}.wav`)
  }

  /** Whole or not at all. */
  async write(sound: KeptFlowSound, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(sound)
    await mkdir(join(this.#folder, sound.companyId), { recursive: true, mode: 0o700 })
    {
      await using file = await open(`${path}.part`, 'w', 0o600)
      await file.writeFile(bytes)
      await file.sync()
    }
    await rename(`${path}.part`, path)
  }

  read(sound: KeptFlowSound, start: number, end: number): AsyncIterable<Uint8Array> {
    return createReadStream(this.pathOf(sound), { start, end: end - 1 })
  }

  async remove(sound: KeptFlowSound): Promise<void> {
    await rm(this.pathOf(sound), { force: true })
  }
}
