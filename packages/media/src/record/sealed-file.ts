import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { makeSealHeader, type SealForm, sealHeaderBytes, sealOverheadBytes, sealSegment } from './sound-seal.ts'
import { mostDataBytes, mostWaiting } from './recording-file.ts'

/**
 * A sealed sound file that grows segment by segment in the background (sound-seal.ts). What was written stays readable
 * whatever kills the process; only `close` writes the last segment, which says that the file is whole. Nobody waits for the disk.
 */
export class SealedFile {
  /** Segments that the disk was too slow for, or refused; they are silence in the file. */
  droppedBlocks = 0
  /** SHA-256 of the whole file, hexadecimal; once it is closed, and only if it is whole. */
  sha256: string | undefined
  readonly #file: FileHandle
  readonly #key: Uint8Array
  readonly #header: Buffer
  readonly #form: SealForm
  readonly #hash: Hash
  readonly #waiting: { sound: Uint8Array; index: number; isLast: boolean }[] = []
  readonly #onTrouble: (reason: string) => void
  /** Segments taken, written or not. */
  #taken = 0
  /** Segments on the disk. */
  #written = 0
  #hasLast = false
  #isWhole = false
  #isFull = false
  readonly #told = new Set<string>()
  #writing: Promise<void> | undefined

  private constructor(
    file: FileHandle,
    key: Uint8Array,
    header: Buffer,
    form: SealForm,
    onTrouble: (r: string) => void,
  ) {
    this.#file = file
    this.#key = key
    this.#header = header
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
    const header = makeSealHeader(form)
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      await writeWhole(file, header, 0)
    } catch (error) {
      await file.close()
      throw error
    }
    return new SealedFile(file, key, header, form, onTrouble)
  }

  /** Whether the file is closed with its last segment. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** Takes the sound of a segment over; the caller must not touch it again. A shorter one is the last. */
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
    this.#waiting.push({ sound, index, isLast })
    this.#writing ??= this.#writeAll()
  }

  /** Resolves when nothing waits for the disk. */
  async settled(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }

  /** Writes what waits and the last segment, and closes the file. */
  async close(): Promise<void> {
    if (!this.#hasLast) {
      this.#hasLast = true
      this.#waiting.push({ sound: new Uint8Array(0), index: this.#taken++, isLast: true })
      this.#writing ??= this.#writeAll()
    }
    await this.settled()
    await this.#file.close().catch((error: unknown) => this.#trouble(String(error)))
    if (this.#isWhole) this.sha256 = this.#hash.digest('hex')
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        // A segment that was dropped keeps its time: silence stands in its place.
        while (this.#written < next.index) await this.#writeSegment(this.#silence(), false)
        await this.#writeSegment(next.sound, next.isLast)
        this.#isWhole = next.isLast
      } catch (error) {
        this.droppedBlocks++
        this.#trouble(error instanceof Error ? error.message : String(error))
      }
      this.#waiting.shift()
    }
    this.#writing = undefined
  }

  async #writeSegment(sound: Uint8Array, isLast: boolean): Promise<void> {
    const sealed = sealSegment(this.#key, this.#header, this.#written, isLast, sound)
    const position = sealHeaderBytes + this.#written * (this.#form.segmentBytes + sealOverheadBytes)
    await writeWhole(this.#file, sealed, position)
    this.#hash.update(sealed)
    this.#written++
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

async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written)
    if (bytesWritten === 0) throw new Error('the disk takes no more')
    written += bytesWritten
  }
}
