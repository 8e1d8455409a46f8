import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { type Clock, type Logger, type RandomBytes, systemRandom } from '@vaxel/base'
import type { Device, Directory, Domain, User } from '@vaxel/core/ports'
import {
  Challenger,
  type DigestCredentials,
  type DigestVerdict,
  type Flow,
  type Ha1,
  makeFakeSecrets,
  makeResponse,
  parseCredentials,
  parseNameAddress,
  parseUri,
  type SipRequest,
  type SipResponse,
  verifyDigest,
} from '@vaxel/sip'
import { digestAlgorithms } from './digest-order.ts'
import { RefusalLog } from './refusal-log.ts'

/** Either who sent a request, or what to answer it with. */
export type Authentication =
  | { readonly ok: true; readonly device: Device; readonly user: User; readonly domain: Domain }
  | { readonly ok: false; readonly response: SipResponse }

export interface AuthenticatorOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly directory: Directory
  /** The domain that a Host or address of this server stands for. */
  readonly resolveDomain: (host: string) => Domain | undefined
  readonly random?: RandomBytes
  readonly nonceLifetimeSeconds?: number
}

/** Requests that only a known device may make; the stack or the calls feature answers the others itself. */
const guarded = new Set(['REGISTER', 'INVITE', 'SUBSCRIBE', 'MESSAGE', 'PUBLISH', 'REFER'])

/**
 * Tells who sent a request, by digest (RFC 3261 §22, RFC 8760). The realm is the domain's name. An unknown user, an unknown
 * device and a wrong password get the same answer after the same work.
 */
export class Authenticator {
  readonly #options: AuthenticatorOptions
  readonly #challenger: Challenger
  readonly #fakeSecrets: readonly Ha1[]
  readonly #tagKey: KeyObject
  readonly #refusals: RefusalLog
  #read: { request: SipRequest; realm: string; credentials: DigestCredentials | undefined } | undefined

  constructor(options: AuthenticatorOptions) {
    this.#options = options
    const random = options.random ?? systemRandom
    this.#challenger = new Challenger({
      random,
      ...(options.nonceLifetimeSeconds && { lifetimeSeconds: options.nonceLifetimeSeconds }),
    })
    this.#fakeSecrets = makeFakeSecrets(random)
    this.#tagKey = createSecretKey(random(32))
    this.#refusals = new RefusalLog(options.log)
  }

  /** The domain a request is for: of its Request-URI for REGISTER, else of its sender, else of its Request-URI. */
  domainOf(request: SipRequest): Domain | undefined {
    const { resolveDomain } = this.#options
    const target = parseUri(request.uri)
    const ofTarget = target === undefined ? undefined : resolveDomain(target.host)
    return request.method === 'REGISTER' ? ofTarget : (resolveDomain(request.from.uri.host) ?? ofTarget)
  }

  /**
   * The challenge to a guarded request outside dialogs that brings no credentials for us, else undefined.
   * Keeps nothing: a retransmission gets the same To tag. Trunks are known by their address and are let through.
   */
  screen(request: SipRequest, flow: Flow): SipResponse | undefined {
    if (!guarded.has(request.method) || request.to.tag !== undefined) return undefined
    if (
      request.method !== 'REGISTER' &&
      this.#options.directory.trunkByAddress(flow.remote.address, flow.remote.port) !== undefined
    )
      return undefined
    const domain = this.domainOf(request)
    if (domain === undefined || this.#credentials(request, domain) !== undefined) return undefined
    const response = this.#challenge(request, domain, flow, false)
    const to = parseNameAddress(request.headers.get('To')!)!
    to.tag = createHmac('sha256', this.#tagKey)
      .update(`${request.callId} ${request.cseq.number} ${request.via.branch}`)
      .digest('hex')
      .slice(0, 16)
    response.headers.set('To', to.toString())
    return response
  }

  /** Checks a request's credentials: 401 for REGISTER, 407 for all others (this server is then seen as a proxy). */
  authenticate(request: SipRequest, flow: Flow): Authentication {
    const { clock, directory } = this.#options
    const domain = this.domainOf(request)
    if (domain === undefined) return { ok: false, response: makeResponse(request, 404, 'Unknown domain') }
    const credentials = this.#credentials(request, domain)
    const device = credentials && directory.deviceByUsername(domain.name, credentials.username)
    const user = device && directory.user(device.userId)
    const own = user && device?.secrets.filter((secret) => secret.realm === domain.name)
    const verdict: DigestVerdict = verifyDigest(credentials, {
      method: request.method,
      requestUri: request.uri,
      realm: domain.name,
      secrets: own === undefined || own.length === 0 ? this.#fakeSecrets : own,
      source: flow.remote.address,
      nowMs: clock.now(),
      challenger: this.#challenger,
    })
    if (verdict === 'ok' && device !== undefined && user !== undefined) return { ok: true, device, user, domain }
    if (verdict === 'wrong') {
      this.#refusals.note(flow.remote.address, clock.now(), { domain: domain.name, username: credentials?.username })
    }
    return { ok: false, response: this.#challenge(request, domain, flow, verdict === 'stale') }
  }

  #challenge(request: SipRequest, domain: Domain, flow: Flow, stale: boolean): SipResponse {
    const isRegister = request.method === 'REGISTER'
    const response = makeResponse(request, isRegister ? 401 : 407)
    const name = isRegister ? 'WWW-Authenticate' : 'Proxy-Authenticate'
    for (const value of this.#challenger.challenge(
      domain.name,
      this.#options.clock.now(),
      flow.remote.address,
      stale,
      digestAlgorithms(request.headers.get('User-Agent')),
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
