import type { FlowId, Whereabouts } from '@vaxel/base'
import type { Uri } from '../message/uri.ts'

export type Protocol = 'udp' | 'tcp' | 'tls' | 'ws' | 'wss'

/** An IP literal (no brackets) and a port. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

/**
 * Where messages come from and go to: for UDP a pair of endpoints, else a connection (RFC 5626 §3.2).
 * The same pair or connection is the same object.
 */
export interface Flow {
  readonly id: FlowId
  readonly protocol: Protocol
  readonly local: Endpoint
  readonly remote: Endpoint
  /** Who is at the other end, for rules of who may, where it is not `remote`: behind a proxy of the web. Nothing is sent there. */
  readonly client?: Whereabouts
  /** False once a stream is closed; UDP flows stay open. */
  readonly isOpen: boolean
  /** Subject names of the peer's verified TLS certificate, if it gave one. */
  readonly peerNames?: readonly string[]
}

export const isReliable = (protocol: Protocol): boolean => protocol !== 'udp'
export const isSecure = (protocol: Protocol): boolean => protocol === 'tls' || protocol === 'wss'

/** One result of RFC 3263: try them in order. */
export interface ResolvedTarget {
  readonly protocol: Protocol
  readonly address: string
  readonly port: number
  /** The name that TLS must verify. */
  readonly serverName?: string
  /** Whose word a TLS connection there needs instead of the usual authorities'; the transport knows what it stands for. */
  readonly trust?: string
}

/** What the stack asks of the network; `connect/net` implements it, the test kit has one in memory. */
export interface SipTransport {
  /** Hands bytes to the flow. `onError` is called at most once, later, if they surely did not leave. */
  send(flow: Flow, bytes: Uint8Array, onError?: (reason: string) => void): void
  /** RFC 3263 §4: targets in order of preference; empty when nothing resolves. Never rejects. */
  resolve(uri: Uri): Promise<readonly ResolvedTarget[]>
  /** Why `resolve` may find nothing now, for people; undefined while DNS answers. */
  resolvingFault?(): string | undefined
  /** An existing or a new flow to that address. Rejects with an Error whose message a person can read. */
  connect(target: ResolvedTarget): Promise<Flow>
  /** Host and port that a peer on this flow can reach us at, for Via and Contact. */
  advertised(flow: Flow): Endpoint
  /** A request to a target of `resolve` got no answer, could not be sent or got 503: better ones come first for a while (RFC 3263 §4.3). */
  targetFailed?(target: ResolvedTarget): void
}
