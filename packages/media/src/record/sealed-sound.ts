import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import {
  openSegment,
  readSealHeader,
  type SealForm,
  sealHeaderBytes,
  sealKeyBytes,
  sealOverheadBytes,
} from './sound-seal.ts'
import { makeWavHeader, wavHeaderBytes } from './wav-header.ts'

/** Part of a sealed file does not open: it was changed, or the key is another file's. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

/** What is found wrong in a sealed file. `cut`: its last segment is missing, as after a crash; what is there is good. */
export type SealVerdict = 'whole' | 'cut' | 'changed'

/**
 * A sealed sound file as the WAV file that is in it, read in any order; nothing opened is ever written anywhere.
 * Reading a file that still grows gives what was there when it was opened.
 */
export class SealedSound {
  readonly form: SealForm
  /** Bytes of the WAV file in it. */
  readonly sizeBytes: number
  /** False when the last segment is missing: it grows still, or was cut short. */
  readonly isWhole: boolean
  readonly #file: FileHandle
  readonly #key: Uint8Array
  readonly #header: Buffer
  readonly #segments: number
  readonly #sealedBytes: number
  readonly #wavHeader: Uint8Array
  #last: { readonly index: number; readonly sound: Buffer } | undefined

  private constructor(parts: {
    file: FileHandle
    key: Uint8Array
    header: Buffer
    form: SealForm
    segments: number
    sealedBytes: number
    soundBytes: number
    isWhole: boolean
  }) {
    this.#file = parts.file
    this.#key = parts.key
    this.#header = parts.header
    this.form = parts.form
    this.#segments = parts.segments
    this.#sealedBytes = parts.sealedBytes
    this.isWhole = parts.isWhole
    this.sizeBytes = wavHeaderBytes + parts.soundBytes
    const { coding, sampleRate, channels } = parts.form
    this.#wavHeader = makeWavHeader(coding, sampleRate, parts.soundBytes, channels)
  }

  /**
   * Opens a file; its last segment is proven at once.
   * @param key of this file, 32 bytes
   * @returns undefined when it is no sealed sound file. Rejects when there is no such file, and with {@link SealBroken} when the key is not its key.
   */
  static async open(path: string, key: Uint8Array): Promise<SealedSound | undefined> {
    if (key.length !== sealKeyBytes) throw new SealBroken('the key has not 32 bytes')
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const status = await file.stat()
      const header = Buffer.alloc(sealHeaderBytes)
      const form = status.isFile() && (await readWhole(file, header, 0)) ? readSealHeader(header) : undefined
      const opened = form && (await SealedSound.#measure(file, key, header, form, status.size))
      if (opened === undefined) await file.close()
      return opened
    } catch (error) {
      await file.close()
      throw error
    }
  }

  static async #measure(
    file: FileHandle,
    key: Uint8Array,
    header: Buffer,
    form: SealForm,
    fileBytes: number,
  ): Promise<SealedSound> {
    const slot = form.segmentBytes + sealOverheadBytes
    const full = Math.floor((fileBytes - sealHeaderBytes) / slot)
    const rest = fileBytes - sealHeaderBytes - full * slot
    const parts = { file, key, header, form }
    // What is shorter than a segment is the last one, or one that was being written when the process was killed.
    if (rest >= sealOverheadBytes) {
      const tail = Buffer.alloc(rest)
      const isRead = await readWhole(file, tail, sealHeaderBytes + full * slot)
      const last = isRead ? openSegment(key, header, full, tail) : undefined
      if (last?.isLast) {
        const soundBytes = full * form.segmentBytes + last.sound.length
        return new SealedSound({ ...parts, segments: full + 1, sealedBytes: fileBytes, soundBytes, isWhole: true })
      }
    }
    const sealedBytes = sealHeaderBytes + full * slot
    const soundBytes = full * form.segmentBytes
    const sound = new SealedSound({ ...parts, segments: full, sealedBytes, soundBytes, isWhole: false })
    if (full > 0 && (await sound.#open(full - 1)) === undefined && (await sound.#open(0)) === undefined) {
      throw new SealBroken('the key does not open the file')
    }
    return sound
  }

  get durationMs(): number {
    const { coding, channels, sampleRate } = this.form
    const frames = (this.sizeBytes - wavHeaderBytes) / (channels * (coding === 'pcm16' ? 2 : 1))
    return Math.round((frames * 1000) / sampleRate)
  }

  /** Bytes of the WAV file from `start` (inclusive) to `end` (exclusive), in pieces. Rejects with {@link SealBroken}. */
  async *read(start: number, end: number): AsyncGenerator<Uint8Array> {
    const stop = Math.min(end, this.sizeBytes)
    let at = Math.max(0, start)
    if (at < Math.min(stop, wavHeaderBytes)) {
      const piece = this.#wavHeader.slice(at, Math.min(stop, wavHeaderBytes))
      at += piece.length
      yield piece
    }
    while (at < stop) {
      const index = Math.floor((at - wavHeaderBytes) / this.form.segmentBytes)
      const sound = await this.#open(index)
      if (sound === undefined) throw new SealBroken(`segment ${index} was changed`)
      const from = at - wavHeaderBytes - index * this.form.segmentBytes
      const piece = sound.subarray(from, from + stop - at)
      if (piece.length === 0) throw new SealBroken(`segment ${index} is shorter than it was`)
      at += piece.length
      yield piece
    }
  }

  /** Opens every segment. */
  async verify(): Promise<SealVerdict> {
    for (let index = 0; index < this.#segments; index++) if ((await this.#open(index)) === undefined) return 'changed'
    return this.isWhole ? 'whole' : 'cut'
  }

  async close(): Promise<void> {
    this.#last = undefined
    await this.#file.close()
  }

  /** Players ask for a few kilobytes at a time: the segment that was opened last is kept. */
  async #open(index: number): Promise<Buffer | undefined> {
    if (this.#last?.index === index) return this.#last.sound
    const slot = this.form.segmentBytes + sealOverheadBytes
    const position = sealHeaderBytes + index * slot
    const sealed = Buffer.alloc(Math.min(slot, this.#sealedBytes - position))
    if (!(await readWhole(this.#file, sealed, position))) return undefined
    const opened = openSegment(this.#key, this.#header, index, sealed)
    if (opened === undefined || opened.isLast !== (this.isWhole && index === this.#segments - 1)) return undefined
    this.#last = { index, sound: opened.sound }
    return opened.sound
  }
}

async function readWhole(file: FileHandle, into: Uint8Array, position: number): Promise<boolean> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done)
    if (bytesRead === 0) return false
    done += bytesRead
  }
  return true
}
