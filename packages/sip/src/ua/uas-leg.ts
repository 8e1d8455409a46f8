import { Dialog } from '../dialog/dialog.ts'
import { makeResponse } from '../message/make-response.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { ServerTransaction, ServerUser } from '../transaction/server-transaction.ts'
import type { ListedTimer } from '../transaction/timer-lists.ts'
import { InviteLeg } from './invite-leg.ts'
import type { ExtraHeaders, InviteUas } from './invite-usage.ts'
import { makeOfferReply } from './peer-offers.ts'
import { ReliableProvisionals } from './reliable-provisionals.ts'
import { sessionDescriptionOf, setSessionDescription } from './session-description.ts'
import { type StackCore, stampProduct } from './stack-core.ts'
import { allowValue, supportedValue } from './supported.ts'
import type { Flow } from './transport.ts'

/** An unreliable provisional response is repeated this often while the call is not answered (RFC 3261 §13.3.1.1). */
const reminderMs = 60_000
const isIpLiteral = (host: string): boolean => host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host)

/** An incoming INVITE and the usage that it begins (RFC 3261 §13.3). */
export class UasLeg extends InviteLeg implements InviteUas, ServerUser {
  readonly request: SipRequest
  readonly offer: string | undefined
  readonly isPinned: boolean
  readonly #transaction: ServerTransaction
  readonly #dialog: Dialog
  readonly #reliables: ReliableProvisionals
  readonly #peerTakes100rel: boolean
  readonly #peerRequires100rel: boolean
  #reminder: ListedTimer | undefined
  /** Whether offer and answer are over (or under way) by a reliable provisional response, so that the 2xx has none. */
  #isDescribed = false
  #heldAccept: (() => void) | undefined
  #endWanted: { headers: ExtraHeaders } | undefined

  constructor(core: StackCore, request: SipRequest, transaction: ServerTransaction, flow: Flow, localTag: string) {
    const to = request.to.uri
    const isSips = request.uri.startsWith('sips:')
    super({ core, sipCallId: request.callId, localTag, ownsCallId: false, contactUser: to.user, isSips }, 'proceeding')
    this.request = request
    this.offer = sessionDescriptionOf(request)
    this.#transaction = transaction
    this.#dialog = Dialog.fromRequest(request, localTag)
    this.isPinned = isBehindNat(request, flow)
    this.#peerRequires100rel = request.headers.lists('Require', '100rel')
    this.#peerTakes100rel = this.#peerRequires100rel || request.headers.lists('Supported', '100rel')
    this.#reliables = new ReliableProvisionals(core, transaction, () => this.#refuse(504, 'No PRACK', []))
    this.setFlow(flow)
    this.peer.learn(request)
    if (this.offer !== undefined) {
      this.offers.receivedOffer()
      this.offers.remote = this.offer
    }
    transaction.user = this
    transaction.respond(makeResponse(request, 100))
  }

  get dialog(): Dialog {
    return this.#dialog
  }

  hasRemoteTag(tag: string): boolean {
    return this.#dialog.remoteTag === tag
  }

