import { type Codec, tickMs } from '../audio/codec.ts'
import { JitterBuffer } from '../audio/jitter-buffer.ts'
import type { FrameSink, PacketSink } from '../audio/packet-ports.ts'
import { Resampler } from '../audio/resampler.ts'
import { type MixPlace, Mixer } from './mixer.ts'

/** Longest payload of 20 ms that any of our codecs makes, bytes. */
const mostFrameBytes = 1275

/**
 * A leg in a conference: its packets go in by {@link receive}, what it hears leaves by its frame sink, once a tick.
 * It uses the codec for both directions and closes it with itself.
 */
export class ConferenceMember implements PacketSink {
  readonly #place: MixPlace
  readonly #codec: Codec
  readonly #buffer: JitterBuffer
  readonly #sink: FrameSink
  readonly #up: Resampler | undefined
  readonly #down: Resampler | undefined
  readonly #frame: Int16Array
  readonly #payload = new Uint8Array(mostFrameBytes)
  readonly #durationTicks: number
  #isFirst = true
  #view: Uint8Array

  constructor(place: MixPlace, mixRate: number, codec: Codec, sink: FrameSink) {
    this.#place = place
    this.#codec = codec
    this.#buffer = new JitterBuffer(codec)
    this.#sink = sink
    if (codec.sampleRate !== mixRate) {
      this.#up = new Resampler(codec.sampleRate, mixRate)
      this.#down = new Resampler(mixRate, codec.sampleRate)
    }
    this.#frame = new Int16Array((codec.sampleRate * tickMs) / 1000)
    this.#durationTicks = (codec.clockRate * tickMs) / 1000
    this.#view = this.#payload.subarray(0, 0)
  }

  get place(): MixPlace {
    return this.#place
  }

  receive(
    sequence: number,
    timestamp: number,
    ssrc: number,
    payload: Uint8Array,
    arrivalMs: number,
    isComfortNoise: boolean,
  ): void {
    this.#buffer.put(sequence, timestamp, ssrc, payload, arrivalMs, isComfortNoise)
  }

  /** Before the mixing: what the member says. */
  fillInput(): void {
    if (this.#up === undefined) {
      this.#buffer.read(this.#place.input)
      return
    }
    this.#buffer.read(this.#frame)
    this.#up.process(this.#frame, this.#frame.length, this.#place.input)
  }

  /** After the mixing: what the member hears. */
  sendOutput(): void {
    let heard = this.#place.output
    if (this.#down !== undefined) {
      this.#down.process(heard, heard.length, this.#frame)
      heard = this.#frame
    }
    const bytes = this.#codec.encode(heard, this.#payload)
    if (bytes === 0) return
    if (this.#view.length !== bytes) this.#view = this.#payload.subarray(0, bytes)
    this.#sink.sendFrame(this.#view, this.#durationTicks, this.#isFirst)
    this.#isFirst = false
  }

  close(): void {
    this.#codec.close()
  }
}

/** A conference of legs with codecs of any kind. Its owner calls {@link tick} every 20 ms. */
export class Conference {
  readonly #mixer: Mixer
  readonly #members = new Set<ConferenceMember>()

  constructor(options: { sampleRate?: 16000 | 48000; mostSpeakers?: number } = {}) {
    this.#mixer = new Mixer(options)
  }

  get size(): number {
    return this.#members.size
  }

  get sampleRate(): number {
    return this.#mixer.sampleRate
  }

  /** @param codec for this member alone; an Opus codec best at the mix's own rate (16 kHz), which saves the resampling */
  join(codec: Codec, sink: FrameSink, options: { isMuted?: boolean } = {}): ConferenceMember {
    const member = new ConferenceMember(this.#mixer.join(options), this.#mixer.sampleRate, codec, sink)
    this.#members.add(member)
    return member
  }

  /** Takes the member out and closes it. Idempotent. */
  leave(member: ConferenceMember): void {
    if (!this.#members.delete(member)) return
    this.#mixer.leave(member.place)
    member.close()
  }

  tick(): void {
    for (const member of this.#members) member.fillInput()
    this.#mixer.tick()
    for (const member of this.#members) member.sendOutput()
  }

  close(): void {
    for (const member of this.#members) this.leave(member)
  }
}
