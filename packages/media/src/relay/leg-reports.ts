import type { OutgoingStream } from '../rtp/outgoing-stream.ts'
import { type ReportBlock, type RtcpListener, readRtcp } from '../rtp/rtcp-read.ts'
import { middleNtp, writeBye, writeReport } from '../rtp/rtcp-write.ts'
import type { StreamStatistics } from '../rtp/stream-statistics.ts'

const usualIntervalMs = 5000

/** The RTCP of one leg: reports out, reports in, round trip. */
export class LegReports implements RtcpListener {
  /** From the peer's last report about us. */
  peerLossRatio = 0
  peerJitterMs = 0
  /** In the peer's last report: of what we sent since the one before, 0 to 1. */
  peerRecentLossRatio = 0
  roundTripMs: number | undefined
  readonly #received: StreamStatistics
  readonly #sent: OutgoingStream
  readonly #canonicalName: string
  readonly #wallClock: () => number
  readonly #random: () => number
  readonly #intervalMs: number
  #nextMs = Number.NEGATIVE_INFINITY
  #packetsAtLast = 0
  #lastSenderReport = 0
  /** Whose report that was; another source has sent none yet (RFC 3550 §6.4.1). */
  #lastSenderSsrc = -1
  #lastSenderReportMs = 0
  #readMs = 0

  constructor(parts: {
    received: StreamStatistics
    sent: OutgoingStream
    canonicalName: string
    /** Milliseconds since 1970. */
    wallClock: () => number
    /** 0 to 1. */
    random: () => number
    /** Mean time between our reports; 5,000 by default (RFC 3550 §6.2). */
    intervalMs?: number
  }) {
    this.#received = parts.received
    this.#sent = parts.sent
    this.#canonicalName = parts.canonicalName
    this.#wallClock = parts.wallClock
    this.#random = parts.random
    this.#intervalMs = parts.intervalMs ?? usualIntervalMs
  }

  /** Whether a report is due; half to one and a half of the interval after the last one, the first one sooner. */
  isDue(nowMs: number): boolean {
    if (this.#nextMs === Number.NEGATIVE_INFINITY) this.#nextMs = nowMs + this.#intervalMs * (0.25 + this.#random() / 4)
    if (nowMs < this.#nextMs) return false
    this.#nextMs = nowMs + this.#intervalMs * (0.5 + this.#random())
    return true
  }

  /** @returns the length of the packet written to `out` */
  write(out: Uint8Array, nowMs: number, isLast = false): number {
    const sent = this.#sent
    const received = this.#received
    const lastSenderReport = this.#lastSenderSsrc === received.ssrc ? this.#lastSenderReport : 0
    const length = writeReport(out, {
      ssrc: sent.ssrc,
      canonicalName: this.#canonicalName,
      nowMs: this.#wallClock(),
      ...(sent.packets > this.#packetsAtLast && {
        sent: { timestamp: sent.timestampAt(nowMs), packets: sent.packets, octets: sent.octets },
      }),
      ...(received.ssrc >= 0 && {
        received: {
          ssrc: received.ssrc,
          fractionLost: received.takeFractionLost(),
          cumulativeLost: received.cumulativeLost,
          highestSequence: received.highestSequence,
          jitterTicks: received.jitterTicks,
          lastSenderReport,
          delaySinceLast: lastSenderReport ? Math.round(((nowMs - this.#lastSenderReportMs) * 65_536) / 1000) >>> 0 : 0,
        },
      }),
    })
    this.#packetsAtLast = sent.packets
    return isLast ? writeBye(out, length, sent.ssrc) : length
  }

  /** Takes a packet of the peer. */
  read(packet: Uint8Array, length: number, nowMs: number): void {
    this.#readMs = nowMs
    readRtcp(packet, length, this)
  }

  senderReport(ssrc: number, middle: number): void {
    if (ssrc !== this.#received.ssrc) return
    this.#lastSenderReport = middle
    this.#lastSenderSsrc = ssrc
    this.#lastSenderReportMs = this.#readMs
  }

  reportBlock(block: ReportBlock): void {
    if (block.aboutSsrc !== this.#sent.ssrc || this.#sent.packets === 0) return
    this.peerLossRatio = Math.min(1, Math.max(0, block.cumulativeLost / this.#sent.packets))
    this.peerRecentLossRatio = block.fractionLost
    this.peerJitterMs = (block.jitterTicks * 1000) / this.#sent.clockRate
    if (block.lastSenderReport === 0) return
    const ticks = (middleNtp(this.#wallClock()) - block.lastSenderReport - block.delaySinceLast) | 0
    // A negative or enormous one is a peer that repeats what it does not understand.
    if (ticks >= 0 && ticks < 30 * 65_536) this.roundTripMs = (ticks * 1000) / 65_536
  }

  bye(): void {}
}
