import { encodeAlaw } from '../audio/g711.ts'
import type { RecordingCoding } from './wav-header.ts'

/** Sound that is collected before it goes to the disk, milliseconds: what a killed process loses at most. */
const blockMs = 500

/** Where blocks of samples go; they are given away. */
export interface BlockSink {
  write(bytes: Uint8Array): void
}

/**
 * Puts two streams side by side in time: left what the peer says, right what the peer hears. Its owner brings 20 ms of each
 * per tick; a side that brings nothing in a tick is silent there, so that the two never drift apart.
 */
export class StereoRecorder {
  readonly #coding: RecordingCoding
  readonly #sink: BlockSink
  readonly #blockFrames: number
  readonly #sampleRate: number
  #block: Uint8Array
  #filled = 0
  #frames = 0

  constructor(form: { coding: RecordingCoding; sampleRate: number }, sink: BlockSink) {
    this.#coding = form.coding
    this.#sampleRate = form.sampleRate
    this.#sink = sink
    this.#blockFrames = (form.sampleRate * blockMs) / 1000
    this.#block = this.#newBlock()
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
    for (let i = 0; i < count; i++) {
      this.#put(left?.[i] ?? 0, right?.[i] ?? 0)
      if (++this.#filled === this.#blockFrames) this.#flush()
    }
    this.#frames += count
  }

  /** Gives away what is collected. */
  close(): void {
    if (this.#filled > 0) this.#flush()
  }

  #put(left: number, right: number): void {
    const block = this.#block
    if (this.#coding === 'alaw') {
      block[2 * this.#filled] = encodeAlaw(left)
      block[2 * this.#filled + 1] = encodeAlaw(right)
      return
    }
    const at = 4 * this.#filled
    block[at] = left & 255
    block[at + 1] = left >> 8
    block[at + 2] = right & 255
    block[at + 3] = right >> 8
  }

  #flush(): void {
    this.#sink.write(this.#block.subarray(0, this.#filled * this.#frameBytes))
    this.#block = this.#newBlock()
    this.#filled = 0
  }

  get #frameBytes(): number {
    return this.#coding === 'alaw' ? 2 : 4
  }

  #newBlock(): Uint8Array {
    return new Uint8Array(this.#blockFrames * this.#frameBytes)
  }
}
