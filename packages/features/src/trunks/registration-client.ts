import { type Clock, type Logger, type RandomBytes, randomToken, type Timer } from '@vaxel/base'
import {
  backOffMs,
  refreshAfterMs,
  type RegistrationState,
  registerVerdict,
  type RegisterVerdict,
  targetName,
  type Trunk,
  type TrunkFault,
  type TrunkRegistration,
  type TrunkTarget,
} from '@vaxel/core'
import { type Flow, parseNameAddress, type RequestOutcome, type SipResponse, type SipStack } from '@vaxel/sip'
import { targetUri, uriHost } from './target-uri.ts'
import { trustKey } from './tls-trust.ts'

export interface RegistrationOptions {
  readonly trunk: Trunk
  readonly registration: TrunkRegistration
  readonly stack: Pick<SipStack, 'request'>
  readonly clock: Clock
  readonly log: Logger
  readonly random: RandomBytes
  /** A number from 0 up to, not including, 1. */
  readonly fraction: () => number
  /** In the order in which they are to be asked. */
  targets(): readonly TrunkTarget[]
  onState(state: RegistrationState): void
  /** A target answered, or did not. */
  onSeen(target: TrunkTarget, fault: TrunkFault | undefined, flow: Flow | undefined): void
  /** Keeps the way back open while we are registered over it. */
  keepAlive?(flow: Flow): () => void
}

const usualExpiresSeconds = 600
const answerWithinMs = 4_000
const goodByeMs = 1_000

/** Where we are registered, as calls need it. */
export interface Registered {
  readonly target: TrunkTarget
  readonly flow: Flow | undefined
  /** Where requests of ours are to go through (RFC 3608). */
  readonly serviceRoutes: readonly string[]
}

/**
 * Registers at a carrier and stays so (RFC 3261 §10.2): before the end of each registration, at once when its connection closes, at the
 * next target when one does not answer, and with growing pauses while nobody takes it.
 */
export class RegistrationClient {
  /** In our Contact, so that calls in can be told apart; nobody but the carrier is told it. */
  readonly instance: string
  readonly #options: RegistrationOptions
  readonly #callId: string
  #cseq = 0
  #expiresSeconds: number
  #failures = 0
  #state: RegistrationState
  /** What the registrar keeps until then, on the monotonic clock, whatever became of a refresh. */
  #binding: (Registered & { readonly untilMs: number }) | undefined
  #timer: Timer | undefined
  #stopKeepAlive: (() => void) | undefined
  #running: Promise<void> | undefined
  #isClosed = false

  constructor(options: RegistrationOptions) {
    this.#options = options
    this.instance = randomToken(16, options.random)
    this.#callId = randomToken(26, options.random)
    this.#expiresSeconds = options.registration.expiresSeconds ?? usualExpiresSeconds
    this.#state = { name: 'trying', sinceMs: options.clock.now() }
  }

  get state(): RegistrationState {
    return this.#state
  }

  /** Where we are registered now: until the end that was granted, also while refreshing it fails (RFC 3261 §10.2.4). */
  get registered(): Registered | undefined {
    const binding = this.#binding
    return binding && this.#options.clock.monotonicMs() < binding.untilMs ? binding : undefined
  }

  start(): void {
    void this.renew()
  }

  /** Registers now, whatever was planned; resolves with the outcome in `state`. */
  renew(): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    this.#timer?.stop()
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** The connection that we were registered over is gone: nobody can call us by it. */
  flowClosed(flow: Flow): void {
    if (this.#binding?.flow !== flow || flow.protocol === 'udp' || this.#isClosed) return
    this.#wait(Math.round(this.#options.fraction() * 500))
  }

  /** Says good-bye, but waits no longer than a moment for an answer. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#timer?.stop()
    this.#stopKeepAlive?.()
    const target = this.registered?.target
    if (target) await this.#ask(target, 0, goodByeMs)
  }

  /** One target after the other, until one takes it. */
  async #round(): Promise<void> {
    let fault: TrunkFault = { kind: 'unreachable', text: 'there is no target to register at' }
    let retryAfterSeconds: number | undefined
    for (const target of this.#options.targets()) {
      const { verdict, flow, response } = await this.#tryTarget(target)
      if (this.#isClosed) return
      if (verdict.kind === 'registered') return this.#succeed(target, verdict.expiresSeconds, flow, response)
      if (verdict.kind === 'tooBrief') continue
      fault = verdict.fault
      retryAfterSeconds = verdict.retryAfterSeconds
      // The same account is refused by its other registrars too, and each wrong password counts there.
      if (verdict.kind === 'refused') break
    }
    this.#fail(fault, retryAfterSeconds)
  }

  async #tryTarget(
    target: TrunkTarget,
  ): Promise<{ verdict: RegisterVerdict; flow: Flow | undefined; response: SipResponse | undefined }> {
    for (let isSecond = false; ; isSecond = true) {
      const outcome = await this.#ask(target, this.#expiresSeconds, answerWithinMs)
      const response = outcome.kind === 'response' ? outcome.response : undefined
      const flow = outcome.kind === 'response' ? outcome.flow : undefined
      const verdict = this.#read(outcome)
      this.#options.onSeen(target, response ? undefined : (verdict as { fault: TrunkFault }).fault, flow)
      if (verdict.kind !== 'tooBrief' || isSecond) {
        if (verdict.kind !== 'tooBrief') return { verdict, flow, response }
        const fault: TrunkFault = { kind: 'refused', status: 423, text: 'it asks for longer and longer registrations' }
        return { verdict: { kind: 'elsewhere', fault }, flow, response }
      }
      this.#expiresSeconds = verdict.leastSeconds
    }
  }

