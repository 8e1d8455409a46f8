import {
  type CallId,
  isRefusal,
  type LegId,
  type Logger,
  type Refusal,
  SerialQueue,
  type Termination,
} from '@vaxel/base'
import type { Direction, FaxData, LegQuality, MediaEngine, MediaLegId, MediaPolicy, MediaSummary } from '@vaxel/core'
import type {
  ExtraHeaders,
  InviteEnd,
  InviteHandlers,
  InviteOptions,
  InviteUas,
  InviteUsage,
  OfferReply,
  Referral,
  SipResponse,
  SipStack,
} from '@vaxel/sip'
import type { FaxWish } from './fax/fax-wish.ts'
import { readDigit } from './hook/read-digit.ts'
import { isHookFlash } from './hook/read-hook-flash.ts'
import { InfoDigits } from './info-digits.ts'
import { reasonOf } from './leg-termination.ts'

/** What a leg tells its call; each is called outside of any command of the leg. */
export interface SipLegEvents {
  alerting(early: boolean): void
  answered(): void
  /** An outgoing leg got a final failure (never after `answered`). */
  failed(end: InviteEnd): void
  /** The dialog is over: for an incoming leg also before its answer. */
  ended(end: InviteEnd): void
  held(): void
  retrieved(): void
  mediaKnown(summary: MediaSummary): void
  /** The peer's requests come from another IP address than before. */
  moved(from: string, to: string): void
  /** The peer's media cannot be had: nothing in common, or keying failed. */
  mediaRefused(refusal: Refusal): void
  referred(referral: Referral): void
  digit(digit: string, durationMs: number): void
  /** The hook of an analogue telephone was flashed. */
  flashed(): void
  /** The telephone's key for recording was pressed; resolves with the status of the answer. */
  recordWanted(isOn: boolean): Promise<number>
  /** The peer offers fax data (T.38) in place of its audio. */
  faxOffered(wish: FaxWish): void
  /** After fax data it is audio again. */
  faxEnded(): void
}

export interface SipLegOptions {
  readonly id: LegId
  readonly callId: CallId
  readonly engine: MediaEngine
  readonly policy: MediaPolicy
  readonly log: Logger
  readonly events: SipLegEvents
  /** Set for an incoming leg. */
  readonly uas?: InviteUas
  /** It comes back to a call that its party had put on hold, and still has: only a later offer says otherwise. */
  readonly isHeld?: boolean
  /** Set for an outgoing leg: what to offer, one after the other while the peer refuses it. */
  readonly keyings?: readonly MediaPolicy['offer'][]
}

/** The peer could be asked again with another offer (RFC 3261 §21.4.26, §21.6.4). */
const refusesOffer = new Set([415, 488, 606])

/**
 * One SIP party of a call: an INVITE dialog usage and its media leg, kept in step.
 * Commands run one after another; after `close` nothing happens any more. Closing ends the dialog and frees the ports.
 */
export class SipLeg implements InviteHandlers {
  readonly media: MediaLegId
  readonly policy: MediaPolicy
  usage: InviteUsage | undefined
  referral: Referral | undefined
  summary: MediaSummary | undefined
  /** Audio of the peer has come, so that its silence means something. */
  hasSentAudio = false
  /** Its silence is in the ledger already. */
  isSilenceTold = false
  readonly #options: SipLegOptions
  #id: LegId
  #events: SipLegEvents
  readonly #uas: InviteUas | undefined
  readonly #work: SerialQueue
  /** Changes from here, one after another. What the peer asks meanwhile is answered: nobody waits for the network in {@link #work}. */
  #changes: SerialQueue | undefined
  #isAnswered = false
  /** The 200 has gone out. */
  #isAccepted = false
  #isClosed = false
  /** Where its signalling was seen last. */
  #peerAddress: string
  #isHeld = false
  /** What we last offered it by a command of the API. */
  #direction: Direction = 'sendrecv'
  /** Its peer sends fax data, not audio. */
  #isFax = false
  #sentAnswer = false
  #infoDigits: InfoDigits | undefined
  #released: Promise<LegQuality | undefined> | undefined
  /** Offers again with the next keying; undefined when none is left. */
  #offerAgain: (() => void) | undefined

