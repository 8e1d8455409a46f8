import { type CallId, type Clock, type CompanyId, type LegId, type Logger, type Refusal, type Timer } from '@vaxel/base'
import {
  type CallLedger,
  type CallSource,
  type CallState,
  type Company,
  type LegFailure,
  type MediaEngine,
  type MixId,
  type InviteIntoRoom,
  type OpenAdHoc,
  type OwnConnection,
  type Service,
  type Trunk,
  type User,
} from '@vaxel/core'
import type { Flow, Referral, Replaces, SipRequest } from '@vaxel/sip'
import { BrowserLegs } from './browser-legs.ts'
import { CallAdmission } from './call-admission.ts'
import type { CallOwner, CallSurroundings } from './call-owner.ts'
import { type CallContext, CallRegister } from './call-register.ts'
import { CallRoutes } from './call-routes.ts'
import type { CallServiceOptions } from './call-service-options.ts'
import { takeConferenceReferral } from './conference-referral.ts'
import { Conferences } from './conferences.ts'
import { KnownCallers } from './known-callers.ts'
import { MediaNews } from './media-news.ts'
import { offerLeg, ringAgain, ringToAnswer } from './offer-leg.ts'
import { MessageTrace } from './message-trace.ts'
import { Monitors } from './monitors.ts'
import { CallPeople } from './people-now.ts'
import type { Reach } from './reach.ts'
import { recordByPhone } from './record-by-phone.ts'
import { Recordings } from './recordings.ts'
import { type FoundLeg, takeReferral } from './referral.ts'
import { DirectAudio } from './direct/direct-audio.ts'
import { FaxRelay } from './fax/fax-relay.ts'
import type { FaxWish } from './fax/fax-wish.ts'
import { HookFlash } from './hook/hook-flash.ts'
import type { SipLeg } from './sip-leg.ts'
import { StreamLegs } from './stream-legs.ts'
import { VoiceLines } from './voice/voice-lines.ts'
import type { Overload } from './why-not-begin.ts'

/**
 * The calls that go on. Makes an owner for each, gives it its surroundings, and forgets it when it has finished.
 * Closing ends every call cleanly.
 */
export class CallService implements CallSurroundings {
  readonly clock: Clock
  readonly log: Logger
  readonly ledger: CallLedger
  readonly engine: MediaEngine
  readonly trace: MessageTrace
  /** What they have in use, and whether one more may begin. */
  readonly admission: CallAdmission
  readonly recordings: Recordings
  /** Who talks now, and what they want done with calls. */
  readonly people: CallPeople
  readonly knownCallers: KnownCallers
  readonly browsers: BrowserLegs
  readonly streams: StreamLegs
  readonly reconnectMs: number
  readonly options: CallServiceOptions
  /** Where they go. */
  readonly routes: CallRoutes
  readonly #register: CallRegister
  readonly #fax: FaxRelay
  readonly #direct: DirectAudio
  /** Hooks of analogue telephones. */
  readonly hook = new HookFlash(this)
  /** Calls that supervisors are with. */
  readonly monitors: Monitors
  readonly #conferences: Conferences
  /** Voice services and those who talk with them. */
  readonly voice: VoiceLines
  headersOfRefusal: CallSurroundings['headersOfRefusal']
  /** Set by who knows of call-backs; without them nothing is offered. */
  busyOffers: CallSurroundings['busyOffers']
  readonly #changedListeners = new Set<(state: CallState) => void>()
  readonly #finishedListeners = new Set<() => void>()
  readonly #refusedListeners = new Set<(companyId: CompanyId) => void>()
  /** Set by who watches how busy the machine is. */
  overload: Overload | undefined
  /** Makes the room for a conference of two calls; there are none such while it is absent. */
  openAdHoc: OpenAdHoc | undefined
  inviteIntoRoom: InviteIntoRoom | undefined
  #isClosing = false
  #isDraining = false
  #whenEmpty: (() => void) | undefined
  #drainTimer: Timer | undefined

