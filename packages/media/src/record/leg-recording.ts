import { type Codec, tickMs } from '../audio/codec.ts'
import { PeerVoice } from '../audio/peer-voice.ts'
import type { PacketSink } from '../relay/audio-sink.ts'
import { RecordingFile } from './recording-file.ts'
import { StereoRecorder } from './stereo-recorder.ts'
import type { RecordingCoding } from './wav-header.ts'

/** Both directions wait for the same time, so that they stay aligned; long enough for most lines. */
const delayMs = 120

export interface RecordingForm {
  readonly coding: RecordingCoding
  readonly sampleRate: 8000 | 16000
}

/**
 * The recording of one leg: the packets of both directions go in, its owner ticks it every 20 ms, a stereo file comes out.
 * It goes on whatever the leg is connected to. It decodes for itself: each direction has a codec of its own, which can change.
 */
export class LegRecording {
  readonly path: string
  readonly #form: RecordingForm
  readonly #file: RecordingFile
  readonly #recorder: StereoRecorder
  readonly #left: Int16Array
  readonly #right: Int16Array
  #said: PeerVoice | undefined
  #heard: PeerVoice | undefined
  #saidCodec: Codec | undefined
  #heardCodec: Codec | undefined
  #isClosed = false

  private constructor(path: string, form: RecordingForm, file: RecordingFile) {
    this.path = path
    this.#form = form
    this.#file = file
    this.#recorder = new StereoRecorder(form, file)
    this.#left = new Int16Array((form.sampleRate * tickMs) / 1000)
    this.#right = new Int16Array(this.#left.length)
  }

  /**
   * Creates the file. Rejects if it cannot be written or exists already.
   * @param onTrouble told once if the disk is too slow or refuses; what is lost is silence in the file
   */
  static async create(path: string, form: RecordingForm, onTrouble?: (reason: string) => void): Promise<LegRecording> {
    return new LegRecording(path, form, await RecordingFile.create(path, form, onTrouble))
  }

  /** Where the packets from the peer go, from now on in this codec; the recording closes it. Left channel. */
  receiveSaid(codec: Codec): PacketSink {
    this.#saidCodec?.close()
    this.#saidCodec = codec
    this.#said = new PeerVoice(codec, this.#form.sampleRate, { fixedDelayMs: delayMs })
    return this.#said
  }

  /** Where the packets to the peer go, before they are encrypted. Right channel. */
  receiveHeard(codec: Codec): PacketSink {
    this.#heardCodec?.close()
    this.#heardCodec = codec
    this.#heard = new PeerVoice(codec, this.#form.sampleRate, { fixedDelayMs: delayMs })
    return this.#heard
  }

  get durationMs(): number {
    return this.#recorder.durationMs
  }

  get droppedBlocks(): number {
    return this.#file.droppedBlocks
  }

  tick(): void {
    if (this.#isClosed) return
    this.#said?.read(this.#left)
    this.#heard?.read(this.#right)
    this.#recorder.write(this.#left, this.#right, this.#left.length)
  }

  /** Ends the recording; resolves when the file is complete. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    for (let waited = 0; waited < delayMs; waited += tickMs) this.tick()
    this.#isClosed = true
    this.#saidCodec?.close()
    this.#heardCodec?.close()
    this.#recorder.close()
    await this.#file.close()
  }
}
