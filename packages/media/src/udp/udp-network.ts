import type { UdpAddress } from './udp-address.ts'

/** Bytes of the longest datagram that is received whole; longer ones are dropped. No media packet is that long. */
export const largestDatagramBytes = 2048

/**
 * Told of each datagram. The buffer and `from` are reused: they are only valid during the call, which may change the
 * buffer in place, up to {@link largestDatagramBytes}.
 * @param arrivalMs monotonic milliseconds
 * @param trafficClass octet of the IP header (RFC 2474); only of sockets that were to tell it, where the system does
 */
export type DatagramReceiver = (
  buffer: Buffer,
  length: number,
  from: UdpAddress,
  arrivalMs: number,
  trafficClass?: number,
) => void

export interface UdpSocket {
  readonly local: UdpAddress
  /** Who is told of datagrams; may be changed at any time. */
  receive: DatagramReceiver
  /**
   * Sends the first `length` bytes of the buffer, which is copied. It leaves at the latest when the current turn of the
   * network ends. What the system does not take is dropped, like anything on its way.
   */
  send(buffer: Uint8Array, length: number, to: UdpAddress): void
  /** Nothing is received or sent afterwards. Idempotent. */
  close(): void
}

export interface BindOptions {
  /** IP literal. `::` means IPv6 alone. */
  readonly address: string
  /** 0 = any free port. */
  readonly port: number
  /** Size of the system's buffers; the system may give less. */
  readonly bufferBytes?: number
  /** Whether the receiver is told the traffic class of each datagram; costs a little more. */
  readonly tellsTrafficClass?: boolean
  readonly receive: DatagramReceiver
}

/** A set of UDP sockets that are served together by one thread. A port is never shared with another program. */
export interface UdpNetwork {
  /** @returns the socket, or the system's name of the fault, such as `EADDRINUSE` or `EADDRNOTAVAIL` */
  bind(options: BindOptions): Promise<UdpSocket | UdpFault>
  /** Sends what waits to be sent. Called by those who send outside of a receiver. */
  flush(): void
  /** Closes all sockets. */
  close(): void
}

export interface UdpFault {
  readonly fault: string
}

/** DSCP Expedited Forwarding (RFC 3246, RFC 8837) as it stands in the traffic class octet. */
export const expeditedForwarding = 46 << 2
