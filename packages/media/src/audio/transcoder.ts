import type { AudioPacket, PacketSink } from '../relay/audio-sink.ts'
import type { AudioSource } from './audio-source.ts'
import { type Codec, maxPacketMs, tickMs } from './codec.ts'
import { comfortNoisePayloadType, type FrameSink } from './packet-ports.ts'
import { Resampler } from './resampler.ts'
import { mostFrameBytes } from './source-sender.ts'

/** Packets lost in a row that are filled in; after more, the gap is passed on as a pause. */
const mostConcealed = 5
/** A timestamp that leaps further is another clock, not a pause. */
const longestPauseMs = 60000
const restartBehind = 100

/**
 * Turns the packets of one codec into packets of another as they come, without a jitter buffer: the receiver has one.
 * Lost packets are filled in (from the next one where the codec carries a copy), late ones are dropped, pauses stay pauses.
 * It sends frames of 20 ms whatever length it receives. Uses `from` to decode and `to` to encode.
 */
export class Transcoder implements PacketSink {
  /** Heard together with what is passed on, at the rate of `to`; gone once it is over. */
  over: AudioSource | undefined
  readonly #from: Codec
  readonly #to: Codec
  readonly #sink: FrameSink
  readonly #resampler: Resampler | undefined
  readonly #decoded: Int16Array
  readonly #line: Int16Array
  readonly #resampled: Int16Array
  readonly #frame: Int16Array
  readonly #overFrame: Int16Array
  readonly #output = new Uint8Array(mostFrameBytes)
  readonly #durationTicks: number
  #outputView: Uint8Array
  #inputView: Uint8Array = new Uint8Array(0)
  #lineLength = 0
  #ssrc = -1
  #nextSequence = 0
  #nextTimestamp = 0
  #packetSamples = 0
  #pauseTicks = 0

  constructor(from: Codec, to: Codec, sink: FrameSink) {
    this.#from = from
    this.#to = to
    this.#sink = sink
    this.#decoded = new Int16Array((from.sampleRate * maxPacketMs) / 1000)
    if (from.sampleRate !== to.sampleRate) this.#resampler = new Resampler(from.sampleRate, to.sampleRate)
    this.#resampled = new Int16Array(this.#resampler?.outputLength(this.#decoded.length) ?? 0)
    this.#frame = new Int16Array((to.sampleRate * tickMs) / 1000)
    this.#overFrame = new Int16Array(this.#frame.length)
    this.#line = new Int16Array((to.sampleRate * (maxPacketMs + 2 * tickMs)) / 1000)
    this.#durationTicks = (to.clockRate * tickMs) / 1000
    this.#outputView = this.#output.subarray(0, 0)
  }

