import type { AudioPacket, PacketSink } from '../relay/audio-sink.ts'
import { type Codec, maxPacketMs, tickMs } from './codec.ts'
import { ComfortNoise } from './comfort-noise.ts'
import { DelayTarget, longestDelayMs } from './delay-target.ts'
import { PacketQueue, type QueuedPacket } from './packet-queue.ts'
import { TimeStretch } from './time-stretch.ts'

/** What a read gave: sound of the peer, sound made up for a loss, comfort noise, or nothing. */
export type Heard = 'audio' | 'concealed' | 'noise' | 'silence'

/** Without a packet for so long, the talk spurt is over and the next packet begins a new one. */
const longestConcealmentMs = 100
/** A pause within the stream longer than this is skipped, not waited for. */
const longestGapMs = 500
const concealQuantumMs = 10
const delaySmoothing = 0.05
const toleranceMs = 15
const hurryMs = 60
/** More than that is dropped as soon as it is noticed. */
const mostHeldMs = longestDelayMs + 5 * tickMs + maxPacketMs
/** Frames between two changes of length, unless in a hurry. */
const framesBetweenStretches = 3

/**
 * Adaptive jitter buffer of one received stream: packets in at any time and in any order, steady sound out, a tick at a time.
 * - *buffering*: nothing plays; left when the delay target has passed since the first packet. Sound: what fades of the past, then noise or silence.
 * - *playing*: left after 100 ms without a packet. The delay (40 to 200 ms) follows the measured jitter by stretching the sound.
 * Packets are ordered by sequence number and placed in time by timestamp; a change of SSRC or a confirmed leap of the sequence begins anew.
 */
export class JitterBuffer implements PacketSink {
  readonly codec: Codec
  /** Packets that were not there when they were due. */
  lostPackets = 0
  /** Packets that came after their time, or were thrown away to shorten an excessive delay. */
  discardedPackets = 0
  duplicatePackets = 0
  reorderedPackets = 0
  readonly #queue = new PacketQueue()
  readonly #target: DelayTarget
  readonly #noise = new ComfortNoise()
  readonly #stretch: TimeStretch
  readonly #line: Int16Array
  readonly #frame: Int16Array
  readonly #ticksPerSample: number
  readonly #msPerTick: number
  readonly #restNoise: boolean
  #lineLength = 0
  #ssrc = -1
  #isPlaying = false
  #waitedMs = 0
  /** Timestamp of the next sample to go into the line. */
  #nextTimestamp = 0
  #frameTicks: number
  /** How much sound was made up, in ticks, while nothing was in the queue. */
  #pausedTicks = 0
  /** The peer said that it pauses: comfort noise or an Opus pause until it talks again. */
  #isQuiet = false
  #delayMs = 0
  #framesSinceStretch = 0
  #heard: Heard = 'silence'
  /** What the end of the line is. */
  #lastAppended: Heard = 'silence'

  /**
   * @param options `restLevelDbov`: noise in place of digital silence when the peer sends nothing; `fixedDelayMs`: always wait so
   * long (up to 200), so that two streams stay aligned
   */
  constructor(codec: Codec, options: { restLevelDbov?: number; fixedDelayMs?: number } = {}) {
    this.codec = codec
    this.#target = new DelayTarget(options.fixedDelayMs)
    this.#stretch = new TimeStretch(codec.sampleRate)
    this.#frame = new Int16Array((codec.sampleRate * maxPacketMs) / 1000)
    this.#line = new Int16Array((codec.sampleRate * 3 * maxPacketMs) / 1000)
    this.#ticksPerSample = codec.clockRate / codec.sampleRate
    this.#msPerTick = 1000 / codec.clockRate
    this.#frameTicks = (codec.clockRate * tickMs) / 1000
    this.#restNoise = options.restLevelDbov !== undefined
    if (options.restLevelDbov !== undefined) this.#noise.setLevel(options.restLevelDbov)
  }

  /** The delay that the fastest packets have now, milliseconds. */
  get delayMs(): number {
    return this.#delayMs
  }

  /** The delay wanted at the measured jitter, milliseconds. */
  get targetMs(): number {
    return this.#target.targetMs
  }

