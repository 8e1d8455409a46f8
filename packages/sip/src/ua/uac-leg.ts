import { Dialog } from '../dialog/dialog.ts'
import { applyRouteSet } from '../dialog/route-set.ts'
import { makeResponse } from '../message/make-response.ts'
import { SipRequest, type SipResponse } from '../message/sip-message.ts'
import { serialize } from '../message/serialize.ts'
import { makeCancel } from '../transaction/make-hop-requests.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import type { ListedTimer } from '../transaction/timer-lists.ts'
import { patienceMs } from '../transaction/timing.ts'
import { ChallengeAnswers } from './answer-challenge.ts'
import { DialogRequest } from './dialog-request.ts'
import { enclose, mayBeForEnclosure } from './enclosure.ts'
import { InviteLeg } from './invite-leg.ts'
import type { ExtraHeaders, InviteEnd, InviteHandlers, InviteOptions } from './invite-usage.ts'
import { makeOfferReply } from './peer-offers.ts'
import type { RequestUser, SentRequest } from './request-sender.ts'
import { readRSeq } from './read-rseq.ts'
import { parseMinSe, usualSessionSeconds } from './session-expires.ts'
import { sessionDescriptionOf, setSessionDescription } from './session-description.ts'
import { type StackCore, stampProduct } from './stack-core.ts'
import { allowValue, supportedValue } from './supported.ts'
import type { Flow } from './transport.ts'

/** Early dialogs of one INVITE; further branches are not believed until they answer, as many once more: an answer has to be met (RFC 3261 §13.2.2.4). */
const maxForks = 32

/** One branch that has answered with a To tag. */
interface Branch {
  readonly dialog: Dialog
  /** CSeq of the INVITE that it answers. */
  readonly seq: number
  /** RSeq of the last reliable response in order (RFC 3262 §4). */
  rseq: number | undefined
  /** The last session description it sent. */
  sdp: string | undefined
  ack: { message: SipRequest; flow: Flow } | undefined
  isDropped: boolean
}

/** An outgoing INVITE and the usage that it begins (RFC 3261 §13.2). */
export class UacLeg extends InviteLeg implements RequestUser {
  readonly #options: InviteOptions
  readonly #branches = new Map<string, Branch>()
  #sent: SentRequest
  #seq = 1
  #confirmed: Branch | undefined
  #latest: Branch | undefined
  readonly #answers = new ChallengeAnswers()
  #minSe: number | undefined
  #isEnclosureRefused = false
  #cancelWanted: { headers: ExtraHeaders; isSent: boolean } | undefined
  #cancelPatience: ListedTimer | undefined

  constructor(core: StackCore, options: InviteOptions, handlers: InviteHandlers) {
    super(
      {
        core,
        sipCallId: core.token(26),
        localTag: core.token(16),
        ownsCallId: true,
        contactUser: options.contactUser,
        isSips: options.uri.startsWith('sips:'),
        contactHost: options.contactHost,
        trust: options.trust,
        handlers,
        ...(options.credentials && { credentials: options.credentials }),
      },
      'calling',
    )
    this.#options = options
    this.#sent = this.#send()
  }

