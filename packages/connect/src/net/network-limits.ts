/** What one network may hold and how long it waits; every bound has a number (docs/reference/limits.md). */
export interface NetworkLimits {
  /** UDP flows remembered per listener; beyond it the one that was quiet longest goes. */
  readonly udpFlows: number
  /** A UDP pair without traffic for so long is forgotten. Longer than a registration without keep-alive lasts. */
  readonly udpIdleMs: number
  /** Connections that came in, over all listeners, WebSocket included. The stranger that was quiet longest goes for the next one. */
  readonly connections: number
  /** The same from one source: an IPv4 address, or an IPv6 /64. A site behind one address needs one for each phone. */
  readonly connectionsPerSource: number
  /** Connections that we opened. With as many open, a further target is refused. */
  readonly outgoingConnections: number
  /** From the TCP connection to the end of the TLS handshake. */
  readonly handshakeMs: number
  /** From the first byte of a message to its last one. */
  readonly messageMs: number
  /** From the connection to its first message or keep-alive. */
  readonly firstMessageMs: number
  /** A connection that came in and is not known to be anybody's: from its beginning, or our last answer on it. Keep-alives do not count. */
  readonly strangerMs: number
  /** A connection that came in, is somebody's and on which nothing came for so long is closed. Longer than a registration without keep-alive lasts. */
  readonly idleMs: number
  /** The same for a connection that we opened: it can be opened again. Longer than a session timer. */
  readonly outgoingIdleMs: number
  /** Bytes waiting in one connection's write buffer; a reader slower than that is cut off. */
  readonly writeBufferBytes: number
  /** The write buffer must have been empty once in this time. */
  readonly writeStallMs: number
  /** Opening a connection, handshake included. Short, so that the next target of RFC 3263 gets its turn. */
  readonly connectMs: number
  /** How long a graceful close waits for written bytes to leave. */
  readonly closeMs: number
  /** How often a WebSocket is pinged; one that missed a whole interval is closed. */
  readonly webSocketPingMs: number
  /** How often a UDP phone behind a NAT is sent an empty keep-alive, below the 30 s of usual NATs; 0 for never. */
  readonly natKeepAliveMs: number
}

export const defaultNetworkLimits: NetworkLimits = {
  udpFlows: 50_000,
  udpIdleMs: 7_500_000,
  connections: 20_000,
  connectionsPerSource: 2_000,
  outgoingConnections: 2_000,
  handshakeMs: 10_000,
  messageMs: 15_000,
  firstMessageMs: 30_000,
  strangerMs: 90_000,
  idleMs: 7_500_000,
  outgoingIdleMs: 2_400_000,
  writeBufferBytes: 1_048_576,
  writeStallMs: 20_000,
  connectMs: 4_000,
  closeMs: 1_000,
  webSocketPingMs: 30_000,
  natKeepAliveMs: 25_000,
}