  constructor(options: CallServiceOptions) {
    this.options = options
    this.clock = options.clock
    this.log = options.log
    this.ledger = options.ledger
    this.engine = options.engine
    this.trace = new MessageTrace(options)
    this.#register = new CallRegister(this.trace)
    this.admission = new CallAdmission(options)
    this.recordings = new Recordings({
      ...options,
      desk: options.recordingDesk,
      calls: {
        owner: (id) => this.owner(id),
        companyOf: (id) => this.#register.context(id)?.company,
        soundOf: options.soundOf ?? (async (prompt, language) => options.promptPath(prompt, language)),
      },
    })
    this.knownCallers = new KnownCallers(options)
    this.people = new CallPeople({ ...options, known: this.knownCallers })
    this.reconnectMs = options.reconnectMs ?? 30_000
    this.browsers = new BrowserLegs({
      find: (media) => this.#register.legOfMedia(media),
      flowOf: options.flowOf,
      ringAgain: (owner, old, binding) => ringAgain(this, this.#register, owner, { old, binding }),
      reconnectMs: this.reconnectMs,
    })
    this.streams = new StreamLegs(options.flowOf)
    this.#conferences = new Conferences(options.engine)
    this.monitors = new Monitors(options.engine)
    this.voice = new VoiceLines({
      ...options,
      soundOf: options.soundOf ?? (async (prompt, language) => options.promptPath(prompt, language)),
      companyOf: (id) => this.#register.context(id)?.company,
      joinMix: (id, mix, media, manner) => this.#conferences.join(id, mix as MixId, media, manner),
      leaveMix: (id) => this.#conferences.left(id),
    })
    this.#fax = new FaxRelay({ ...options, log: this.log })
    this.#direct = new DirectAudio({
      ...options,
      log: this.log,
      companyOf: (id) => this.#register.context(id)?.company,
    })
    this.routes = new CallRoutes(this, this.#register)
    const news = new MediaNews({
      ...options,
      register: this.#register,
      voice: this.voice,
      browsers: this.browsers,
      hook: this.hook,
      fax: this.#fax,
      direct: this.#direct,
      said: (owner) => this.busyOffers?.said(owner) ?? false,
      keyPressed: (owner, leg, key) => this.keyPressed(owner, leg, key),
    })
    options.engine.onEvent((event) => news.hear(event))
  }

  /** No new call is taken any more. */
  get isClosing(): boolean {
    return this.#isClosing
  }

  /** No call is begun any more but an emergency call; those that go on go on. */
  get isDraining(): boolean {
    return this.#isDraining
  }

  refuseNewCalls(isRefusing: boolean): void {
    this.#isDraining = isRefusing
  }

  /** Told after each call that has ended. @returns a function that ends the subscription */
  onCallFinished(listener: () => void): () => void {
    this.#finishedListeners.add(listener)
    return () => this.#finishedListeners.delete(listener)
  }

  /** Told after each step of a call. @returns a function that ends the subscription */
  onCallChanged(listener: (state: CallState) => void): () => void {
    this.#changedListeners.add(listener)
    return () => this.#changedListeners.delete(listener)
  }

  /** Told of each call for which no channel was left. @returns a function that ends the subscription */
  onRefused(listener: (companyId: CompanyId) => void): () => void {
    this.#refusedListeners.add(listener)
    return () => this.#refusedListeners.delete(listener)
  }

