import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { makeWavHeader, type RecordingCoding, wavHeaderBytes } from './wav-header.ts'

/** Blocks that may wait for the disk; what comes beyond is dropped (and heard as silence), so that memory stays bounded. */
export const mostWaiting = 8
/** A WAV file cannot say more. */
export const mostDataBytes = 0xffff_ffff - 4096

/**
 * A WAV file that grows block by block in the background. Its header is brought up to date after each block, so that the
 * file is valid at any moment, whatever kills the process. Nobody ever waits for the disk.
 */
export class RecordingFile {
  /** Blocks that the disk was too slow for, or refused. */
  droppedBlocks = 0
  readonly #file: FileHandle
  readonly #coding: RecordingCoding
  readonly #channels: 1 | 2
  readonly #sampleRate: number
  readonly #waiting: { bytes: Uint8Array; position: number }[] = []
  readonly #onTrouble: (reason: string) => void
  #dataBytes = 0
  /** Where the samples on the disk end. */
  #end = wavHeaderBytes
  #isFull = false
  #troubled = false
  #writing: Promise<void> | undefined

  private constructor(
    file: FileHandle,
    form: { coding: RecordingCoding; sampleRate: number; channels?: 1 | 2 },
    onTrouble: (reason: string) => void,
  ) {
    this.#file = file
    this.#coding = form.coding
    this.#channels = form.channels ?? 2
    this.#sampleRate = form.sampleRate
    this.#onTrouble = onTrouble
  }

  /**
   * Creates the file, readable by its owner alone, with its header. Rejects if it cannot, or if there is one already.
   * @param onTrouble told once, when the first block is lost
   */
  static async create(
    path: string,
    form: { coding: RecordingCoding; sampleRate: number; channels?: 1 | 2 },
    onTrouble: (reason: string) => void = () => {},
  ): Promise<RecordingFile> {
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      await file.write(makeWavHeader(form.coding, form.sampleRate, 0, form.channels), 0, wavHeaderBytes, 0)
    } catch (error) {
      await file.close()
      throw error
    }
    return new RecordingFile(file, form, onTrouble)
  }

  /** Takes a block of samples. */
  write(bytes: Uint8Array): void {
    if (this.#dataBytes + bytes.length > mostDataBytes) {
      if (!this.#isFull) this.#trouble('the file is as long as a WAV file can be')
      this.#isFull = true
      return
    }
    const position = wavHeaderBytes + this.#dataBytes
    // A block that is dropped keeps its time: its place becomes silence when the next one is written.
    this.#dataBytes += bytes.length
    if (this.#waiting.length >= mostWaiting) {
      this.droppedBlocks++
      this.#trouble('the disk is too slow')
      return
    }
    this.#waiting.push({ bytes: Uint8Array.from(bytes), position })
    this.#writing ??= this.#writeAll()
  }

  /** Resolves when nothing waits for the disk. */
  async settled(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }

  /** Writes what waits and closes the file. */
  async close(): Promise<void> {
    await this.settled()
    await this.#file.close().catch((error: unknown) => this.#trouble(String(error)))
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        await this.#writeBlock(next.bytes, next.position)
      } catch (error) {
        this.droppedBlocks++
        this.#trouble(error instanceof Error ? error.message : String(error))
      }
      this.#waiting.shift()
    }
    this.#writing = undefined
  }

  async #writeBlock(bytes: Uint8Array, position: number): Promise<void> {
    await this.#fillHole(position)
    let written = 0
    while (written < bytes.length) {
      const { bytesWritten } = await this.#file.write(bytes, written, bytes.length - written, position + written)
      if (bytesWritten === 0) throw new Error('the disk takes no more')
      written += bytesWritten
    }
    this.#end = position + bytes.length
    const header = makeWavHeader(this.#coding, this.#sampleRate, this.#end - wavHeaderBytes, this.#channels)
    await this.#file.write(header, 0, wavHeaderBytes, 0)
  }

  /** PCM holes read as zero, which is silence; A-law's silence is another byte. */
  async #fillHole(position: number): Promise<void> {
    if (this.#coding === 'pcm16') return
    const silence = new Uint8Array(Math.min(65536, position - this.#end)).fill(0xd5)
    for (let at = this.#end; at < position; at += silence.length) {
      await this.#file.write(silence, 0, Math.min(silence.length, position - at), at)
    }
  }

  #trouble(reason: string): void {
    if (this.#troubled) return
    this.#troubled = true
    this.#onTrouble(reason)
  }
}
