import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock, FlowId, Logger, RandomBytes, Whereabouts } from '@vaxel/base'
import type { Endpoint, Flow, Protocol, ResolvedTarget, SipTransport } from '@vaxel/sip'
import type { NetworkLimits } from './network-limits.ts'
import type { Place } from './places.ts'
import type { ClientCertificates } from './tls-acceptor.ts'
import type { ServerCertificate } from './tls-settings.ts'

export interface TlsEndpoint extends Endpoint {
  readonly certificate: ServerCertificate
  /** Default `optional`: a certificate is asked for, and names the peer if it is verified. */
  readonly clientCertificates?: ClientCertificates
  /** Authorities of client certificates, PEM. */
  readonly clientCa?: readonly string[]
}

/** Whom a TLS peer must prove to be, instead of what the machine's own authorities say. */
export interface TlsTrust {
  /** Authorities, PEM. */
  readonly ca?: readonly string[]
  /** SHA-256 of certificates, lower-case hexadecimal: name and authority do not count then. */
  readonly pins?: readonly string[]
  /** Revocation lists of authorities, PEM; they do not count for pins. */
  readonly revocationLists?: readonly string[]
}

export interface NetworkOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly random?: RandomBytes
  /** Listening endpoints; port 0 takes a free one. `::` takes both families. */
  readonly udp?: readonly Endpoint[]
  readonly tcp?: readonly Endpoint[]
  readonly tls?: readonly TlsEndpoint[]
  /** Put into Via and Contact instead of the local address, for peers of its family. */
  readonly publicAddress?: string
  /** `address` or `address:port`; the system's own when absent. */
  readonly dnsServers?: readonly string[]
  /** Authorities that TLS servers we connect to must come from, PEM; the runtime's own when absent. */
  readonly trustedCa?: readonly string[]
  /** What {@link ResolvedTarget.trust} stands for; a connection with a trust that is not known (any more) is not made. */
  trustOf?(trust: string): TlsTrust | undefined
  /** Whether whoever connects from there is known by that alone: a trunk need prove nothing. */
  isKnown?(remote: Endpoint): boolean
  /** Shown to TLS servers that ask for one. */
  readonly clientCertificate?: ServerCertificate
  readonly limits?: Partial<NetworkLimits>
}

/** What one listener is bound to. */
export interface BoundEndpoint extends Endpoint {
  readonly protocol: 'udp' | 'tcp' | 'tls'
}

export interface NetworkCounts {
  readonly udpFlows: number
  /** Open TCP, TLS and WebSocket flows, both directions. */
  readonly connections: number
  /** TCP connections that came in, TLS handshakes under way included. */
  readonly incoming: number
}

/** The sockets of the platform's signalling. */
export interface Network extends SipTransport {
  /** Each datagram, and each whole message of a stream or WebSocket. A listener that throws harms only itself. */
  onMessage(listener: (flow: Flow, bytes: Uint8Array) => void): void
  /** A TCP, TLS or WebSocket flow is gone; told once. */
  onFlowClosed(listener: (flow: Flow, reason: string) => void): void
  /** For the `upgrade` event of an HTTP or HTTPS server, once the path was checked (RFC 7118). @param client where it is not who has the connection */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, webPlace?: Place, client?: Whereabouts): void
  /** A target of `resolve` did not answer: for half a minute it comes behind the others. A failed `connect` counts by itself. */
  targetFailed(target: ResolvedTarget): void
  /** As `advertised`, for media: the public address, or the local address that routes to that peer. */
  advertisedAddress(remoteAddress: string): string
  /** The flow of that id, while it is known. */
  flow(id: FlowId): Flow | undefined
  /** The flow of that pair on UDP, or the open connection with that far end. Makes none but for UDP. */
  findFlow(protocol: Protocol, remote: Endpoint): Flow | undefined
  /**
   * Keeps the NAT in front of a UDP flow open (`natKeepAliveMs`) until the returned function is called: for bindings whose
   * REGISTER came from elsewhere than its Contact says. Does nothing for streams.
   */
  keepAlive(flow: Flow): () => void
  /**
   * A connection is somebody's: right credentials came on it, it is a trunk's, or a call goes on over it. It may be idle for long and
   * keeps its place from then on; one of a stranger goes soon, at once where others need its place.
   */
  proved(flow: Flow): void
  /** Ends a connection after what was written. */
  closeFlow(flow: Flow, reason: string): void
  endpoints(): readonly BoundEndpoint[]
  /** Names of the client certificate that the peer of an incoming TLS flow gave, if this trust vouches for it. */
  peerNamesBy(flow: Flow, trust: TlsTrust): readonly string[] | undefined
  /** For all TLS listeners, and for servers that ask us for one; open connections stay as they are. */
  replaceCertificate(certificate: ServerCertificate): void
  counts(): NetworkCounts
  /** How long a datagram waits until it is read, milliseconds, as found out since the last call; 0 while that is not known. */
  waitingMs(): number
  /** What is wrong around the sockets although calls go on, a sentence each. */
  warnings(): string[]
  /** Stops accepting, lets written bytes leave for a moment, ends everything. Idempotent. */
  close(): Promise<void>
}
