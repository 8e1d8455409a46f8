import type { CompanyId, DeviceId, FlowId, UserId, Whereabouts } from '@vaxel/base'

/** A registered contact (RFC 3261 §10, RFC 5626): where a device can be reached now. */
export interface Binding {
  /** Unique per binding: address of record + (instance-id, reg-id) or contact URI. */
  readonly id: string
  readonly companyId: CompanyId
  readonly userId: UserId
  readonly deviceId: DeviceId
  /** `sip:201@demo.vaxel.test` */
  readonly addressOfRecord: string
  readonly contact: string
  readonly instanceId?: string
  readonly regId?: number
  /** 0 to 1 (RFC 3261 §20.10). */
  readonly q: number
  readonly callId: string
  readonly cseq: number
  readonly path: readonly string[]
  readonly expiresAtMs: number
  readonly registeredAtMs: number
  readonly userAgent?: string
  /** The REGISTER came from another address than its Via names: a router translates, and may have rewritten the contact. */
  readonly isTranslated?: true
  /** How the REGISTER came: requests for this binding go back the same way where the flow still is. */
  readonly flow: {
    readonly id: FlowId
    readonly protocol: 'udp' | 'tcp' | 'tls' | 'ws' | 'wss'
    readonly localAddress: string
    readonly localPort: number
    readonly remoteAddress: string
    readonly remotePort: number
    /** Who is at the other end, where it is not the remote address: behind a proxy of the web. */
    readonly client?: Whereabouts
  }
}

/** Bindings in memory; `put` and `remove` resolve when durable. */
export interface BindingStore {
  ofUser(userId: UserId): readonly Binding[]
  ofAddress(addressOfRecord: string): readonly Binding[]
  all(): Iterable<Binding>
  /**
   * Changes bindings in memory alone: at start, and when the clock was set. What is kept stays as the phones registered it,
   * until they do so again.
   */
  amend(change: (binding: Binding) => Binding): void
  /** Writes the new set of bindings of one address of record in one go. */
  replace(addressOfRecord: string, bindings: readonly Binding[]): Promise<void>
}