  get dialog(): Dialog | undefined {
    return (this.#confirmed ?? this.#latest)?.dialog
  }

  get isPinned(): boolean {
    return this.#options.flow !== undefined && this.#options.flow === this.flow
  }

  hasRemoteTag(tag: string): boolean {
    return this.#branches.has(tag)
  }

  end(options: { status?: number; reason?: string; headers?: ExtraHeaders } = {}): void {
    if (this.isEnded) return
    const headers = options.headers ?? []
    if (this.#confirmed) {
      if (this.state === 'accepted') this.#acknowledge(this.#confirmed, undefined)
      return this.hangUp({ by: 'us' }, headers)
    }
    if (this.#cancelWanted) return
    this.#cancelWanted = { headers, isSent: false }
    this.#sent.stayHere()
    if (this.#sent.hasProvisional) this.#cancel()
    else if (!this.#sent.request) {
      this.#sent.abandon()
      this.#finishWithout({ by: 'us', status: 487 })
    }
  }

  onResponse(response: SipResponse): void {
    if (response.status < 200) this.#onProvisional(response)
    else if (response.status < 300) this.#onSuccess(response)
    else this.#onRefused(response)
  }

  onFailure(kind: 'timeout' | 'transport' | 'abandoned', reason: string): void {
    if (kind === 'timeout' && !this.#cancelWanted && this.#leaveOut()) return this.#anew()
    const by = this.#cancelWanted ? 'us' : kind === 'timeout' ? 'timeout' : 'transport'
    if (kind === 'transport') this.#finishWithout({ by, status: 503, reasonPhrase: reason })
    else this.#finishWithout({ by, status: 408 })
  }

  /** A target that was given up answers after all. */
  onLateSuccess(response: SipResponse): void {
    const branch = this.#branchOf(response.to.tag ?? '', response)
    if (!branch || branch === this.#confirmed) return
    if (branch.ack) return this.core.sender.resend(branch.ack.message, branch.ack.flow)
    branch.dialog.confirm(response)
    this.#dropBranch(branch)
  }

  /** Late answers are no longer met, so the ACKs that they would get are not needed. */
  onOver(): void {
    for (const branch of this.#branches.values()) branch.ack = undefined
  }

  receiveStraySuccess(response: SipResponse): void {
    if (response.cseq.number === this.#seq) this.#onSuccess(response)
  }

  /** Once one branch has the call, the others are in no dialog any more: their BYE must not end it. */
  protected dialogFor(remoteTag: string): Dialog | undefined {
    const branch = this.#branches.get(remoteTag)
    return this.#confirmed && branch !== this.#confirmed ? undefined : branch?.dialog
  }

  protected receivePrack(request: SipRequest, transaction: ServerTransaction): void {
    transaction.respond(makeResponse(request, 481))
  }

  protected onFinished(): void {
    this.#cancelPatience?.stop()
    if (!this.#confirmed && !this.#cancelWanted && this.#sent.hasProvisional) {
      this.#cancelWanted = { headers: [], isSent: false }
      this.#cancel()
    }
  }

  #send(): SentRequest {
    if (this.#options.offer !== undefined) this.offers.sentOffer(this.#options.offer)
    const { uri, routes = [], flow, trust, patienceMs } = this.#options
    const nextHop = this.#options.nextHop ?? applyRouteSet(uri, routes).nextHop
    return this.core.sender.send(
      {
        nextHop,
        build: (way) => this.#build(way),
        ...(flow && { flow, staysWithPeer: true }),
        ...(trust !== undefined && { trust }),
        ...(patienceMs !== undefined && { patienceMs }),
      },
      this,
    )
  }

  #build(flow: Flow): SipRequest {
    const options = this.#options
    const routed = applyRouteSet(options.uri, options.routes ?? [])
    const request = new SipRequest('INVITE', routed.uri)
    const { headers } = request
    headers.append('Max-Forwards', '70')
    for (const route of routed.routes) headers.append('Route', route)
    headers.append('From', `${options.from};tag=${this.localTag}`)
    headers.append('To', options.to)
    headers.append('Call-ID', this.sipCallId)
    headers.append('CSeq', `${this.#seq} INVITE`)
    headers.append('Contact', this.contactFor(flow))
    headers.append('Allow', allowValue)
    // Without an offer of ours a reliable response would bring one, which only a 2xx may here.
    headers.append('Supported', options.offer === undefined ? supportedValue.replace('100rel, ', '') : supportedValue)
    const seconds = Math.max(options.sessionExpiresSeconds ?? usualSessionSeconds, this.#minSe ?? 0)
    headers.append('Session-Expires', String(seconds))
    if (this.#minSe !== undefined) headers.append('Min-SE', String(this.#minSe))
    stampProduct(request, this.core)
    this.#answers.addTo(request, this.credentials)
    for (const [name, value] of options.headers ?? []) {
      if (onlyOnce.has(name.toLowerCase())) headers.set(name, value)
      else headers.append(name, value)
    }
    const { offer, enclosure } = options
    if (offer !== undefined && enclosure && !this.#isEnclosureRefused)
      enclose(request, offer, enclosure, this.core.token(26))
    else if (offer !== undefined) setSessionDescription(request, offer)
    this.setFlow(flow)
    return request
  }

  #onProvisional(response: SipResponse): void {
    if (this.isEnded) return
    if (this.state === 'calling') this.setState('proceeding')
    if (this.#cancelWanted) return this.#cancel()
    const tag = response.to.tag
    if (response.status === 100) return
    if (tag === undefined) return this.notify((handlers) => handlers.onProvisional?.(response, undefined, ''))
    const branch = this.#branchOf(tag, response)
    if (!branch) return
    const sdp = sessionDescriptionOf(response)
    if (response.headers.lists('Require', '100rel') && !this.#takeReliable(branch, response, sdp)) return
    this.#latest = branch
    this.peer.learn(response)
    this.setState('early')
    if (sdp !== undefined) branch.sdp = sdp
    this.notify((handlers) => handlers.onProvisional?.(response, sdp, tag))
  }

  #branchOf(tag: string, response: SipResponse): Branch | undefined {
    const known = this.#branches.get(tag)
    if (known) return known
    const { request } = this.#sent
    if (!request || this.#branches.size >= (response.status < 200 ? maxForks : 2 * maxForks)) return undefined
    const dialog = Dialog.fromResponse(request, response)
    const branch: Branch = {
      dialog,
      seq: response.cseq.number,
      rseq: undefined,
      sdp: undefined,
      ack: undefined,
      isDropped: false,
    }
    this.#branches.set(tag, branch)
    return branch
  }

  /** Sends PRACK for the next reliable response in order; false for one that came before or too early (RFC 3262 §4). */
  #takeReliable(branch: Branch, response: SipResponse, sdp: string | undefined): boolean {
    const rseq = readRSeq(response.headers.get('RSeq'))
    if (rseq === undefined || (branch.rseq !== undefined && rseq !== branch.rseq + 1)) return false
    branch.rseq = rseq
    branch.dialog.refreshTarget(response)
    if (sdp !== undefined && this.offers.pending === 'ours') this.offers.receivedAnswer(sdp)
    new DialogRequest({
      leg: this,
      dialog: branch.dialog,
      method: 'PRACK',
      fill: (request) => {
        request.headers.append('RAck', `${rseq} ${response.cseq.number} INVITE`)
      },
      done: () => {},
    })
    return true
  }

  #onSuccess(response: SipResponse): void {
    const branch = this.#branchOf(response.to.tag ?? '', response)
    if (!branch) return
    if (branch.ack) return this.core.sender.resend(branch.ack.message, branch.ack.flow)
    if (branch === this.#confirmed || branch.isDropped) return
    branch.dialog.confirm(response)
    if (this.#confirmed || this.isEnded) return this.#dropBranch(branch)
    this.#confirmed = branch
    this.#cancelPatience?.stop()
    if (this.#cancelWanted) return this.#endAtOnce(branch, this.#cancelWanted.headers, { by: 'us' })
    this.peer.learn(response)
    this.agreeSessionTimer(response)
    const sdp = sessionDescriptionOf(response)
    if (this.#options.offer === undefined) this.#onOffered(branch, response, sdp)
    else this.#onAnswered(branch, response, this.#isAgreedAnew(branch) ? undefined : (sdp ?? branch.sdp))
  }

  /** Our offer was answered reliably and this peer has offered since, by UPDATE: what the 2xx repeats is over (RFC 3261 §13.2.1, RFC 3311 §5.2). */
  #isAgreedAnew({ dialog }: Branch): boolean {
    const { hasAnswered, pending, offeredBy } = this.offers
    return (hasAnswered || pending === 'theirs') && offeredBy === dialog.remoteTag
  }

  #onAnswered(branch: Branch, response: SipResponse, answer: string | undefined): void {
    this.#acknowledge(branch, undefined)
    if (answer !== undefined) this.offers.receivedAnswer(answer)
    else if (this.offers.pending === 'ours') this.offers.withdraw()
    this.setState('confirmed')
    this.notify((handlers) => handlers.onAccepted?.(response, answer))
    this.settled()
  }

  #onOffered(branch: Branch, response: SipResponse, offer: string | undefined): void {
    if (offer === undefined) return this.#endAtOnce(branch, [], { by: 'us', status: 488, response })
    this.setState('accepted')
    this.offers.receivedOffer()
    const reply = makeOfferReply(
      (answer) => {
        if (this.isEnded) return
        this.offers.sentAnswer(answer)
        this.offers.remote = offer
        this.#acknowledge(branch, answer)
        this.setState('confirmed')
        this.settled()
      },
      (status) => {
        if (!this.isEnded) this.#endAtOnce(branch, [], { by: 'us', status })
      },
    )
    this.notify((handlers) => {
      if (handlers.onAccepted) handlers.onAccepted(response, offer, reply)
      else reply.refuse(488)
    })
  }

  #endAtOnce(branch: Branch, headers: ExtraHeaders, end: InviteEnd): void {
    this.#acknowledge(branch, undefined)
    this.hangUp(end, headers)
  }

  /** A 2xx that nobody wants: another branch has won, or we have given up (§13.2.2.4). */
  #dropBranch(branch: Branch): void {
    branch.isDropped = true
    this.#acknowledge(branch, undefined)
    this.sendBye(branch.dialog, [], () => {})
  }

  #acknowledge(branch: Branch, sdp: string | undefined): void {
    this.sendAck(branch.dialog, branch.seq, this.#sent.request, sdp, (message, flow) => {
      branch.ack = { message, flow }
    })
  }

  #onRefused(response: SipResponse): void {
    if (this.isEnded) return
    if (!this.#cancelWanted && this.#tryAgain(response)) return
    const reason = response.headers.getAll('Reason').join(', ')
    this.#finishWithout({
      by: this.#cancelWanted ? 'us' : 'peer',
      status: response.status,
      reasonPhrase: response.reason,
      response,
      ...(reason !== '' && { reason }),
    })
  }

  #tryAgain(response: SipResponse): boolean {
    if (response.status === 422 && this.#minSe === undefined) {
      this.#minSe = parseMinSe(response.headers.get('Min-SE'))
      if (this.#minSe === undefined) return false
    } else if (!(mayBeForEnclosure(response.status) && this.#leaveOut())) {
      if (!this.#answers.take(response, this.credentials)) return false
    }
    this.#anew()
    return true
  }

  /** @returns whether there was something to leave out; also for silence: a large datagram may have been lost on its way for its size */
  #leaveOut(): boolean {
    if (!this.#options.enclosure || this.#isEnclosureRefused) return false
    this.#isEnclosureRefused = true
    return true
  }

  #anew(): void {
    this.#seq++
    this.#branches.clear()
    this.#latest = undefined
    this.#sent = this.#send()
  }

  /** The INVITE brought no dialog. Late 2xx are still met with ACK and BYE. */
  #finishWithout(end: InviteEnd): void {
    if (this.isEnded) return
    this.finish(end)
    if (end.response) this.forget()
    else this.linger()
  }

  #cancel(): void {
    const wanted = this.#cancelWanted
    const { request, flow } = this.#sent
    if (!wanted || wanted.isSent || !request || !flow) return
    wanted.isSent = true
    const cancel = makeCancel(request)
    for (const [name, value] of wanted.headers) cancel.headers.append(name, value)
    const ignored = { onResponse: () => {}, onTransactionEnd: () => {} }
    this.core.transactions.openClient(cancel, serialize(cancel), flow, ignored).start()
    // Who does not answer the INVITE after its CANCEL is not waited for (§9.1).
    const timerFired = (): void => {
      this.#sent.abandon()
      this.#finishWithout({ by: 'us', status: 487 })
    }
    this.#cancelPatience = this.core.timers.start(patienceMs(this.core.timing), { timerFired }, 'cancel')
  }
}

/** Header fields of ours that an extra one replaces. */
const onlyOnce: ReadonlySet<string> = new Set([
  'max-forwards',
  'allow',
  'supported',
  'session-expires',
  'user-agent',
  'contact',
])
