import type { AudioSource } from './audio-source.ts'
import { type Codec, tickMs } from './codec.ts'
import type { FrameSink } from './packet-ports.ts'

/** Longest payload that any of our codecs makes of 60 ms, bytes. */
export const mostFrameBytes = 1275

/** Sends a source to a leg, 20 ms a tick: playing, echo and what a conference member hears. It uses the codec's encoder. */
export class SourceSender {
  readonly #codec: Codec
  readonly #sink: FrameSink
  readonly #samples: Int16Array
  readonly #payload = new Uint8Array(mostFrameBytes)
  readonly #durationTicks: number
  #view: Uint8Array
  #source: AudioSource

  /** @param source at the codec's sampling rate */
  constructor(codec: Codec, source: AudioSource, sink: FrameSink) {
    this.#codec = codec
    this.#source = source
    this.#sink = sink
    this.#samples = new Int16Array((codec.sampleRate * tickMs) / 1000)
    this.#durationTicks = (codec.clockRate * tickMs) / 1000
    this.#view = this.#payload.subarray(0, 0)
  }

  /** Another source from the next tick on, in the same stream. The old one is not closed. */
  set source(source: AudioSource) {
    this.#source = source
  }

  /** Reads, encodes and sends one frame; only reads it where it would not be sent. Returns false with the last one of a source that ends. */
  tick(): boolean {
    const goesOn = this.#source.read(this.#samples)
    if (this.#sink.isOpen?.() === false) return goesOn
    const bytes = this.#codec.encode(this.#samples, this.#payload)
    if (bytes > 0) {
      if (this.#view.length !== bytes) this.#view = this.#payload.subarray(0, bytes)
      this.#sink.sendFrame(this.#view, this.#durationTicks, 0)
    }
    if (!goesOn) this.#sink.flush?.()
    return goesOn
  }
}
