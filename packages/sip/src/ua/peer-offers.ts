import { makeResponse } from '../message/make-response.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import { AwaitedAck } from './awaited-ack.ts'
import type { OfferReply } from './invite-usage.ts'
import type { LegAccess } from './leg-access.ts'
import { sessionDescriptionOf, setSessionDescription } from './session-description.ts'
import { stampProduct } from './stack-core.ts'
import { allowValue, supportedValue } from './supported.ts'
import type { Flow } from './transport.ts'

/** A request that changes the dialog, while the upper layer thinks about it. */
interface OpenRequest {
  readonly request: SipRequest
  readonly transaction: ServerTransaction
  readonly flow: Flow
}

/** A 2xx of ours whose ACK is due. */
interface DueAck {
  readonly awaited: AwaitedAck
  readonly onAck: (ack: SipRequest) => void
}

/** A reply that works once; after the end of the usage it does nothing. */
export function makeOfferReply(accept: (sdp: string) => void, refuse: OfferReply['refuse']): OfferReply {
  let isUsed = false
  const once = (): void => {
    if (isUsed) throw new Error('an offer is replied to once')
    isUsed = true
  }
  return {
    accept: (sdp) => {
      once()
      accept(sdp)
    },
    refuse: (status, reason) => {
      once()
      refuse(status, reason)
    },
  }
}

/** re-INVITE and UPDATE from the peer (RFC 3261 §14.2, RFC 3311 §5.2), and the ACKs that our 2xx wait for. */
export class PeerOffers {
  readonly #leg: LegAccess
  /** By CSeq; most dialogs have none after the first. */
  #dueAcks: Map<number, DueAck> | undefined
  #openInvite: OpenRequest | undefined
  #openUpdate: OpenRequest | undefined

  constructor(leg: LegAccess) {
    this.#leg = leg
  }

  /** Whether an INVITE of the peer still waits for our final response or for its ACK. */
  get isBusy(): boolean {
    return this.#openInvite !== undefined || this.#openUpdate !== undefined || this.#dueAcks !== undefined
  }

