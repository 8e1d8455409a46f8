import {
  type CallId,
  type Clock,
  type CompanyId,
  type LegId,
  type Logger,
  makeId,
  type Refusal,
  type Termination,
  type Timer,
  type TrunkId,
  type UserId,
} from '@vaxel/base'
import {
  admitCall,
  type Binding,
  type BindingStore,
  type Call,
  type CallerNames,
  type CallLedger,
  type CallSource,
  type CallState,
  type Company,
  type Directory,
  type Domain,
  type Language,
  type LegFailure,
  type LegQuality,
  type MediaEngine,
  type MediaEvent,
  type MixId,
  type Notices,
  type InviteIntoRoom,
  type OpenAdHoc,
  type OwnConnection,
  type Party,
  type RecordingDesk,
  type PlannedRule,
  type PresenceState,
  type Service,
  type Trunk,
  type Usage,
  UsageMeters,
  type UserSettings,
} from '@vaxel/core'
import {
  formatHost,
  type Flow,
  type InviteUsage,
  type Referral,
  type Replaces,
  type SipRequest,
  type SipResponse,
  type SipStack,
  type Uri,
} from '@vaxel/sip'
import type { Device, User } from '@vaxel/core'
import type { CallOwner, CallSurroundings, RoutedOnward } from './call-owner.ts'
import { DomainUnknown } from './errors.ts'
import { takeConferenceReferral } from './conference-referral.ts'
import { Conferences } from './conferences.ts'
import { findDestination } from './find-destination.ts'
import { KnownCallers } from './known-callers.ts'
import { LineNews, qualityNotice } from './live-quality.ts'
import { mediaPolicy, offeredKeyings } from './media-policy.ts'
import { backToTrunk, ownTargetOf } from './back-to-trunk.ts'
import { BrowserLegs } from './browser-legs.ts'
import { outgoingInvite } from './outgoing-invite.ts'
import { MessageTrace, type TracedDialog } from './message-trace.ts'
import { Monitors } from './monitors.ts'
import { CallPeople } from './people-now.ts'
import type { Reach } from './reach.ts'
import { CallUsage } from './call-usage.ts'
import { recordByPhone } from './record-by-phone.ts'
import { Recordings } from './recordings.ts'
import { type FoundLeg, takeReferral } from './referral.ts'
import { FaxRelay } from './fax/fax-relay.ts'
import type { FaxWish } from './fax/fax-wish.ts'
import { HookFlash } from './hook/hook-flash.ts'
import { heldNumber } from './hook/hook-numbers.ts'
import { SipLeg } from './sip-leg.ts'
import { whySkipped } from './skip-member.ts'
import { SpendWatch } from './spend-watch.ts'
import { isWithService } from './voice/with-service.ts'
import { mediaAddressOf } from './trunk-invite.ts'
import { withTrunkNews } from './trunk-news.ts'
import { toDevices } from './to-devices.ts'
import type { TrunkWays } from './trunk-ways.ts'
import { VoiceLines } from './voice/voice-lines.ts'

export type Authentication =
  | {
      readonly ok: true
      readonly device: Device
      readonly user: User
      readonly domain: Domain
      /** Beyond the device's rate: only an emergency call may start. */
      readonly isTooFast?: true
      /** A visitor without an account; the only number that they may call. */
      readonly mayCall?: string
    }
  | { readonly ok: false; readonly response: SipResponse }

