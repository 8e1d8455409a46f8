import { alawToLinear, mulawToLinear } from '../audio/g711.ts'
import { WaveformConcealer } from '../audio/waveform-concealer.ts'
import type { AudioPacket, PacketSink } from '../relay/audio-sink.ts'
import { type Channel, graceMs, type StereoRecorder } from './stereo-recorder.ts'

const rateHz = 8000
const frames = (ms: number) => (rateHz * ms) / 1000

/** So far ahead of where it should be, a packet begins a new stream; what came before may have been late itself. */
const mostAhead = frames(500)
/** So late is no line, but another clock. */
const mostLate = frames(2000)
/** What is later than that may have no place any more. */
const grace = frames(graceMs)
/** When what comes is too late for its place for so long, the way has become longer. */
const lateUntilMoved = frames(200)
/** Longest loss that is hidden; beyond it there is silence. */
const longestHidden = frames(100)
/** More packets than that are not lost, the stream leapt. */
const mostLost = 100
/** What the concealment wants to know of the time before a loss. */
const pastFrames = frames(40)
/** Packets over which the fastest is looked for. */
const windowPackets = 100
/** A stream that is so far from its place is brought back, by a sample or a few a packet, until it is that near. */
const farAway = frames(30)
const nearEnough = frames(10)
const veryFarAway = frames(90)
const fewSamples = 4

/** One for all, as it is told all that it must know for each loss. */
const concealer = new WaveformConcealer(rateHz)
const past = new Int16Array(pastFrames)
const hidden = new Int16Array(longestHidden)
const mended = new Int16Array(2048)

/**
 * G.711 put straight to its place in a recording, by the time stamp: no queue, and nothing to do in a tick. The first packet of a stream waits for the
 * delay asked for; one that comes late still finds its place until that goes to the disk. A loss is hidden once the packet behind it
 * has come; should the lost one come after all, it takes its place. A clock that is not ours is followed by one sample more or less
 * a packet, which nobody hears. Comfort noise is not understood.
 */
export class PlacedVoice implements PacketSink {
  readonly #recorder: StereoRecorder
  readonly #channel: Channel
  readonly #expand: Int16Array
  readonly #delay: number
  #ssrc = -1
  #sequence = 0
  /** Of the next packet in order, and where it belongs. */
  #timestamp = 0
  #place = 0
  /** Since when all packets came too late; −1: they do not. */
  #lateSince = -1
  #mostSlack = 0
  #counted = 0
  #slip = 0

  /** @param recorder at 8,000 Hz, of 16 bits */
  constructor(recorder: StereoRecorder, channel: Channel, codec: 'PCMA' | 'PCMU', delayMs: number) {
    this.#recorder = recorder
    this.#channel = channel
    this.#expand = codec === 'PCMA' ? alawToLinear : mulawToLinear
    this.#delay = frames(delayMs)
  }

  /** Where the stream ends that has been put until now. */
  get end(): number {
    return this.#place
  }

  packet(packet: AudioPacket): void {
    const { sequence, timestamp, bytes, payloadStart, payloadEnd } = packet
    const count = payloadEnd - payloadStart
    if (count <= 0) return
    const now = this.#recorder.position
    if (packet.ssrc !== this.#ssrc) this.#begin(packet, now)
    let ahead = (timestamp - this.#timestamp) | 0
    let slack = this.#place + ahead - now
    if (this.#isAstray(slack, now, packet.marker)) {
      this.#begin(packet, now)
      ahead = 0
      slack = this.#delay
    }
    const at = now + slack
    const lost = ((sequence - this.#sequence) << 16) >> 16
    if (ahead > 0 && lost > 0 && lost < mostLost) this.#hide(at, ahead, packet, count)
    else this.#recorder.placeCoded(this.#channel, at, bytes, payloadStart, payloadEnd, this.#expand)
    if (ahead < 0) return
    this.#sequence = (sequence + 1) & 0xffff
    this.#timestamp = (timestamp + count) | 0
    this.#place = at + count
    this.#follow(slack, bytes[payloadEnd - 1]!)
  }

  #begin({ ssrc, sequence, timestamp }: AudioPacket, now: number): void {
    this.#ssrc = ssrc
    this.#sequence = sequence
    this.#timestamp = timestamp
    this.#place = now + this.#delay
    this.#lateSince = -1
    this.#mostSlack = 0
    this.#counted = 0
    this.#slip = 0
  }

  #isAstray(slack: number, now: number, isMarked: boolean): boolean {
    if (slack >= -grace) {
      this.#lateSince = -1
      return slack > this.#delay + mostAhead
    }
    // A talk spurt begins (RFC 3551 §4.1): some senders' clocks stand still while they pause.
    if (isMarked) return true
    // What came in one burst was late together; the line may be as it was right behind it.
    if (this.#lateSince < 0) this.#lateSince = now
    return slack < -mostLate || now - this.#lateSince > lateUntilMoved
  }

  /** Packets are missing before this one: their place goes on as it was and fades, and flows into this one. */
  #hide(at: number, missing: number, { bytes, payloadStart }: AudioPacket, count: number): void {
    const length = Math.min(missing, longestHidden)
    const from = at - missing
    this.#recorder.read(this.#channel, from - pastFrames, past, pastFrames)
    concealer.receive(past, pastFrames)
    concealer.conceal(hidden, length)
    this.#recorder.place(this.#channel, from, hidden, length)
    const fitting = Math.min(count, mended.length)
    for (let i = 0; i < fitting; i++) mended[i] = this.#expand[bytes[payloadStart + i]!]!
    concealer.receive(mended, fitting)
    this.#recorder.place(this.#channel, at, mended, fitting)
  }

  /** Keeps the fastest packets at the delay asked for. */
  #follow(slack: number, lastByte: number): void {
    this.#mostSlack = this.#counted === 0 ? slack : Math.max(this.#mostSlack, slack)
    if (++this.#counted >= windowPackets) {
      const away = this.#delay - this.#mostSlack
      const isFar = Math.abs(away) > farAway || (this.#slip !== 0 && Math.abs(away) > nearEnough)
      this.#slip = isFar ? Math.sign(away) * (Math.abs(away) > veryFarAway ? fewSamples : 1) : 0
      this.#counted = 0
    }
    if (this.#slip === 0) return
    if (this.#slip > 0) {
      mended.fill(this.#expand[lastByte]!, 0, fewSamples)
      this.#recorder.place(this.#channel, this.#place, mended, this.#slip)
    }
    this.#place += this.#slip
  }
}
