import { createHash, type Hash } from 'node:crypto'
import { constants, write } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { mostDataBytes, mostWaiting } from './recording-file.ts'
import type { SegmentSealer } from './segment-sealer.ts'
import { makeSealHeader, type SealForm, sealHeaderBytes, sealKeyBytes, sealOverheadBytes } from './sound-seal.ts'
import { giveBack } from './spare-buffers.ts'

const nothing = Buffer.alloc(0)

/**
 * A sealed sound file that grows segment by segment in the background (sound-seal.ts). What was written stays readable
 * whatever kills the process; only `close` writes the last segment, which says that the file is whole. Nobody waits for the disk.
 * A segment costs one call back and no promise.
 */
export class SealedFile {
  /** Segments that the disk was too slow for, or refused; they are silence in the file. */
  droppedBlocks = 0
  /** SHA-256 of the whole file, hexadecimal; once it is closed, and only if it is whole. */
  sha256: string | undefined
  readonly #file: FileHandle
  readonly #sealer: SegmentSealer
  readonly #form: SealForm
  readonly #hash: Hash
  readonly #waiting: { sealed: Buffer; index: number; isLast: boolean }[] = []
  readonly #onTrouble: (reason: string) => void
  /** Segments taken, written or not. */
  #taken = 0
  /** Segments on the disk. */
  #written = 0
  #hasLast = false
  #isWhole = false
  #isFull = false
  readonly #told = new Set<string>()
  #isWriting = false
  /** What is being written, and how much of it has been. */
  #bytes: Buffer = nothing
  #bytesWritten = 0
  #settled: (() => void)[] = []

  private constructor(
    file: FileHandle,
    sealer: SegmentSealer,
    header: Buffer,
    form: SealForm,
    onTrouble: (r: string) => void,
  ) {
    this.#file = file
    this.#sealer = sealer
    this.#form = form
    this.#onTrouble = onTrouble
    this.#hash = createHash('sha256').update(header)
  }

  /**
   * Creates the file, readable by its owner alone, with its header. Rejects if it cannot, or if there is one already.
   * @param onTrouble told once for each reason, when a segment is lost
   */
  static async create(
    path: string,
    form: SealForm,
    key: Uint8Array,
    onTrouble: (reason: string) => void = () => {},
  ): Promise<SealedFile> {
    if (key.length !== sealKeyBytes) throw new Error(`a key of ${key.length} bytes seals nothing`)
    // Where nothing is sealed, as in the thread of calls, it is not there either.
    const { SegmentSealer } = await import('./segment-sealer.ts')
    const header = makeSealHeader(form)
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      const { bytesWritten } = await file.write(header, 0, header.length, 0)
      if (bytesWritten < header.length) throw new Error('the disk takes no more')
    } catch (error) {
      await file.close()
      throw error
    }
    return new SealedFile(file, new SegmentSealer(key, header), header, form, onTrouble)
  }

  /** Whether the file is closed with its last segment. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** Takes the sound of a segment, sealed at once. A shorter one is the last. */
  write(sound: Uint8Array): void {
    if (this.#hasLast) return
    if ((this.#taken + 2) * this.#form.segmentBytes > mostDataBytes) {
      if (!this.#isFull) this.#trouble('the file is as long as a WAV file can be')
      this.#isFull = true
      return
    }
    const isLast = sound.length < this.#form.segmentBytes
    const index = this.#taken++
    this.#hasLast = isLast
    if (this.#waiting.length >= mostWaiting && !isLast) {
      this.droppedBlocks++
      this.#trouble('the disk is too slow')
      return
    }
    this.#push(sound, index, isLast)
  }

  /** Resolves when nothing waits for the disk. */
  async settled(): Promise<void> {
    while (this.#isWriting) await new Promise<void>((resolve) => this.#settled.push(resolve))
  }

  /** Writes what waits and the last segment, and closes the file. */
  async close(): Promise<void> {
    if (!this.#hasLast) {
      this.#hasLast = true
      this.#push(nothing, this.#taken++, true)
    }
    await this.settled()
    this.#sealer.close()
    await this.#file.close().catch((error: unknown) => this.#trouble(String(error)))
    if (this.#isWhole) this.sha256 = this.#hash.digest('hex')
  }

  #push(sound: Uint8Array, index: number, isLast: boolean): void {
    this.#waiting.push({ sealed: this.#sealer.seal(index, isLast, sound), index, isLast })
    if (!this.#isWriting) this.#go()
  }

  /** Writes what waits next; a segment that was dropped keeps its time: silence stands in its place. */
  #go(): void {
    const next = this.#waiting[0]
    if (!next) return this.#rest()
    this.#isWriting = true
    const isDue = this.#written === next.index
    this.#bytes = isDue ? next.sealed : this.#sealer.seal(this.#written, false, this.#silence())
    this.#bytesWritten = 0
    this.#writeOn()
  }

  #writeOn(): void {
    const from = this.#bytesWritten
    const position = sealHeaderBytes + this.#written * (this.#form.segmentBytes + sealOverheadBytes) + from
    write(this.#file.fd, this.#bytes, from, this.#bytes.length - from, position, this.#wrote)
  }

  readonly #wrote = (error: Error | null, count: number): void => {
    const next = this.#waiting[0]!
    const bytes = this.#bytes
    const isDue = bytes === next.sealed
    this.#bytesWritten += count ?? 0
    if (!error && count > 0 && this.#bytesWritten < bytes.length) return this.#writeOn()
    const isRefused = error !== null || count === 0
    if (isRefused) {
      this.droppedBlocks++
      this.#trouble(error?.message ?? 'the disk takes no more')
    } else {
      this.#hash.update(bytes)
      this.#written++
      if (isDue) this.#isWhole = next.isLast
    }
    giveBack(bytes)
    if (isDue || isRefused) this.#waiting.shift()
    if (isRefused && !isDue) giveBack(next.sealed)
    this.#go()
  }

  #rest(): void {
    this.#isWriting = false
    this.#bytes = nothing
    const settled = this.#settled
    this.#settled = []
    for (const tell of settled) tell()
  }

  #silence(): Uint8Array {
    return new Uint8Array(this.#form.segmentBytes).fill(this.#form.coding === 'alaw' ? 0xd5 : 0)
  }

  #trouble(reason: string): void {
    if (this.#told.has(reason)) return
    this.#told.add(reason)
    this.#onTrouble(reason)
  }
}