  /** Sends a 2xx to an INVITE and keeps sending it until its ACK. */
  sendUntilAck(open: ServerTransaction, response: SipResponse, onAck: (ack: SipRequest) => void): void {
    const seq = open.request.cseq.number
    const awaited = new AwaitedAck(this.#leg.core, open, response, () => this.#onAckMissing(seq))
    this.#dueAcks ??= new Map()
    this.#dueAcks.set(seq, { awaited, onAck })
    open.respond(response)
  }

  receiveAck(ack: SipRequest): void {
    const due = this.#dueAcks?.get(ack.cseq.number)
    if (!due) return
    due.awaited.stop()
    this.#forgetAck(ack.cseq.number)
    due.onAck(ack)
    this.#leg.settled()
  }

  /** @param isOurInviteOpen whether an INVITE or UPDATE of ours is under way: then both must wait (§14.2) */
  receiveInvite(request: SipRequest, transaction: ServerTransaction, flow: Flow, isOurInviteOpen: boolean): void {
    if (this.#openInvite || this.#openUpdate || this.#leg.offers.pending === 'theirs')
      return this.#tooEarly(transaction)
    if (isOurInviteOpen || this.#leg.offers.pending === 'ours') return this.#refuse(transaction, 491)
    const open = { request, transaction, flow }
    this.#openInvite = open
    transaction.user = {
      localTag: this.#leg.dialog!.localTag,
      onCancel: () => this.#refuseInvite(open, 487),
    }
    transaction.respond(makeResponse(request, 100))
    const offer = sessionDescriptionOf(request)
    if (offer === undefined) this.#askForOffer(open)
    else this.#tellOffer(open, offer)
  }

  receiveUpdate(request: SipRequest, transaction: ServerTransaction, flow: Flow, isOurOfferOpen: boolean): void {
    const offer = sessionDescriptionOf(request)
    if (offer === undefined) {
      this.#leg.refreshFrom(request, flow)
      return this.#acceptUpdate({ request, transaction, flow }, undefined)
    }
    if (isOurOfferOpen || this.#leg.offers.pending === 'ours') return this.#refuse(transaction, 491)
    if (this.#openUpdate || this.#openInvite || this.#leg.offers.pending === 'theirs')
      return this.#tooEarly(transaction)
    const open = { request, transaction, flow }
    this.#openUpdate = open
    this.#leg.offers.receivedOffer(request.from.tag)
    const reply = makeOfferReply(
      (answer) => {
        if (!this.#closeUpdate(open)) return
        this.#leg.offers.sentAnswer(answer)
        this.#leg.offers.remote = offer
        this.#leg.refreshFrom(request, flow)
        this.#acceptUpdate(open, answer)
        this.#leg.settled()
      },
      (status, reason) => {
        if (!this.#closeUpdate(open)) return
        this.#leg.offers.withdraw()
        this.#refuse(transaction, status, reason)
        this.#leg.settled()
      },
    )
    this.#leg.notify((handlers) => {
      if (handlers.onOffer) handlers.onOffer(offer, reply, request)
      else reply.refuse(488)
    })
  }

  /** The usage ends: open requests get 487, ACKs are waited for no more. */
  stop(): void {
    for (const due of this.#dueAcks?.values() ?? []) due.awaited.stop()
    this.#dueAcks = undefined
    const open = [this.#openInvite, this.#openUpdate]
    this.#openInvite = this.#openUpdate = undefined
    for (const request of open) if (request && !request.transaction.isAnswered) this.#refuse(request.transaction, 487)
  }

  #tellOffer(open: OpenRequest, offer: string): void {
    this.#leg.offers.receivedOffer()
    const reply = makeOfferReply(
      (answer) => {
        if (!this.#closeInvite(open)) return
        this.#leg.offers.sentAnswer(answer)
        this.#leg.offers.remote = offer
        this.#acceptInvite(open, answer, () => {})
      },
      (status, reason) => this.#refuseInvite(open, status, reason),
    )
    this.#leg.notify((handlers) => {
      if (handlers.onOffer) handlers.onOffer(offer, reply, open.request)
      else reply.refuse(488)
    })
  }

  #askForOffer(open: OpenRequest): void {
    const reply = makeOfferReply(
      (offer) => {
        if (!this.#closeInvite(open)) return
        this.#leg.offers.sentOffer(offer)
        this.#acceptInvite(open, offer, (ack) => this.#takeAnswer(ack))
      },
      (status, reason) => this.#refuseInvite(open, status, reason),
    )
    this.#leg.notify((handlers) => {
      if (handlers.onOfferWanted) handlers.onOfferWanted(reply, 'peer')
      else reply.refuse(488)
    })
  }

  #takeAnswer(ack: SipRequest): void {
    const answer = sessionDescriptionOf(ack)
    if (answer === undefined) return this.#leg.offers.withdraw()
    this.#leg.offers.receivedAnswer(answer)
    this.#leg.notify((handlers) => handlers.onAnswer?.(answer))
  }

  #acceptInvite(open: OpenRequest, sdp: string, onAck: (ack: SipRequest) => void): void {
    this.#leg.refreshFrom(open.request, open.flow)
    const response = this.#make2xx(open, sdp)
    this.sendUntilAck(open.transaction, response, onAck)
  }

  #acceptUpdate(open: OpenRequest, sdp: string | undefined): void {
    open.transaction.respond(this.#make2xx(open, sdp))
  }

  #make2xx(open: OpenRequest, sdp: string | undefined): SipResponse {
    const response = makeResponse(open.request, 200)
    response.headers.append('Contact', this.#leg.contactFor(open.flow))
    response.headers.append('Allow', allowValue)
    response.headers.append('Supported', supportedValue)
    stampProduct(response, this.#leg.core)
    this.#leg.answerSessionTimer(open.request, response)
    if (sdp !== undefined) setSessionDescription(response, sdp)
    return response
  }

  #closeInvite(open: OpenRequest): boolean {
    if (this.#openInvite !== open || this.#leg.isEnded) return false
    this.#openInvite = undefined
    return true
  }

  #closeUpdate(open: OpenRequest): boolean {
    if (this.#openUpdate !== open || this.#leg.isEnded) return false
    this.#openUpdate = undefined
    return true
  }

  #refuseInvite(open: OpenRequest, status: number, reason?: string): void {
    if (!this.#closeInvite(open)) return
    this.#leg.offers.withdraw()
    this.#refuse(open.transaction, status, reason)
    this.#leg.settled()
  }

  #refuse(transaction: ServerTransaction, status: number, reason?: string): void {
    transaction.refuse(status, this.#leg.dialog?.localTag ?? '', reason)
  }

  /** The peer asks again before its first question is answered: 500 with a random wait up to 10 s (§14.2). */
  #tooEarly(transaction: ServerTransaction): void {
    const response = makeResponse(transaction.request, 500, 'Request Overlaps')
    response.headers.append('Retry-After', String(this.#leg.core.randomBelow(11)))
    transaction.respond(response)
  }

  #forgetAck(seq: number): void {
    this.#dueAcks?.delete(seq)
    if (this.#dueAcks?.size === 0) this.#dueAcks = undefined
  }

  #onAckMissing(seq: number): void {
    this.#forgetAck(seq)
    this.#leg.hangUp({ by: 'no-ack' })
  }
}
