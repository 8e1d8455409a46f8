import { encodeAlaw } from '../audio/g711.ts'
import type { RecordingCoding } from './wav-header.ts'

/** Sound that goes to the disk together, milliseconds. A killed process loses at most that, {@link graceMs}, and what is on its way through a delay. */
export const blockMs = 500
/** Sound stays open for so long behind now: what a stalled line brings late still finds its place. */
export const graceMs = 200
/** Blocks that are open, or can be: what has its place ahead goes to the later ones. */
const openBlocks = 3

/** Where blocks of sound go. */
export interface BlockSink {
  /** @param bytes valid during the call only */
  write(bytes: Uint8Array): void
}

/** Left is what the peer says, right what it hears. */
export type Channel = 0 | 1

/**
 * Two streams side by side in time: left what the peer says, right what the peer hears. Its owner lets 20 ms after 20 ms pass; sound is
 * put at its place, from {@link graceMs} ago to some 700 ms ahead, and where none is put there is silence, so that the two never
 * drift apart. With one channel only the left side is kept. Places are frames since the beginning: one sample of each channel.
 */
export class StereoRecorder {
  readonly #isAlaw: boolean
  readonly #channels: 1 | 2
  readonly #sink: BlockSink
  readonly #blockFrames: number
  readonly #graceFrames: number
  readonly #openFrames: number
  readonly #sampleRate: number
  /** The open blocks one after another, over and over; silence where nothing was put. */
  readonly #ring: Int16Array
  /** Where the block begins that goes to the disk next. */
  #open = 0
  #position = 0
  #silentUntil = 0

  /** @param form `lateMs`: for how long sound may come late; by default {@link graceMs} */
  constructor(
    form: { coding: RecordingCoding; sampleRate: number; channels?: 1 | 2; lateMs?: number },
    sink: BlockSink,
  ) {
    this.#isAlaw = form.coding === 'alaw'
    this.#channels = form.channels ?? 2
    this.#sampleRate = form.sampleRate
    this.#sink = sink
    this.#blockFrames = (form.sampleRate * blockMs) / 1000
    this.#graceFrames = (form.sampleRate * (form.lateMs ?? graceMs)) / 1000
    this.#openFrames = openBlocks * this.#blockFrames
    this.#ring = new Int16Array(this.#openFrames * this.#channels)
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
    for (let at = this.#position; at < this.#open + this.#openFrames; at++) {
      const index = (at % this.#openFrames) * this.#channels
      this.#ring.fill(0, index, index + this.#channels)
    }
  }

  /** Puts samples at a place; what is late for ever, or too far ahead, is left out. */
  place(channel: Channel, at: number, samples: Int16Array, count: number): void {
    const end = Math.min(at + count, this.#open + this.#openFrames)
    let frame = Math.max(at, this.#open, this.#silentUntil)
    if (channel >= this.#channels || frame >= end) return
    const ring = this.#ring
    const channels = this.#channels
    let index = (frame % this.#openFrames) * channels + channel
    for (; frame < end; frame++, index += channels) {
      if (index >= ring.length) index = channel
      ring[index] = samples[frame - at]!
    }
  }

  /** As {@link place}, a byte a sample: `expand` says which. */
  placeCoded(channel: Channel, at: number, bytes: Uint8Array, start: number, stop: number, expand: Int16Array): void {
    const end = Math.min(at + stop - start, this.#open + this.#openFrames)
    const frame = Math.max(at, this.#open, this.#silentUntil)
    if (channel >= this.#channels || frame >= end) return
    const ring = this.#ring
    const channels = this.#channels
    const last = start + end - at
    let from = start + frame - at
    let index = (frame % this.#openFrames) * channels + channel
    for (; from < last; from++, index += channels) {
      if (index >= ring.length) index = channel
      ring[index] = expand[bytes[from]!]!
    }
  }

  /** What has been put at a place; silence where that has gone to the disk. */
  read(channel: Channel, at: number, into: Int16Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const isOpen = at + i >= this.#open && at + i < this.#open + this.#openFrames
      into[i] = isOpen ? this.#ring[((at + i) % this.#openFrames) * this.#channels + channel]! : 0
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
    if (this.#position - this.#open >= this.#blockFrames + this.#graceFrames) this.#flush(this.#blockFrames)
  }

  /** Gives away what is collected. */
  close(): void {
    while (this.#position > this.#open) this.#flush(Math.min(this.#blockFrames, this.#position - this.#open))
  }

  /** A WAV file is little-endian, as is every processor that the engine runs on. */
  #flush(frames: number): void {
    const from = (this.#open % this.#openFrames) * this.#channels
    const block = this.#ring.subarray(from, from + frames * this.#channels)
    if (this.#isAlaw) this.#sink.write(Uint8Array.from(block, encodeAlaw))
    else this.#sink.write(new Uint8Array(block.buffer, block.byteOffset, block.byteLength))
    block.fill(0)
    this.#open += frames
  }
}
