import {
  type Clock,
  type CompanyId,
  isLoopback,
  type Logger,
  type RandomBytes,
  sourceOfAddress,
  systemRandom,
  type UserId,
  type Whereabouts,
} from '@vaxel/base'
import type {
  BrowserPhones,
  Device,
  Directory,
  Domain,
  TrunkLogin,
  User,
  VisitorLogin,
  VisitorLogins,
} from '@vaxel/core/ports'
import {
  Challenger,
  type DigestCredentials,
  type DigestVerdict,
  type Flow,
  type Ha1,
  makeFakeSecrets,
  makeHa1,
  makeResponse,
  parseCredentials,
  parseUri,
  type SipRequest,
  type SipResponse,
  verifyDigest,
  writeWithin,
} from '@vaxel/sip'
import { type AbuseLimits, defaultAbuseLimits } from './abuse-limits.ts'
import { digestAlgorithms } from './digest-order.ts'
import { type BegunLockOut, GuessGuard } from './guess-guard.ts'
import { isAllowedAt, refuseOutside, whereaboutsOf } from './outside-networks.ts'
import { RefusalLog } from './refusal-log.ts'
import { RequestRate } from './request-rate.ts'
import { isScanner } from './scanners.ts'

/** Either who sent a request, or what to answer it with. */
export type Authentication =
  | {
      readonly ok: true
      readonly device: Device
      readonly user: User
      readonly domain: Domain
      /** Of the credentials: the device's own, or one that was made for it for some hours. */
      readonly username: string
      readonly from: Whereabouts
      /** An INVITE beyond the device's rate: to be refused unless it is an emergency call, which only its number tells. */
      readonly isTooFast?: true
      /** A visitor without an account; the only number that they may call. */
      readonly mayCall?: string
    }
  | { readonly ok: false; readonly response: SipResponse }

export interface AuthenticatorOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  /** The domain that a Host or address of this server stands for. */
  readonly resolveDomain: (host: string) => Domain | undefined
  readonly random?: RandomBytes
  readonly nonceLifetimeSeconds?: number
  readonly abuseLimits?: Partial<AbuseLimits>
  /** Logged-in browsers, whose names and passwords are made for some hours. */
  readonly browserPhones?: BrowserPhones
  /** Visitors of websites, who may call one number and do nothing else. */
  readonly visitors?: VisitorLogins
  /** Told once for each lock-out, never for each request. */
  readonly onLockedOut?: (lockOut: LockedOut) => void
  /** Told of each request that brought right credentials, of a device, a visitor or a trunk. */
  readonly onProved?: (flow: Flow) => void
}

/** Who was locked out, after what. */
export interface LockedOut extends BegunLockOut {
  /** An IPv4 address or an IPv6 /64: what was locked out, or where the last wrong answer to an account came from. */
  readonly source: string
  readonly domain: Domain
  /** As the last wrong answer named it; it need not exist. */
  readonly username: string
}

/** Who sent a request. */
export type Authenticated = Extract<Authentication, { ok: true }>

/** Requests that only a known device may make; the stack or the calls feature answers the others itself. */
const guarded = new Set(['REGISTER', 'INVITE', 'SUBSCRIBE', 'MESSAGE', 'PUBLISH', 'REFER'])

/** `;tag=` and the tag that the stack adds to a stateless answer. */
const toTagBytes = 14

/**
 * Tells who sent a request, by digest (RFC 3261 §22, RFC 8760). The realm is the domain's name. An unknown user, an unknown
 * device and a wrong password get the same answer after the same work.
 */
export class Authenticator {
  readonly #options: AuthenticatorOptions
  readonly #challenger: Challenger
  readonly #fakeSecrets: readonly (Ha1 & { readonly realm: string })[]
  readonly #limits: AbuseLimits
  readonly #guard: GuessGuard
  readonly #rate: RequestRate
  readonly #deviceRate: RequestRate
  readonly #refusals: RefusalLog
  #domain: { request: SipRequest; of: Domain | undefined } | undefined
  #read: { request: SipRequest; realm: string; credentials: DigestCredentials | undefined } | undefined

