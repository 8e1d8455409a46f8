import {
  type Clock,
  type CompanyId,
  type FlowId,
  type Logger,
  type RandomBytes,
  systemRandom,
  type Timer,
  type UserId,
} from '@vaxel/base'
import type {
  Binding,
  BindingStore,
  BrowserPhones,
  VisitorLogins,
  CallLedger,
  Device,
  Directory,
  Domain,
  TrunkLogin,
  User,
} from '@vaxel/core/ports'
import {
  type Flow,
  type IncomingRequest,
  makeResponse,
  parseUri,
  type SipRequest,
  type SipResponse,
  type Uri,
} from '@vaxel/sip'
import { addressOfRecord } from './address-of-record.ts'
import type { AbuseLimits } from './abuse-limits.ts'
import {
  type Authenticated,
  type Authentication,
  Authenticator,
  type AuthenticatorOptions,
  type LockedOut,
} from './authenticator.ts'
import { registrarBound, registrarUnbound, securityLockedOut } from './events.ts'
import { bindingsOfInstance, Gruus } from './gruu.ts'
import { isAllowedAt } from './outside-networks.ts'
import { checkRequire, type Registration, type RegistrationFault, readRegistration } from './read-registration.ts'
import { type GruusOfBinding, makeRegisteredResponse } from './registered-response.ts'
import { defaultLimits, type RegistrarLimits } from './registrar-limits.ts'
import { isOverStream, randomFraction, spreadLifetimes, streamGraceMs, takeOver } from './take-over.ts'
import { Turns } from './turns.ts'
import { type BindingChange, type Registrant, type UnbindReason, updateBindings } from './update-bindings.ts'

export interface RegistrarOptions extends Pick<AuthenticatorOptions, 'onProved'> {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  readonly bindings: BindingStore
  readonly ledger: Pick<CallLedger, 'append'>
  /** The domain that a Host or address of this server stands for, or of that name. */
  readonly resolveDomain: (host: string) => Domain | undefined
  readonly random?: RandomBytes
  readonly limits?: Partial<RegistrarLimits>
  readonly abuseLimits?: Partial<AbuseLimits>
  /** Service-Route of the 200 (RFC 3608), where calls must go another way than registrations came. */
  readonly serviceRoute?: string
  /** Logged-in browsers, whose names and passwords are made for some hours. */
  readonly browserPhones?: BrowserPhones
  readonly visitors?: VisitorLogins
  readonly nonceLifetimeSeconds?: number
  /** Who is logged in at a phone that is shared, and takes its calls now; undefined: its own user. */
  readonly personAt?: (deviceId: Device['id']) => User | undefined
  /** Told after the bindings of an address of record have changed, durably. Refreshes count too. */
  readonly onChanged?: (addressOfRecord: string, bindings: readonly Binding[]) => void
}

/** Streams die with their connection; a datagram flow is only as old as its binding. */
const isStream = (binding: Binding): boolean => binding.flow.protocol !== 'udp'

/**
 * The registrar of all domains (RFC 3261 §10.3, RFC 5626, RFC 3327, RFC 5627). Bindings of one address of record change one
 * after another; each change is durable before its 200 goes out, and before the ledger tells of it.
 */
export class Registrar {
  readonly #options: RegistrarOptions
  readonly #limits: RegistrarLimits
  readonly #authenticator: Authenticator
  readonly #gruus: Gruus
  readonly #turns: Turns
  /** Per address of record: fires when its first binding may have expired. */
  readonly #expiries = new Map<string, { atMs: number; timer: Timer }>()
  readonly #addressesOfFlow = new Map<FlowId, Set<string>>()
  /** Over connections of an earlier run, until their phones have come again. */
  readonly #lost = new WeakSet<Binding>()
  /** Until then phones on connections come back from a restart; on the monotonic clock. */
  #spreadUntilMs = Number.NEGATIVE_INFINITY
  #isClosed = false

