import type { UdpNetwork, UdpSocket } from '../udp/udp-network.ts'

const rtcpBufferBytes = 16_384

/** The two sockets of a leg without ICE: an even port for RTP, the next for RTCP (RFC 3550 §11). */
export interface PortPair {
  readonly rtp: UdpSocket
  readonly rtcp: UdpSocket
}

/** Opens a pair; what comes there is dropped until somebody receives it. Undefined where one of the ports cannot be bound. */
export async function openPortPair(
  network: UdpNetwork,
  address: string,
  rtpPort: number,
): Promise<PortPair | undefined> {
  const rtp = await network.bind({ address, port: rtpPort, receive: drop })
  if ('fault' in rtp) return undefined
  const rtcp = await network.bind({ address, port: rtpPort + 1, bufferBytes: rtcpBufferBytes, receive: drop })
  if (!('fault' in rtcp)) return { rtp, rtcp }
  rtp.close()
  return undefined
}

function drop(): void {}