export interface CallServiceOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly bindings: BindingStore
  readonly ledger: CallLedger
  readonly engine: MediaEngine
  readonly stack: SipStack
  /** Who sends this request, or the challenge to send (features/registrar). */
  authenticate(request: SipRequest, flow: Flow): Authentication
  /** Live bindings that a GRUU of ours reaches; undefined when the URI is none (features/registrar). */
  bindingsOfGruu(uri: Uri): readonly Binding[] | undefined
  /** The flow to a binding, if it is or can be up. */
  flowOf(binding: Binding): Promise<Flow | undefined>
  /** Sound file of a prompt. */
  promptPath(prompt: string, language: Language): string
  /** The same for voice services, which may have to be made first; `promptPath` if absent. */
  soundOf?(prompt: string, language: Language): Promise<string | undefined>
  /** The data folder; recordings go to a folder in it. */
  readonly folder: string
  /** Keeps recordings; without it nothing is recorded. */
  readonly recordingDesk?: RecordingDesk
  /** How long a peer that had sent audio may be silent before its call ends. */
  readonly mediaTimeoutMs: number
  /** How long a browser that is away is waited for, before its call ends; 30 s if absent. */
  readonly reconnectMs?: number
  /** Where it is told how calls go; nobody is told if absent. */
  readonly notices?: Pick<Notices, 'publish'>
  /** Calls at once on this installation, before new ones get 503. */
  readonly maxCalls: number
  /** What users want done with their calls; absent: all devices ring. */
  readonly settings?: Pick<UserSettings, 'get'>
  /** How somebody is; absent: no rule depends on it. */
  presenceOf?(userId: UserId): PresenceState | undefined
  /** Names for callers from outside. */
  readonly callerNames?: CallerNames
  /** How trunks are now; absent: as they are configured. */
  readonly trunks?: TrunkWays
}

/** What the service keeps of a call beside its machine. */
interface CallContext {
  readonly owner: CallOwner
  readonly company: Company
  readonly domain: string
  readonly from: CallSource
  readonly reaches: Map<LegId, Reach>
  /** The INVITE that began it; privacy, diversion and hop count go on from it. */
  readonly request: SipRequest | undefined
  readonly isWithheld: boolean
  readonly usage: CallUsage
  readonly dialogs: Map<InviteUsage, TracedDialog>
}