  constructor(options: AuthenticatorOptions) {
    this.#options = options
    const random = options.random ?? systemRandom
    this.#challenger = new Challenger({
      random,
      ...(options.nonceLifetimeSeconds && { lifetimeSeconds: options.nonceLifetimeSeconds }),
    })
    this.#fakeSecrets = makeFakeSecrets(random).map((secret) => ({ ...secret, realm: '' }))
    this.#limits = { ...defaultAbuseLimits, ...options.abuseLimits }
    const { requestsPerSecond, requestsBurst, deviceRequestsPerSecond, deviceRequestsBurst } = this.#limits
    const { suspectsRemembered } = this.#limits
    this.#guard = new GuessGuard(options.clock, this.#limits)
    this.#rate = new RequestRate(requestsPerSecond, requestsBurst, suspectsRemembered)
    this.#deviceRate = new RequestRate(deviceRequestsPerSecond, deviceRequestsBurst, suspectsRemembered)
    this.#refusals = new RefusalLog(options.log)
  }

  /** The domain a request is for: of its Request-URI for REGISTER, else of its sender, else of its Request-URI. */
  domainOf(request: SipRequest): Domain | undefined {
    // Admitting, screening and checking ask for it one after another.
    if (this.#domain?.request !== request) this.#domain = { request, of: this.#findDomain(request) }
    return this.#domain.of
  }

  #findDomain(request: SipRequest): Domain | undefined {
    const { resolveDomain } = this.#options
    const target = parseUri(request.uri)
    const ofTarget = target === undefined ? undefined : resolveDomain(target.host)
    return request.method === 'REGISTER' ? ofTarget : (resolveDomain(request.from.uri.host) ?? ofTarget)
  }

  /**
   * Whether a request outside dialogs gets any answer, before anything else is done for it: not for scanners, not beyond the
   * rate of its source, not from a source that is locked out, nor with credentials that must wait. Silence tells and costs least.
   */
  admits(request: SipRequest, flow: Flow): boolean {
    const { clock, directory } = this.#options
    const { address, port } = flow.remote
    if (isScanner(request.headers.get('User-Agent'))) return false
    const source = sourceOfAddress(address)
    if (directory.trunkByAddress(address, port) === undefined) {
      const isLimited = this.#limits.loopbackLimited !== 0 || !isLoopback(address)
      if (isLimited && !this.#rate.take(source, clock.monotonicMs())) return false
      if (this.#guard.isShut(source)) return false
    }
    if (request.isExcused || !guarded.has(request.method)) return true
    const domain = this.domainOf(request)
    const credentials = domain && this.#credentials(request, domain)
    return credentials === undefined || this.#guard.mayTry(source, domain!.name, credentials.username)
  }

  /**
   * The stateless answer to a request outside dialogs that brings no credentials made for a challenge of ours, else undefined:
   * the challenge to a guarded one, 404 where no domain is ours, a bare 200 to the OPTIONS of a stranger. Where the sender's
   * address may be another's it is never longer than the request. Trunks are known by their address and are let through.
   * @param sizeBytes of the request, as it came
   */
  screen(request: SipRequest, flow: Flow, sizeBytes: number): SipResponse | 'drop' | undefined {
    const { address, port } = flow.remote
    const { method } = request
    if (method !== 'REGISTER' && this.#options.directory.trunkByAddress(address, port) !== undefined) return undefined
    const mayBeForged = this.mayBeForged(flow)
    const within = (answer: SipResponse): SipResponse | 'drop' =>
      !mayBeForged || isWithin(answer, sizeBytes) ? answer : 'drop'
    // The refresh of a subscription: whoever has one gave a password at that source.
    if (method === 'SUBSCRIBE' && request.to.tag !== undefined)
      return mayBeForged ? within(makeResponse(request, 481)) : undefined
    if (method === 'OPTIONS') return mayBeForged ? within(makeResponse(request, 200)) : undefined
    if (!guarded.has(method)) return undefined
    const domain = this.domainOf(request)
    if (domain === undefined) return within(makeResponse(request, 404, 'Unknown domain'))
    const credentials = this.#credentials(request, domain)
    const nowMs = this.#options.clock.monotonicMs()
    if (credentials !== undefined && this.#challenger.madeAt(credentials.nonce, address, nowMs) !== undefined)
      return undefined
    const isStale = credentials !== undefined
    const whole = this.#challenge(request, domain, flow, isStale)
    if (within(whole) === whole) return whole
    const short = this.#challenge(request, domain, flow, isStale, ['MD5'])
    if (within(short) === short) return short
    // The reason phrase may be empty (RFC 3261 §25.1).
    short.reason = ''
    return within(short)
  }

  /** Whether a request may come from another address than it says: not on connections, nor loopback, trunks, and where a phone is known. */
  mayBeForged(flow: Flow): boolean {
    const { address, port } = flow.remote
    if (flow.protocol !== 'udp' || (this.#limits.loopbackLimited === 0 && isLoopback(address))) return false
    return !this.isKnown(flow) && this.#options.directory.trunkByAddress(address, port) === undefined
  }

  /** A phone at the flow's address gave a right password lately. */
  isKnown(flow: Flow): boolean {
    return this.#guard.isKnown(sourceOfAddress(flow.remote.address))
  }

  /** Takes a device as having given its password from that address, e.g. in an earlier run. */
  trust(address: string, realm: string, username: string): void {
    this.#guard.right(sourceOfAddress(address), realm, username)
  }

  /**
   * Checks a request's credentials: 401 for REGISTER, 407 for all others (this server is then seen as a proxy); 403 to whoever is outside the
   * networks of the domain's company, whatever they name and know.
   */
  authenticate(request: SipRequest, flow: Flow): Authentication {
    const { clock, directory } = this.#options
    const domain = this.domainOf(request)
    if (domain === undefined) return { ok: false, response: makeResponse(request, 404, 'Unknown domain') }
    const credentials = this.#credentials(request, domain)
    const { address } = flow.remote
    // Only an answer to a challenge of ours is looked at: it has proved its address, and guesses cannot avoid being counted.
    if (
      credentials !== undefined &&
      this.#challenger.madeAt(credentials.nonce, address, clock.monotonicMs()) === undefined
    )
      return { ok: false, response: this.#challenge(request, domain, flow, true) }
    const from = whereaboutsOf(flow)
    const isOutside = credentials !== undefined && !isAllowedAt(directory, domain.companyId, from)
    const known = credentials && !isOutside ? this.#deviceOf(domain.name, credentials.username) : undefined
    const visitor = known ? undefined : credentials && this.#visitorOf(request, domain.name, credentials.username)
    const device = known ?? visitor?.device
    if (isOutside && visitor === undefined) {
      this.#refusals.note(
        sourceOfAddress(from.address),
        clock.monotonicMs(),
        { domain: domain.name },
        'outside the allowed networks',
      )
      return { ok: false, response: refuseOutside(request) }
    }
    // The same look-ups and comparisons for a name that nobody has: their half microsecond can be measured.
    const user = directory.user(device?.userId ?? nobody) ?? visitor?.user
    const secrets = user === undefined || device === undefined ? this.#fakeSecrets : device.secrets
    const own = secrets.filter((secret) => secret.realm === domain.name)
    const verdict: DigestVerdict = verifyDigest(credentials, {
      method: request.method,
      requestUri: request.uri,
      realm: domain.name,
      secrets: own.length === 0 ? this.#fakeSecrets : own,
      source: address,
      nowMs: clock.monotonicMs(),
      challenger: this.#challenger,
    })
    if (verdict === 'ok' && device !== undefined && user !== undefined) {
      this.#right(flow, domain, credentials!.username)
      const { username } = credentials!
      const who = {
        ok: true,
        device,
        user,
        domain,
        username,
        from,
        ...(visitor ? { mayCall: visitor.mayCall } : {}),
      } as const
      if (this.#isInTime(device, request, address)) return who
      return request.method === 'INVITE' ? { ...who, isTooFast: true } : { ok: false, response: tooFast(request) }
    }
    if (verdict === 'wrong') this.#wrong(address, domain, credentials!.username)
    return { ok: false, response: this.#challenge(request, domain, flow, verdict === 'stale') }
  }

  /** The user, as they are now, of a device that was who it said once; undefined when it, its password or its user is no more what it was, or may not be where it is. */
  userNow({ device, domain, username, from }: Authenticated): User | undefined {
    const now = this.#deviceOf(domain.name, username)
    const isAsBefore = now?.id === device.id && isSameSecrets(now.secrets, device.secrets)
    const { directory } = this.#options
    return isAsBefore && isAllowedAt(directory, domain.companyId, from) ? directory.user(now.userId) : undefined
  }

  /**
   * Whether a request answers a challenge of ours with this login, which belongs to no device. A wrong password is counted by
   * {@link authenticate}, which such a request comes to next.
   */
  provesLogin(request: SipRequest, flow: Flow, companyId: CompanyId, login: TrunkLogin): boolean {
    const { clock } = this.#options
    const domain = this.domainOf(request)
    const credentials = domain && this.#credentials(request, domain)
    if (domain?.companyId !== companyId || credentials?.username !== login.username) return false
    const { address } = flow.remote
    const verdict = verifyDigest(credentials, {
      method: request.method,
      requestUri: request.uri,
      realm: domain.name,
      secrets: (['SHA-256', 'MD5'] as const).map((algorithm) => ({
        algorithm,
        ha1: makeHa1(algorithm, login.username, domain.name, login.password),
      })),
      source: address,
      nowMs: clock.monotonicMs(),
      challenger: this.#challenger,
    })
    if (verdict === 'ok') this.#right(flow, domain, login.username)
    return verdict === 'ok'
  }

  #deviceOf(domain: string, username: string): Device | undefined {
    const { directory, browserPhones } = this.#options
    return directory.deviceByUsername(domain, username) ?? browserPhones?.deviceFor(domain, username)
  }

  /** Visitors begin calls; whatever else they send comes from nobody. */
  #visitorOf({ method }: SipRequest, domain: string, username: string): VisitorLogin | undefined {
    return method === 'INVITE' ? this.#options.visitors?.find(domain, username) : undefined
  }

  /** A device that knows its password may still be broken, or taken over. */
  #isInTime(device: Device, { method }: SipRequest, address: string): boolean {
    if (method === 'REGISTER' || (this.#limits.loopbackLimited === 0 && isLoopback(address))) return true
    return this.#deviceRate.take(device.id, this.#options.clock.monotonicMs())
  }

  #right(flow: Flow, domain: Domain, username: string): void {
    this.trust(flow.remote.address, domain.name, username)
    this.#options.onProved?.(flow)
  }

  #wrong(address: string, domain: Domain, username: string): void {
    const { clock, onLockedOut } = this.#options
    const source = sourceOfAddress(address)
    this.#refusals.note(source, clock.monotonicMs(), { domain: domain.name, username })
    for (const lockOut of this.#guard.wrong(source, domain.name, username))
      onLockedOut?.({ ...lockOut, source, domain, username })
  }

  #challenge(
    request: SipRequest,
    domain: Domain,
    flow: Flow,
    stale: boolean,
    algorithms = digestAlgorithms(request.headers.get('User-Agent')),
  ): SipResponse {
    const isRegister = request.method === 'REGISTER'
    const response = makeResponse(request, isRegister ? 401 : 407)
    const name = isRegister ? 'WWW-Authenticate' : 'Proxy-Authenticate'
    for (const value of this.#challenger.challenge(
      domain.name,
      this.#options.clock.monotonicMs(),
      flow.remote.address,
      stale,
      algorithms,
    )) {
      response.headers.append(name, value)
    }
    return response
  }

  /** The credentials for our realm, if the request has any that can be read. Screening and checking read them once. */
  #credentials(request: SipRequest, domain: Domain): DigestCredentials | undefined {
    if (this.#read?.request !== request || this.#read.realm !== domain.name) {
      this.#read = { request, realm: domain.name, credentials: this.#readCredentials(request, domain) }
    }
    return this.#read.credentials
  }

  #readCredentials(request: SipRequest, domain: Domain): DigestCredentials | undefined {
    const name = request.method === 'REGISTER' ? 'Authorization' : 'Proxy-Authorization'
    for (const value of request.headers.getAll(name)) {
      const credentials = parseCredentials(value)
      if (credentials?.realm === domain.name) return credentials
    }
    return undefined
  }
}

const isSameSecrets = (one: Device['secrets'], other: Device['secrets']): boolean =>
  one === other || (one.length === other.length && one.every(({ ha1 }, i) => ha1 === other[i]!.ha1))

const nobody = 'user_00000000000000000000000000' as UserId

function tooFast(request: SipRequest): SipResponse {
  const response = makeResponse(request, 503, 'This device asks too often')
  response.headers.append('Retry-After', '5')
  return response
}

/** Whether a stateless answer can be written in so many bytes once the stack has added its To tag. */
const isWithin = (response: SipResponse, sizeBytes: number): boolean =>
  writeWithin(response, sizeBytes - toTagBytes) !== undefined
