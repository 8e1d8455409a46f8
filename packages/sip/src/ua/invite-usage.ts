import type { NameAddress } from '../message/name-address.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { Enclosure } from './enclosure.ts'
import type { Flow } from './transport.ts'

/** Extra header fields for one message, in order. */
export type ExtraHeaders = ReadonlyArray<readonly [name: string, value: string]>

/** Our reply to an offer that the peer made; exactly one of the two must be called, once. */
export interface OfferReply {
  /** The answer goes out in the right message (2xx of INVITE or UPDATE, 2xx of PRACK). */
  accept(answer: string): void
  refuse(status: number, reason?: string): void
}

/** Why an INVITE dialog usage ended. */
export interface InviteEnd {
  /** `peer`: BYE, CANCEL or a final failure from there. `us`: we asked. Others: nobody answered, or the network. */
  readonly by: 'peer' | 'us' | 'timeout' | 'transport' | 'session-timer' | 'no-ack'
  /** The failure status that ended an INVITE (sent or received), or the one that a re-INVITE ended the dialog with (481, 408). */
  readonly status?: number
  readonly reasonPhrase?: string
  /** Value of the Reason header field(s) (RFC 3326) that came with it. */
  readonly reason?: string
  readonly response?: SipResponse
}

/** What a `REFER` in the dialog asks (RFC 3515, RFC 3891). Answer with accept (202, then notify) or refuse. */
export interface Referral {
  readonly request: SipRequest
  readonly referTo: NameAddress
  /** From `Replaces` in the Refer-To URI: which of our dialogs is meant. */
  readonly replaces?: {
    readonly callId: string
    readonly toTag: string
    readonly fromTag: string
    readonly earlyOnly: boolean
  }
  readonly referredBy?: string
  accept(): void
  refuse(status: number, reason?: string): void
  /** Sends NOTIFY message/sipfrag; a final status (>= 200) ends the implicit subscription. Not sent with `Refer-Sub: false`. */
  notify(status: number, reason?: string): void
}

/** What the upper layer is told. Never called re-entrantly from within a command. */
export interface InviteHandlers {
  /** UAC: 1xx above 100. `sdp` is the answer (reliable or not) if it has one; `early` names the early dialog it belongs to. */
  onProvisional?(response: SipResponse, sdp: string | undefined, early: string): void
  /** UAC: the first 2xx; `sdp` is the answer, or the peer's offer when our INVITE had none (then `reply` is there, and goes out in the ACK). Later 2xx of other branches are ACKed and BYEd by the stack. */
  onAccepted?(response: SipResponse, sdp: string | undefined, reply?: OfferReply): void
  /** UAC: redirection is told like a failure (onEnded) with its response; the upper layer decides about its Contacts. */
  /** UAS: the ACK to our 2xx came; `sdp` is the answer if our 2xx was the offer. */
  onConfirmed?(sdp: string | undefined): void
  /** Either: re-INVITE or UPDATE with an offer from the peer (glare and overlapping are already answered 491/500 by the stack). */
  onOffer?(offer: string, reply: OfferReply, request: SipRequest): void
  /**
   * Either: an offer of ours that changes nothing, for a re-INVITE of the peer without one or to refresh the session (RFC 4028 §7.4); the answer
   * comes by onAnswer, where it is another one than the last. A refresh repeats the last description where this is refused.
   */
  onOfferWanted?(reply: OfferReply, by: 'peer' | 'refresh'): void
  /** Either: the answer to an offer of ours (from onOfferWanted). */
  onAnswer?(sdp: string): void
  onReferral?(referral: Referral): void
  /** INFO; answer is 200 when it returns true, 415 otherwise. */
  onInfo?(contentType: string, body: string, packageName: string | undefined): boolean
  /** INFO with `Record: on` or `off` and no body, as phones with a key for it send; resolves with the status of the answer. */
  onRecordWanted?(isOn: boolean): Promise<number>
  /** The usage is over; called exactly once, last. */
  onEnded(end: InviteEnd): void
}

/** Makes an offer when it can be sent; undefined: there is none any more. */
export type MakeOffer = () => Promise<string | undefined>

/** Outcome of an offer that we made in an established dialog. */
export type ReofferOutcome =
  | { readonly kind: 'answered'; readonly answer: string }
  /** 488, 491 after all retries, 5xx …: the dialog goes on as it was. */
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'ended' }

