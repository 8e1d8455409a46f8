import type { Clock, Logger, RandomBytes } from '@vaxel/base'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { InviteHandlers, InviteOptions, InviteUas, InviteUsage } from './invite-usage.ts'
import type { Flow, SipTransport } from './transport.ts'

/** A request outside INVITE dialogs, waiting for our final answer (REGISTER, OPTIONS, MESSAGE, SUBSCRIBE, PUBLISH …). */
export interface IncomingRequest {
  readonly request: SipRequest
  readonly flow: Flow
  /** Sends a response built by makeResponse (a To tag is added if missing). A final one ends the transaction. */
  respond(response: SipResponse): void
}

/** The upper layer of the stack (RFC 3261's "TU"). */
export interface SipUser {
  /**
   * Called first for each request that belongs to no transaction and no dialog of ours, malformed ones included, whose
   * headers must then not be relied on. `false` drops it without an answer.
   */
  admits?(request: SipRequest, flow: Flow): boolean
  /**
   * Called before any transaction is made for a new INVITE or other out-of-dialog request.
   * A response returned here is sent statelessly, without Server; `drop` sends none.
   * @param sizeBytes of the request as it came, so that an answer to a stranger can be kept in proportion
   */
  screen?(request: SipRequest, flow: Flow, sizeBytes: number): SipResponse | 'drop' | undefined
  /**
   * Whether the sender's address may be somebody else's. What the stack answers on its own account (481, 405, 400 …) is then
   * never longer than what came; it goes out in the compact form, or not at all. Left out: nobody's is.
   */
  mayBeForged?(flow: Flow): boolean
  onInvite(invite: InviteUas): void
  onRequest(incoming: IncomingRequest): void
  /** Every message on the wire, both ways, after parsing (in) and before sending (out). */
  onWire?(direction: 'in' | 'out', message: SipRequest | SipResponse, flow: Flow, bytes: Uint8Array): void
}

export interface SipStackOptions {
  readonly clock: Clock
  readonly random?: RandomBytes
  readonly log: Logger
  readonly transport: SipTransport
  /** Value of Server / User-Agent. */
  readonly product: string
  /** Defaults: T1 500, T2 4000, T4 5000 ms (RFC 3261 §17). */
  readonly timers?: { readonly t1Ms?: number; readonly t2Ms?: number; readonly t4Ms?: number }
  /** Server transactions at once; beyond them new requests get 503 with Retry-After. Default 100,000. */
  readonly maxServerTransactions?: number
}

/** Outcome of a request of ours outside INVITE. Never rejects. */
export type RequestOutcome =
  | {
      readonly kind: 'response'
      readonly response: SipResponse
      /** By which it came; known outside dialogs. */
      readonly flow?: Flow
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'transport'; readonly reason: string }

export interface SipStack {
  setUser(user: SipUser): void
  /** A datagram, or one framed message of a stream. */
  receive(flow: Flow, bytes: Uint8Array): void
  /** A stream flow has closed: its transactions fail, its usages are told when they next need it. */
  flowClosed(flow: Flow): void
  /** Starts an outgoing INVITE; at 408/503/transport failure the next RFC 3263 target is tried by the stack. */
  invite(options: InviteOptions, handlers: InviteHandlers): InviteUsage
  /** A request outside dialogs (OPTIONS, MESSAGE, REGISTER …). */
  request(options: {
    method: string
    uri: string
    from: string
    to: string
    flow?: Flow
    routes?: readonly string[]
    body?: { contentType: string; bytes: Uint8Array }
    headers?: InviteOptions['headers']
    credentials?: InviteOptions['credentials']
    callId?: string
    cseq?: number
    /** As in {@link InviteOptions}. */
    nextHop?: string
    trust?: string
    /** Of our own Contact, where the method has one; `parameters` go into its URI, with their semicolons. */
    contact?: { readonly user?: string; readonly host?: string; readonly parameters?: string }
    patienceMs?: number
  }): Promise<RequestOutcome>
  /** Finds a live INVITE usage by its dialog identifiers as the peer names them (for Replaces, RFC 3891 §3). `toTag` is our tag. */
  findUsage(callId: string, toTag: string, fromTag: string): InviteUsage | undefined
  /** Open transactions and usages, for metrics and leak tests. */
  counts(): { clientTransactions: number; serverTransactions: number; usages: number; timers: number }
  close(): void
}
