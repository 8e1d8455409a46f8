import type { Dialog } from '../dialog/dialog.ts'
import { makeResponse } from '../message/make-response.ts'
import { SipRequest, type SipResponse } from '../message/sip-message.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import { patienceMs } from '../transaction/timing.ts'
import type { Credentials } from './answer-challenge.ts'
import { DialogRequest, type FillRequest, wayInDialog } from './dialog-request.ts'
import { inspectRequest, minSessionSeconds, tooBrief } from './inspect-request.ts'
import type { ExtraHeaders, InviteEnd, InviteHandlers, InviteUsage, MakeOffer, ReofferOutcome } from './invite-usage.ts'
import type { LegAccess } from './leg-access.ts'
import type { LegDoor } from './leg-table.ts'
import { OfferState } from './offer-state.ts'
import { ownContact } from './own-contact.ts'
import { PeerAbilities } from './peer-abilities.ts'
import { makeOfferReply, PeerOffers } from './peer-offers.ts'
import { Referrals } from './referrals.ts'
import { Reoffers } from './reoffers.ts'
import { RequestAllowance } from './request-allowance.ts'
import { answerSessionExpires, parseMinSe, parseSessionExpires } from './session-expires.ts'
import { setSessionDescription } from './session-description.ts'
import { SessionTimer } from './session-timer.ts'
import { type StackCore, stampProduct } from './stack-core.ts'
import { acceptValue, allowValue, supportedValue } from './supported.ts'
import type { Flow } from './transport.ts'

export interface LegOptions {
  readonly core: StackCore
  readonly sipCallId: string
  readonly localTag: string
  readonly ownsCallId: boolean
  readonly contactUser: string | undefined
  readonly isSips: boolean
  readonly contactHost?: string | undefined
  readonly trust?: string | undefined
  readonly credentials?: Credentials
  readonly handlers?: InviteHandlers
}

/** One INVITE usage: what its two kinds, UAC and UAS, share once there is a dialog. */
export abstract class InviteLeg implements InviteUsage, LegAccess, LegDoor {
  readonly core: StackCore
  readonly sipCallId: string
  readonly localTag: string
  readonly ownsCallId: boolean
  readonly credentials: Credentials | undefined
  readonly peer = new PeerAbilities()
  readonly offers = new OfferState()
  protected readonly peerOffers: PeerOffers
  readonly #contactUser: string | undefined
  readonly #isSips: boolean
  #contactHost: string | undefined
  isFocus = false
  #trust: string | undefined
  /** Made when first needed: most calls never change, and are never referred. */
  #reoffers: Reoffers | undefined
  #referrals: Referrals | undefined
  readonly #sessionTimer: SessionTimer
  #state: InviteUsage['state']
  #handlers: InviteHandlers | undefined
  readonly #allowance = new RequestAllowance()
  #untold: Array<(handlers: InviteHandlers) => void> = []
  #flow: Flow | undefined