  constructor(options: RegistrarOptions) {
    this.#options = options
    this.#limits = { ...defaultLimits, ...options.limits }
    this.#authenticator = new Authenticator({ ...options, onLockedOut: (lockOut) => this.#lockedOut(lockOut) })
    this.#gruus = new Gruus(options.random ?? systemRandom)
    this.#turns = new Turns((error) => options.log.error('registration failed', { error: String(error) }))
  }

  /** Takes over the bindings of an earlier run ({@link takeOver}). Resolves when what had to go is gone, durably. */
  async start(): Promise<void> {
    const { bindings, clock, random } = this.#options
    const nowMs = clock.now()
    const { maxExpiresSeconds } = this.#limits
    bindings.amend((binding) => takeOver(binding, { nowMs, maxExpiresSeconds, fraction: randomFraction(random) }))
    const addresses = new Set<string>()
    for (const binding of bindings.all()) {
      addresses.add(binding.addressOfRecord)
      this.#trust(binding)
      if (!isOverStream(binding)) continue
      this.#lost.add(binding)
      this.#spreadUntilMs = clock.monotonicMs() + streamGraceMs
    }
    const going: Promise<void>[] = []
    for (const address of addresses) {
      const bound = bindings.ofAddress(address)
      // Most run on: they need no turn, of which a hundred thousand would take seconds.
      if (bound.every((binding) => binding.expiresAtMs > nowMs)) this.#follow(address, bound)
      else going.push(this.#removeWhere(address, () => false, 'expired'))
    }
    await Promise.all(going)
  }

  /** The wall clock was set: what is bound stays so for as long as it was granted. @param byMs forward is positive */
  clockJumped(byMs: number): void {
    this.#options.bindings.amend((binding) => {
      const moved = { ...binding, expiresAtMs: binding.expiresAtMs + byMs }
      if (this.#lost.has(binding)) this.#lost.add(moved)
      return moved
    })
    for (const expiry of this.#expiries.values()) expiry.atMs += byMs
  }

  /** Stops all timers; REGISTERs are answered 503 from then on. Bindings stay. */
  close(): void {
    this.#isClosed = true
    for (const { timer } of this.#expiries.values()) timer.stop()
    this.#expiries.clear()
  }

  /** For SipUser.admits: false for what gets no answer (scanners, floods, guessers of passwords). */
  admits(request: SipRequest, flow: Flow): boolean {
    return this.#authenticator.admits(request, flow)
  }

  /** For SipUser.screen: the stateless answer to a stranger, or undefined to let the request through. */
  screen(request: SipRequest, flow: Flow, sizeBytes: number): SipResponse | 'drop' | undefined {
    return this.#authenticator.screen(request, flow, sizeBytes)
  }

  /** For SipUser.mayBeForged: answers to such a sender are never longer than what came. */
  mayBeForged(flow: Flow): boolean {
    return this.#authenticator.mayBeForged(flow)
  }

  /** Who sent a request; else what to answer (401 for REGISTER, 407 for others). A trunk's requests are not for this. */
  authenticate(request: SipRequest, flow: Flow): Authentication {
    return this.#authenticator.authenticate(request, flow)
  }

  /** See {@link Authenticator.userNow}. */
  userNow(who: Authenticated): User | undefined {
    return this.#authenticator.userNow(who)
  }

  /** Whether a request answers a challenge of ours with a login that a trunk of this company has. */
  provesLogin(request: SipRequest, flow: Flow, companyId: CompanyId, login: TrunkLogin): boolean {
    return this.#authenticator.provesLogin(request, flow, companyId, login)
  }

  /** For SipUser.onRequest, method REGISTER. Answers exactly once. */
  onRequest(incoming: IncomingRequest): void {
    const { request, flow } = incoming
    const refuse = (fault: RegistrationFault): void => incoming.respond(refusal(request, fault))
    if (this.#isClosed) return refuse({ status: 503, reason: 'Shutting down', headers: this.#retryAfter(5) })
    const unknown = checkRequire(request)
    if (unknown !== undefined) return refuse(unknown)
    const authentication = this.authenticate(request, flow)
    if (!authentication.ok) return incoming.respond(authentication.response)
    const { device, user, domain } = authentication
    if (!this.#mayRegister(request, authentication)) return refuse({ status: 403, reason: 'Forbidden' })
    const asked = readRegistration(request, this.#limits)
    if ('status' in asked) return refuse(asked)
    const isBurst = flow.protocol !== 'udp' && this.#options.clock.monotonicMs() < this.#spreadUntilMs
    const registration = isBurst ? spreadLifetimes(asked, randomFraction(this.#options.random)) : asked
    const who: Registrant = {
      addressOfRecord: addressOfRecord(user.name, domain.name),
      device,
      user: this.#options.personAt?.(device.id) ?? user,
      flow,
      sentBy: request.via.host,
    }
    void this.#turns.run(who.addressOfRecord, () => this.#register(incoming, registration, who, authentication))
  }

  /** A stream has closed: bindings over it, if not behind an edge proxy, are gone (RFC 5626 §5.3). Resolves when durable. */
  async flowGone(flowId: FlowId): Promise<void> {
    const addresses = this.#addressesOfFlow.get(flowId)
    if (addresses === undefined) return
    this.#addressesOfFlow.delete(flowId)
    await Promise.all(
      [...addresses].map((address) =>
        this.#removeWhere(address, (binding) => binding.flow.id === flowId && isOverStream(binding), 'flow-closed'),
      ),
    )
  }

  /** Removes what a user or one device of it has bound, e.g. when its secret is issued anew. Resolves when durable. */
  async unbind(userId: UserId, deviceId?: Binding['deviceId']): Promise<void> {
    const addresses = new Set(this.#options.bindings.ofUser(userId).map((binding) => binding.addressOfRecord))
    const isMeant = (binding: Binding): boolean => deviceId === undefined || binding.deviceId === deviceId
    await Promise.all([...addresses].map((address) => this.#removeWhere(address, isMeant, 'administrator')))
  }

  /** Removes what devices of a company have bound where they may not be any more. Resolves when durable. */
  async unbindOutside(companyId: CompanyId): Promise<void> {
    const { bindings, directory } = this.#options
    const isOutside = (one: Binding): boolean =>
      one.companyId === companyId &&
      !isAllowedAt(directory, companyId, one.flow.client ?? { address: one.flow.remoteAddress })
    const addresses = new Set<string>()
    for (const binding of bindings.all()) if (isOutside(binding)) addresses.add(binding.addressOfRecord)
    await Promise.all([...addresses].map((address) => this.#removeWhere(address, isOutside, 'administrator')))
  }

  /** Somebody else takes a phone's calls from now on: what it has bound is theirs. Resolves when durable. */
  async reseat(deviceId: Device['id']): Promise<void> {
    const { bindings, directory, personAt } = this.#options
    const device = directory.device(deviceId)
    const home = device && directory.user(device.userId)
    if (!home) return
    const userId = personAt?.(deviceId)?.id ?? home.id
    const address = addressOfRecord(home.name, home.domain)
    await this.#turns.run(address, async () => {
      const before = bindings.ofAddress(address)
      const after = before.map((one) => (one.deviceId === deviceId && one.userId !== userId ? { ...one, userId } : one))
      if (after.some((one, i) => one !== before[i]))
        await this.#commit(address, { bindings: after, added: [], removed: [] })
    })
  }

  /** Live bindings that a GRUU of ours reaches, newest first; undefined when the URI is no GRUU (RFC 5627 §5). */
  bindingsOfGruu(uri: Uri): readonly Binding[] | undefined {
    const gruu = this.#gruus.read(uri)
    if (gruu === undefined) return undefined
    const nowMs = this.#options.clock.now()
    const live = this.#options.bindings.ofAddress(gruu.addressOfRecord).filter((binding) => binding.expiresAtMs > nowMs)
    return bindingsOfInstance(live, gruu.instanceId)
  }

  /** What is bound was bound with the right password, from where it is. */
  #trust(binding: Binding): void {
    const device = this.#options.directory.device(binding.deviceId)
    const domain = parseUri(binding.addressOfRecord)?.host
    if (device !== undefined && domain !== undefined && binding.path.length === 0)
      this.#authenticator.trust(binding.flow.remoteAddress, domain, device.sipUsername)
  }

  #lockedOut(lockOut: LockedOut): void {
    const { clock, ledger, log } = this.#options
    const { reason, source, domain, username, count, lockedMs } = lockOut
    log.warn('locked out', { reason, remote: source, domain: domain.name, username, count, lockedMs })
    ledger
      .append({ events: [securityLockedOut(lockOut, clock.now())] })
      .catch((error: unknown) => log.error('lock-out not in the ledger', { remote: source, error: String(error) }))
  }

  /** The address in To must be that of the device's own user, by name, extension or the device's username. */
  #mayRegister(request: SipRequest, who: Authentication & { ok: true }): boolean {
    const { uri } = request.to
    const name = uri.user
    if (name === undefined || this.#options.resolveDomain(uri.host)?.name !== who.domain.name) return false
    return name === who.user.name || name === who.user.extension || name === who.device.sipUsername
  }

  async #register(
    incoming: IncomingRequest,
    registration: Registration,
    who: Registrant,
    proof: Authenticated,
  ): Promise<void> {
    const { request } = incoming
    const nowMs = this.#options.clock.now()
    const expired = this.#expire(who.addressOfRecord, nowMs)
    const change = updateBindings(expired.bindings, registration, who, nowMs, this.#limits.bindingsPerUser)
    if ('status' in change) return incoming.respond(refusal(request, change))
    const whole = { ...change, removed: [...expired.removed, ...change.removed] }
    if (registration.kind !== 'query' || whole.removed.length > 0) {
      const failure = await this.#commit(who.addressOfRecord, whole)
      if (failure !== undefined) {
        return incoming.respond(
          refusal(request, { status: 503, reason: 'Bindings cannot be stored', headers: this.#retryAfter(10) }),
        )
      }
    }
    if (!who.flow.isOpen) void this.flowGone(who.flow.id)
    // Whoever took its password away meanwhile found nothing to unbind yet. Other pages of a browser have logins of their own.
    const isOwn = (one: Binding): boolean => one.deviceId === who.device.id && one.callId === registration.callId
    if (this.userNow(proof) === undefined) void this.#removeWhere(who.addressOfRecord, isOwn, 'administrator')
    incoming.respond(
      makeRegisteredResponse(request, change.bindings, {
        nowMs: this.#options.clock.now(),
        path: registration.path,
        isOutbound: registration.isOutbound,
        flowTimerSeconds: this.#limits.flowTimerSeconds,
        serviceRoute: this.#options.serviceRoute,
        gruusOf: (binding) => (registration.wantsGruu ? this.#gruusOf(binding, registration) : undefined),
      }),
    )
  }

  /** Public ones for every phone listed, a new temporary one for the phone that registers (RFC 5627 §5.2). */
  #gruusOf(binding: Binding, registration: Registration): GruusOfBinding | undefined {
    const { addressOfRecord, instanceId, callId } = binding
    if (instanceId === undefined) return undefined
    return {
      public: this.#gruus.publicOf(addressOfRecord, instanceId),
      temporary:
        callId === registration.callId ? this.#gruus.makeTemporary(addressOfRecord, instanceId, callId) : undefined,
    }
  }

  #removeWhere(addressOfRecord: string, isMeant: (binding: Binding) => boolean, reason: UnbindReason): Promise<void> {
    return this.#turns.run(addressOfRecord, async () => {
      const { bindings, removed } = this.#expire(addressOfRecord, this.#options.clock.now())
      const gone = bindings.filter(isMeant)
      const change: BindingChange = {
        bindings: bindings.filter((binding) => !gone.includes(binding)),
        added: [],
        removed: [...removed, ...gone.map((binding) => ({ binding, reason }))],
      }
      if (change.removed.length > 0) await this.#commit(addressOfRecord, change)
      else this.#follow(addressOfRecord, bindings)
    })
  }

  #expire(addressOfRecord: string, nowMs: number): BindingChange {
    const all = this.#options.bindings.ofAddress(addressOfRecord)
    const bindings = all.filter((binding) => binding.expiresAtMs > nowMs)
    if (bindings.length === all.length) return { bindings: all, added: [], removed: [] }
    const gone = all.filter((binding) => binding.expiresAtMs <= nowMs)
    return {
      bindings,
      added: [],
      removed: gone.map((binding) => ({ binding, reason: this.#lost.has(binding) ? 'restarted' : 'expired' })),
    }
  }

  /** Up to twice as long, so that those who are sent away together do not come back together. */
  #retryAfter(leastSeconds: number): [[string, string]] {
    return [['Retry-After', String(Math.round(leastSeconds * (1 + randomFraction(this.#options.random))))]]
  }

  /** Stores, then follows flows and expiry, then tells. @returns what kept it from being stored */
  async #commit(addressOfRecord: string, change: BindingChange): Promise<unknown> {
    const { bindings, clock, ledger, log, onChanged } = this.#options
    try {
      await bindings.replace(addressOfRecord, change.bindings)
    } catch (error) {
      log.error('bindings were not stored', { addressOfRecord, error: String(error) })
      this.#follow(addressOfRecord, bindings.ofAddress(addressOfRecord), true)
      return error
    }
    this.#follow(addressOfRecord, change.bindings)
    for (const { binding } of change.removed) this.#forget(binding, change.bindings)
    const nowMs = clock.now()
    const events = [
      ...change.removed.map(({ binding, reason }) => registrarUnbound(binding, reason, nowMs)),
      ...change.added.map((binding) => registrarBound(binding, nowMs)),
    ]
    if (events.length > 0) {
      ledger
        .append({ events })
        .catch((error: unknown) =>
          log.error('registration not in the ledger', { addressOfRecord, error: String(error) }),
        )
    }
    onChanged?.(addressOfRecord, change.bindings)
    return undefined
  }

  #forget(binding: Binding, left: readonly Binding[]): void {
    const { addressOfRecord, instanceId } = binding
    if (instanceId !== undefined && !left.some((one) => one.instanceId === instanceId))
      this.#gruus.forget(addressOfRecord, instanceId)
    const addresses = this.#addressesOfFlow.get(binding.flow.id)
    if (addresses === undefined || left.some((one) => one.flow.id === binding.flow.id)) return
    addresses.delete(addressOfRecord)
    if (addresses.size === 0) this.#addressesOfFlow.delete(binding.flow.id)
  }

  /** Keeps the timer for the earliest expiry and the index of flows. @param isRetry wait a while before the next try */
  #follow(addressOfRecord: string, bindings: readonly Binding[], isRetry = false): void {
    let earliestMs = Number.POSITIVE_INFINITY
    for (const binding of bindings) {
      earliestMs = Math.min(earliestMs, binding.expiresAtMs)
      if (!isStream(binding)) continue
      const addresses = this.#addressesOfFlow.get(binding.flow.id)
      if (addresses === undefined) this.#addressesOfFlow.set(binding.flow.id, new Set([addressOfRecord]))
      else addresses.add(addressOfRecord)
    }
    const running = this.#expiries.get(addressOfRecord)
    if (bindings.length === 0 || this.#isClosed) {
      running?.timer.stop()
      this.#expiries.delete(addressOfRecord)
      return
    }
    const nowMs = this.#options.clock.now()
    const atMs = isRetry ? Math.max(earliestMs, nowMs + 10_000) : earliestMs
    // A timer that fires too early only looks again, so refreshes need not start a new one.
    if (running !== undefined && running.atMs <= atMs && running.atMs > nowMs) return
    running?.timer.stop()
    const timer = this.#options.clock.startTimer(Math.max(1, atMs - nowMs), () => {
      this.#expiries.delete(addressOfRecord)
      void this.#removeWhere(addressOfRecord, () => false, 'expired')
    })
    this.#expiries.set(addressOfRecord, { atMs, timer })
  }
}

function refusal(request: SipRequest, fault: RegistrationFault): SipResponse {
  const response = makeResponse(request, fault.status, fault.reason)
  for (const [name, value] of fault.headers ?? []) response.headers.append(name, value)
  return response
}
