import type { Clock, Logger, RandomBytes, Timer } from '@vaxel/base'
import {
  faultOfAnswer,
  nextCheckMs,
  orderTargets,
  type RegistrationState,
  seen,
  type TargetHealth,
  targetName,
  type Trunk,
  type TrunkFault,
  type TrunkTarget,
} from '@vaxel/core'
import type { Flow, SipStack } from '@vaxel/sip'
import { RegistrationClient } from './registration-client.ts'
import { targetUri, uriHost } from './target-uri.ts'
import { trustKey } from './tls-trust.ts'

export interface WatchOptions {
  readonly stack: Pick<SipStack, 'request'>
  readonly clock: Clock
  readonly log: Logger
  readonly random: RandomBytes
  readonly fraction: () => number
  /** Host of From where the trunk has no name of its own for us. */
  readonly domain: string
  keepAlive?(flow: Flow): () => void
  onTarget(trunk: Trunk, target: TrunkTarget, before: TargetHealth | undefined, now: TargetHealth): void
  onRegistration(trunk: Trunk, before: RegistrationState | undefined, now: RegistrationState): void
}

/** A first look is taken soon after the start, not by all trunks at the same moment. */
const firstLookMs = 1_000
const answerWithinMs = 4_000
/** Whoever asks for a look waits no longer; what comes later is seen in the state. */
const longestCheckMs = 10_000

/** One trunk as it is now: which of its targets are there, and where it is registered. */
export class TrunkWatch {
  readonly trunk: Trunk
  readonly registration: RegistrationClient | undefined
  readonly #options: WatchOptions
  readonly #health = new Map<string, TargetHealth>()
  readonly #addresses = new Map<string, string>()
  readonly #timers = new Map<string, Timer>()
  #before: RegistrationState | undefined
  #isClosed = false

  /** @param earlier the same trunk before its settings were changed: what was seen of targets still counts */
  constructor(trunk: Trunk, options: WatchOptions, earlier?: TrunkWatch) {
    this.trunk = trunk
    this.#options = options
    for (const target of trunk.targets) {
      const name = targetName(target)
      const known = earlier?.health(target)
      if (known) this.#health.set(name, known)
      const address = earlier?.addressOf(target)
      if (address) this.#addresses.set(name, address)
    }
    if (trunk.registration)
      this.registration = new RegistrationClient({
        ...options,
        trunk,
        registration: trunk.registration,
        targets: () => this.inOrder(),
        onState: (state) => {
          options.onRegistration(trunk, this.#before, state)
          this.#before = state
        },
        onSeen: (target, fault, flow) => this.noteSeen(target, fault, flow),
      })
  }

  start(): void {
    if (this.#isClosed) return
    this.registration?.start()
    for (const target of this.trunk.targets)
      if (nextCheckMs(this.trunk.health, 'unknown', this.#options.fraction) !== undefined)
        this.#checkIn(target, Math.round(this.#options.fraction() * firstLookMs))
  }

  health(target: TrunkTarget): TargetHealth | undefined {
    return this.#health.get(targetName(target))
  }

  /** The address that a target's name was last found at. */
  addressOf(target: TrunkTarget): string | undefined {
    return this.#addresses.get(targetName(target))
  }

  inOrder(): TrunkTarget[] {
    return orderTargets(this.trunk.targets, (target) => this.health(target)?.state === 'down', this.#options.fraction)
  }

  /** A call, a registration or OPTIONS showed how a target is. */
  noteSeen(target: TrunkTarget, fault: TrunkFault | undefined, flow?: Flow, roundTripMs?: number): void {
    if (this.#isClosed) return
    const name = targetName(target)
    if (flow) this.#addresses.set(name, flow.remote.address)
    const before = this.#health.get(name)
    const { health, isNews } = seen(before, fault, this.#options.clock.now(), roundTripMs)
    this.#health.set(name, health)
    if (!isNews) return
    this.#options.onTarget(this.trunk, target, before, health)
    if (health.state === 'up') return
    this.#checkLater(target)
    // Whoever calls us through it finds nobody: elsewhere we are found again.
    const { registration } = this
    if (registration?.registered && targetName(registration.registered.target) === name) void registration.renew()
  }

  /** Asks all targets now, and registers anew; resolves when all have answered or their time is over. */
  async check(): Promise<void> {
    const all = Promise.all([this.registration?.renew(), ...this.trunk.targets.map((target) => this.#look(target))])
    let timer: Timer | undefined
    const limit = new Promise<void>((resolve) => {
      timer = this.#options.clock.startTimer(longestCheckMs, resolve)
    })
    await Promise.race([all, limit])
    timer?.stop()
  }

  flowClosed(flow: Flow): void {
    this.registration?.flowClosed(flow)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers.values()) timer.stop()
    this.#timers.clear()
    await this.registration?.close()
  }

  #checkIn(target: TrunkTarget, delayMs: number): void {
    const name = targetName(target)
    this.#timers.get(name)?.stop()
    this.#timers.set(
      name,
      this.#options.clock.startTimer(delayMs, () => void this.#look(target)),
    )
  }

  #checkLater(target: TrunkTarget): void {
    const state = this.health(target)?.state ?? 'unknown'
    const delayMs = nextCheckMs(this.trunk.health, state, this.#options.fraction)
    if (delayMs !== undefined && !this.#isClosed) this.#checkIn(target, delayMs)
  }

  async #look(target: TrunkTarget): Promise<void> {
    const { clock, stack, domain } = this.#options
    const { trunk } = this
    const uri = targetUri(target)
    const trust = trustKey(trunk)
    const startedMs = clock.monotonicMs()
    const outcome = await stack.request({
      method: 'OPTIONS',
      uri,
      from: `<sip:${uriHost(trunk.ownHost ?? domain)}>`,
      to: `<${uri}>`,
      patienceMs: answerWithinMs,
      headers: [['Accept', 'application/sdp']],
      ...(trunk.ownHost ? { contact: { host: trunk.ownHost } } : {}),
      ...(trunk.login ? { credentials: trunk.login } : {}),
      ...(trust === undefined ? {} : { trust }),
    })
    if (this.#isClosed) return
    if (outcome.kind === 'response') {
      const { status, reason } = outcome.response
      const tookMs = clock.monotonicMs() - startedMs
      this.noteSeen(target, faultOfAnswer(status, reason, trunk.health), outcome.flow, tookMs)
    } else
      this.noteSeen(
        target,
        outcome.kind === 'timeout' ? { kind: 'silent' } : { kind: 'unreachable', text: outcome.reason },
      )
    this.#checkLater(target)
  }
}
