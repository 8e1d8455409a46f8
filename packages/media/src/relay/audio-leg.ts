import type { CodecName } from '@vaxel/core'
import { type AgreedAudio, codecFacts } from '@vaxel/sip/sdp'
import { FramePacker } from '../audio/frame-packer.ts'
import type { FrameSink } from '../audio/packet-ports.ts'
import { comfortNoisePayloadType } from '../audio/packet-ports.ts'
import type { LegCounters } from '../engine/media-plane.ts'
import { OutgoingStream } from '../rtp/outgoing-stream.ts'
import { RtpHeader, rtpHeaderBytes, writeRtpHeader } from '../rtp/rtp-header.ts'
import { StreamStatistics } from '../rtp/stream-statistics.ts'
import {
  eventPayloadBytes,
  TelephoneEventReceiver,
  TelephoneEventSender,
  type WaitingDigit,
} from '../rtp/telephone-event.ts'
import { ownBuffer } from '../srtp/openssl-crypto.ts'
import { srtpOverheadBytes } from '../srtp/packet-protection.ts'
import { copyBytes } from '../udp/copy-bytes.ts'
import { largestDatagramBytes } from '../udp/udp-network.ts'
import type { AudioPacket } from './audio-sink.ts'
import { EventRelay } from './event-relay.ts'
import { HeardSource } from './heard-source.ts'
import { LegReports } from './leg-reports.ts'
import { SinkList } from './leg-sinks.ts'
import { LifeSigns } from './life-signs.ts'
import { SilenceWatch } from './silence-watch.ts'
import { SpokenCodec } from './spoken-codec.ts'
import type { LegTransport, TransportListener } from './leg-transport.ts'

/** What a leg tells. */
export interface LegListener {
  digit(digit: string, durationMs: number): void
  audioStarted(): void
  silent(sinceMs: number): void
  /** Of a peer with ICE: no packet at all has come for so long. */
  quiet(sinceMs: number): void
  /** Packets come again after `quiet`. */
  heard(): void
  failed(reason: string): void
  /** It does nothing more, by a fault of ours. */
  broke(error: unknown): void
}

const noDigits: readonly WaitingDigit[] = []

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The sender of an own frame is told apart from relayed packets by what made it. */
export type Speaker = 'feed' | 'overlay'

/**
 * One peer's audio: its packets in, checked, counted and handed to sinks; packets out, as one continuous stream. Packets in
 * and out are worked on without allocation.
 */
export class AudioLeg implements TransportListener {
  readonly transport: LegTransport
  agreed: AgreedAudio | undefined
  /** While something is played over what the leg hears, nothing else goes out. */
  isOverlaid = false
  /** Something in it failed that never should: it does nothing more. */
  isBroken = false
  readonly sinks = new SinkList()
  /** Hear what is sent to the peer, before it is encrypted. */
  readonly monitors = new SinkList()
  readonly #listener: LegListener
  readonly #wallOf: (monotonicMs: number) => number
  readonly #silence: SilenceWatch
  readonly #statistics = new StreamStatistics()
  readonly #outgoing: OutgoingStream
  readonly #reports: LegReports
  readonly #events: TelephoneEventReceiver
  readonly #digits = new TelephoneEventSender()
  readonly #relayedEvents = new EventRelay()
  #canSend = false
  #canReceive = false
  readonly #source = new HeardSource()
  readonly #spoken = new SpokenCodec()
  #hasStarted = false
  readonly #life = new LifeSigns()
  /** By the monotonic clock. NaN before the first one: a field that is always a number costs no memory when it changes. */
  #lastAudioMs = Number.NaN
  #nowMs = 0
  #eventTimestamp = 0

