import type { AudioPacket, PacketSink } from '../relay/audio-sink.ts'
import type { AudioSource } from './audio-source.ts'
import { type Codec, tickMs } from './codec.ts'
import { JitterBuffer } from './jitter-buffer.ts'
import { Resampler } from './resampler.ts'

/**
 * What a peer says, as a source: packets in, steady sound out at the rate wanted. Echo, conference, recording and digits
 * heard in the sound all begin with it. It uses the codec's decoder; the codec stays its owner's.
 */
export class PeerVoice implements PacketSink, AudioSource {
  readonly buffer: JitterBuffer
  readonly #resampler: Resampler | undefined
  readonly #frame: Int16Array

  /** @param sampleRate of what `read` gives: 8000, 16000 or 48000, by default the codec's own */
  constructor(codec: Codec, sampleRate = codec.sampleRate, options: { fixedDelayMs?: number } = {}) {
    this.buffer = new JitterBuffer(codec, options)
    if (sampleRate !== codec.sampleRate) this.#resampler = new Resampler(codec.sampleRate, sampleRate)
    this.#frame = new Int16Array((codec.sampleRate * tickMs) / 1000)
  }

  packet(packet: AudioPacket): void {
    this.buffer.packet(packet)
  }

  /** @param out exactly one tick, 20 ms */
  read(out: Int16Array): boolean {
    if (this.#resampler === undefined) {
      this.buffer.read(out)
      return true
    }
    this.buffer.read(this.#frame)
    this.#resampler.process(this.#frame, this.#frame.length, out)
    return true
  }
}
