import { readUint32 } from './rtp-header.ts'

/** What a receiver of RTCP wants to know; called while a compound packet is read. */
export interface RtcpListener {
  /** NTP time in its middle 32 bits, as reports quote it. */
  senderReport(ssrc: number, middleNtp: number): void
  /** One report block of the peer about a stream of ours or of another. */
  reportBlock(block: ReportBlock): void
  bye(ssrc: number): void
}

/** RFC 3550 §6.4.1; reused for the next block. */
export interface ReportBlock {
  readonly aboutSsrc: number
  /** 0 to 1. */
  readonly fractionLost: number
  readonly cumulativeLost: number
  readonly highestSequence: number
  readonly jitterTicks: number
  /** Middle 32 bits of the NTP time of the sender report that came last; 0 = none. */
  readonly lastSenderReport: number
  /** Since then, in 1/65536 s. */
  readonly delaySinceLast: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const block: Mutable<ReportBlock> = {
  aboutSsrc: 0,
  fractionLost: 0,
  cumulativeLost: 0,
  highestSequence: 0,
  jitterTicks: 0,
  lastSenderReport: 0,
  delaySinceLast: 0,
}

const senderReportType = 200
const receiverReportType = 201
const byeType = 203

/**
 * Reads a compound RTCP packet (RFC 3550 §6.1), a reduced-size one too (RFC 5506). Packets of types that nobody asked for are
 * passed over.
 * @returns false if it was malformed somewhere; what came before was told
 */
export function readRtcp(packet: Uint8Array, length: number, listener: RtcpListener): boolean {
  let at = 0
  while (at < length) {
    if (at + 4 > length || packet[at]! >> 6 !== 2) return false
    const end = at + 4 + 4 * ((packet[at + 2]! << 8) | packet[at + 3]!)
    if (end > length) return false
    const count = packet[at]! & 31
    const type = packet[at + 1]!
    if (type === senderReportType) {
      if (at + 28 > end) return false
      listener.senderReport(
        readUint32(packet, at + 4),
        ((readUint32(packet, at + 8) << 16) | (readUint32(packet, at + 12) >>> 16)) >>> 0,
      )
      if (!readBlocks(packet, at + 28, end, count, listener)) return false
    } else if (type === receiverReportType) {
      if (at + 8 > end || !readBlocks(packet, at + 8, end, count, listener)) return false
    } else if (type === byeType) {
      if (at + 4 + 4 * count > end) return false
      for (let i = 0; i < count; i++) listener.bye(readUint32(packet, at + 4 + 4 * i))
    }
    at = end
  }
  return length > 0
}

function readBlocks(packet: Uint8Array, start: number, end: number, count: number, listener: RtcpListener): boolean {
  if (start + 24 * count > end) return false
  for (let at = start, i = 0; i < count; i++, at += 24) {
    block.aboutSsrc = readUint32(packet, at)
    block.fractionLost = packet[at + 4]! / 256
    block.cumulativeLost = (readUint32(packet, at + 4) << 8) >> 8
    block.highestSequence = readUint32(packet, at + 8)
    block.jitterTicks = readUint32(packet, at + 12)
    block.lastSenderReport = readUint32(packet, at + 16)
    block.delaySinceLast = readUint32(packet, at + 20)
    listener.reportBlock(block)
  }
  return true
}
