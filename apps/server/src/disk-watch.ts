import { statfs } from 'node:fs/promises'
import type { Clock, Timer } from '@vaxel/base'

const lookMs = 60_000
const gigabyte = 1e9

/** What is free in a folder, in bytes. */
export type FreeBytes = (folder: string) => Promise<number>

const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Warns while there is still room: a full disk stops no call, but nothing can be changed or recorded on it. */
export class DiskWatch {
  readonly #clock: Clock
  readonly #folders: readonly string[]
  readonly #leastBytes: number
  readonly #read: FreeBytes
  #warnings: readonly string[] = []
  #timer: Timer | undefined
  #isClosed = false

  /** @param options `leastBytes` free, below which it warns */
  constructor(options: { clock: Clock; folders: readonly string[]; leastBytes: number; read?: FreeBytes }) {
    this.#clock = options.clock
    this.#folders = [...new Set(options.folders)]
    this.#leastBytes = options.leastBytes
    this.#read = options.read ?? freeBytes
  }

  /** Looks now, and every minute from now on. */
  async look(): Promise<void> {
    const found: string[] = []
    for (const folder of this.#folders) {
      const bytes = await this.#read(folder).catch(() => undefined)
      if (bytes !== undefined && bytes < this.#leastBytes)
        found.push(
          `Only ${(bytes / gigabyte).toFixed(1)} GB are free where ${folder} is. Make room, or give it a larger disk, before recordings and changes cannot be kept.`,
        )
    }
    this.#warnings = found
    if (!this.#isClosed) this.#timer = this.#clock.startTimer(lookMs, () => void this.look())
  }

  warnings(): readonly string[] {
    return this.#warnings
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.stop()
  }
}