  constructor(options: SipLegOptions) {
    this.#id = options.id
    this.media = options.id as string as MediaLegId
    this.policy = options.policy
    this.#peerAddress = options.policy.peerAddress
    this.#options = options
    this.#events = options.events
    this.#uas = options.uas
    this.#isHeld = options.isHeld ?? false
    this.usage = options.uas
    this.#work = new SerialQueue((error) => {
      // Work that was under way when the leg was closed finds nothing any more.
      if (this.#isClosed) return options.log.debug('a closed leg failed', { leg: options.id, error: String(error) })
      options.log.error('a leg failed', { callId: options.callId, leg: options.id, error: String(error) })
      this.#events.mediaRefused({
        refused: true,
        code: 'INTERNAL',
        sip: 500,
        http: 500,
        blame: 'us',
        text: 'Something went wrong here; it is in the log.',
      })
    })
    options.uas?.setHandlers(this)
  }

  /** Under which its call knows it. */
  get id(): LegId {
    return this.#id
  }

  /** It is to be answered, and the 200 has not gone out yet. */
  get isAnswerDue(): boolean {
    return this.#uas !== undefined && this.#isAnswered && !this.#isAccepted && !this.#isClosed
  }

  /** Unanswered, it hears what we send. */
  get hasEarlyMedia(): boolean {
    return this.#sentAnswer && !this.#isAnswered && !this.#isClosed
  }

  get isAnswered(): boolean {
    return this.#isAnswered
  }

  /** Over WebSocket: it outlives its connection. */
  get isBrowser(): boolean {
    return this.policy.ice
  }

  get isIncoming(): boolean {
    return this.#uas !== undefined
  }

  /** Where its signalling comes from; undefined where its connection is gone. */
  get address(): string | undefined {
    return this.usage?.flow?.remote.address
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Another call takes the leg over: from now on it hears the leg's news. */
  moveTo(id: LegId, events: SipLegEvents): void {
    this.#id = id
    this.#events = events
  }

  /** Incoming: sets media aside and takes the offer; a refusal leaves the INVITE unanswered. */
  async prepare(): Promise<Refusal | undefined> {
    const refusal = await this.#allocate()
    if (refusal || this.#uas?.offer === undefined) return refusal
    const summary = await this.#options.engine.receiveOffer(this.media, this.#uas.offer)
    if (isRefusal(summary)) return summary
    this.#learn(summary)
    return undefined
  }

  /** Outgoing: offers the call to the peer. */
  offer(
    stack: SipStack,
    options: () => Promise<Omit<InviteOptions, 'offer'>>,
    like: MediaLegId | undefined,
    onUsage: (usage: InviteUsage) => void,
  ): void {
    const keyings = this.#options.keyings ?? [this.policy.offer]
    const offerWith = (index: number): void => {
      void this.#work.run(async () => {
        if (this.#isClosed) return
        const refusal = index === 0 ? await this.#allocate() : undefined
        if (refusal) return this.#fail({ by: 'us', status: refusal.sip, reasonPhrase: refusal.text })
        const keying = keyings[index]!
        const [offer, invite] = await Promise.all([
          this.#options.engine.createOffer(this.media, { keying, ...(like ? { like } : {}) }),
          options(),
        ])
        if (this.#isClosed) return
        this.#offerAgain = index + 1 < keyings.length ? () => offerWith(index + 1) : undefined
        this.usage = stack.invite({ ...invite, offer }, this)
        onUsage(this.usage)
      })
    }
    offerWith(0)
  }

  /** Incoming: tells the caller that it rings, with early media of another leg if it has some. */
  ring(early: SipLeg | undefined, headers: ExtraHeaders = []): void {
    void this.#work.run(async () => {
      if (this.#isClosed || !this.#uas) return
      if (!early || this.#uas.offer === undefined) return this.#uas.progress(180, { headers })
      const sdp = await this.#answerSdp(early.media)
      // Meanwhile it may have been answered, and hears its counterpart both ways.
      if (this.#isClosed || this.#isAnswered) return
      this.#options.engine.listen(this.media, early.media)
      this.#uas.progress(183, { sdp, headers })
    })
  }

  /** Incoming: plays a sentence before the refusal. */
  announce(path: string): void {
    void this.#work.run(async () => {
      if (this.#isClosed || !this.#uas) return
      if (this.#uas.offer === undefined)
        return this.#events.mediaRefused({
          refused: true,
          code: 'SDP_NO_OFFER',
          sip: 488,
          http: 422,
          blame: 'caller',
          text: 'There is no offer to answer with a sentence.',
        })
      const sdp = await this.#answerSdp(undefined)
      if (this.#isClosed) return
      this.#uas.progress(183, { sdp })
      this.#options.engine.play(this.media, { kind: 'file', path })
    })
  }

  /** Whether its peer talks with a conference: phones then show and command one. */
  set isInConference(isFocus: boolean) {
    if (this.usage) this.usage.isFocus = isFocus
  }

  /** Incoming: answers once `durable` has resolved. Nothing happens for a leg that is up, and came over from another call. */
  answer(like: MediaLegId | undefined, durable: Promise<unknown>, headers: ExtraHeaders = []): void {
    if (this.#isAnswered) return
    this.#isAnswered = true
    void this.#work.run(async () => {
      if (this.#isClosed) return
      const sdp = await this.#answerSdp(like)
      // Who cannot have the call recorded is told so by the call itself.
      const isDurable = await durable.then(
        () => true,
        () => false,
      )
      if (!isDurable || this.#isClosed || !this.#uas) return
      this.#isAccepted = true
      this.#uas.accept(sdp, { headers })
    })
  }

  refuse(status: number, termination: Termination, headers: ExtraHeaders = []): void {
    if (!this.#isClosed)
      this.#uas?.refuse(status, { headers: [['Reason', reasonOf({ sip: status, ...termination })], ...headers] })
    this.#close()
  }

  /** Ends the leg in whatever state it is. */
  clear(termination: Termination): void {
    if (!this.#isClosed) {
      const headers: ExtraHeaders = [['Reason', reasonOf(termination)]]
      if (this.#uas && !this.#isAccepted) this.usage?.end({ status: termination.sip ?? 480, headers })
      else this.usage?.end({ headers })
    }
    this.#close()
  }

  /** Outgoing, unanswered: CANCEL. */
  cancel(answeredElsewhere: boolean): void {
    const headers: ExtraHeaders = answeredElsewhere ? [['Reason', 'SIP;cause=200;text="Call completed elsewhere"']] : []
    if (!this.#isClosed) this.usage?.end({ headers })
    this.#close()
  }

  /** Holds or retrieves by re-INVITE from here (a command of the API). @param like the leg whose codec comes first */
  async reoffer(direction: Direction, like?: MediaLegId): Promise<boolean> {
    let done = false
    const { engine } = this.#options
    const make = () => engine.createOffer(this.media, { direction, ...(like ? { like } : {}) })
    await this.#change(make, async ({ answer }) => {
      const summary = await engine.receiveAnswer(this.media, answer)
      if (isRefusal(summary)) return
      this.summary = summary
      this.#direction = direction
      this.#isHeld = isHolding(summary)
      this.#leaveFax()
      done = true
    })
    return done
  }

  /**
   * Offers the peer to send its audio directly to another leg's peer.
   * @returns whether it will
   */
  async offerDirect(other: MediaLegId): Promise<boolean> {
    let done = false
    const { engine } = this.#options
    const make = () => engine.createDirectOffer(this.media, other)
    const refusedWith = await this.#change(make, async ({ answer }) => {
      done = await engine.receiveDirectAnswer(this.media, answer)
    })
    if (refusedWith !== undefined) await engine.receiveDirectAnswer(this.media, undefined)
    return done
  }

  /** Brings its audio back, where that goes elsewhere. */
  async anchor(): Promise<void> {
    const { engine } = this.#options
    const make = async () =>
      engine.isDirect(this.media) ? await engine.createOffer(this.media, { direction: this.#direction }) : undefined
    await this.#change(make, async ({ answer }) => {
      const summary = await engine.receiveAnswer(this.media, answer)
      if (!isRefusal(summary)) this.summary = summary
    })
  }

  /**
   * Asks the peer to go over to fax data.
   * @param isWanted looked at when it could be asked: it may have asked by itself meanwhile
   * @returns what it says of its own, or the status with which it will not
   */
  async offerFax(like: FaxData, isWanted: () => boolean): Promise<FaxData | number> {
    let answered: FaxData | number = 488
    const { engine } = this.#options
    const make = async () => (isWanted() ? await engine.createFaxOffer(this.media, like) : undefined)
    const refusedWith = await this.#change(make, ({ answer }) => {
      const peer = engine.readFax(answer)
      if (!peer) return
      this.#isFax = true
      answered = peer
    })
    return refusedWith ?? answered
  }

  /**
   * Offers the peer something else, made when nothing of the peer's is open any more, and takes its answer.
   * @returns the status with which it refuses
   */
  async #change(
    make: () => Promise<string | undefined>,
    take: (outcome: { readonly answer: string }) => void | Promise<void>,
  ): Promise<number | undefined> {
    let status: number | undefined
    const { log, callId } = this.#options
    this.#changes ??= new SerialQueue((error) => {
      log.error('a leg could not be changed', { callId, leg: this.id, error: String(error) })
    })
    await this.#changes.run(async () => {
      const outcome = await this.usage?.reoffer(async () => {
        let offer: string | undefined
        await this.#work.run(async () => {
          if (!this.#isClosed) offer = await make()
        })
        return this.#isClosed ? undefined : offer
      })
      if (outcome?.kind === 'refused') status = outcome.status
      if (outcome?.kind !== 'answered') return
      await this.#work.run(async () => {
        if (!this.#isClosed) await take(outcome)
      })
    })
    return status
  }

  /**
   * Tells the phone to answer or retrieve (`talk`), or to hold, where it says that it can be told.
   * @returns whether it will
   */
  async control(event: 'talk' | 'hold'): Promise<boolean> {
    if (this.#isClosed || !this.usage?.peerAllowsEvent(event)) return false
    return (await this.usage.sendEvent(event)) < 300
  }

  /** Sends a digit the way the peer takes it: INFO where it has no telephone-event. */
  sendDigit(digit: string, durationMs: number): void {
    if (this.summary?.dtmf === 'info' && this.usage) {
      this.#infoDigits ??= new InfoDigits(async (pressed, ms) => {
        const body = `Signal=${pressed}\r\nDuration=${Math.round(ms)}\r\n`
        return (await this.usage?.info('application/dtmf-relay', body)) ?? 481
      })
      this.#infoDigits.add(digit, durationMs)
    } else this.#options.engine.sendDigit(this.media, digit, durationMs)
  }

  onProvisional(response: SipResponse, sdp: string | undefined): void {
    if (response.status === 100 || response.status === 199) return
    void this.#work.run(async () => {
      if (this.#isClosed || this.#isAnswered) return
      if (sdp !== undefined) {
        const summary = await this.#options.engine.receiveAnswer(this.media, sdp)
        if (!isRefusal(summary)) this.#learn(summary)
      }
      this.#events.alerting(sdp !== undefined)
    })
  }

  onAccepted(_response: SipResponse, sdp: string | undefined, reply?: OfferReply): void {
    void this.#work.run(async () => {
      if (this.#isClosed) return
      if (reply) return reply.refuse(488)
      if (sdp !== undefined) {
        const summary = await this.#options.engine.receiveAnswer(this.media, sdp)
        if (isRefusal(summary)) {
          this.usage?.end({ headers: [['Reason', `SIP;cause=${summary.sip};text="${summary.text}"`]] })
          return this.#fail({ by: 'us', status: summary.sip, reasonPhrase: summary.text })
        }
        this.#learn(summary)
      } else if (this.summary === undefined) {
        const text = 'The answer describes no audio.'
        this.usage?.end({ headers: [['Reason', `SIP;cause=488;text="${text}"`]] })
        return this.#fail({ by: 'us', status: 488, reasonPhrase: text })
      }
      this.#isAnswered = true
      this.#events.answered()
    })
  }

  onConfirmed(sdp: string | undefined): void {
    if (sdp !== undefined) this.onAnswer(sdp)
    else if (this.#uas?.offer === undefined) this.#missAnswer()
  }

  onOffer(offer: string, reply: OfferReply): void {
    void this.#work.run(async () => {
      if (this.#isClosed) return
      const { engine } = this.#options
      const fax = engine.readFax(offer)
      if (fax) return this.#events.faxOffered(this.#faxWish(offer, fax, reply))
      const summary = await engine.receiveOffer(this.media, offer)
      if (isRefusal(summary)) return reply.refuse(summary.sip, summary.text)
      reply.accept(await engine.createAnswer(this.media))
      this.#followPeer()
      this.#learn(summary)
      this.#leaveFax()
    })
  }

  onOfferWanted(reply: OfferReply, by: 'peer' | 'refresh'): void {
    void this.#work.run(async () => {
      if (this.#isClosed) return
      const { engine } = this.#options
      // Fax data and audio past us go on as they are described already; a peer that asks wants to speak with us again.
      if ((this.#isFax || engine.isDirect(this.media)) && by === 'refresh') return reply.refuse(488)
      reply.accept(await engine.createOffer(this.media, { direction: this.#direction }))
      this.#followPeer()
    })
  }

  onAnswer(sdp: string): void {
    void this.#work.run(async () => {
      const { engine } = this.#options
      if (this.#isClosed || (this.#isFax && engine.readFax(sdp))) return
      // To a refresh; where it says something new, the engine wants the audio back.
      if (engine.isDirect(this.media)) return void (await engine.receiveDirectAnswer(this.media, sdp))
      const summary = await engine.receiveAnswer(this.media, sdp)
      if (isRefusal(summary)) return this.#events.mediaRefused(summary)
      this.#learn(summary)
      this.#leaveFax()
    })
  }

  onReferral(referral: Referral): void {
    this.#events.referred(referral)
  }

  /** Digits by INFO: application/dtmf-relay, and the older application/dtmf. */
  onInfo(contentType: string, body: string): boolean {
    if (isHookFlash(contentType, body)) {
      this.#events.flashed()
      return true
    }
    if (contentType !== 'application/dtmf-relay' && contentType !== 'application/dtmf') return false
    const read = readDigit(contentType, body)
    if (read) this.#events.digit(read.digit, read.durationMs)
    return true
  }

  onRecordWanted(isOn: boolean): Promise<number> {
    return this.#events.recordWanted(isOn)
  }

  onEnded(end: InviteEnd): void {
    void this.#work.run(() => {
      if (this.#isClosed) return
      const again = end.by === 'peer' && refusesOffer.has(end.status ?? 0) ? this.#offerAgain : undefined
      if (again && !this.#isAnswered) return again()
      if (!this.isIncoming && !this.#isAnswered) this.#events.failed(end)
      else this.#events.ended(end)
      this.#close()
    })
  }

  /** Resolves with the final quality when the ports are free. */
  released(): Promise<LegQuality | undefined> {
    return this.#released ?? Promise.resolve(undefined)
  }

  /** An outgoing leg will not answer. */
  #fail(end: InviteEnd): void {
    this.#events.failed(end)
    this.#close()
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const { engine, log, callId } = this.#options
    this.#released = engine.release(this.media).catch((error: unknown) => {
      log.error('a leg could not be released', { callId, leg: this.id, error: String(error) })
      return undefined
    })
  }

  async #allocate(): Promise<Refusal | undefined> {
    const { engine, callId, policy } = this.#options
    const refusal = await engine.allocate({ id: this.media, callId, legId: this.id, policy })
    if (this.#isClosed) await engine.release(this.media)
    return refusal
  }

  async #answerSdp(like: MediaLegId | undefined): Promise<string> {
    const { engine } = this.#options
    const options = like ? { like } : {}
    if (this.#uas?.offer === undefined) return engine.createOffer(this.media, options)
    // Once early media has told the caller a codec, the final answer is the same (RFC 3264 §4, RFC 3261 §13.2.1).
    const sdp = await engine.createAnswer(this.media, this.#sentAnswer ? {} : options)
    this.#sentAnswer = true
    return sdp
  }

  #learn(summary: MediaSummary): void {
    this.summary = summary
    this.#events.mediaKnown(summary)
    if (this.#options.isHeld && !this.#isAnswered) return
    const holds = isHolding(summary)
    const isNews = holds !== this.#isHeld
    this.#isHeld = holds
    // What a call begins with is no hold: a door station that only sends is heard.
    if (!isNews || !this.#isAnswered) return
    if (holds) this.#events.held()
    else this.#events.retrieved()
  }

  #faxWish(offer: string, peer: FaxData, reply: OfferReply): FaxWish {
    return {
      peer,
      refuse: () => reply.refuse(488, 'The other side takes no fax data'),
      accept: async (like) => {
        await this.#work.run(async () => {
          const answer = this.#isClosed
            ? undefined
            : await this.#options.engine.createFaxAnswer(this.media, offer, like)
          if (this.#isClosed) return
          if (answer === undefined) return reply.refuse(488)
          reply.accept(answer)
          this.#followPeer()
          this.#isFax = true
        })
        return this.#isFax
      },
    }
  }

  #leaveFax(): void {
    if (!this.#isFax) return
    this.#isFax = false
    this.#events.faxEnded()
  }

  /** A phone in another network goes on by a re-INVITE from there (its dialog proves it): its plain audio comes from there too. */
  #followPeer(): void {
    const address = this.usage?.flow?.remote.address
    if (address === undefined || address === this.#peerAddress) return
    const before = this.#peerAddress
    this.#peerAddress = address
    this.#options.engine.peerMoved(this.media, address)
    this.#events.moved(before, address)
  }

  /** We have offered, and the ACK is without an answer: nothing would be heard, unless it came by PRACK (RFC 3262 §5). */
  #missAnswer(): void {
    void this.#work.run(() => {
      if (this.#isClosed || this.summary) return
      this.#events.mediaRefused({
        refused: true,
        code: 'SDP_NO_ANSWER',
        sip: 488,
        http: 422,
        blame: 'caller',
        text: 'The answer describes no audio.',
      })
    })
  }
}

function isHolding({ peerDirection }: MediaSummary): boolean {
  return peerDirection === 'sendonly' || peerDirection === 'inactive'
}
