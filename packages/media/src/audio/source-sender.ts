import type { AudioSource } from './audio-source.ts'
import { type Codec, tickMs } from './codec.ts'
import type { FrameSink } from './packet-ports.ts'

/** Longest payload that any of our codecs makes of 60 ms, bytes. */
export const mostFrameBytes = 1275

// One frame at a time is made in a thread: what it needs meanwhile is there once, not with each of thousands of senders.
const payload = new Uint8Array(mostFrameBytes)
const scratch = new Map<number, Int16Array>()

function scratchOf(samples: number): Int16Array {
  const known = scratch.get(samples)
  if (known) return known
  const made = new Int16Array(samples)
  scratch.set(samples, made)
  return made
}

/** Sends a source to a leg, 20 ms a tick: playing, echo and what a conference member hears. It uses the codec's encoder. */
export class SourceSender {
  readonly #codec: Codec
  readonly #sink: FrameSink
  readonly #samples: Int16Array
  readonly #durationTicks: number
  /** Of the bytes of the last frame: most are as long as the one before. */
  #view: Uint8Array | undefined
  #source: AudioSource

  /** @param source at the codec's sampling rate */
  constructor(codec: Codec, source: AudioSource, sink: FrameSink) {
    this.#codec = codec
    this.#source = source
    this.#sink = sink
    this.#samples = scratchOf((codec.sampleRate * tickMs) / 1000)
    this.#durationTicks = (codec.clockRate * tickMs) / 1000
  }

  /** Another source from the next tick on, in the same stream. The old one is not closed. */
  set source(source: AudioSource) {
    this.#source = source
  }

  /** Reads, encodes and sends one frame; only reads it where it would not be sent. Returns false with the last one of a source that ends. */
  tick(): boolean {
    // Whatever the source leaves out must not be somebody else's words.
    this.#samples.fill(0)
    const goesOn = this.#source.read(this.#samples)
    if (this.#sink.isOpen?.() === false) return goesOn
    const bytes = this.#codec.encode(this.#samples, payload)
    if (bytes > 0) {
      if (this.#view?.length !== bytes) this.#view = payload.subarray(0, bytes)
      this.#sink.sendFrame(this.#view, this.#durationTicks, 0)
    }
    if (!goesOn) this.#sink.flush?.()
    return goesOn
  }
}
