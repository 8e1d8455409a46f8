import { encodeAlaw } from '../audio/g711.ts'
import type { RecordingCoding } from './wav-header.ts'

/** Sound that is collected before it goes to the disk, milliseconds: what a killed process loses at most. */
export const blockMs = 500

/** Where blocks of samples go; they are given away. */
export interface BlockSink {
  write(bytes: Uint8Array): void
}

/**
 * Puts two streams side by side in time: left what the peer says, right what the peer hears. Its owner brings 20 ms of each
 * per tick; a side that brings nothing in a tick is silent there, so that the two never drift apart. With one channel only the
 * left side is kept.
 */
export class StereoRecorder {
  readonly #coding: RecordingCoding
  readonly #channels: 1 | 2
  readonly #sink: BlockSink
  readonly #blockFrames: number
  readonly #sampleRate: number
  #block: Uint8Array
  /** The block as samples, where it has 16 bits for each. */
  #samples: Int16Array | undefined
  #filled = 0
  #frames = 0

  constructor(form: { coding: RecordingCoding; sampleRate: number; channels?: 1 | 2 }, sink: BlockSink) {
    this.#coding = form.coding
    this.#channels = form.channels ?? 2
    this.#sampleRate = form.sampleRate
    this.#sink = sink
    this.#blockFrames = (form.sampleRate * blockMs) / 1000
    this.#block = this.#newBlock()
    this.#samples = this.#samplesOf(this.#block)
  }

  /** How much was recorded, milliseconds. */
  get durationMs(): number {
    return Math.round((this.#frames * 1000) / this.#sampleRate)
  }

  /**
   * One tick of both sides.
   * @param left  what the peer said, or undefined for silence; of the same length as `right`
   * @param count samples of each side in this tick
   */
  write(left: Int16Array | undefined, right: Int16Array | undefined, count: number): void {
    for (let at = 0; at < count; ) {
      const end = at + Math.min(count - at, this.#blockFrames - this.#filled)
      if (this.#samples) this.#putLinear(this.#samples, left, right, at, end)
      else this.#putAlaw(left, right, at, end)
      this.#filled += end - at
      at = end
      if (this.#filled === this.#blockFrames) this.#flush()
    }
    this.#frames += count
  }

  /** Gives away what is collected. */
  close(): void {
    if (this.#filled > 0) this.#flush()
  }

  /** A WAV file is little-endian, as is every processor that the engine runs on. */
  #putLinear(
    samples: Int16Array,
    left: Int16Array | undefined,
    right: Int16Array | undefined,
    start: number,
    end: number,
  ): void {
    const channels = this.#channels
    let to = channels * this.#filled
    for (let i = start; i < end; i++, to += channels) {
      samples[to] = left ? left[i]! : 0
      if (channels === 2) samples[to + 1] = right ? right[i]! : 0
    }
  }

  #putAlaw(left: Int16Array | undefined, right: Int16Array | undefined, start: number, end: number): void {
    const block = this.#block
    const channels = this.#channels
    let to = channels * this.#filled
    for (let i = start; i < end; i++, to += channels) {
      block[to] = encodeAlaw(left?.[i] ?? 0)
      if (channels === 2) block[to + 1] = encodeAlaw(right?.[i] ?? 0)
    }
  }

  #flush(): void {
    this.#sink.write(this.#block.subarray(0, this.#filled * this.#frameBytes))
    this.#block = this.#newBlock()
    this.#samples = this.#samplesOf(this.#block)
    this.#filled = 0
  }

  get #frameBytes(): number {
    return this.#channels * (this.#coding === 'alaw' ? 1 : 2)
  }

  #newBlock(): Uint8Array {
    return new Uint8Array(this.#blockFrames * this.#frameBytes)
  }

  #samplesOf({ buffer }: Uint8Array): Int16Array | undefined {
    return this.#coding === 'alaw' ? undefined : new Int16Array(buffer)
  }
}
