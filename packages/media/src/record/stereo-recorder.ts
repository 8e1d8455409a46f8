import { encodeAlaw } from '../audio/g711.ts'
import type { RecordingCoding } from './wav-header.ts'

/** Sound that is collected before it goes to the disk, milliseconds: what a killed process loses at most. */
export const blockMs = 500

/** Where blocks of sound go. */
export interface BlockSink {
  /** @param bytes valid during the call only */
  write(bytes: Uint8Array): void
}

/** Left is what the peer says, right what it hears. */
export type Channel = 0 | 1

/**
 * Two streams side by side in time: left what the peer says, right what the peer hears. Its owner lets 20 ms after 20 ms pass; sound is
 * put at its place, now or up to half a second ahead, and where none is put there is silence, so that the two never drift
 * apart. With one channel only the left side is kept. Places are frames since the beginning: one sample of each channel.
 */
export class StereoRecorder {
  readonly #isAlaw: boolean
  readonly #channels: 1 | 2
  readonly #sink: BlockSink
  readonly #blockFrames: number
  readonly #sampleRate: number
  /** The block that ends next, and the one after it; silence where nothing was put. */
  #block: Int16Array
  #next: Int16Array
  #blockStart = 0
  #position = 0
  #silentUntil = 0

  constructor(form: { coding: RecordingCoding; sampleRate: number; channels?: 1 | 2 }, sink: BlockSink) {
    this.#isAlaw = form.coding === 'alaw'
    this.#channels = form.channels ?? 2
    this.#sampleRate = form.sampleRate
    this.#sink = sink
    this.#blockFrames = (form.sampleRate * blockMs) / 1000
    this.#block = new Int16Array(this.#blockFrames * this.#channels)
    this.#next = new Int16Array(this.#block.length)
  }

  /** How much was recorded, milliseconds. */
  get durationMs(): number {
    return Math.round((this.#position * 1000) / this.#sampleRate)
  }

  /** Now. */
  get position(): number {
    return this.#position
  }

  /** Nothing that is put before it is kept. */
  get silentUntil(): number {
    return this.#silentUntil
  }

  /** Whatever is put before that frame is silence, and so is what has been put from now on; Infinity = until further notice. */
  silenceUntil(frame: number): void {
    this.#silentUntil = frame
    const from = this.#channels * (this.#position - this.#blockStart)
    this.#block.fill(0, from)
    this.#next.fill(0, Math.max(0, from - this.#block.length))
  }

  /** Puts samples at a place; what is over by then, or too far ahead, is left out. */
  place(channel: Channel, at: number, samples: Int16Array, count: number): void {
    const first = Math.max(at, this.#blockStart, this.#silentUntil)
    if (channel >= this.#channels || first >= at + count) return
    const middle = Math.min(at + count, this.#blockStart + this.#blockFrames)
    const end = Math.min(at + count, this.#blockStart + 2 * this.#blockFrames)
    const channels = this.#channels
    let to = (first - this.#blockStart) * channels + channel
    let frame = first
    for (const block = this.#block; frame < middle; frame++, to += channels) block[to] = samples[frame - at]!
    to -= this.#block.length
    for (const block = this.#next; frame < end; frame++, to += channels) block[to] = samples[frame - at]!
  }

  /** As {@link place}, a byte a sample: `expand` says which. */
  placeCoded(channel: Channel, at: number, bytes: Uint8Array, start: number, stop: number, expand: Int16Array): void {
    const first = Math.max(at, this.#blockStart, this.#silentUntil)
    if (channel >= this.#channels || first >= at + stop - start) return
    const middle = Math.min(at + stop - start, this.#blockStart + this.#blockFrames)
    const end = Math.min(at + stop - start, this.#blockStart + 2 * this.#blockFrames)
    const channels = this.#channels
    let to = (first - this.#blockStart) * channels + channel
    let from = start + first - at
    let last = start + middle - at
    for (const block = this.#block; from < last; from++, to += channels) block[to] = expand[bytes[from]!]!
    to -= this.#block.length
    last = start + end - at
    for (const block = this.#next; from < last; from++, to += channels) block[to] = expand[bytes[from]!]!
  }

  /** What has been put at a place; silence where that has gone to the disk. */
  read(channel: Channel, at: number, into: Int16Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const index = (at + i - this.#blockStart) * this.#channels + channel
      into[i] = index < 0 ? 0 : (this.#block[index] ?? this.#next[index - this.#block.length] ?? 0)
    }
  }

  /**
   * One tick of both sides, now.
   * @param left  what the peer said, or undefined for silence; of the same length as `right`
   * @param count samples of each side in this tick
   */
  write(left: Int16Array | undefined, right: Int16Array | undefined, count: number): void {
    if (left) this.place(0, this.#position, left, count)
    if (right) this.place(1, this.#position, right, count)
    this.pass(count)
  }

  /** So many frames are over. At most a block. */
  pass(count: number): void {
    this.#position += count
    if (this.#position - this.#blockStart >= this.#blockFrames) this.#flush(this.#blockFrames)
  }

  /** Gives away what is collected. */
  close(): void {
    if (this.#position > this.#blockStart) this.#flush(this.#position - this.#blockStart)
  }

  /** A WAV file is little-endian, as is every processor that the engine runs on. */
  #flush(frames: number): void {
    const block = this.#block
    const samples = frames * this.#channels
    if (this.#isAlaw) this.#sink.write(Uint8Array.from(block.subarray(0, samples), encodeAlaw))
    else this.#sink.write(new Uint8Array(block.buffer, 0, 2 * samples))
    block.fill(0)
    this.#block = this.#next
    this.#next = block
    this.#blockStart += frames
  }
}