const moneyUsedUp: Termination = {
  blame: 'caller',
  reason: 'spend-limit',
  sip: 403,
  text: "Today's limit of money for calls is used up.",
}

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
  readonly meters = new UsageMeters()
  readonly recordings: Recordings
  /** Who talks now, and what they want done with calls. */
  readonly people: CallPeople
  readonly knownCallers: KnownCallers
  readonly browsers: BrowserLegs
  readonly reconnectMs: number
  readonly options: CallServiceOptions
  readonly #calls = new Map<CallId, CallContext>()
  readonly #legs = new Map<string, { owner: CallOwner; leg: LegId }>()
  readonly #usages = new Map<InviteUsage, { owner: CallOwner; leg: SipLeg }>()
  readonly #lineNews = new LineNews()
  readonly #fax: FaxRelay
  /** Hooks of analogue telephones. */
  readonly hook = new HookFlash(this)
  /** Calls that supervisors are with. */
  readonly monitors: Monitors
  readonly #spend: SpendWatch
  readonly #conferences: Conferences
  /** Voice services and those who talk with them. */
  readonly voice: VoiceLines
  headersOfRefusal: CallSurroundings['headersOfRefusal']
  /** Set by who knows of call-backs; without them nothing is offered. */
  busyOffers: CallSurroundings['busyOffers']
  readonly #changedListeners = new Set<(state: CallState) => void>()
  readonly #finishedListeners = new Set<() => void>()
  readonly #refusedListeners = new Set<(companyId: CompanyId) => void>()
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
    this.recordings = new Recordings({
      ...options,
      desk: options.recordingDesk,
      calls: {
        owner: (id) => this.owner(id),
        companyOf: (id) => this.#calls.get(id)?.company,
        soundOf: options.soundOf ?? (async (prompt, language) => options.promptPath(prompt, language)),
      },
    })
    this.knownCallers = new KnownCallers(options)
    this.people = new CallPeople({ ...options, known: this.knownCallers })
    this.reconnectMs = options.reconnectMs ?? 30_000
    this.browsers = new BrowserLegs({
      find: (media) => this.#legs.get(media),
      flowOf: options.flowOf,
      ringAgain: (owner, leg, binding) => this.#ringAgain(owner, leg, binding),
      reconnectMs: this.reconnectMs,
    })
    this.#conferences = new Conferences(options.engine)
    this.monitors = new Monitors(options.engine)
    this.voice = new VoiceLines({
      ...options,
      soundOf: options.soundOf ?? (async (prompt, language) => options.promptPath(prompt, language)),
      companyOf: (id) => this.#calls.get(id)?.company,
      joinMix: (id, mix, media, manner) => this.#conferences.join(id, mix as MixId, media, manner),
      leaveMix: (id) => this.#conferences.left(id),
    })
    this.#spend = new SpendWatch({ clock: options.clock, directory: options.directory, meters: this.meters })
    this.#fax = new FaxRelay({ ...options, log: this.log })
    options.engine.onEvent((event) => this.#onMedia(event))
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
    if (this.#calls.size < this.options.maxCalls && !this.engine.isFull) return true
    for (const listener of this.#refusedListeners) listener(companyId)
    return false
  }

  get count(): number {
    return this.#calls.size
  }

  states(): Iterable<CallState> {
    return [...this.#calls.values()].map((c) => c.owner.state)
  }

  owner(id: CallId): CallOwner | undefined {
    return this.#calls.get(id)?.owner
  }

  context(id: CallId): Readonly<Pick<CallContext, 'company' | 'domain' | 'from' | 'reaches'>> | undefined {
    return this.#calls.get(id)
  }

  /** The trunk that a request comes over, if it does. */
  trunkOf(request: SipRequest, flow: Flow): Trunk | undefined {
    const { trunks, directory } = this.options
    if (trunks) return trunks.trunkOf(request, flow)
    const hasCredentials = request.headers.has('Proxy-Authorization') || request.headers.has('Authorization')
    return hasCredentials ? undefined : directory.trunkByAddress(flow.remote.address, flow.remote.port)
  }

  /** Calls and money of a company, a user or a trunk now. */
  usageOf(id: CompanyId | UserId | TrunkId): Usage {
    return this.meters.usage(id, this.clock.now(), this.#spend.runningMicros(id))
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
    const found = usage && this.#usages.get(usage)
    const id = found?.owner.state.call.companyId === companyId ? found.leg.id : undefined
    return found && id && found.owner.legs.get(id) === found.leg && !found.leg.isClosed ? { ...found, id } : undefined
  }

  /** Whether one more call may start; counts it when it may. Emergency calls always may. */
  admit(company: Company, user: User | undefined, isEmergency: boolean): Refusal | undefined {
    if (isEmergency) return undefined
    const unrecorded = this.recordings.whyNoCall(company.id)
    if (unrecorded) return unrecorded
    const now = this.clock.now()
    const ofCompany = admitCall(
      company.limits,
      this.meters.usage(company.id, now, this.#spend.runningMicros(company.id)),
      this.clock.monotonicMs(),
      false,
    )
    if (ofCompany || !user) return ofCompany
    return admitCall(
      user.limits,
      this.meters.usage(user.id, now, this.#spend.runningMicros(user.id)),
      this.clock.monotonicMs(),
      false,
    )
  }

  /** Whether a call that costs money may start. */
  admitCost(company: Company, user: User | undefined): Refusal | undefined {
    const now = this.clock.now()
    const spendOnly = (limits: Company['limits']) =>
      limits.spendPerDayMicros === undefined ? {} : { spendPerDayMicros: limits.spendPerDayMicros }
    const ofCompany = admitCall(
      spendOnly(company.limits),
      this.meters.usage(company.id, now, this.#spend.runningMicros(company.id)),
      now,
      true,
    )
    if (ofCompany || !user) return ofCompany
    return admitCall(
      spendOnly(user.limits),
      this.meters.usage(user.id, now, this.#spend.runningMicros(user.id)),
      now,
      true,
    )
  }

  /** Takes a call under its wing: counts it and remembers where it came from. */
  register(
    owner: CallOwner,
    more: { company: Company; domain: string; from: CallSource; request?: SipRequest; isWithheld?: boolean },
  ): void {
    const reaches = new Map<LegId, Reach>()
    const context: CallContext = {
      owner,
      company: more.company,
      domain: more.domain,
      from: more.from,
      request: more.request,
      isWithheld: more.isWithheld ?? false,
      reaches,
      usage: new CallUsage({
        clock: this.clock,
        meters: this.meters,
        spend: this.#spend,
        company: more.company,
        from: more.from,
        reaches,
        nowMs: () => owner.nowMs(),
        stop: () => owner.clear(moneyUsedUp),
      }),
      dialogs: new Map(),
    }
    owner.country = more.company.country.toLowerCase()
    this.#calls.set(owner.id, context)
    this.changed(owner)
  }

  addLeg(owner: CallOwner, leg: SipLeg): void {
    owner.legs.set(leg.id, leg)
    this.#legs.set(leg.media, { owner, leg: leg.id })
    if (leg.usage) this.#adoptUsage(owner, leg, leg.usage)
  }

  /** Routes on behalf of whoever is behind a leg, or of the call's own origin. */
  route(owner: CallOwner, from: CallSource, dialled: string, only?: ReadonlySet<string>): RoutedOnward {
    const context = this.#calls.get(owner.id)
    if (!context) return { kind: 'refused', refusal: DomainUnknown(), explanation: [] }
    return this.#find(owner, context, { from, dialled, ...(only ? { only } : {}) })
  }

  async routeForward(owner: CallOwner, rule: PlannedRule): Promise<RoutedOnward> {
    const context = this.#calls.get(owner.id)
    if (!context) return { kind: 'refused', refusal: DomainUnknown(), explanation: [] }
    const { company, domain } = context
    const { caller } = owner.state.call
    await this.knownCallers.learn({ callId: owner.id, company, domain, caller, dialled: rule.to })
    // The machine has noted already from whom it goes on.
    const diversions = owner.state.call.diversions?.slice(0, -1) ?? []
    return this.#find(owner, context, { from: { kind: 'company' }, dialled: rule.to, diversions, rule })
  }

  /** Where a number leads for a call that does not exist yet. @param ahead.reaches gets how each leg is reached */
  routeAhead(
    id: CallId,
    ahead: Pick<CallContext, 'company' | 'domain' | 'reaches'> & { from: CallSource; caller: Party; dialled: string },
  ): RoutedOnward {
    const { from, dialled, caller } = ahead
    return this.#find({ id, state: { call: { caller } } }, ahead, { from, dialled })
  }

  /** Finds where a call goes as people are now; what costs money is held against who pays. */
  #find(
    owner: Pick<CallOwner, 'id'> & { readonly state: { readonly call: Pick<Call, 'caller' | 'diversions'> } },
    { company, domain, reaches }: Pick<CallContext, 'company' | 'domain' | 'reaches'>,
    question: Pick<Parameters<typeof findDestination>[1], 'from' | 'dialled' | 'only' | 'diversions' | 'rule'>,
  ): RoutedOnward {
    const { directory, bindings } = this.options
    const { caller, diversions = [] } = owner.state.call
    const routed = findDestination(
      {
        clock: this.clock,
        directory,
        bindings,
        meters: this.meters,
        usageOf: ({ id }) => this.usageOf(id),
        trunks: this.options.trunks,
      },
      {
        directory,
        company,
        domain,
        caller,
        diversions,
        people: this.people.seenFrom(owner.id, company.id),
        seed: owner.id,
        ...question,
      },
      reaches,
    )
    if (routed.kind !== 'destination' || routed.to.isEmergency) return routed
    const { steps, explanation } = routed.to
    const payer = steps
      .flatMap(({ targets }) => targets)
      .filter(({ pricePerMinuteMicros }) => pricePerMinuteMicros)
      .map(({ leg }) => reaches.get(leg))
      .find((reach) => reach?.kind === 'trunk')
    if (!payer) return routed
    const refusal = this.admitCost(company, payer.payer === undefined ? undefined : directory.user(payer.payer))
    return refusal ? { kind: 'refused', refusal, explanation: [...explanation, refusal.text] } : routed
  }

  async routeOnward(owner: CallOwner, by: LegId, target: string): Promise<RoutedOnward> {
    if (target === heldNumber) return { kind: 'service', service: 'feature', number: heldNumber, explanation: [] }
    const source = this.sourceOf(owner, by)
    const back = source.kind === 'trunk' ? this.#backTo(owner, source.trunk, target) : undefined
    return back ?? this.route(owner, source, target)
  }

  ownTargetOf(owner: CallOwner, transferor: LegId, referral: Referral): string | undefined {
    const source = this.sourceOf(owner, transferor)
    return source.kind === 'trunk' ? ownTargetOf(source.trunk, referral) : undefined
  }

  #backTo(owner: CallOwner, trunk: Trunk, uri: string): RoutedOnward | undefined {
    const { referredBy } = owner
    owner.referredBy = undefined
    const reaches = this.#calls.get(owner.id)?.reaches
    const around = { clock: this.clock, usageOf: ({ id }: Trunk) => this.usageOf(id) }
    return reaches && backToTrunk(trunk, { uri, referredBy }, around, reaches)
  }

  /** Who is responsible for what a leg asks: its user, or its trunk. */
  sourceOf(owner: CallOwner, leg: LegId): CallSource {
    const context = this.#calls.get(owner.id)
    const party = owner.state.call.legs.get(leg)
    const user = party?.party.userId ? this.options.directory.user(party.party.userId) : undefined
    if (user) return { kind: 'user', user }
    const trunk = party?.trunkId ? this.options.directory.trunk(party.trunkId) : undefined
    if (trunk) return { kind: 'trunk', trunk }
    return context!.from
  }

  offerLeg(owner: CallOwner, id: LegId, like: SipLeg | undefined): SipLeg | undefined {
    const context = this.#calls.get(owner.id)
    const reach = context?.reaches.get(id)
    if (!context || !reach) return undefined
    const skipped = whySkipped(reach, {
      directory: this.options.directory,
      company: context.company,
      caller: owner.state.call.caller,
      people: this.people.seenFrom(owner.id, context.company.id),
    })
    if (skipped) {
      owner.dispatch({ kind: 'legFailed', leg: id, failure: skipped })
      return undefined
    }
    const isTrunk = reach.kind === 'trunk'
    const protocol = isTrunk ? reach.target.protocol : reach.binding.flow.protocol
    const { trunks } = this.options
    const peerAddress = isTrunk ? mediaAddressOf(reach, trunks) : reach.binding.flow.remoteAddress
    const events = isTrunk
      ? withTrunkNews(owner.legEvents(id), (fault) => trunks?.noteCall(reach.trunk, reach.target, fault))
      : owner.legEvents(id)
    const policy = mediaPolicy(isTrunk ? reach.trunk : reach.device, protocol, peerAddress, isTrunk)
    const leg = new SipLeg({
      id,
      callId: owner.id,
      engine: this.engine,
      policy,
      log: this.log,
      events,
      keyings: offeredKeyings(isTrunk ? reach.trunk : reach.device, protocol),
    })
    this.#legs.set(leg.media, { owner, leg: id })
    if (leg.isBrowser && !isTrunk) this.browsers.add(leg, reach.device.id, reach.binding)
    leg.offer(
      this.options.stack,
      () => outgoingInvite(this.options, { ...context, state: owner.state }, reach),
      like?.media,
      (usage) => {
        this.#adoptUsage(owner, leg, usage)
        const remote = usage.flow?.remote
        const remoteAddress = remote && formatHost(remote.address, remote.port)
        owner.dispatch({
          kind: 'legSent',
          leg: id,
          sipCallId: usage.sipCallId,
          ...(remoteAddress ? { remoteAddress } : {}),
        })
      },
    )
    return leg
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

  async routeService(owner: CallOwner, leg: LegId): Promise<RoutedOnward> {
    const context = this.#calls.get(owner.id)
    const sending = this.voice.sendingOf(owner.id)
    if (!context || !sending) return { kind: 'refused', refusal: DomainUnknown(), explanation: [] }
    const devices = toDevices(this, owner, context.reaches, sending)
    if (devices) return devices
    const { as: from = this.sourceOf(owner, leg), divertedFrom: user, divertedFromNumber } = sending.options
    const reason = 'deflection' as const
    const trail = [
      ...(divertedFromNumber === undefined ? [] : [{ number: divertedFromNumber, reason }]),
      ...(user ? [{ number: user.extension ?? user.name, userId: user.id, reason }] : []),
    ]
    const diversions = [...(owner.state.call.diversions ?? []), ...trail]
    return this.#find(owner, context, { from, dialled: sending.to, diversions })
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
    this.#calls.get(owner.id)?.usage.update(owner.state)
    this.people.update(owner.state)
    this.recordings.follow(owner.state)
    for (const listener of this.#changedListeners) listener(owner.state)
  }

  finished(owner: CallOwner): void {
    const context = this.#calls.get(owner.id)
    if (!context) return
    for (const leg of owner.legs.values()) {
      if (this.#legs.get(leg.media)?.owner !== owner) continue
      this.#legs.delete(leg.media)
      this.browsers.remove(leg.media)
    }
    for (const [usage, dialog] of context.dialogs) {
      this.trace.forget(dialog, owner.id)
      if (this.#usages.get(usage)?.owner === owner) this.#usages.delete(usage)
    }
    this.#calls.delete(owner.id)
    this.voice.end(owner.id, 'the call has ended')
    this.#conferences.left(owner.id)
    this.#fax.forget(owner.id)
    for (const leg of owner.legs.values()) this.hook.finished(leg)
    if (this.#calls.size === 0) this.#whenEmpty?.()
    for (const listener of this.#finishedListeners) listener()
  }

  /** A leg goes over to another call (attended transfer): its media and its news go along. */
  moveLeg(from: CallOwner, leg: SipLeg, to: CallOwner, newId: LegId): void {
    const reach = this.#calls.get(from.id)?.reaches.get(leg.id)
    if (reach) this.#calls.get(to.id)?.reaches.set(newId, reach)
    from.legs.delete(leg.id)
    to.legs.set(newId, leg)
    leg.moveTo(newId, to.legEvents(newId))
    this.#legs.set(leg.media, { owner: to, leg: newId })
    if (leg.usage) this.#adoptUsage(to, leg, leg.usage)
  }

  /** Ends every call and waits until all are in the ledger, at most so long. */
  async close(limitMs = 4000): Promise<void> {
    this.#isClosing = true
    if (this.#calls.size === 0) return
    const empty = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve
      this.#drainTimer = this.clock.startTimer(limitMs, resolve)
    })
    for (const { owner } of this.#calls.values())
      owner.clear({ blame: 'us', reason: 'shut-down', sip: 503, text: 'The platform is being shut down.' })
    await empty
    this.#drainTimer?.stop()
    this.#spend.close()
  }

  #adoptUsage(owner: CallOwner, leg: SipLeg, usage: InviteUsage): void {
    const context = this.#calls.get(owner.id)
    if (!context) return
    this.#usages.set(usage, { owner, leg })
    const { sipCallId, localTag } = usage
    const dialog = { sipCallId, localTag, callerTag: leg.isIncoming ? usage.remoteTag : undefined }
    context.dialogs.set(usage, dialog)
    this.trace.adopt(dialog, owner.id, context.company.id)
  }

  /** The device of a leg that rings has been loaded anew: it rings there. */
  #ringAgain(owner: CallOwner, old: LegId, binding: Binding): void {
    const leg = owner.state.call.legs.get(old)
    const device = this.options.directory.device(binding.deviceId)
    const reaches = this.#calls.get(owner.id)?.reaches
    if (!leg || !device || !reaches) return
    const target = { leg: makeId<LegId>(this.clock.now()), party: leg.party, deviceId: device.id }
    reaches.set(target.leg, { kind: 'binding', binding, device })
    owner.dispatch({ kind: 'legRingsAgain', old, target })
  }

  /**
   * Rings a phone anew, and asks it to answer by itself, for its person who commands that from elsewhere.
   * @returns false for a browser, and for a phone that was asked already
   */
  ringToAnswer(owner: CallOwner, old: LegId): boolean {
    const reaches = this.#calls.get(owner.id)?.reaches
    const reach = reaches?.get(old)
    const leg = owner.state.call.legs.get(old)
    if (!reaches || !leg || reach?.kind !== 'binding' || reach.answersItself || reach.device.kind === 'browser')
      return false
    const target = { leg: makeId<LegId>(this.clock.now()), party: leg.party, deviceId: reach.device.id }
    reaches.set(target.leg, { ...reach, answersItself: true })
    owner.dispatch({ kind: 'legRingsAgain', old, target })
    return true
  }

  /** What the owner of a leg may know of its dialog. */
  ownConnection(id: CallId, leg: LegId): OwnConnection | undefined {
    const media = this.owner(id)?.legs.get(leg)?.media
    return media && this.browsers.own(media)
  }

  #onMedia(event: MediaEvent): void {
    if (event.kind === 'recordingEnded') return void this.voice.recordingEnded(event)
    if (event.kind === 'recordingTroubled') return this.voice.recordingTroubled(event)
    if (event.kind === 'mixLevels') return
    const found = this.#legs.get(event.leg)
    if (!found) return
    const { owner, leg } = found
    switch (event.kind) {
      case 'quality':
        if (event.lastAudioAtMs !== undefined)
          this.ledger.noteAudio([{ callId: owner.id, atMs: owner.nowMs() - (this.clock.now() - event.lastAudioAtMs) }])
        if (event.recent) this.#noticeQuality(owner, leg, event.recent)
        return
      case 'playEnded':
        if (!this.voice.onMedia(owner.id, event)) this.#playEnded(owner)
        return
      case 'quiet':
        return this.browsers.quiet(event.leg, event.sinceMs)
      case 'heard':
        return this.browsers.heard(event.leg)
      case 'silent':
        // Who is away is waited for by a timer of its own.
        if (owner.state.call.legs.get(leg)?.interruption) return
        if (event.sinceMs >= this.options.mediaTimeoutMs && owner.legs.get(leg)?.hasSentAudio)
          this.#lost(owner, leg, 'media-timeout', 'No audio came from this side any more.')
        else this.#noteSilence(owner, leg, event.sinceMs)
        return
      case 'failed':
        return this.#lost(owner, leg, 'media-failed', event.reason)
      case 'digit': {
        if (event.digit === '!') return this.hook.flashed(owner, leg)
        if (isWithService(owner.state, leg) || owner.state.name === 'refusing')
          return this.keyPressed(owner, leg, event.digit)
        if (this.hook.key(owner, leg, event.digit)) return
        const counterpart =
          owner.state.name === 'connected'
            ? owner.legs.get(leg === owner.state.a ? owner.state.b : owner.state.a)
            : undefined
        if (counterpart?.summary?.dtmf === 'info') owner.passDigit(leg, event.digit, event.durationMs)
        return
      }
      case 'fax':
        return void this.#fax.detected(owner, leg, event.tone)
      case 'audioStarted': {
        const sipLeg = owner.legs.get(leg)
        if (sipLeg) sipLeg.hasSentAudio = true
        this.voice.onMedia(owner.id, event)
        return
      }
    }
  }

  /** People in a browser are told how their line is while they talk. */
  #noticeQuality(owner: CallOwner, id: LegId, recent: LegQuality): void {
    const leg = owner.state.call.legs.get(id)
    const userId = leg?.party.userId
    const { notices } = this.options
    const line = owner.legs.get(id)
    if (!notices || !leg || !userId || leg.answeredAtMs === undefined || !line?.isBrowser) return
    if (!this.#lineNews.isNews(line, recent)) return
    const party = { ...leg.party, userId }
    notices.publish(qualityNotice(owner.state.call, { ...leg, party }, recent, this.clock.now()))
  }

  /** One-way audio is told while people still wonder about it; once for each leg, as silence is reported again and again. */
  #noteSilence(owner: CallOwner, id: LegId, sinceMs: number): void {
    const leg = owner.legs.get(id)
    const party = owner.state.call.legs.get(id)
    if (!leg || leg.isSilenceTold || party?.connection !== 'connected') return
    leg.isSilenceTold = true
    const seconds = Math.round(sinceMs / 1000)
    const since = leg.hasSentAudio ? `for ${seconds} s` : 'since it answered'
    const cause = 'its network lets none through to us, or sends it from an address that we have no proof of'
    const text = `One-way audio: no packet from ${party.party.number} ${since}; ${cause}.`
    owner.dispatch({ kind: 'noticed', leg: id, code: 'no-audio-from', text })
  }

  #playEnded(owner: CallOwner): void {
    if (this.busyOffers?.said(owner)) return
    if (owner.state.name === 'refusing') return owner.dispatch({ kind: 'announcementEnded' })
    if (owner.state.name === 'inService' && owner.state.service !== 'echo' && owner.state.service !== 'conference') {
      owner.clear({ blame: 'us', reason: 'service-not-available', text: 'This service is not available yet.' })
    }
  }

  #lost(owner: CallOwner, leg: LegId, reason: string, text: string): void {
    const party = owner.state.call.legs.get(leg)
    if (!party || party.connection === 'hold') return
    const blame = party.trunkId === undefined ? party.role : 'trunk'
    owner.dispatch({ kind: 'mediaLost', leg, termination: { blame, reason, text } })
  }
}
