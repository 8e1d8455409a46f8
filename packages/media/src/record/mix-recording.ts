import { RecordingFile } from './recording-file.ts'
import { SealedFile } from './sealed-file.ts'
import { blockMs, StereoRecorder } from './stereo-recorder.ts'

export interface MixRecordingOptions {
  /** Seals the file as it grows; 32 bytes. */
  readonly seal?: { readonly key: Uint8Array }
  /** `due` says `limit` after so much sound. */
  readonly mostMs?: number
  /** For how long at most what was said until now is still on its way to the mix, milliseconds. */
  readonly onItsWayMs?: () => number
  /** Told once if the disk is too slow or refuses; what is lost is silence in the file. */
  readonly onTrouble?: (reason: string) => void
}

/**
 * The recording of a conference: what everybody hears in it, mono, a mix's tick after the other. It belongs to nobody in the conference,
 * so that it goes on whoever leaves.
 */
export class MixRecording {
  /** Why it should be ended now by its owner. */
  due: 'limit' | undefined
  readonly #file: RecordingFile | SealedFile
  readonly #recorder: StereoRecorder
  readonly #options: MixRecordingOptions
  readonly #sampleRate: number
  #isPaused = false
  #isClosed = false

  private constructor(file: RecordingFile | SealedFile, sampleRate: number, options: MixRecordingOptions) {
    this.#file = file
    this.#options = options
    this.#sampleRate = sampleRate
    this.#recorder = new StereoRecorder({ coding: 'pcm16', sampleRate, channels: 1, lateMs: 0 }, file)
  }

  /** Creates the file. Rejects if it cannot be written or exists already. */
  static async create(path: string, sampleRate: number, options: MixRecordingOptions = {}): Promise<MixRecording> {
    const form = { coding: 'pcm16', sampleRate, channels: 1 } as const
    const segmentBytes = ((sampleRate * blockMs) / 1000) * 2
    const file = options.seal
      ? await SealedFile.create(path, { ...form, segmentBytes }, options.seal.key, options.onTrouble)
      : await RecordingFile.create(path, form, options.onTrouble)
    return new MixRecording(file, sampleRate, options)
  }

  get durationMs(): number {
    return this.#recorder.durationMs
  }

  get droppedBlocks(): number {
    return this.#file.droppedBlocks
  }

  /** Of a sealed file that was closed whole, hexadecimal. */
  get sha256(): string | undefined {
    return this.#file instanceof SealedFile ? this.#file.sha256 : undefined
  }

  /** False when the file could not be ended as it should. */
  get isWhole(): boolean {
    return this.#file instanceof SealedFile ? this.#file.isWhole : true
  }

  /** From now on nothing can be heard in it. @returns where in the recording, milliseconds */
  pause(): number {
    this.#isPaused = true
    this.#recorder.silenceUntil(Number.POSITIVE_INFINITY)
    return this.durationMs
  }

  /** Nothing that was said until now will be heard in it. @returns where in the recording sound begins again, milliseconds */
  resume(): number {
    const { position } = this.#recorder
    if (this.#isPaused) {
      const onItsWayMs = this.#options.onItsWayMs?.() ?? 0
      this.#recorder.silenceUntil(position + Math.ceil((onItsWayMs * this.#sampleRate) / 1000))
    }
    this.#isPaused = false
    const silent = Math.max(0, this.#recorder.silentUntil - position)
    return this.durationMs + Math.round((silent * 1000) / this.#sampleRate)
  }

  /** What was heard in one tick. */
  write(samples: Int16Array): void {
    if (this.#isClosed) return
    this.#recorder.write(samples, undefined, samples.length)
    const { mostMs } = this.#options
    if (mostMs !== undefined && this.durationMs >= mostMs) this.due = 'limit'
  }

  /** Ends the recording; resolves when the file is complete. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#recorder.close()
    await this.#file.close()
  }
}