  progress(status: 180 | 181 | 182 | 183, options: { sdp?: string; headers?: ExtraHeaders } = {}): void {
    if (this.#isAnswered) return
    const isReliable =
      this.#peerRequires100rel || (this.#peerTakes100rel && options.sdp !== undefined && !this.#isDescribed)
    const response = this.#make(status, options.headers)
    // An offer of ours may only go reliably; after a reliable answer nothing more may be said (RFC 3262 §5).
    const mayDescribe = !this.#isDescribed && (isReliable || this.offer !== undefined)
    if (options.sdp !== undefined && mayDescribe) {
      setSessionDescription(response, options.sdp)
      if (isReliable) this.#describe(options.sdp)
    }
    this.setState('early')
    this.#reminder?.stop()
    if (isReliable) return this.#reliables.send(response)
    this.#remindLater(response)
    this.#transaction.respond(response)
  }

  accept(sdp: string, options: { headers?: ExtraHeaders } = {}): void {
    if (this.#isAnswered) return
    this.#remindNoMore()
    const accept = (): void => this.#accept(sdp, options.headers)
    // The 2xx waits until a reliable response with a session description has been acknowledged (RFC 3262 §3).
    if (this.#reliables.isPending || (this.#isDescribed && this.offers.pending !== undefined)) this.#heldAccept = accept
    else accept()
  }

  refuse(status: number, options: { reason?: string; headers?: ExtraHeaders } = {}): void {
    if (status < 300 || status > 699) throw new RangeError(`an INVITE is not refused with ${status}`)
    if (!this.#isAnswered) this.#refuse(status, options.reason, options.headers ?? [])
  }

  end(options: { status?: number; reason?: string; headers?: ExtraHeaders } = {}): void {
    if (this.isEnded) return
    if (!this.#transaction.isAnswered) {
      const status = options.status !== undefined && options.status >= 300 ? options.status : 487
      return this.#refuse(status, options.reason, options.headers ?? [])
    }
    const headers = options.headers ?? []
    // A callee sends no BYE before the ACK (RFC 3261 §15).
    if (this.state === 'accepted') this.#endWanted ??= { headers }
    else this.hangUp({ by: 'us' }, headers)
  }

  onCancel(cancel: SipRequest): void {
    const reason = cancel.headers.getAll('Reason').join(', ')
    this.finish({ by: 'peer', status: 487, ...(reason !== '' && { reason }) })
    this.forget()
  }

  /** An ACK with the branch of its INVITE (RFC 2543). */
  onAck(ack: SipRequest): void {
    this.peerOffers.receiveAck(ack)
  }

  receiveStraySuccess(): void {}

  /** An offer of the caller by UPDATE is over too: the 2xx may have waited for that. */
  override settled(): void {
    super.settled()
    this.#acceptIfHeld()
  }

  protected dialogFor(remoteTag: string): Dialog | undefined {
    return this.hasRemoteTag(remoteTag) ? this.#dialog : undefined
  }

  protected receivePrack(request: SipRequest, transaction: ServerTransaction): void {
    if (!this.#reliables.acknowledge(request)) return transaction.respond(makeResponse(request, 481))
    const sdp = sessionDescriptionOf(request)
    if (this.offers.pending === 'ours') {
      transaction.respond(makeResponse(request, 200))
      if (sdp === undefined) this.offers.withdraw()
      else {
        this.offers.receivedAnswer(sdp)
        this.notify((handlers) => handlers.onAnswer?.(sdp))
      }
    } else if (sdp !== undefined && this.offers.pending === undefined) this.#takeOfferOfPrack(request, transaction, sdp)
    else transaction.respond(makeResponse(request, 200))
    this.#acceptIfHeld()
  }

  protected onFinished(): void {
    this.#reliables.stop()
    this.#remindNoMore()
    this.#heldAccept = undefined
    if (!this.#transaction.isAnswered) this.#transaction.respond(this.#make(487))
    this.#transaction.letGo()
  }

  get #isAnswered(): boolean {
    return this.isEnded || this.#transaction.isAnswered || this.#heldAccept !== undefined
  }

  #acceptIfHeld(): void {
    if (!this.#heldAccept || this.#reliables.isPending || this.offers.pending !== undefined) return
    const accept = this.#heldAccept
    this.#heldAccept = undefined
    accept()
  }

  #takeOfferOfPrack(request: SipRequest, transaction: ServerTransaction, offer: string): void {
    this.offers.receivedOffer()
    const reply = makeOfferReply(
      (answer) => {
        this.offers.sentAnswer(answer)
        this.offers.remote = offer
        const response = makeResponse(request, 200)
        setSessionDescription(response, answer)
        transaction.respond(response)
        this.#acceptIfHeld()
      },
      (status, reason) => {
        this.offers.withdraw()
        transaction.respond(makeResponse(request, status, reason))
        this.#acceptIfHeld()
      },
    )
    this.notify((handlers) => {
      if (handlers.onOffer) handlers.onOffer(offer, reply, request)
      else reply.refuse(488)
    })
  }

  #describe(sdp: string): void {
    this.#isDescribed = true
    if (this.offer === undefined) this.offers.sentOffer(sdp)
    else this.offers.sentAnswer(sdp)
  }

  #accept(sdp: string, headers: ExtraHeaders | undefined): void {
    if (this.isEnded || this.#transaction.isAnswered) return
    const response = this.#make(200, headers)
    this.answerSessionTimer(this.request, response)
    let isOffer = false
    if (!this.#isDescribed) {
      setSessionDescription(response, sdp)
      isOffer = this.offer === undefined
      if (isOffer) this.offers.sentOffer(sdp)
      else this.offers.sentAnswer(sdp)
    }
    this.setState('accepted')
    this.#reliables.stop()
    this.peerOffers.sendUntilAck(this.#transaction, response, (ack) => this.#onAcknowledged(ack, isOffer))
  }

  #onAcknowledged(ack: SipRequest, isAnswerDue: boolean): void {
    const answer = isAnswerDue ? sessionDescriptionOf(ack) : undefined
    if (answer !== undefined) this.offers.receivedAnswer(answer)
    else if (isAnswerDue) this.offers.withdraw()
    this.setState('confirmed')
    this.request.forgetRead()
    this.request.forgetBody()
    this.notify((handlers) => handlers.onConfirmed?.(answer))
    if (this.#endWanted) this.hangUp({ by: 'us' }, this.#endWanted.headers)
  }

  #refuse(status: number, reason: string | undefined, headers: ExtraHeaders): void {
    this.#transaction.respond(this.#make(status, headers, reason))
    this.finish({ by: 'us', status })
    this.forget()
  }

  #make(status: number, headers: ExtraHeaders = [], reason?: string): SipResponse {
    const response = makeResponse(this.request, status, reason)
    response.headers.set('To', this.#dialog.localAddress)
    if (status < 300) {
      for (const route of this.request.headers.getAll('Record-Route')) response.headers.append('Record-Route', route)
      response.headers.append('Contact', this.contactFor(this.flow!))
      response.headers.append('Allow', allowValue)
      response.headers.append('Supported', supportedValue)
    }
    stampProduct(response, this.core)
    for (const [name, value] of headers) response.headers.append(name, value)
    return response
  }

  #remindNoMore(): void {
    this.#reminder?.stop()
    this.#reminder = undefined
  }

  #remindLater(response: SipResponse): void {
    this.#reminder = this.core.timers.start(
      reminderMs,
      {
        timerFired: () => {
          this.#transaction.respond(response)
          this.#remindLater(response)
        },
      },
      'reminder',
    )
  }
}

/** Whether the request came from elsewhere than its top Via says: then requests go back the same way. */
function isBehindNat(request: SipRequest, flow: Flow): boolean {
  const { via } = request
  if (!isIpLiteral(via.host)) return false
  return via.host !== flow.remote.address.toLowerCase() || (via.wantsRport && (via.port ?? 5060) !== flow.remote.port)
}