  /** Whether a channel is left for one more call; who finds none is told of. */
  hasChannel(companyId: CompanyId): boolean {
    if (this.#register.size < this.options.maxCalls && !this.engine.isFull) return true
    for (const listener of this.#refusedListeners) listener(companyId)
    return false
  }

  get count(): number {
    return this.#register.size
  }

  states(): Iterable<CallState> {
    return [...this.#register.contexts()].map(({ owner }) => owner.state)
  }

  owner(id: CallId): CallOwner | undefined {
    return this.#register.context(id)?.owner
  }

  context(id: CallId): Readonly<Pick<CallContext, 'company' | 'domain' | 'from' | 'reaches'>> | undefined {
    return this.#register.context(id)
  }

  /** The trunk that a request comes over, if it does. */
  trunkOf(request: SipRequest, flow: Flow): Trunk | undefined {
    const { trunks, directory } = this.options
    if (trunks) return trunks.trunkOf(request, flow)
    const hasCredentials = request.headers.has('Proxy-Authorization') || request.headers.has('Authorization')
    return hasCredentials ? undefined : directory.trunkByAddress(flow.remote.address, flow.remote.port)
  }

  /** Whether a host is a domain of another company here; those are not called by their inner numbers. */
  isElsewhere(host: string, companyId: CompanyId): boolean {
    const domain = this.options.directory.domain(host)
    return domain !== undefined && domain.companyId !== companyId
  }

  /** The call and leg of a SIP dialog of this company; some phones name the two tags the wrong way round. */
  legOfDialog(dialog: Omit<Replaces, 'earlyOnly'>, companyId: CompanyId): FoundLeg | undefined {
    const { callId, toTag, fromTag } = dialog
    const { stack } = this.options
    const usage = stack.findUsage(callId, toTag, fromTag) ?? stack.findUsage(callId, fromTag, toTag)
    const found = usage && this.#register.legOfDialog(usage)
    const id = found?.owner.state.call.companyId === companyId ? found.leg.id : undefined
    return found && id && found.owner.legs.get(id) === found.leg && !found.leg.isClosed ? { ...found, id } : undefined
  }

  /** Where a leg is now. */
  legOf({ media }: SipLeg): { readonly owner: CallOwner; readonly leg: LegId } | undefined {
    return this.#register.legOfMedia(media)
  }

  /** Why no further call may begin now; an emergency call always may. */
  admit(company: Company, user: User | undefined, isEmergency: boolean): Refusal | undefined {
    if (isEmergency) return undefined
    return this.recordings.whyNoCall(company.id) ?? this.admission.refusal(company, user)
  }

  /**
   * Takes a call under its wing: counts it and remembers where it came from.
   * @param more `reaches`: how the legs that it begins with are reached, where they cost somebody money
   */
  register(
    owner: CallOwner,
    more: {
      company: Company
      domain: string
      from: CallSource
      request?: SipRequest
      isWithheld?: boolean
      reaches?: ReadonlyMap<LegId, Reach>
    },
  ): void {
    const { company, domain, from, request, isWithheld = false } = more
    const reaches = new Map(more.reaches)
    const usage = this.admission.follow(owner, { company, from, reaches })
    owner.country = company.country.toLowerCase()
    this.#register.add({ owner, company, domain, from, request, isWithheld, reaches, usage })
    this.changed(owner)
  }

  addLeg(owner: CallOwner, leg: SipLeg): void {
    owner.legs.set(leg.id, leg)
    this.#register.addLeg(owner, leg)
  }

  offerLeg(owner: CallOwner, id: LegId, like: SipLeg | undefined): SipLeg | undefined {
    return offerLeg(this, this.#register, owner, { id, like })
  }

  startService(owner: CallOwner, leg: SipLeg, service: Service, number: string): void {
    leg.isInConference = service === 'conference'
    if (service === 'echo') return this.engine.echo(leg.media)
    if (this.voice.start(owner, leg, service, number)) return
    if (service === 'conference') {
      const mix = `mix-${owner.state.call.companyId}-${number}` as Parameters<MediaEngine['createMix']>[0]
      return this.#conferences.join(owner.id, mix, leg.media)
    }
    this.engine.play(leg.media, { kind: 'file', path: this.promptPath(owner, 'service-not-available') })
  }

  resumeService(owner: CallOwner, leg: SipLeg, service: Service, number: string, failure: LegFailure): void {
    if (!this.voice.resume(owner, failure)) this.startService(owner, leg, service, number)
  }

  leaveService(owner: CallOwner): void {
    for (const leg of owner.legs.values()) leg.isInConference = false
    this.voice.end(owner.id, 'the caller talks with somebody else')
    this.#conferences.left(owner.id)
  }

  joined(owner: CallOwner): void {
    this.monitors.joined(owner)
  }

  hungUp(owner: CallOwner, leg: LegId): void {
    this.hook.hungUp(owner, leg)
  }

  flashed(owner: CallOwner, leg: LegId): void {
    this.hook.flashed(owner, leg)
  }

  recordWanted(owner: CallOwner, leg: LegId, isOn: boolean): Promise<number> {
    return recordByPhone(this.recordings, owner, leg, isOn)
  }

  hookKey(owner: CallOwner, leg: LegId, key: string): boolean {
    return this.hook.key(owner, leg, key)
  }

  faxOffered(owner: CallOwner, leg: LegId, wish: FaxWish): void {
    void this.#fax.offered(owner, leg, wish)
  }

  faxEnded(owner: CallOwner, leg: LegId): void {
    this.#fax.ended(owner, leg)
  }

  keyPressed(owner: CallOwner, leg: LegId, key: string): void {
    if (owner.state.name === 'refusing') this.busyOffers?.key(owner, leg, key)
    else this.voice.keyPressed(owner.id, leg, key)
  }

  promptPath(owner: CallOwner, prompt: string): string {
    const userId = owner.state.call.caller.userId
    const language = (userId ? this.options.directory.user(userId)?.language : undefined) ?? 'en'
    return this.options.promptPath(prompt, language)
  }

  onReferral(owner: CallOwner, leg: SipLeg, referral: Referral): void {
    const conferences = { open: this.openAdHoc, invite: this.inviteIntoRoom }
    if (!takeConferenceReferral(this, conferences, owner, leg, referral)) takeReferral(this, owner, leg, referral)
  }

  changed(owner: CallOwner): void {
    this.#register.context(owner.id)?.usage.update(owner.state)
    this.people.update(owner.state)
    this.recordings.follow(owner.state)
    this.#direct.changed(owner)
    for (const listener of this.#changedListeners) listener(owner.state)
  }

  finished(owner: CallOwner): void {
    const legs = this.#register.remove(owner)
    if (!legs) return
    for (const { media } of legs) {
      this.browsers.remove(media)
      this.streams.remove(media)
    }
    this.voice.end(owner.id, 'the call has ended')
    this.#conferences.left(owner.id)
    this.#fax.forget(owner.id)
    this.#direct.forget(owner.id)
    for (const leg of owner.legs.values()) this.hook.finished(leg)
    if (this.#register.size === 0) this.#whenEmpty?.()
    for (const listener of this.#finishedListeners) listener()
  }

  /** A leg goes over to another call (attended transfer): its media and its news go along. */
  moveLeg(from: CallOwner, leg: SipLeg, to: CallOwner, newId: LegId): void {
    const reach = this.#register.context(from.id)?.reaches.get(leg.id)
    if (reach) this.#register.context(to.id)?.reaches.set(newId, reach)
    from.legs.delete(leg.id)
    to.legs.set(newId, leg)
    leg.moveTo(newId, to.newsOf(newId))
    this.#register.addLeg(to, leg)
  }

  /** Ends every call and waits until all are in the ledger, at most so long. */
  async close(limitMs = 4000): Promise<void> {
    this.#isClosing = true
    if (this.#register.size === 0) return
    const empty = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve
      this.#drainTimer = this.clock.startTimer(limitMs, resolve)
    })
    for (const { owner } of this.#register.contexts())
      owner.clear({ blame: 'us', reason: 'shut-down', sip: 503, text: 'The platform is being shut down.' })
    await empty
    this.#drainTimer?.stop()
    this.admission.close()
  }

  /** Rings a phone anew and asks it to answer by itself. @returns false when it cannot, or was asked already */
  ringToAnswer(owner: CallOwner, old: LegId): boolean {
    return ringToAnswer(this, this.#register, owner, { old })
  }

  /** What the owner of a leg may know of its dialog. */
  ownConnection(id: CallId, leg: LegId): OwnConnection | undefined {
    const media = this.owner(id)?.legs.get(leg)?.media
    return media && this.browsers.own(media)
  }
}
