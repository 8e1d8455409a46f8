/** What shares a port with RTP (RFC 7983 §7, RFC 5761 §4). */
export type PacketKind = 'stun' | 'dtls' | 'rtp' | 'rtcp' | 'unknown'

/** Tells by the first two bytes what a datagram claims to be. */
export function classifyPacket(packet: Uint8Array, length: number): PacketKind {
  if (length < 2) return 'unknown'
  const first = packet[0]!
  if (first >= 128 && first <= 191) {
    const second = packet[1]!
    return second >= 192 && second <= 223 ? 'rtcp' : 'rtp'
  }
  if (first <= 3) return 'stun'
  return first >= 20 && first <= 63 ? 'dtls' : 'unknown'
}