  constructor(options: LegOptions, state: InviteUsage['state']) {
    this.core = options.core
    this.sipCallId = options.sipCallId
    this.localTag = options.localTag
    this.ownsCallId = options.ownsCallId
    this.credentials = options.credentials
    this.#contactUser = options.contactUser
    this.#isSips = options.isSips
    this.#contactHost = options.contactHost
    this.#trust = options.trust
    this.#handlers = options.handlers
    this.#state = state
    this.peerOffers = new PeerOffers(this)
    this.#sessionTimer = new SessionTimer(
      this.core.timers,
      () => this.#refreshSession(),
      () => this.hangUp({ by: 'session-timer' }),
    )
    this.core.legs.add(this.localTag, this)
  }

  abstract get dialog(): Dialog | undefined
  abstract get isPinned(): boolean
  abstract hasRemoteTag(tag: string): boolean
  abstract receiveStraySuccess(response: SipResponse, flow: Flow): void
  abstract end(options?: { status?: number; reason?: string; headers?: ExtraHeaders }): void
  /** The dialog that a request of the peer belongs to. */
  protected abstract dialogFor(remoteTag: string): Dialog | undefined
  /** The ACK of an INVITE of the peer; those of re-INVITEs are dealt with already. */
  protected abstract receivePrack(request: SipRequest, transaction: ServerTransaction): void
  /** The usage is over: what the kind itself still has open is closed. */
  protected abstract onFinished(): void

  get usage(): InviteUsage {
    return this
  }

  get state(): InviteUsage['state'] {
    return this.#state
  }

  get isEnded(): boolean {
    return this.#state === 'ended'
  }

  get isConfirmed(): boolean {
    return this.#state === 'confirmed'
  }

  get remoteTag(): string | undefined {
    return this.dialog?.remoteTag
  }

  get flow(): Flow | undefined {
    return this.#flow
  }

  protected setFlow(flow: Flow): void {
    this.#flow = flow
  }

  moveTo(flow: Flow): void {
    if (!this.isEnded) this.#flow = flow
  }

  protected setState(state: InviteUsage['state']): void {
    if (this.#state !== 'ended') this.#state = state
  }

  setHandlers(handlers: InviteHandlers): void {
    this.#handlers = handlers
    for (const tell of this.#untold.splice(0)) this.core.turn.later(() => this.#tell(tell))
  }

  peerAllows(method: string): boolean {
    return this.peer.allows(method.toUpperCase())
  }

  peerSupports(optionTag: string): boolean {
    return this.peer.supports(optionTag.toLowerCase())
  }

  peerAllowsEvent(packageName: string): boolean {
    return this.peer.allowsEvent(packageName)
  }

  contactFor(flow: Flow): string {
    const contact = ownContact(this.core.transport, flow, this.#contactUser, this.#isSips, this.#contactHost)
    return this.isFocus ? `${contact};isfocus` : contact
  }

  get trust(): string | undefined {
    return this.#trust
  }

  presentAs({ contactHost, trust }: { readonly contactHost?: string; readonly trust?: string }): void {
    this.#contactHost = contactHost
    this.#trust = trust
  }

  notify(tell: (handlers: InviteHandlers) => void): void {
    if (!this.isEnded) this.core.turn.later(() => this.#tell(tell))
  }

  /** Tells the end, once, and lets go of everything but what is still on the wire. */
  protected finish(end: InviteEnd): void {
    if (this.isEnded) return
    this.#state = 'ended'
    this.core.legs.ended(this.localTag)
    this.#sessionTimer.stop()
    this.peerOffers.stop()
    this.#reoffers?.stop()
    this.onFinished()
    this.offers.forget()
    this.core.turn.later(() => {
      this.#tell((handlers) => handlers.onEnded(end))
      // Late messages may still need the dialog, but nobody is told any more.
      this.#handlers = this.#handlers && { onEnded: () => {} }
    })
  }

  /** No message of this usage is expected any more. */
  protected forget(): void {
    this.core.legs.remove(this.localTag)
  }

  /** Keeps the usage findable for late messages, for as long as a transaction may last. */
  protected linger(): void {
    this.core.timers.start(patienceMs(this.core.timing), { timerFired: () => this.forget() }, 'linger')
  }

  hangUp(end: InviteEnd, headers: ExtraHeaders = []): void {
    const { dialog } = this
    if (this.isEnded) return
    this.#referrals?.tellAll()
    this.finish(end)
    if (dialog) this.sendBye(dialog, headers, () => this.forget())
    else this.forget()
  }

  protected sendBye(dialog: Dialog, headers: ExtraHeaders, done: () => void): void {
    new DialogRequest({
      leg: this,
      dialog,
      method: 'BYE',
      fill: (request) => {
        for (const [name, value] of headers) request.headers.append(name, value)
      },
      done,
    })
  }

  reoffer(
    offer: string | MakeOffer,
    options: { method?: 'INVITE' | 'UPDATE'; headers?: ExtraHeaders } = {},
  ): Promise<ReofferOutcome> {
    if (this.isEnded) return Promise.resolve({ kind: 'ended' })
    return new Promise((settle) => {
      const { method = 'INVITE', headers = [] } = options
      this.#changes().add({ method, offer, headers, isRefresh: false, settle })
    })
  }

  info(contentType: string, body: string, headers: ExtraHeaders = []): Promise<number> {
    return this.#request('INFO', (request) => {
      for (const [name, value] of headers) request.headers.append(name, value)
      if (contentType === '') return
      request.headers.append('Content-Type', contentType)
      request.body = new TextEncoder().encode(body)
    })
  }

  sendEvent(packageName: 'talk' | 'hold'): Promise<number> {
    return this.#request('NOTIFY', (request, flow) => {
      request.headers.append('Event', packageName)
      request.headers.append('Subscription-State', 'active')
      request.headers.append('Contact', this.contactFor(flow))
    })
  }

  #request(method: string, fill: FillRequest): Promise<number> {
    const { dialog } = this
    if (!dialog || this.isEnded) return Promise.resolve(481)
    return new Promise((resolve) => {
      new DialogRequest({
        leg: this,
        dialog,
        method,
        fill,
        done: (outcome) => {
          const status = outcome.kind === 'response' ? outcome.response.status : outcome.kind === 'timeout' ? 408 : 503
          // RFC 5057 §5.1: the peer knows nothing of this usage; of a NOTIFY it says so of a subscription.
          if (outcome.kind === 'response' && status === 481 && method !== 'NOTIFY') this.hangUp({ by: 'peer', status })
          resolve(status)
        },
      })
    })
  }

  refer(
    referTo: string,
    options: { headers?: ExtraHeaders; onNotify?: (status: number) => void } = {},
  ): Promise<number> {
    return this.#references().send(referTo, options.headers ?? [], options.onNotify)
  }

  refreshFrom(message: SipRequest | SipResponse, flow: Flow | undefined): void {
    // Of a fork's branches, the one that asked has moved.
    const dialog = message instanceof SipRequest ? this.dialogFor(message.from.tag ?? '') : this.dialog
    dialog?.refreshTarget(message)
    if (flow) this.#flow = flow
  }

  askSessionTimer(request: SipRequest, minSe: number | undefined): void {
    const seconds = this.#sessionTimer.seconds
    if (seconds === undefined) return
    const longEnough = Math.max(seconds, minSe ?? 0)
    request.headers.append('Session-Expires', `${longEnough};refresher=${this.#sessionTimer.weRefresh ? 'uac' : 'uas'}`)
    if (minSe !== undefined) request.headers.append('Min-SE', String(minSe))
  }

  agreeSessionTimer(response: SipResponse): void {
    const agreed = parseSessionExpires(response.headers.get('Session-Expires'))
    // Nobody may make us refresh more often than the smallest interval there is (RFC 4028 §5).
    if (agreed) this.#sessionTimer.restart(Math.max(agreed.seconds, minSessionSeconds), agreed.refresher !== 'uas')
    else this.#sessionTimer.stop()
  }

  answerSessionTimer(request: SipRequest, response: SipResponse): void {
    const minSeconds = Math.max(minSessionSeconds, parseMinSe(request.headers.get('Min-SE')) ?? 0)
    const wanted = parseSessionExpires(request.headers.get('Session-Expires'))
    const agreed = answerSessionExpires(wanted, request.headers.lists('Supported', 'timer'), minSeconds)
    if (!agreed) return this.#sessionTimer.stop()
    response.headers.append('Session-Expires', `${agreed.seconds};refresher=${agreed.refresher}`)
    if (agreed.refresher === 'uac') response.headers.append('Require', 'timer')
    this.#sessionTimer.restart(agreed.seconds, agreed.refresher === 'uas')
  }

  settled(): void {
    this.#reoffers?.pump()
  }

  sendAck(
    dialog: Dialog,
    seq: number,
    invite: SipRequest | undefined,
    sdp: string | undefined,
    sentBy: (ack: SipRequest, flow: Flow) => void,
  ): void {
    this.core.sender.sendAck(
      {
        ...wayInDialog(this, dialog),
        build: () => {
          const { request } = dialog.makeRequest('ACK', seq)
          for (const name of ['Authorization', 'Proxy-Authorization']) {
            for (const value of invite?.headers.getAll(name) ?? []) request.headers.append(name, value)
          }
          stampProduct(request, this.core)
          if (sdp !== undefined) setSessionDescription(request, sdp)
          return request
        },
      },
      sentBy,
    )
  }

  receiveRequest(request: SipRequest, flow: Flow): void {
    if (request.method === 'ACK') return this.peerOffers.receiveAck(request)
    const transaction = this.core.transactions.openServer(request, flow)
    const dialog = this.dialogFor(request.from.tag ?? '')
    if (!dialog || (this.isEnded && request.method !== 'BYE')) return transaction.respond(makeResponse(request, 481))
    if (this.isEnded) return transaction.respond(makeResponse(request, 200))
    const refusal = this.#refuseTooMany(request) ?? inspectRequest(request, false)
    if (refusal) return transaction.respond(refusal)
    // A BYE ends the dialog whatever its number: nobody is helped by a call that cannot be hung up.
    if (!dialog.acceptRemoteSeq(request.cseq.number) && request.method !== 'BYE') {
      return transaction.respond(makeResponse(request, 500, 'CSeq Out Of Order'))
    }
    this.peer.learn(request)
    if (!this.#flow?.isOpen) this.#flow = flow
    this.#dispatch(request, transaction, flow)
  }

  /** What ends a call, or lets it begin, is always taken. */
  #refuseTooMany(request: SipRequest): SipResponse | undefined {
    if (request.method === 'BYE' || request.method === 'PRACK') return undefined
    if (this.#allowance.take(this.core.clock.monotonicMs())) return undefined
    const response = makeResponse(request, 503, 'Too Many Requests In This Call')
    response.headers.append('Retry-After', '5')
    return response
  }

  drop(): void {
    this.finish({ by: 'us', reasonPhrase: 'the stack closes' })
    this.forget()
  }

  #dispatch(request: SipRequest, transaction: ServerTransaction, flow: Flow): void {
    switch (request.method) {
      case 'BYE':
        return this.#receiveBye(request, transaction)
      case 'INVITE':
        return this.peerOffers.receiveInvite(request, transaction, flow, this.#reoffers?.isInviteOpen ?? false)
      case 'UPDATE': {
        const refusal = tooBrief(request)
        if (refusal) return transaction.respond(refusal)
        return this.peerOffers.receiveUpdate(request, transaction, flow, this.#reoffers?.isOfferOpen ?? false)
      }
      case 'PRACK':
        return this.receivePrack(request, transaction)
      case 'INFO':
        return this.#receiveInfo(request, transaction)
      case 'REFER':
        return this.#references().receiveRefer(request, transaction, flow)
      case 'OPTIONS':
        return this.#answerOptions(request, transaction)
      case 'NOTIFY':
        if (this.#references().receiveNotify(request, transaction)) return
    }
    this.core.offerToUser(request, flow, transaction)
  }

  #receiveBye(request: SipRequest, transaction: ServerTransaction): void {
    transaction.respond(makeResponse(request, 200))
    const reason = request.headers.getAll('Reason').join(', ')
    this.finish(reason === '' ? { by: 'peer' } : { by: 'peer', reason })
    this.forget()
  }

  #receiveInfo(request: SipRequest, transaction: ServerTransaction): void {
    const packageName = request.headers.get('Info-Package')?.split(';')[0]?.trim()
    const record = request.headers.get('Record')?.trim().toLowerCase()
    if (request.body.length === 0 && (record === 'on' || record === 'off'))
      return this.#receiveRecordWish(record === 'on', request, transaction)
    // Adapters tell a flash of the hook by a Content-Type and no more.
    if (request.body.length === 0 && packageName === undefined && request.contentType === undefined) {
      return transaction.respond(makeResponse(request, 200))
    }
    this.notify((handlers) => {
      const isTaken = handlers.onInfo?.(request.contentType ?? '', request.text, packageName) ?? false
      if (isTaken) return transaction.respond(makeResponse(request, 200))
      const response = makeResponse(request, packageName === undefined ? 415 : 469)
      if (packageName !== undefined) response.headers.append('Recv-Info', '')
      else response.headers.append('Accept', 'application/dtmf-relay')
      transaction.respond(response)
    })
  }

  #receiveRecordWish(isOn: boolean, request: SipRequest, transaction: ServerTransaction): void {
    this.notify((handlers) => {
      const answered = handlers.onRecordWanted?.(isOn) ?? Promise.resolve(200)
      void answered.catch(() => 500).then((status) => transaction.respond(makeResponse(request, status)))
    })
  }

  #answerOptions(request: SipRequest, transaction: ServerTransaction): void {
    const response = makeResponse(request, 200)
    response.headers.append('Allow', allowValue)
    response.headers.append('Accept', acceptValue)
    response.headers.append('Supported', supportedValue)
    stampProduct(response, this.core)
    transaction.respond(response)
  }

  #changes(): Reoffers {
    this.#reoffers ??= new Reoffers(this, () => this.peerOffers.isBusy)
    return this.#reoffers
  }

  #references(): Referrals {
    this.#referrals ??= new Referrals(this)
    return this.#referrals
  }

  #refreshSession(): void {
    const settle = (): void => {}
    if (this.peer.allows('UPDATE')) {
      return this.#changes().add({ method: 'UPDATE', offer: undefined, headers: [], isRefresh: true, settle })
    }
    if (this.offers.local === undefined) return
    const offer = (): Promise<string | undefined> => this.#offerAgain()
    this.#changes().add({ method: 'INVITE', offer, headers: [], isRefresh: true, settle })
  }

  /** An offer that changes nothing: what we said last may have been an answer, which is no offer (its `a=setup`, its one codec). */
  #offerAgain(): Promise<string | undefined> {
    const last = this.offers.local
    return new Promise((resolve) => {
      const reply = makeOfferReply(resolve, () => resolve(last))
      this.notify((handlers) => {
        if (handlers.onOfferWanted) handlers.onOfferWanted(reply, 'refresh')
        else resolve(last)
      })
    })
  }

  #tell(tell: (handlers: InviteHandlers) => void): void {
    const handlers = this.#handlers
    if (!handlers) {
      this.#untold.push(tell)
      return
    }
    try {
      tell(handlers)
    } catch (error) {
      this.core.log.error('a handler of an INVITE usage failed', { sipCallId: this.sipCallId, error: String(error) })
      this.end({ status: 500 })
    }
  }
}
