import { type Codec, tickMs } from '../audio/codec.ts'
import { comfortNoisePayloadType } from '../audio/packet-ports.ts'
import { PeerVoice } from '../audio/peer-voice.ts'
import type { AudioPacket, PacketSink } from '../relay/audio-sink.ts'
import { PlacedVoice } from './placed-voice.ts'
import type { Channel, StereoRecorder } from './stereo-recorder.ts'

/** What a change of the sampling rate adds. */
const filterMs = 5

/**
 * One direction of a recording, in whatever codec comes. G.711 in a recording of its rate is put to its place as it comes; everything else, and G.711 with
 * comfort noise, goes through a jitter buffer that is read tick by tick.
 */
export class RecordedSide implements PacketSink {
  readonly #recorder: StereoRecorder
  readonly #channel: Channel
  readonly #sampleRate: number
  readonly #delayMs: number
  readonly #isListenedTo: boolean
  readonly #tick: Int16Array
  #codec: Codec | undefined
  #placed: PlacedVoice | undefined
  #voice: PeerVoice | undefined
  /** Until there what was put by its time stamp is kept, when a jitter buffer has taken over. */
  #keptUntil = 0

  /** @param options `isListenedTo`: {@link tick} gives the sound of each tick, for who must hear it while it is recorded */
  constructor(
    recorder: StereoRecorder,
    channel: Channel,
    options: { sampleRate: number; delayMs: number; isListenedTo?: boolean },
  ) {
    this.#recorder = recorder
    this.#channel = channel
    this.#sampleRate = options.sampleRate
    this.#delayMs = options.delayMs
    this.#isListenedTo = options.isListenedTo ?? false
    this.#tick = new Int16Array((options.sampleRate * tickMs) / 1000)
  }

  /** From now on packets are in this codec; it is closed here. */
  speaks(codec: Codec): void {
    this.#codec?.close()
    this.#codec = codec
    const isG711 = codec.name === 'PCMA' || codec.name === 'PCMU'
    if (!isG711 || codec.sampleRate !== this.#sampleRate || this.#isListenedTo) return this.#buffer(codec)
    this.#voice = undefined
    this.#placed = new PlacedVoice(this.#recorder, this.#channel, codec.name, this.#delayMs)
  }

  packet(packet: AudioPacket): void {
    if (this.#placed) {
      if (packet.payloadType !== comfortNoisePayloadType) return this.#placed.packet(packet)
      // Who sends comfort noise does so again and again, and pauses in between.
      if (this.#codec) this.#buffer(this.#codec)
    }
    this.#voice?.packet(packet)
  }

  /** Up to there in the recording, or not as far, is the sound that has come until now. */
  get end(): number {
    if (this.#placed) return this.#placed.end
    const heldMs = this.#voice ? this.#voice.buffer.heldMs + filterMs : 0
    return Math.max(this.#keptUntil, this.#recorder.position + Math.ceil((heldMs * this.#sampleRate) / 1000))
  }

  /** Brings the sound of the tick that is about to pass, where it is not there already; undefined then. */
  tick(): Int16Array | undefined {
    if (!this.#voice) return undefined
    const tick = this.#tick
    this.#voice.read(tick)
    const { position } = this.#recorder
    const kept = Math.min(tick.length, Math.max(0, this.#keptUntil - position))
    this.#recorder.place(this.#channel, position + kept, kept > 0 ? tick.subarray(kept) : tick, tick.length - kept)
    return tick
  }

  close(): void {
    this.#codec?.close()
  }

  #buffer(codec: Codec): void {
    this.#keptUntil = this.#placed?.end ?? this.#keptUntil
    this.#placed = undefined
    this.#voice = new PeerVoice(codec, this.#sampleRate, { fixedDelayMs: this.#delayMs })
  }
}