  packet(packet: AudioPacket): void {
    if (packet.ssrc !== this.#ssrc) this.#begin(packet)
    const ahead = ((packet.sequence - this.#nextSequence) << 16) >> 16
    if (ahead < -restartBehind) this.#begin(packet)
    else if (ahead < 0) return
    this.#nextSequence = (packet.sequence + 1) & 0xffff
    // The pause before the first sound after it is seen in that packet's timestamp.
    if (packet.payloadType === comfortNoisePayloadType) return
    const payload = this.#payloadOf(packet)
    if (ahead > 0 && ahead <= mostConcealed) this.#conceal(packet, ahead, payload)
    this.#pause((packet.timestamp - this.#nextTimestamp) | 0)
    const samples = this.#from.decode(payload, this.#decoded)
    if (samples > 0) this.#packetSamples = samples
    else if (this.#packetSamples > 0) this.#from.conceal(this.#decoded, this.#packetSamples)
    this.#nextTimestamp = (packet.timestamp + this.#ticks(this.#packetSamples)) >>> 0
    this.#pass(this.#packetSamples)
  }

  #begin(packet: AudioPacket): void {
    if (this.#ssrc !== -1) this.#from.reset()
    this.#ssrc = packet.ssrc
    this.#nextSequence = packet.sequence
    this.#nextTimestamp = packet.timestamp
    this.#packetSamples = 0
  }

  /** Fills in the packets before this one, as far as its timestamp says that there was sound. */
  #conceal(packet: AudioPacket, lost: number, payload: Uint8Array): void {
    for (let left = lost; left > 0 && this.#packetSamples > 0; left--) {
      const gapTicks = (packet.timestamp - this.#nextTimestamp) | 0
      const ticks = this.#ticks(this.#packetSamples)
      if (gapTicks < ticks) return
      const made = this.#from.conceal(this.#decoded, this.#packetSamples, left === 1 ? payload : undefined)
      this.#nextTimestamp = (this.#nextTimestamp + ticks) >>> 0
      this.#pass(made)
    }
  }

  /** Takes note of a pause; a frame that was begun before it is completed with silence. */
  #pause(gapTicks: number): void {
    if (gapTicks <= 0 || (gapTicks * 1000) / this.#from.clockRate > longestPauseMs) return
    let ticks = Math.round((gapTicks * this.#to.clockRate) / this.#from.clockRate)
    if (this.#lineLength > 0) {
      const missing = this.#frame.length - this.#lineLength
      const missingTicks = (missing * this.#to.clockRate) / this.#to.sampleRate
      const filled = Math.min(missing, Math.floor((ticks * this.#to.sampleRate) / this.#to.clockRate))
      this.#line.fill(0, this.#lineLength, this.#lineLength + filled)
      this.#lineLength += filled
      this.#sendFrames()
      ticks = Math.max(0, ticks - missingTicks)
    }
    this.#pauseTicks += ticks
  }

  #ticks(samples: number): number {
    return (samples * this.#from.clockRate) / this.#from.sampleRate
  }

  #pass(samples: number): void {
    let sound = this.#decoded
    let count = samples
    if (this.#resampler !== undefined) {
      count = this.#resampler.process(this.#decoded, samples, this.#resampled)
      sound = this.#resampled
    }
    for (let i = 0; i < count; i++) this.#line[this.#lineLength + i] = sound[i] as number
    this.#lineLength += count
    this.#sendFrames()
  }

  #sendFrames(): void {
    const length = this.#frame.length
    while (this.#lineLength >= length) {
      for (let i = 0; i < length; i++) this.#frame[i] = this.#line[i] as number
      this.#line.copyWithin(0, length, this.#lineLength)
      this.#lineLength -= length
      if (this.over) this.#addOver(this.over)
      if (this.#sink.isOpen?.() === false) {
        this.#pauseTicks += this.#durationTicks
        continue
      }
      const bytes = this.#to.encode(this.#frame, this.#output)
      if (bytes === 0) continue
      if (this.#outputView.length !== bytes) this.#outputView = this.#output.subarray(0, bytes)
      const pauseTicks = this.#pauseTicks
      this.#pauseTicks = 0
      this.#sink.sendFrame(this.#outputView, this.#durationTicks, pauseTicks)
    }
  }

  #addOver(over: AudioSource): void {
    const goesOn = over.read(this.#overFrame)
    for (let i = 0; i < this.#frame.length; i++) {
      const sum = (this.#frame[i] as number) + (this.#overFrame[i] as number)
      this.#frame[i] = sum > 32_767 ? 32_767 : sum < -32_768 ? -32_768 : sum
    }
    if (goesOn) return
    over.close?.()
    this.over = undefined
  }

  /** The payload as a view; receivers that reuse one buffer and one length cost no new one. */
  #payloadOf(packet: AudioPacket): Uint8Array {
    const { bytes, payloadStart, payloadEnd } = packet
    const view = this.#inputView
    const offset = bytes.byteOffset + payloadStart
    const isSame =
      view.buffer === bytes.buffer && view.byteOffset === offset && view.length === payloadEnd - payloadStart
    if (!isSame) this.#inputView = bytes.subarray(payloadStart, payloadEnd)
    return this.#inputView
  }
}
