import type { AudioSource } from '../audio/audio-source.ts'
import { Resampler } from '../audio/resampler.ts'
import { openSoundBytes, type SoundBytes } from './sound-bytes.ts'
import { parseWavHeader, type WavFormat, wavHeaderBytes } from './wav-format.ts'
import { decodeWavSamples, wavFrameBytes } from './wav-samples.ts'

/** Sound read ahead of its playing, milliseconds; two blocks of it are held. */
const blockMs = 1000

/**
 * Plays a WAV file, plain or sealed, read a second ahead in the background: the disk is never waited for. While nothing has been read
 * yet (at the start, or from a slow disk) it is silent and the file's own time stands still.
 */
export class FileSource implements AudioSource {
  /** Resolves when the file is known to be playable; `undefined`, or why it is not. The source is then over at once. */
  readonly opened: Promise<string | undefined>
  readonly #path: string
  readonly #seal: { readonly key: Uint8Array } | undefined
  readonly #sampleRate: number
  readonly #isLooped: boolean
  readonly #fromMs: number
  #file: SoundBytes | undefined
  #format: WavFormat | undefined
  #position = 0
  #block: Int16Array = new Int16Array(0)
  #blockAt = 0
  #ahead: Int16Array | undefined
  #reading: Promise<void> = Promise.resolve()
  #isReading = false
  #isOver = false
  #isClosed = false
  #resampler: Resampler | undefined
  readonly #input: Int16Array
  #output = new Int16Array(0)
  #outputAt = 0
  #outputEnd = 0

  /**
   * @param sampleRate of what `read` gives, whatever the file has
   * @param options `fromMs`: where it begins; beyond its end there is nothing to hear
   */
  constructor(
    path: string,
    sampleRate: number,
    options: { isLooped?: boolean; seal?: { readonly key: Uint8Array }; fromMs?: number } = {},
  ) {
    this.#path = path
    this.#seal = options.seal
    this.#sampleRate = sampleRate
    this.#isLooped = options.isLooped ?? false
    this.#fromMs = options.fromMs ?? 0
    this.#input = new Int16Array(480)
    this.opened = this.#open()
  }

  read(out: Int16Array): boolean {
    let filled = 0
    while (filled < out.length) {
      if (this.#outputAt === this.#outputEnd && !this.#convert()) break
      const count = Math.min(out.length - filled, this.#outputEnd - this.#outputAt)
      for (let i = 0; i < count; i++) out[filled + i] = this.#output[this.#outputAt + i] as number
      filled += count
      this.#outputAt += count
    }
    out.fill(0, filled)
    const isMoreHeld = this.#ahead !== undefined || this.#blockAt < this.#block.length
    return !this.#isOver || isMoreHeld || this.#outputAt < this.#outputEnd
  }

  /** Resolves when no read of the disk is under way. */
  async settled(): Promise<void> {
    await this.opened
    await this.#reading
  }

  close(): void {
    this.#isClosed = true
    this.#isOver = true
    this.#ahead = undefined
    this.#block = this.#block.subarray(0, 0)
    this.#blockAt = 0
    this.#outputEnd = this.#outputAt
    if (!this.#isReading) this.#closeFile()
  }

  /** Brings the next 10 ms or less to the listener's rate; false if nothing is at hand. */
  #convert(): boolean {
    const format = this.#format
    if (format === undefined) return false
    if (this.#blockAt === this.#block.length && !this.#nextBlock()) return false
    const count = Math.min(this.#block.length - this.#blockAt, Math.floor(format.sampleRate / 100))
    for (let i = 0; i < count; i++) this.#input[i] = this.#block[this.#blockAt + i] as number
    this.#blockAt += count
    this.#outputAt = 0
    if (this.#resampler !== undefined) {
      this.#outputEnd = this.#resampler.process(this.#input, count, this.#output)
      return true
    }
    this.#output.set(this.#input.subarray(0, count))
    this.#outputEnd = count
    return true
  }

  #nextBlock(): boolean {
    if (this.#ahead === undefined) return false
    this.#block = this.#ahead
    this.#blockAt = 0
    this.#ahead = undefined
    this.#readAhead()
    return this.#block.length > 0
  }

  #readAhead(): void {
    if (this.#isReading || this.#isOver) return
    this.#isReading = true
    this.#reading = this.#readBlock()
      .catch(() => {
        this.#isOver = true
      })
      .finally(() => {
        this.#isReading = false
        if (this.#isOver) this.#closeFile()
      })
  }

  async #readBlock(): Promise<void> {
    const format = this.#format
    const file = this.#file
    if (format === undefined || file === undefined) return
    if (this.#position >= format.dataEnd && this.#isLooped) this.#position = format.dataStart
    const size = wavFrameBytes(format)
    const wanted = Math.min(((format.sampleRate * blockMs) / 1000) * size, format.dataEnd - this.#position)
    const bytes = new Uint8Array(wanted)
    const bytesRead = await file.readAt(bytes, this.#position)
    if (this.#isClosed) return
    const whole = bytesRead - (bytesRead % size)
    this.#position += whole
    const samples = new Int16Array(whole / size)
    decodeWavSamples(format, bytes.subarray(0, whole), samples)
    this.#ahead = samples
    // A file that was cut short after it was opened ends here, looped or not.
    if (whole === 0 || (!this.#isLooped && this.#position >= format.dataEnd)) this.#isOver = true
  }

  async #open(): Promise<string | undefined> {
    try {
      const file = await openSoundBytes(this.#path, this.#seal)
      if (typeof file === 'string') return this.#fail(file)
      this.#file = file
      const head = new Uint8Array(Math.min(wavHeaderBytes, file.sizeBytes))
      const bytesRead = await file.readAt(head, 0)
      const parsed = parseWavHeader(head.subarray(0, bytesRead), file.sizeBytes)
      if (!parsed.ok) return this.#fail(parsed.reason)
      this.#begin(parsed.format)
      await this.#readBlock()
      if (this.#isOver) this.#closeFile()
      return undefined
    } catch (error) {
      return this.#fail(error instanceof Error ? error.message : 'the file cannot be read')
    }
  }

  #begin(format: WavFormat): void {
    this.#format = format
    const skipped = Math.floor((Math.max(0, this.#fromMs) * format.sampleRate) / 1000) * wavFrameBytes(format)
    this.#position = Math.min(format.dataEnd, format.dataStart + skipped)
    if (format.sampleRate !== this.#sampleRate) this.#resampler = new Resampler(format.sampleRate, this.#sampleRate)
    this.#output = new Int16Array(this.#resampler?.outputLength(this.#input.length) ?? this.#input.length)
  }

  #fail(reason: string): string {
    this.#isOver = true
    this.#closeFile()
    return reason
  }

  #closeFile(): void {
    const file = this.#file
    this.#file = undefined
    file?.close().catch(() => {})
  }
}