  #read(outcome: RequestOutcome): RegisterVerdict {
    if (outcome.kind === 'timeout') return { kind: 'elsewhere', fault: { kind: 'silent' } }
    if (outcome.kind === 'transport') return { kind: 'elsewhere', fault: { kind: 'unreachable', text: outcome.reason } }
    const { status, reason, headers } = outcome.response
    // Who says nothing takes what was asked.
    const expiresSeconds = this.#expiresOf(outcome.response) ?? this.#expiresSeconds
    const minExpires = wholeNumber(headers.get('Min-Expires'))
    const retryAfterSeconds = wholeNumber(headers.get('Retry-After'))
    return registerVerdict({
      status,
      reason,
      expiresSeconds,
      ...(minExpires === undefined ? {} : { minExpires }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    })
  }

  /** Of our own Contact among those that the registrar lists, else of Expires (RFC 3261 §10.2.4). */
  #expiresOf({ headers }: SipResponse): number | undefined {
    const contacts = headers.getAll('Contact').flatMap((value) => parseNameAddress(value) ?? [])
    const own = contacts.find(({ uri }) => uri.parameters.get('rinstance') === this.instance) ?? contacts.at(0)
    return wholeNumber(own?.parameters.get('expires')) ?? wholeNumber(headers.get('Expires'))
  }

  async #ask(target: TrunkTarget, expiresSeconds: number, patienceMs: number): Promise<RequestOutcome> {
    const { trunk, registration, stack } = this.#options
    const address = `sip:${registration.user}@${uriHost(registration.domain)}`
    const trust = trustKey(trunk)
    // Room for the numbers that the answers to challenges take.
    this.#cseq += 4
    return stack.request({
      method: 'REGISTER',
      uri: `sip:${uriHost(registration.domain)}`,
      from: `<${address}>`,
      to: `<${address}>`,
      nextHop: registration.outboundProxy ?? targetUri(target),
      ...(registration.outboundProxy ? { routes: [`<${looseRoute(registration.outboundProxy)}>`] } : {}),
      callId: this.#callId,
      cseq: this.#cseq,
      patienceMs,
      headers: [
        ['Expires', String(expiresSeconds)],
        ['Supported', 'path'],
      ],
      contact: {
        user: registration.user,
        parameters: `;rinstance=${this.instance}`,
        ...(trunk.ownHost ? { host: trunk.ownHost } : {}),
      },
      ...(trunk.login ? { credentials: trunk.login } : {}),
      ...(trust === undefined ? {} : { trust }),
    })
  }

  #succeed(
    target: TrunkTarget,
    expiresSeconds: number,
    flow: Flow | undefined,
    response: SipResponse | undefined,
  ): void {
    const { clock, fraction, keepAlive } = this.#options
    const now = clock.now()
    this.#failures = 0
    if (this.#binding?.flow !== flow) {
      this.#stopKeepAlive?.()
      this.#stopKeepAlive = flow && keepAlive?.(flow)
    }
    const serviceRoutes = response?.headers.getAll('Service-Route').slice(0, 5) ?? []
    this.#binding = { target, flow, serviceRoutes, untilMs: clock.monotonicMs() + expiresSeconds * 1000 }
    const sinceMs = this.#state.name === 'registered' ? this.#state.sinceMs : now
    this.#enter({ name: 'registered', sinceMs, expiresAtMs: now + expiresSeconds * 1000, target: targetName(target) })
    this.#wait(refreshAfterMs(expiresSeconds, fraction))
  }

  #fail(fault: TrunkFault, retryAfterSeconds: number | undefined): void {
    const { clock, fraction } = this.#options
    const now = clock.now()
    const pauseMs = Math.max(backOffMs(this.#failures++, fraction), Math.min(retryAfterSeconds ?? 0, 3600) * 1000)
    const sinceMs = this.#state.name === 'failed' ? this.#state.sinceMs : now
    this.#enter({ name: 'failed', sinceMs, retryAtMs: now + pauseMs, fault })
    this.#wait(pauseMs)
  }

  #enter(state: RegistrationState): void {
    this.#state = state
    this.#options.onState(state)
  }

  #wait(delayMs: number): void {
    this.#timer?.stop()
    this.#timer = this.#options.clock.startTimer(delayMs, () => void this.renew())
  }
}

const looseRoute = (uri: string): string => (/;lr\b/i.test(uri) ? uri : `${uri};lr`)

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,9}\b/.test(text) ? Number.parseInt(text, 10) : undefined
}