  /** After so long at the most, all that has come until now was played, milliseconds. */
  get heldMs(): number {
    const lineMs = (this.#lineLength * 1000) / this.codec.sampleRate
    const oldest = this.#queue.oldest()
    if (oldest === undefined) return lineMs
    const from = this.#isPlaying ? this.#nextTimestamp : oldest.timestamp
    const spanMs = Math.max(0, this.#queue.highestTimestamp - from + this.#frameTicks) * this.#msPerTick
    return lineMs + (this.#isPlaying ? 0 : this.#target.targetMs) + Math.min(spanMs, mostHeldMs)
  }

  /** Takes a packet of the codec, or of comfort noise (payload type 13); the payload is copied. Other payload types must be kept away. */
  packet(packet: AudioPacket): void {
    if (packet.ssrc !== this.#ssrc) this.#beginSource(packet.ssrc)
    if (!this.#isPlaying && this.#queue.isEmpty) this.#target.beginSpurt()
    const queued = this.#queue.put(packet)
    if (queued === 'duplicate') this.duplicatePackets++
    else if (queued === 'late') this.discardedPackets++
    else if (queued === 'reordered') this.reorderedPackets++
    else if (queued === 'restart') this.#rebuffer()
    if (queued === 'stray' || queued === 'duplicate') return
    this.#measureDelay(packet.timestamp, packet.arrivalMs)
  }

  /**
   * Gives the next samples at the codec's sampling rate.
   * @param out one tick, 20 ms; other lengths up to 60 ms work too
   */
  read(out: Int16Array): Heard {
    const count = out.length
    this.#heard = this.#lineLength > 0 ? this.#lastAppended : 'silence'
    if (!this.#isPlaying) this.#startWhenDue((count * 1000) / this.codec.sampleRate)
    while (this.#lineLength < count) {
      if (!this.#isPlaying || !this.#pull()) this.#fillPause(count)
    }
    const line = this.#line
    for (let i = 0; i < count; i++) out[i] = line[i] as number
    line.copyWithin(0, count, this.#lineLength)
    this.#lineLength -= count
    return this.#heard
  }

  /** Forgets the stream, for instance after hold. */
  reset(): void {
    this.#ssrc = -1
    this.#queue.clear()
    this.#target.reset()
    this.#rebuffer()
  }

  #beginSource(ssrc: number): void {
    if (this.#ssrc !== -1) {
      this.reset()
      this.codec.reset()
    }
    this.#ssrc = ssrc
  }

  #rebuffer(): void {
    this.#isPlaying = false
    this.#waitedMs = 0
    this.#pausedTicks = 0
    this.#isQuiet = false
  }

  #measureDelay(timestamp: number, arrivalMs: number): void {
    const newest = this.#queue.highestTimestamp
    const extended = newest + ((timestamp - newest) | 0)
    const lateMs = this.#target.measure(arrivalMs, extended * this.#msPerTick)
    if (!this.#isPlaying) return
    const lineMs = (this.#lineLength * 1000) / this.codec.sampleRate
    const slackMs = (extended - this.#nextTimestamp - this.#pausedTicks) * this.#msPerTick + lineMs
    const delayMs = Math.max(0, Math.min(2 * longestDelayMs, slackMs + lateMs))
    this.#delayMs += (delayMs - this.#delayMs) * delaySmoothing
  }

  #startWhenDue(passedMs: number): void {
    const oldest = this.#queue.oldest()
    if (oldest === undefined) return
    this.#waitedMs += passedMs
    const spanMs = (this.#queue.highestTimestamp - oldest.timestamp) * this.#msPerTick
    const targetMs = this.#target.targetMs
    if (spanMs < targetMs && this.#waitedMs <= targetMs) return
    const first = this.#skipTo(this.#queue.highestTimestamp - (targetMs + tickMs) / this.#msPerTick)
    this.#isPlaying = true
    this.#pausedTicks = 0
    this.#nextTimestamp = first.timestamp
    this.#delayMs = targetMs
  }

  /** Passes over packets that begin before that timestamp; gives the first one left (the newest always is). */
  #skipTo(timestamp: number): QueuedPacket {
    let packet = this.#queue.oldest() as QueuedPacket
    while (packet.timestamp < timestamp && packet.timestamp < this.#queue.highestTimestamp) {
      this.#queue.passOver(packet.sequence)
      this.discardedPackets++
      packet = this.#queue.oldest() as QueuedPacket
    }
    this.#queue.passOver(packet.sequence - 1)
    return packet
  }

  /** Brings the next piece of sound into the line; false if nothing is there to play. */
  #pull(): boolean {
    if (this.#queue.isEmpty) return false
    this.#dropExcess()
    const packet = this.#queue.at(this.#queue.next)
    if (packet === undefined) return this.#conceal()
    let gap = packet.timestamp - this.#nextTimestamp
    if (gap > 0) {
      const waited = Math.min(gap, this.#pausedTicks)
      this.#nextTimestamp += waited
      gap -= waited
    }
    this.#pausedTicks = 0
    const quantum = (this.codec.sampleRate * concealQuantumMs) / 1000
    const samples = Math.min(Math.floor(gap / this.#ticksPerSample), quantum)
    if (samples > 0 && gap * this.#msPerTick <= longestGapMs) {
      this.#append(this.#rest(samples), samples)
      this.#nextTimestamp += samples * this.#ticksPerSample
      return true
    }
    this.#play(packet)
    return true
  }

  #play(packet: QueuedPacket): void {
    this.#queue.passOver(packet.sequence)
    this.#nextTimestamp = packet.timestamp
    this.#isQuiet = packet.isComfortNoise || (this.codec.name === 'opus' && packet.payload.length <= 2)
    if (packet.isComfortNoise) {
      this.#noise.receive(packet.payload)
      return
    }
    const samples = this.codec.decode(packet.payload, this.#frame)
    if (samples === 0) {
      this.#concealFrame(undefined)
      return
    }
    this.#frameTicks = samples * this.#ticksPerSample
    this.#nextTimestamp += this.#frameTicks
    const start = this.#lineLength
    this.#append('audio', samples)
    this.#adaptLength(start)
  }

  /** A packet is missing though a later one is here: it is lost. */
  #conceal(): boolean {
    const sequence = this.#queue.next
    this.#queue.passOver(sequence)
    this.lostPackets++
    if (this.#pausedTicks >= this.#frameTicks) {
      this.#pausedTicks -= this.#frameTicks
      this.#nextTimestamp += this.#frameTicks
      return true
    }
    const next = this.#queue.at(sequence + 1)
    this.#concealFrame(next?.isComfortNoise === false ? next.payload : undefined)
    return true
  }

  #concealFrame(next: Uint8Array | undefined): void {
    const wanted = Math.min(this.#frameTicks / this.#ticksPerSample, this.#frame.length)
    const samples = this.codec.conceal(this.#frame, wanted, next)
    this.#nextTimestamp += this.#frameTicks
    this.#append('concealed', samples)
  }

  /** The queue is empty: goes on for a moment as the sound was, then rests. */
  #fillPause(count: number): void {
    const samples = Math.min((this.codec.sampleRate * concealQuantumMs) / 1000, this.#line.length - this.#lineLength)
    const ms = this.#pausedTicks * this.#msPerTick
    if (this.#isPlaying && ms >= longestConcealmentMs && !this.#isQuiet) this.#rebuffer()
    if (this.#isPlaying && !this.#isQuiet) {
      const made = this.codec.conceal(this.#frame, samples)
      if (ms >= longestConcealmentMs - concealQuantumMs) fadeOut(this.#frame, made)
      this.#append('concealed', made)
    } else this.#append(this.#rest(samples), samples)
    if (this.#isPlaying) this.#pausedTicks += samples * this.#ticksPerSample
    if (this.#isQuiet && ms > longestGapMs) this.#isPlaying = false
    if (this.#lineLength < count && samples === 0) throw new Error('jitter buffer line is too short for this read')
  }

  /** Writes a rest into the frame: what the peer described, or silence. */
  #rest(samples: number): Heard {
    if (this.#isQuiet && this.codec.name === 'opus') {
      const made = this.codec.conceal(this.#frame, samples)
      if (made < samples) this.#frame.fill(0, made, samples)
      return 'noise'
    }
    if (!this.#isQuiet && !this.#restNoise) {
      this.#frame.fill(0, 0, samples)
      return 'silence'
    }
    this.#noise.fill(this.#frame, 0, samples)
    return 'noise'
  }

  #append(heard: Heard, samples: number): void {
    const length = this.#lineLength
    for (let i = 0; i < samples; i++) this.#line[length + i] = this.#frame[i] as number
    this.#lineLength = length + samples
    this.#lastAppended = heard
    if (heard === 'audio' || this.#heard === 'silence' || (heard === 'concealed' && this.#heard === 'noise')) {
      this.#heard = heard
    }
  }

  /** A burst after a stall: what is beyond the longest delay is given up at once, and the seam is blended by the codec. */
  #dropExcess(): void {
    const spanMs = (this.#queue.highestTimestamp - this.#nextTimestamp - this.#pausedTicks) * this.#msPerTick
    if (spanMs <= longestDelayMs + 5 * tickMs || spanMs > 60000) return
    const before = this.#queue.next
    const packet = this.#skipTo(this.#queue.highestTimestamp - this.#target.targetMs / this.#msPerTick)
    if (this.#queue.next === before) return
    this.codec.conceal(this.#frame, (this.codec.sampleRate * 5) / 1000)
    this.#nextTimestamp = packet.timestamp
    this.#pausedTicks = 0
    this.#delayMs = this.#target.targetMs
  }

  /** Brings the delay nearer to its target by stretching the frame that was just appended. */
  #adaptLength(start: number): void {
    const awayMs = this.#delayMs - this.#target.targetMs
    const every = Math.abs(awayMs) > hurryMs ? 1 : framesBetweenStretches
    if (++this.#framesSinceStretch < every || Math.abs(awayMs) < toleranceMs) return
    const samples = this.#lineLength - start
    if ((samples * 1000) / this.codec.sampleRate < 10) return
    const likeness = Math.abs(awayMs) > hurryMs ? 0.3 : 0.8
    const changed =
      awayMs > 0
        ? -this.#stretch.shorten(this.#line, start, this.#lineLength, likeness)
        : this.#stretch.lengthen(this.#line, start, this.#lineLength, likeness)
    // Sound without a place for it now has hardly one in the next frame: looking costs more than decoding.
    this.#framesSinceStretch = 0
    this.#lineLength += changed
    this.#delayMs += (changed * 1000) / this.codec.sampleRate
  }
}

function fadeOut(frame: Int16Array, count: number): void {
  for (let i = 0; i < count; i++) frame[i] = Math.round((frame[i] as number) * (1 - (i + 0.5) / count))
}
