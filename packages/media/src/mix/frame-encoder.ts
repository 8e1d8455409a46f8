import { type Codec, tickMs } from '../audio/codec.ts'
import { Resampler } from '../audio/resampler.ts'
import { mostFrameBytes } from '../audio/source-sender.ts'
import type { PastFrames } from './past-frames.ts'

/** Makes a codec's payload of frames at a mix's rate: one for all who hear the same, or one of a member's own. */
export class FrameEncoder {
  readonly durationTicks: number
  readonly #codec: Codec
  readonly #resampler: Resampler | undefined
  readonly #samples: Int16Array
  readonly #payload = new Uint8Array(mostFrameBytes)
  #view: Uint8Array
  #lastTick = Number.NEGATIVE_INFINITY

  constructor(codec: Codec, mixRate: number) {
    this.#codec = codec
    this.durationTicks = (codec.clockRate * tickMs) / 1000
    if (mixRate !== codec.sampleRate) this.#resampler = new Resampler(mixRate, codec.sampleRate)
    this.#samples = new Int16Array((codec.sampleRate * tickMs) / 1000)
    this.#view = this.#payload.subarray(0, 0)
  }

  /**
   * Encodes the frame of a tick; asked again in the same tick, gives the same.
   * @param past run through first where it did not encode the tick before
   * @returns valid until the next call; empty when the codec pauses
   */
  encode(frame: Int16Array, tick: number, past: PastFrames): Uint8Array {
    if (tick === this.#lastTick) return this.#view
    if (tick !== this.#lastTick + 1) past.each((before) => this.#make(before))
    this.#lastTick = tick
    const bytes = this.#make(frame)
    if (this.#view.length !== bytes) this.#view = this.#payload.subarray(0, bytes)
    return this.#view
  }

  #make(frame: Int16Array): number {
    if (this.#resampler === undefined) this.#samples.set(frame)
    else this.#resampler.process(frame, frame.length, this.#samples)
    return this.#codec.encode(this.#samples, this.#payload)
  }
}
