import { writeUint32 } from './rtp-header.ts'

/** Seconds from 1900 (NTP) to 1970. */
const ntpEpochSeconds = 2_208_988_800

/** What a report tells of us and of the peer. */
export interface ReportContent {
  readonly ssrc: number
  /** Our sending, if we sent since the last two reports. */
  readonly sent?: { readonly timestamp: number; readonly packets: number; readonly octets: number }
  /** Our receiving, if the peer sent. */
  readonly received?: {
    readonly ssrc: number
    /** 256ths. */
    readonly fractionLost: number
    readonly cumulativeLost: number
    readonly highestSequence: number
    readonly jitterTicks: number
    readonly lastSenderReport: number
    /** 1/65536 s. */
    readonly delaySinceLast: number
  }
  /** Canonical name: random and the same for the call, at most 255 bytes (RFC 7022). */
  readonly canonicalName: string
  /** Wall clock, milliseconds. */
  readonly nowMs: number
}

/**
 * Writes a compound packet: SR or RR, then SDES with the canonical name (RFC 3550 §6.4, §6.5).
 * @param out at least 400 bytes
 * @returns its length
 */
export function writeReport(out: Uint8Array, content: ReportContent): number {
  const { sent, received } = content
  const count = received ? 1 : 0
  out[0] = 0x80 | count
  out[1] = sent ? 200 : 201
  writeUint32(out, 4, content.ssrc)
  let at = 8
  if (sent) {
    const { seconds, fraction } = ntpTime(content.nowMs)
    writeUint32(out, 8, seconds)
    writeUint32(out, 12, fraction)
    writeUint32(out, 16, sent.timestamp)
    writeUint32(out, 20, sent.packets)
    writeUint32(out, 24, sent.octets)
    at = 28
  }
  if (received) {
    writeUint32(out, at, received.ssrc)
    writeUint32(out, at + 4, received.cumulativeLost & 0xff_ffff)
    out[at + 4] = received.fractionLost
    writeUint32(out, at + 8, received.highestSequence)
    writeUint32(out, at + 12, received.jitterTicks)
    writeUint32(out, at + 16, received.lastSenderReport)
    writeUint32(out, at + 20, received.delaySinceLast)
    at += 24
  }
  writeWords(out, 2, at / 4 - 1)
  return writeName(out, at, content.ssrc, content.canonicalName)
}

/** Appends a BYE (RFC 3550 §6.6) to a compound packet that ends at `at`. */
export function writeBye(out: Uint8Array, at: number, ssrc: number): number {
  out[at] = 0x81
  out[at + 1] = 203
  writeWords(out, at + 2, 1)
  writeUint32(out, at + 4, ssrc)
  return at + 8
}

/** Middle 32 bits of the NTP time, as report blocks quote it. */
export function middleNtp(nowMs: number): number {
  const { seconds, fraction } = ntpTime(nowMs)
  return ((seconds << 16) | (fraction >>> 16)) >>> 0
}

function ntpTime(nowMs: number): { seconds: number; fraction: number } {
  const whole = Math.floor(nowMs / 1000)
  return {
    seconds: (whole + ntpEpochSeconds) >>> 0,
    fraction: Math.floor(((nowMs - whole * 1000) / 1000) * 0x1_0000_0000) >>> 0,
  }
}

function writeName(out: Uint8Array, start: number, ssrc: number, name: string): number {
  const length = Math.min(255, name.length)
  out[start] = 0x81
  out[start + 1] = 202
  writeUint32(out, start + 4, ssrc)
  out[start + 8] = 1
  out[start + 9] = length
  for (let i = 0; i < length; i++) out[start + 10 + i] = name.charCodeAt(i) & 127
  let at = start + 10 + length
  // At least one zero ends the list, then zeros up to a whole word.
  do out[at++] = 0
  while (at % 4 !== start % 4)
  writeWords(out, start + 2, (at - start) / 4 - 1)
  return at
}

function writeWords(out: Uint8Array, at: number, words: number): void {
  out[at] = words >> 8
  out[at + 1] = words
}
