import type { FlowId } from '@vaxel/base'
import type { Endpoint, Flow, Protocol } from '@vaxel/sip'

/** Told that bytes surely did not leave; at most once, and never from within the call that handed them over. */
export type SendFailed = (reason: string) => void

/** A flow of this network: what the stack sees of it, and how its bytes leave. */
export abstract class NetworkFlow implements Flow {
  readonly id: FlowId
  readonly protocol: Protocol
  readonly remote: Endpoint
  readonly peerNames?: readonly string[]

  constructor(identity: { id: FlowId; protocol: Protocol; remote: Endpoint; peerNames?: readonly string[] }) {
    this.id = identity.id
    this.protocol = identity.protocol
    this.remote = identity.remote
    if (identity.peerNames !== undefined) this.peerNames = identity.peerNames
  }

  abstract readonly local: Endpoint
  abstract readonly isOpen: boolean
  /** The port that peers of this protocol reach us at, if it is another than `local.port`. */
  abstract readonly listeningPort: number | undefined
  abstract send(bytes: Uint8Array, onError?: SendFailed): void
  /** It has turned out whose it is ({@link Network.proved}); a UDP pair holds nothing that others lack. */
  prove(): void {}
  /** Ends a connection after what was written; a UDP pair is only forgotten. */
  abstract close(reason: string): void
}

/** Tells a failure after the caller has returned. */
export function failLater(onError: SendFailed | undefined, reason: string): void {
  if (onError !== undefined) queueMicrotask(() => onError(reason))
}