/** One INVITE dialog usage, from the first INVITE to its end: a SIP leg. */
export interface InviteUsage {
  /** SIP Call-ID. */
  readonly sipCallId: string
  readonly localTag: string
  readonly remoteTag: string | undefined
  readonly flow: Flow | undefined
  /** What the peer talks with is a conference: our Contact says `isfocus` (RFC 4579 §5.1, RFC 3840 §10). */
  isFocus: boolean
  readonly state: 'calling' | 'proceeding' | 'early' | 'accepted' | 'confirmed' | 'ended'
  /**
   * The peer is reached over another flow from now on, whatever its Contact says: it has proven to the registrar that it is the same
   * one (RFC 5626 §5.3, a new flow of the same instance).
   */
  moveTo(flow: Flow): void
  /** Whether the peer's Allow/Supported (last seen) hold it. */
  peerAllows(method: string): boolean
  peerSupports(optionTag: string): boolean
  /** Whether the peer's Allow-Events (last seen) hold the package. */
  peerAllowsEvent(packageName: string): boolean
  /** BYE in a confirmed dialog, CANCEL (when allowed) for an outgoing early one, 487/status for an incoming one. Idempotent. */
  end(options?: { status?: number; reason?: string; headers?: ExtraHeaders }): void
  /**
   * In a confirmed dialog: re-INVITE (or UPDATE with `method`) with an offer; retried after 491 by RFC 3261 §14.1. An offer that is made when its turn
   * comes fits what the peer has changed meanwhile; where it resolves with undefined the outcome is `refused` with 488.
   */
  reoffer(
    offer: string | MakeOffer,
    options?: { method?: 'INVITE' | 'UPDATE'; headers?: ExtraHeaders },
  ): Promise<ReofferOutcome>
  /** In-dialog INFO (application/dtmf-relay and others; none with an empty type); resolves with the status. */
  info(contentType: string, body: string, headers?: ExtraHeaders): Promise<number>
  /**
   * In-dialog NOTIFY without a subscription, by which phones that list the package in Allow-Events are controlled: `talk` answers or
   * retrieves the call, `hold` holds it. Also in an early dialog. Resolves with the status.
   */
  sendEvent(packageName: 'talk' | 'hold'): Promise<number>
  /** In-dialog REFER from us; `onNotify` gets the status of each sipfrag. Resolves with the status of the REFER. */
  refer(referTo: string, options?: { headers?: ExtraHeaders; onNotify?: (status: number) => void }): Promise<number>
}

/** Incoming INVITE, before it is answered. */
export interface InviteUas extends InviteUsage {
  readonly request: SipRequest
  /** The offer in the INVITE, if any. */
  readonly offer: string | undefined
  setHandlers(handlers: InviteHandlers): void
  /** How we present ourselves to this peer, before anything but 100 was answered. */
  presentAs(options: { readonly contactHost?: string; readonly trust?: string }): void
  /** 180/181/182/183; with `sdp` early media. Sent reliably (RFC 3262) when the peer requires it, or supports it and sdp is given. Repeated unreliably every minute by the stack (§13.3.1.1). */
  progress(status: 180 | 181 | 182 | 183, options?: { sdp?: string; headers?: ExtraHeaders }): void
  /** 200 with the answer (or with our offer, when the INVITE had none). */
  accept(sdp: string, options?: { headers?: ExtraHeaders }): void
  refuse(status: number, options?: { reason?: string; headers?: ExtraHeaders }): void
}

export interface InviteOptions {
  /** Request-URI. */
  readonly uri: string
  /** Full header values; From without tag. */
  readonly from: string
  readonly to: string
  /** Our Contact user part; host and port come from the flow. */
  readonly contactUser?: string
  /** Host of our Contact instead of the address that the flow is reached at, for peers that know us by a name. */
  readonly contactHost?: string
  /** Where it is sent although the Request-URI names another, as a SIP URI; behind the routes. */
  readonly nextHop?: string
  /** Goes into {@link ResolvedTarget.trust}. */
  readonly trust?: string
  /**
   * How long each target may be silent before the next one is asked, or the usage ends with 408. Without it a target is waited for as
   * long as RFC 3261 says, and for 8 × T1 while others are left.
   */
  readonly patienceMs?: number
  /** Route set to preload (Path of a binding, outbound proxy). */
  readonly routes?: readonly string[]
  /** Use this flow (a binding's) instead of resolving the URI; falls back to `targets` or resolving when it is gone. */
  readonly flow?: Flow
  readonly offer: string | undefined
  /** Goes along with the offer, and is left out once the peer has refused it. */
  readonly enclosure?: Enclosure
  readonly headers?: ExtraHeaders
  /** Answers 401 and 407, each realm once and two at most: HA1-free credentials for a trunk. */
  readonly credentials?: { readonly username: string; readonly password: string }
  readonly sessionExpiresSeconds?: number
}
