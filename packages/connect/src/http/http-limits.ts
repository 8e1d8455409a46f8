/** What the web's door lets one source and all sources hold, and for how long. */
export interface HttpLimits {
  /** Connections at once, event streams included. When all places are taken the stranger that was quiet longest is ended for the newcomer. */
  readonly connections: number
  /** The same from one source: an IPv4 address, or an IPv6 /64. A site behind one address needs a few for each browser. */
  readonly connectionsPerSource: number
  /** 1: the limit of a source holds for loopback too, where a proxy of our own may be. */
  readonly loopbackLimited: number
  /** From the TCP connection to the end of the TLS handshake. */
  readonly handshakeMs: number
  /** From the connection, or the first byte of a request, to the end of its header fields (slow-loris). */
  readonly headersMs: number
  /** The same to the end of its body. */
  readonly requestMs: number
  /** How often connections are looked through for these two. */
  readonly checkMs: number
  /** An idle connection is kept for the next request. */
  readonly keepAliveMs: number
}

export const defaultHttpLimits: HttpLimits = {
  connections: 20_000,
  connectionsPerSource: 2_000,
  loopbackLimited: 0,
  handshakeMs: 10_000,
  headersMs: 10_000,
  requestMs: 30_000,
  checkMs: 5_000,
  keepAliveMs: 65_000,
}
