/** Without CSRCs and extension. */
export const rtpHeaderBytes = 12

/** The fixed header of an RTP packet (RFC 3550 §5.1), read in place; one object serves all packets. */
export class RtpHeader {
  marker = false
  payloadType = 0
  sequence = 0
  timestamp = 0
  ssrc = 0
  /** Where the payload begins: behind CSRCs and header extension. */
  payloadStart = 0
  /** Where it ends: before the padding. Only known where the packet is not encrypted. */
  payloadEnd = 0

  /**
   * Reads the header, and the padding, if any.
   * @returns false for what is no RTP packet: wrong version, too short for what it announces
   */
  read(packet: Uint8Array, length: number): boolean {
    if (!this.readHeader(packet, length)) return false
    if ((packet[0]! & 0x20) === 0) return true
    const padding = packet[length - 1]!
    if (padding === 0 || padding > length - this.payloadStart) return false
    this.payloadEnd = length - padding
    return true
  }

  /** As {@link read}, of a packet whose payload and padding are still encrypted. */
  readHeader(packet: Uint8Array, length: number): boolean {
    if (length < rtpHeaderBytes || packet[0]! >> 6 !== 2) return false
    const first = packet[0]!
    let start = rtpHeaderBytes + (first & 15) * 4
    if (first & 0x10) {
      if (start + 4 > length) return false
      start += 4 + 4 * ((packet[start + 2]! << 8) | packet[start + 3]!)
    }
    if (start > length) return false
    this.marker = packet[1]! >= 128
    this.payloadType = packet[1]! & 127
    this.sequence = (packet[2]! << 8) | packet[3]!
    this.timestamp = readUint32(packet, 4)
    this.ssrc = readUint32(packet, 8)
    this.payloadStart = start
    this.payloadEnd = length
    return true
  }
}

/** Writes the fixed header without CSRCs, extension and padding; the payload begins at 12. */
export function writeRtpHeader(
  packet: Uint8Array,
  marker: boolean,
  payloadType: number,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  packet[0] = 0x80
  packet[1] = (marker ? 128 : 0) | payloadType
  packet[2] = sequence >>> 8
  packet[3] = sequence
  writeUint32(packet, 4, timestamp)
  writeUint32(packet, 8, ssrc)
}

export function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}

export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}
