import type { Dialog } from '../dialog/dialog.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { Credentials } from './answer-challenge.ts'
import type { ExtraHeaders, InviteEnd, InviteHandlers } from './invite-usage.ts'
import type { OfferState } from './offer-state.ts'
import type { PeerAbilities } from './peer-abilities.ts'
import type { StackCore } from './stack-core.ts'
import type { Flow } from './transport.ts'

/** What the parts of one INVITE usage may do with the whole. */
export interface LegAccess {
  readonly core: StackCore
  /** The confirmed dialog, or the early one in use. */
  readonly dialog: Dialog | undefined
  readonly flow: Flow | undefined
  /** Whether requests keep to the flow whatever the peer's Contact says (NAT, binding). */
  readonly isPinned: boolean
  /** Whose word a new TLS connection to the peer needs. */
  readonly trust: string | undefined
  readonly peer: PeerAbilities
  readonly offers: OfferState
  readonly isEnded: boolean
  /** Whether the dialog is confirmed and its first ACK has gone by. */
  readonly isConfirmed: boolean
  readonly credentials: Credentials | undefined
  /** Whether the Call-ID is ours (we were the first UAC). */
  readonly ownsCallId: boolean
  /** Our Contact value on that flow. */
  contactFor(flow: Flow): string
  /** Tells the upper layer after this turn; nothing is told after the end. */
  notify(tell: (handlers: InviteHandlers) => void): void
  /** Ends the dialog by BYE and tells the end. */
  hangUp(end: InviteEnd, headers?: ExtraHeaders): void
  /** The peer's message in this dialog says where it is now. */
  refreshFrom(message: SipRequest | SipResponse, flow: Flow | undefined): void
  /** Takes the session interval of a 2xx to a request of ours (RFC 4028 §7.2). */
  agreeSessionTimer(response: SipResponse): void
  /** Writes the session interval into a request of ours that refreshes the dialog (RFC 4028 §7.4). */
  askSessionTimer(request: SipRequest, minSe: number | undefined): void
  /** Writes the session interval into a 2xx of ours and starts counting (RFC 4028 §9). */
  answerSessionTimer(request: SipRequest, response: SipResponse): void
  /** Sends the ACK of a 2xx; `sentBy` is told the message for repeating it. */
  sendAck(
    dialog: Dialog,
    seq: number,
    invite: SipRequest | undefined,
    sdp: string | undefined,
    sentBy: (ack: SipRequest, flow: Flow) => void,
  ): void
  /** An offer and answer or an INVITE transaction is over: what waits may go. */
  settled(): void
}