  constructor(parts: {
    transport: (listener: TransportListener) => LegTransport
    listener: LegListener
    /** Milliseconds since 1970. */
    wallClock: () => number
    /** What it was at a time of the monotonic clock. */
    wallOf: (monotonicMs: number) => number
    random: (count: number) => Uint8Array
    silentAfterMs: number
    /** Mean time between RTCP reports; 5,000 if absent. */
    reportIntervalMs?: number
  }) {
    const random = Buffer.from(parts.random(16))
    this.#listener = parts.listener
    this.#wallOf = parts.wallOf
    this.#silence = new SilenceWatch(parts.silentAfterMs)
    this.#outgoing = new OutgoingStream({
      ssrc: random.readUInt32BE(0),
      sequence: random.readUInt16BE(4),
      timestamp: random.readUInt32BE(6),
      clockRate: 8000,
    })
    this.#reports = new LegReports({
      received: this.#statistics,
      sent: this.#outgoing,
      canonicalName: random.toString('hex', 8, 16),
      wallClock: parts.wallClock,
      random: () => parts.random(1)[0]! / 256,
      ...(parts.reportIntervalMs !== undefined && { intervalMs: parts.reportIntervalMs }),
    })
    this.#events = new TelephoneEventReceiver((digit, durationMs) => this.#listener.digit(digit, durationMs))
    this.transport = parts.transport(this)
  }

  /** The peer's audio codec that came last, else the one agreed on. */
  get codec(): CodecName | undefined {
    return this.#spoken.name ?? this.agreed?.codec
  }

  get canSend(): boolean {
    return this.#canSend
  }

  /** Wall clock of the peer's last audio packet. */
  get lastAudioAtMs(): number | undefined {
    return Number.isNaN(this.#lastAudioMs) ? undefined : this.#wallOf(this.#lastAudioMs)
  }

  /** @returns digits that were to be sent by RFC 4733, which the peer does not take any more */
  configure(agreed: AgreedAudio, nowMs: number): readonly WaitingDigit[] {
    const hadPlace = this.agreed === undefined || this.agreed.remote !== undefined || this.agreed.ice !== undefined
    if (!hadPlace && agreed.remote) this.#statistics.pause()
    this.agreed = agreed
    this.#canSend = agreed.direction === 'sendrecv' || agreed.direction === 'sendonly'
    this.#canReceive = agreed.direction === 'sendrecv' || agreed.direction === 'recvonly'
    const doesPeerSend = agreed.peerDirection === 'sendrecv' || agreed.peerDirection === 'sendonly'
    this.#silence.begin(this.#canReceive && doesPeerSend, nowMs)
    if (!agreed.receive.some(({ codec }) => codec === this.#spoken.name)) this.#spoken.forget()
    this.#outgoing.setClockRate(codecFacts[agreed.codec].rateHz, nowMs)
    this.transport.configure(agreed, nowMs)
    // A digit that can never end would keep all sound back.
    return agreed.sendEvents ? noDigits : this.#digits.clear()
  }

  rtp(packet: Buffer, length: number, arrivalMs: number): void {
    if (!this.agreed || !header.read(packet, length)) return
    const codec = codecOf(this.agreed, header.payloadType)
    const eventRate = codec ? undefined : eventRateOf(this.agreed, header.payloadType)
    const isNoise = !codec && eventRate === undefined && this.#isComfortNoise(header.payloadType)
    if (!codec && eventRate === undefined && !isNoise) return
    const clockRate = codec ? codecFacts[codec].rateHz : 0
    if (!this.#statistics.count(header.sequence, header.timestamp, header.ssrc, clockRate, arrivalMs)) return
    this.#noteArrival(arrivalMs)
    if (eventRate === undefined) this.#silence.sound(isNoise, arrivalMs)
    else this.#silence.sign(arrivalMs)
    const received = this.#fill(packet, arrivalMs)
    if (eventRate !== undefined) return this.#takeEvent(received, eventRate)
    if (!this.#source.takes(header.ssrc, arrivalMs) || (codec && !this.#spoken.takes(codec, arrivalMs))) return
    const playable = codec ?? this.codec
    if (!this.#canReceive || !playable) return
    this.sinks.audio(received, playable, isNoise)
  }

  checked(nowMs: number): void {
    if (this.#life.heard(nowMs)) this.#listener.heard()
  }

  rtcp(packet: Buffer, length: number, arrivalMs: number): void {
    this.checked(arrivalMs)
    this.#silence.sign(arrivalMs)
    this.#reports.read(packet, length, arrivalMs)
  }

  failed(reason: string): void {
    this.#listener.failed(reason)
  }

  /** A fault of ours ends this leg, not the thread with all the others. Told once. */
  broke(error: unknown): void {
    if (this.isBroken) return
    this.isBroken = true
    this.transport.stop()
    this.#listener.broke(error)
  }

  /** Passes on a packet of another leg, in our peer's codec already. */
  relay(source: object, packet: AudioPacket, isComfortNoise: boolean): void {
    const { agreed } = this
    if (!agreed || !this.#canSend || this.isOverlaid || this.#digits.isBusy) return
    const payloadType = isComfortNoise ? agreed.comfortNoise?.payloadType : agreed.sendPayloadType
    if (payloadType === undefined) return
    this.#outgoing.relay(source, packet.ssrc, packet.sequence, packet.timestamp, packet.arrivalMs)
    const marker = this.#outgoing.takeFreshness() || packet.marker
    this.#send(marker, payloadType, this.#outgoing.timestamp, packet.bytes, packet.payloadStart, packet.payloadEnd)
  }

  /** Passes on a telephone event of another leg, at our clock rate. */
  relayEvent(packet: AudioPacket, clockRate: number): void {
    const events = this.agreed?.sendEvents
    if (!events || !this.#canSend || this.#digits.isBusy) return
    const relayed = this.#relayedEvents
    if (!relayed.take(packet, clockRate, events.rateHz, this.#outgoing.timestampAt(packet.arrivalMs))) return
    this.#outgoing.nextEvent(packet.arrivalMs)
    this.#send(relayed.marker, events.payloadType, relayed.timestamp, relayed.payload, 0, eventPayloadBytes)
  }

  /**
   * Where frames of our own making go, to leave in packets of the length that the peer wants.
   * @param isPassedOn they are made from another leg's packets as these come
   */
  frameSink(speaker: Speaker, isPassedOn = false): FrameSink {
    const mayLeave = () => this.#canSend && !this.#digits.isBusy && (speaker === 'overlay' || !this.isOverlaid)
    const packets: FrameSink = {
      isOpen: mayLeave,
      sendFrame: (payload, durationTicks, pauseTicks) => {
        const { agreed } = this
        if (!agreed || !mayLeave()) return
        this.#outgoing.next(durationTicks, this.#nowMs, pauseTicks, isPassedOn)
        this.#send(
          this.#outgoing.takeFreshness(),
          agreed.sendPayloadType,
          this.#outgoing.timestamp,
          payload,
          0,
          payload.length,
        )
      },
    }
    return new FramePacker(
      packets,
      () => this.agreed,
      () => this.#nowMs,
    )
  }

  /** Queues a digit. @returns false where the peer takes none by RFC 4733 */
  sendDigit(digit: string, durationMs: number): boolean {
    return this.agreed?.sendEvents !== undefined && this.#digits.add(digit, durationMs)
  }

  /** Time as the frames of this turn are placed in. Called before anything is sent. */
  setNow(nowMs: number): void {
    this.#nowMs = nowMs
  }

  /** Nothing is under way that wants a tick every 20 ms. */
  get mayRest(): boolean {
    return this.#digits.isIdle && this.transport.mayRest
  }

  /** Every 20 ms, less often while it may rest: digits, reports, silence, retransmissions. */
  tick(nowMs: number): void {
    this.#nowMs = nowMs
    this.transport.pass(nowMs)
    this.#events.pass(nowMs)
    this.#sendDigits(nowMs)
    if (this.agreed && this.#reports.isDue(nowMs) && (this.#outgoing.packets > 0 || this.#statistics.ssrc >= 0)) {
      this.transport.sendRtcp(out, this.#reports.write(out, nowMs), nowMs)
    }
    const silentMs = this.#silence.pass(nowMs)
    if (silentMs > 0) this.#listener.silent(silentMs)
    if (this.agreed?.ice) {
      const quietMs = this.#life.pass(nowMs, this.#silence.isDue)
      if (quietMs > 0) this.#listener.quiet(quietMs)
    }
  }

  counters(): LegCounters {
    const { roundTripMs } = this.#reports
    const { lastAudioAtMs } = this
    return {
      received: {
        packets: this.#statistics.packets,
        lossRatio: this.#statistics.lossRatio,
        jitterMs: this.#statistics.jitterMs,
      },
      sent: {
        packets: this.#outgoing.packets,
        lossRatio: this.#reports.peerLossRatio,
        jitterMs: this.#reports.peerJitterMs,
      },
      sentRecentLossRatio: this.#reports.peerRecentLossRatio,
      ...(roundTripMs !== undefined && { roundTripMs }),
      ...(lastAudioAtMs !== undefined && { lastAudioAtMs }),
      ...(this.codec && { codec: this.codec }),
      ...(this.transport.refused > 0 && { refusedPackets: this.transport.refused }),
    }
  }

  /** Says goodbye by RTCP and frees everything. */
  close(nowMs: number): void {
    if (this.agreed && this.#outgoing.packets > 0) {
      this.transport.sendRtcp(out, this.#reports.write(out, nowMs, true), nowMs)
    }
    this.sinks.clear()
    this.monitors.clear()
    this.transport.close()
  }

  #isComfortNoise(payloadType: number): boolean {
    return payloadType === (this.agreed?.comfortNoise?.payloadType ?? comfortNoisePayloadType)
  }

  #noteArrival(arrivalMs: number): void {
    if (this.agreed?.ice) this.checked(arrivalMs)
    this.#lastAudioMs = arrivalMs
    if (this.#hasStarted) return
    this.#hasStarted = true
    this.#listener.audioStarted()
  }

  #fill(packet: Buffer, arrivalMs: number): AudioPacket {
    received.payloadType = this.#isComfortNoise(header.payloadType) ? comfortNoisePayloadType : header.payloadType
    received.marker = header.marker
    received.sequence = header.sequence
    received.timestamp = header.timestamp
    received.ssrc = header.ssrc
    received.bytes = packet
    received.payloadStart = header.payloadStart
    received.payloadEnd = header.payloadEnd
    received.arrivalMs = arrivalMs
    return received
  }

  #takeEvent(packet: AudioPacket, clockRate: number): void {
    this.#events.receive(packet.bytes, packet.payloadStart, packet.payloadEnd, packet, clockRate, packet.arrivalMs)
    this.sinks.event(packet, clockRate)
  }

  #sendDigits(nowMs: number): void {
    const events = this.agreed?.sendEvents
    if (!events || !this.#canSend || this.#digits.isIdle || !this.#digits.tick(events.rateHz)) return
    if (this.#digits.marker) this.#eventTimestamp = this.#outgoing.timestampAt(nowMs)
    this.#outgoing.nextEvent(nowMs)
    const { payload, marker } = this.#digits
    this.#send(marker, events.payloadType, this.#eventTimestamp, payload, 0, eventPayloadBytes)
  }

  #send(marker: boolean, payloadType: number, timestamp: number, from: Uint8Array, start: number, end: number): void {
    const bytes = end - start
    if (bytes < 0 || rtpHeaderBytes + bytes + srtpOverheadBytes > out.length) return
    const { sequence, ssrc } = this.#outgoing
    writeRtpHeader(out, marker, payloadType, sequence, timestamp, ssrc)
    copyBytes(from, start, end, out, rtpHeaderBytes)
    this.#outgoing.packets++
    this.#outgoing.octets = (this.#outgoing.octets + bytes) >>> 0
    if (this.monitors.size > 0) this.#tellMonitors(marker, payloadType, timestamp, bytes)
    this.transport.sendRtp(out, rtpHeaderBytes + bytes, this.#nowMs)
  }

  #tellMonitors(marker: boolean, payloadType: number, timestamp: number, bytes: number): void {
    const { agreed } = this
    const isNoise = payloadType === agreed?.comfortNoise?.payloadType
    if (!agreed || (payloadType !== agreed.sendPayloadType && !isNoise)) return
    sent.payloadType = isNoise ? comfortNoisePayloadType : payloadType
    sent.marker = marker
    sent.sequence = this.#outgoing.sequence
    sent.timestamp = timestamp
    sent.ssrc = this.#outgoing.ssrc
    sent.payloadStart = rtpHeaderBytes
    sent.payloadEnd = rtpHeaderBytes + bytes
    sent.arrivalMs = this.#nowMs
    this.monitors.audio(sent, agreed.codec, isNoise)
  }
}

// Two or three each: going through them costs less than a list by payload type keeps in memory for every leg. Of two with one type the later counts.
function codecOf({ receive }: AgreedAudio, payloadType: number): CodecName | undefined {
  for (let i = receive.length - 1; i >= 0; i--) if (receive[i]!.payloadType === payloadType) return receive[i]!.codec
  return undefined
}

function eventRateOf({ receiveEvents }: AgreedAudio, payloadType: number): number | undefined {
  for (let i = receiveEvents.length - 1; i >= 0; i--)
    if (receiveEvents[i]!.payloadType === payloadType) return receiveEvents[i]!.rateHz
  return undefined
}

// What a packet needs while it passes is there once for all legs, so that it stays in the processor's cache. Monitors
// are told before it leaves, so they send nothing themselves.
const header = new RtpHeader()
const out = ownBuffer(largestDatagramBytes)
const received = emptyPacket(out)
const sent = emptyPacket(out)

function emptyPacket(bytes: Uint8Array): Mutable<AudioPacket> {
  return {
    payloadType: 0,
    marker: false,
    sequence: 0,
    timestamp: 0,
    ssrc: 0,
    bytes,
    payloadStart: 0,
    payloadEnd: 0,
    arrivalMs: 0,
  }
}
