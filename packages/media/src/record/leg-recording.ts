import { type Codec, tickMs } from '../audio/codec.ts'
import type { PacketSink } from '../relay/audio-sink.ts'
import { RecordedSide } from './recorded-side.ts'
import { RecordingFile } from './recording-file.ts'
import { SealedFile } from './sealed-file.ts'
import { blockMs, StereoRecorder } from './stereo-recorder.ts'
import { VoiceActivity } from './voice-activity.ts'
import type { RecordingCoding } from './wav-header.ts'

/** Both directions wait for the same time, so that they stay aligned; long enough for most lines. */
const delayMs = 120
/** What is still on its way at the end takes no longer. */
const mostAfterEndMs = 1000
const noSound = new Int16Array(tickMs * 8)

export interface RecordingForm {
  readonly coding: RecordingCoding
  readonly sampleRate: 8000 | 16000
}

export interface LegRecordingOptions {
  /** `both`: stereo (default). `said`: what the peer says, mono. */
  readonly of?: 'both' | 'said'
  /** Seals the file as it grows; 32 bytes. */
  readonly seal?: { readonly key: Uint8Array }
  /** `due` says `limit` after so much sound. */
  readonly mostMs?: number
  /** `due` says `silence` after so long without a voice of the peer. */
  readonly silenceMs?: number
  /** Told once if the disk is too slow or refuses; what is lost is silence in the file. */
  readonly onTrouble?: (reason: string) => void
}

/**
 * The recording of one leg: the packets of both directions go in, its owner ticks it every 20 ms, a sound file comes out.
 * It goes on whatever the leg is connected to. It decodes for itself: each direction has a codec of its own, which can change (recorded-side.ts).
 * While it is paused its time goes on, and nothing but silence is written.
 */
export class LegRecording {
  readonly path: string
  /** Why it should be ended now by its owner. */
  due: 'silence' | 'limit' | undefined
  readonly #options: LegRecordingOptions
  readonly #file: RecordingFile | SealedFile
  readonly #recorder: StereoRecorder
  readonly #said: RecordedSide
  readonly #heard: RecordedSide
  readonly #framesATick: number
  readonly #voice: VoiceActivity | undefined
  #isPaused = false
  #isClosed = false

  private constructor(
    path: string,
    form: RecordingForm,
    file: RecordingFile | SealedFile,
    options: LegRecordingOptions,
  ) {
    this.path = path
    this.#file = file
    this.#options = options
    this.#recorder = new StereoRecorder({ ...form, channels: channelsOf(options) }, file)
    const { sampleRate } = form
    const isListenedTo = options.silenceMs !== undefined
    this.#said = new RecordedSide(this.#recorder, 0, { sampleRate, delayMs, isListenedTo })
    this.#heard = new RecordedSide(this.#recorder, 1, { sampleRate, delayMs })
    this.#framesATick = (sampleRate * tickMs) / 1000
    this.#voice = isListenedTo ? new VoiceActivity() : undefined
  }

  /** Creates the file. Rejects if it cannot be written or exists already. */
  static async create(path: string, form: RecordingForm, options: LegRecordingOptions = {}): Promise<LegRecording> {
    const channels = channelsOf(options)
    const segmentBytes = ((form.sampleRate * blockMs) / 1000) * channels * (form.coding === 'pcm16' ? 2 : 1)
    const file = options.seal
      ? await SealedFile.create(path, { ...form, channels, segmentBytes }, options.seal.key, options.onTrouble)
      : await RecordingFile.create(path, { ...form, channels }, options.onTrouble)
    return new LegRecording(path, form, file, options)
  }

  /** Where the packets from the peer go, from now on in this codec; the recording closes it. Left channel. */
  receiveSaid(codec: Codec): PacketSink {
    this.#said.speaks(codec)
    return this.#said
  }

  /** Where the packets to the peer go, before they are encrypted. Right channel. */
  receiveHeard(codec: Codec): PacketSink {
    this.#heard.speaks(codec)
    return this.#heard
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

  /** Whether both directions are kept. */
  get isOfBoth(): boolean {
    return this.#options.of !== 'said'
  }

  /** From now on nothing can be heard in it. @returns where in the recording that begins, milliseconds */
  pause(): number {
    this.#isPaused = true
    this.#recorder.silenceUntil(Number.POSITIVE_INFINITY)
    return this.durationMs
  }

  /** Nothing that was said until now will be heard in it. @returns where in the recording sound begins again, milliseconds */
  resume(): number {
    const { position } = this.#recorder
    // What was said until now is still on its way through the delay, or through what a stalled line has made of it.
    const usual = position + (delayMs / tickMs) * this.#framesATick
    if (this.#isPaused) this.#recorder.silenceUntil(Math.max(usual, this.#said.end, this.#heard.end))
    this.#isPaused = false
    const silentMs = (Math.max(0, this.#recorder.silentUntil - position) * tickMs) / this.#framesATick
    return this.durationMs + silentMs
  }

  tick(): void {
    if (this.#isClosed) return
    const said = this.#said.tick()
    if (this.isOfBoth) this.#heard.tick()
    this.#voice?.hear(said ?? noSound)
    this.#recorder.pass(this.#framesATick)
    this.due ??= this.#dueNow()
  }

  /** Ends the recording; resolves when the file is complete. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    // What was said until now is still on its way through the delay; what was said while it was paused is not wanted.
    for (let left = this.#ticksUntilAllIsThere(); left > 0; left--) this.tick()
    this.#isClosed = true
    this.#said.close()
    this.#heard.close()
    this.#recorder.close()
    await this.#file.close()
  }

  /** The delay, or what a stalled line has made of it. */
  #ticksUntilAllIsThere(): number {
    const ahead = Math.max(this.#said.end, this.#heard.end) - this.#recorder.position
    return Math.min(Math.max(delayMs / tickMs, Math.ceil(ahead / this.#framesATick)), mostAfterEndMs / tickMs)
  }

  #dueNow(): 'silence' | 'limit' | undefined {
    const { mostMs, silenceMs } = this.#options
    if (mostMs !== undefined && this.durationMs >= mostMs) return 'limit'
    return this.#voice && silenceMs !== undefined && this.#voice.silentMs >= silenceMs ? 'silence' : undefined
  }
}

function channelsOf(options: LegRecordingOptions): 1 | 2 {
  return options.of === 'said' ? 1 : 2
}
