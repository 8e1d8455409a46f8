import type { CallId, Clock, CompanyId, LegId, LogFields, Logger, Refusal, Termination, Timer } from '@vaxel/base'
import {
  type CallEffect,
  type CallInput,
  type CallLedger,
  type CallState,
  type Destination,
  type Diversion,
  type DiversionReason,
  type LedgerEvent,
  type LegFailure,
  type PlannedRule,
  recordsOf,
  type RouteDecision,
  type Service,
  type Transition,
  transition,
} from '@vaxel/core'
import type { MediaEngine } from '@vaxel/core'
import type { ExtraHeaders, InviteEnd, Referral } from '@vaxel/sip'
import { redirectedTo } from './redirected.ts'
import { terminationOfEnd } from './leg-termination.ts'
import { LegNews, type LegOwner } from './leg-news.ts'
import type { FaxWish } from './fax/fax-wish.ts'
import type { SipLeg } from './sip-leg.ts'
import { type NoteTrunk, TrunkLegNews } from './trunk-news.ts'
import { isWithService } from './voice/with-service.ts'

/** What a call's owner asks of the service around it. */
export interface CallSurroundings {
  readonly clock: Clock
  readonly log: Logger
  readonly ledger: CallLedger
  readonly engine: MediaEngine
  /** How long a browser that is away is waited for. */
  readonly reconnectMs: number
  /** Decides where a call goes on to. */
  readonly routes: OnwardRoutes
  /** Whether a host is a domain of another company here. */
  isElsewhere(host: string, companyId: CompanyId): boolean
  /** Makes the leg for a target that was named in a route, and offers it the call. */
  offerLeg(owner: CallOwner, leg: LegId, like: SipLeg | undefined): SipLeg | undefined
  startService(owner: CallOwner, leg: SipLeg, service: Service, number: string): void
  /** A service has its caller back, whom nobody took. */
  resumeService(owner: CallOwner, leg: SipLeg, service: Service, number: string, failure: LegFailure): void
  leaveService(owner: CallOwner): void
  /** The two who talk hear each other from now on. */
  joined(owner: CallOwner): void
  /** A key of somebody who talks with a service. */
  keyPressed(owner: CallOwner, leg: LegId, key: string): void
  /** A leg's dialog is over, and the call is about to be told. */
  hungUp(owner: CallOwner, leg: LegId): void
  flashed(owner: CallOwner, leg: LegId): void
  /** A telephone's key for recording. @returns the status of its answer */
  recordWanted(owner: CallOwner, leg: LegId, isOn: boolean): Promise<number>
  /** A key right after the hook. @returns whether it was for the hook */
  hookKey(owner: CallOwner, leg: LegId, key: string): boolean
  faxOffered(owner: CallOwner, leg: LegId, wish: FaxWish): void
  faxEnded(owner: CallOwner, leg: LegId): void
  promptPath(owner: CallOwner, prompt: string): string
  /** What a caller's phone is told beside the status: how it can be put through later (RFC 6910). */
  headersOfRefusal?: ((state: CallState, status: number) => ExtraHeaders) | undefined
  /** Offers who found somebody busy to be called back; nothing is offered without. */
  busyOffers?:
    | {
        begin(owner: CallOwner, leg: LegId): void
        /** A sentence has come to its end. @returns whether the caller stays on the line */
        said(owner: CallOwner): boolean
        key(owner: CallOwner, leg: LegId, key: string): void
      }
    | undefined
  onReferral(owner: CallOwner, leg: SipLeg, referral: Referral): void
  changed(owner: CallOwner): void
  finished(owner: CallOwner): void
}

/** Where a call that goes on can go on to. */
export interface OnwardRoutes {
  /** A transfer's target, or where a redirecting device sends the call. */
  onward(owner: CallOwner, by: LegId, target: string): Promise<RoutedOnward>
  /** Where a person's or group's rule leads, in its name. */
  forward(owner: CallOwner, rule: PlannedRule): Promise<RoutedOnward>
  /** Where a service sends its caller. */
  ofService(owner: CallOwner, leg: LegId): Promise<RoutedOnward>
}

export type RoutedOnward =
  | { readonly kind: 'destination'; readonly to: Destination }
  | {
      readonly kind: 'service'
      readonly service: Service
      readonly number: string
      readonly explanation: readonly string[]
      readonly decisions?: readonly RouteDecision[]
      readonly diversions?: readonly Diversion[]
    }
  | {
      readonly kind: 'refused'
      readonly refusal: Refusal
      readonly explanation: readonly string[]
      readonly decisions?: readonly RouteDecision[]
    }

const maxDiversions = 5
/** Failures that are between a peer and us; the caller could do nothing with them. */
const ours = new Set([401, 405, 407, 413, 414, 415, 420, 421, 422, 423, 481, 491, 493, 494])
/** An emergency call does not wait longer for its record. */
const emergencyPatienceMs = 1000

const internalError: Termination = { blame: 'us', reason: 'internal-error', sip: 500 }

/**
 * The one owner of a call: feeds inputs to the machine one after another and performs its effects.
 * An input that comes while effects are performed waits its turn. After `finish` the owner forgets everything.
 */
export class CallOwner implements LegOwner {
  readonly id: CallId
  state: CallState
  readonly legs = new Map<LegId, SipLeg>()
  /** Where a transfer asked for by a leg shall go. */
  transferTarget: string | undefined
  /** Who asked for the transfer that is being routed (RFC 3892), where a trunk did. */
  referredBy: string | undefined
  /** A call made by the API is routed when its own person has answered. */
  whenRouting: (() => void) | undefined
  readonly #around: CallSurroundings
  readonly #inputs: CallInput[] = []
  #isRunning = false
  #ringTimer: Timer | undefined
  /** Of browsers that are away. */
  #reconnectTimers: Map<LegId, Timer> | undefined
  #durable: Promise<unknown> = Promise.resolve()
  /** What the ledger knows of the call. */
  #told: CallState | undefined
  /** What the ledger refused so far and shall have with the next entry. */
  #owed: readonly LedgerEvent[] = []
  /** An answer waits for what is told in this step. */
  #isAnswering = false
  #diversions = 0
  /** What the monotonic clock is behind the call's own. */
  readonly #aheadMs: number

  constructor(opened: Transition, around: CallSurroundings) {
    this.id = opened.state.call.id
    this.state = opened.state
    this.#around = around
    this.#aheadMs = opened.state.call.startedAtMs - around.clock.monotonicMs()
  }

  /**
   * The call's own time, milliseconds since 1970: that of the wall clock when the call began, and evenly on from there.
   * Whoever sets the clock in mid-call changes no duration of it and nothing that it costs.
   */
  nowMs(): number {
    return Math.floor(this.#around.clock.monotonicMs() + this.#aheadMs)
  }

  /** Performs the effects with which the call was opened. */
  open(opened: Transition): void {
    this.#isRunning = true
    this.#performAll(opened.effects)
    this.#around.changed(this)
    this.#drain()
  }

  dispatch(input: CallInput): void {
    this.#inputs.push(input)
    if (!this.#isRunning) this.#drain()
  }

  /** Resolves when everything told so far is in the ledger. */
  get durable(): Promise<unknown> {
    return this.#durable
  }

  clear(termination: Termination): void {
    this.dispatch({ kind: 'clear', termination })
  }

  /** What a leg of this call tells it. @param noteTrunk hears what the leg shows of its trunk */
  newsOf(id: LegId, noteTrunk?: NoteTrunk): LegNews {
    return noteTrunk ? new TrunkLegNews(this, id, noteTrunk) : new LegNews(this, id)
  }

  legEnded(id: LegId, end: InviteEnd): void {
    this.#around.hungUp(this, id)
    const leg = this.state.call.legs.get(id)
    const isAnswered = leg?.answeredAtMs !== undefined
    const termination = terminationOfEnd(end, leg?.role ?? 'caller', isAnswered, leg?.trunkId !== undefined)
    this.dispatch({ kind: 'legEnded', leg: id, termination })
  }

  legMoved(id: LegId, from: string, to: string): void {
    const number = this.state.call.legs.get(id)?.party.number
    const text = `${number} goes on from another address: ${to}, before ${from}.`
    this.dispatch({ kind: 'noticed', leg: id, code: 'address-changed', text })
  }

  referred(id: LegId, referral: Referral): void {
    const leg = this.legs.get(id)
    if (leg) this.#around.onReferral(this, leg, referral)
    else referral.refuse(481)
  }

  flashed(id: LegId): void {
    this.#around.flashed(this, id)
  }

  recordWanted(id: LegId, isOn: boolean): Promise<number> {
    return this.#around.recordWanted(this, id, isOn)
  }

  faxOffered(id: LegId, wish: FaxWish): void {
    this.#around.faxOffered(this, id, wish)
  }

  faxEnded(id: LegId): void {
    this.#around.faxEnded(this, id)
  }

  /** Hands a digit on to the counterpart. */
  passDigit(from: LegId, digit: string, durationMs: number): void {
    if (isWithService(this.state, from) || this.state.name === 'refusing')
      return this.#around.keyPressed(this, from, digit)
    if (this.state.name !== 'connected' || this.#around.hookKey(this, from, digit)) return
    const to = from === this.state.a ? this.state.b : from === this.state.b ? this.state.a : undefined
    if (to) this.legs.get(to)?.sendDigit(digit, durationMs)
  }

  #drain(): void {
    this.#isRunning = true
    for (let input = this.#inputs.shift(); input; input = this.#inputs.shift()) {
      const before = this.state.name
      const next = transition(this.state, input, this.nowMs())
      this.state = next.state
      this.#around.log.debug(`${before} --${input.kind}--> ${next.state.name}`, { callId: this.id })
      this.#performAll(next.effects)
      this.#around.changed(this)
      if (before === 'originating' && next.state.name === 'routing') this.whenRouting?.()
    }
    this.#isRunning = false
  }

  #ring(id: LegId, early: LegId | undefined): void {
    const leg = this.legs.get(id)
    leg?.ring(early === undefined ? undefined : this.legs.get(early))
    // A telephone that had early media listens to us, and makes no tone of its own.
    if (early === undefined && leg?.hasEarlyMedia) this.#playRingback(leg)
  }

  #playRingback({ media }: SipLeg): void {
    this.#around.engine.play(media, { kind: 'tone', tone: 'ringback', country: this.country }, { loop: true })
  }

  #performAll(effects: readonly CallEffect[]): void {
    this.#isAnswering = effects.some(({ kind }) => kind === 'answerLeg')
    for (const effect of effects) {
      try {
        this.#perform(effect)
      } catch (error) {
        this.#fault('an effect failed; the call ends', error, { effect: effect.kind })
        this.#inputs.push({ kind: 'clear', termination: internalError })
      }
    }
  }

  #perform(effect: CallEffect): void {
    const { engine } = this.#around
    switch (effect.kind) {
      case 'offerLeg': {
        const leg = this.#around.offerLeg(this, effect.leg, effect.like ? this.legs.get(effect.like) : undefined)
        if (leg) this.legs.set(effect.leg, leg)
        return
      }
      case 'ringLeg':
        return this.#ring(effect.leg, effect.early)
      case 'answerLeg':
        return this.legs
          .get(effect.leg)
          ?.answer(effect.like ? this.legs.get(effect.like)?.media : undefined, this.#recorded())
      case 'refuseLeg':
        return this.#refuse(effect.leg, effect.failure, effect.termination)
      case 'clearLeg':
        return this.legs.get(effect.leg)?.clear(effect.termination)
      case 'cancelLeg':
        return this.legs.get(effect.leg)?.cancel(effect.answeredElsewhere)
      case 'joinMedia':
        this.#withMedia(effect.a, effect.b, (a, b) => engine.connect(a.media, b.media))
        return this.#around.joined(this)
      case 'playRingback':
        return this.#withMedia(effect.leg, effect.leg, (leg) => this.#playRingback(leg))
      case 'playHoldMusic':
        return this.#withMedia(effect.leg, effect.leg, (leg) =>
          engine.play(leg.media, { kind: 'music' }, { loop: true }),
        )
      case 'playReconnecting':
        return this.#withMedia(effect.leg, effect.leg, (leg) =>
          engine.play(leg.media, { kind: 'tone', tone: 'reconnecting', country: this.country }, { loop: true }),
        )
      case 'startReconnectTimer':
        return this.#waitFor(effect.leg, effect.delayMs)
      case 'stopReconnectTimer':
        this.#reconnectTimers?.get(effect.leg)?.stop()
        this.#reconnectTimers?.delete(effect.leg)
        return
      case 'startService':
        return this.#withMedia(effect.leg, effect.leg, (leg) =>
          this.#around.startService(this, leg, effect.service, effect.number),
        )
      case 'resumeService':
        return this.#withMedia(effect.leg, effect.leg, (leg) =>
          this.#around.resumeService(this, leg, effect.service, effect.number, effect.failure),
        )
      case 'leaveService':
        return this.#around.leaveService(this)
      case 'routeService':
        this.#around.routes
          .ofService(this, effect.leg)
          .then((routed) => this.takeRoute(routed))
          .catch((error: unknown) => this.#routingFailed(error))
        return
      case 'offerCallBack':
        if (this.#around.busyOffers) return this.#around.busyOffers.begin(this, effect.leg)
        return void this.#inputs.push({ kind: 'announcementEnded' })
      case 'announce':
        return this.legs.get(effect.leg)?.announce(this.#around.promptPath(this, effect.prompt))
      case 'startRingTimer':
        this.#ringTimer?.stop()
        this.#ringTimer = this.#around.clock.startTimer(effect.delayMs, () => this.dispatch({ kind: 'ringTimeout' }))
        return
      case 'stopRingTimer':
        this.#ringTimer?.stop()
        return
      case 'notifyTransfer':
        return this.legs.get(effect.leg)?.referral?.notify(effect.status)
      case 'routeTransfer':
        return this.#routeTransfer(effect.by)
      case 'routeForward':
        this.#around.routes
          .forward(this, effect.by)
          .then((routed) => this.takeRoute(routed))
          .catch((error: unknown) => this.#routingFailed(error))
        return
      case 'record':
        this.#record(effect.events)
        return
      case 'finish':
        return this.#finish()
      case 'ignore':
        return this.#around.log.debug('ignored', { callId: this.id, reason: effect.reason })
    }
  }

  #record(events: readonly LedgerEvent[]): void {
    const rows = recordsOf(this.state, this.#told)
    this.#told = this.state
    const all = [...this.#owed, ...events]
    this.#owed = []
    const canWait = this.#isAnswering ? {} : { canWait: true }
    this.#durable = this.#around.ledger.append({ events: all, ...rows, ...canWait })
    this.#durable.catch((error: unknown) => {
      this.#told = undefined
      if (this.state.call.isEmergency) this.#owe(all)
      this.#unrecorded(error)
    })
  }

  /** What the ledger refused of an emergency call, which goes on, is told with the next entry that it takes, and that it was so. */
  #owe(events: readonly LedgerEvent[]): void {
    this.#owed = [...events, ...this.#owed]
    if (this.#owed.some(({ kind, data }) => kind === 'call.noticed' && data['code'] === 'unrecorded')) return
    const { companyId, legs } = this.state.call
    const [leg] = legs.keys()
    const text =
      'The database and its journal took no entries: this emergency call went on without a record for a while.'
    const data = { leg, code: 'unrecorded', text }
    this.#owed = [...this.#owed, { kind: 'call.noticed', atMs: this.nowMs(), companyId, callId: this.id, data }]
  }

  /** ISO country whose tones this call's people know. */
  country = 'se'

  /** Resolves when all told so far is durable, which an emergency call does not depend on. */
  #recorded(): Promise<unknown> {
    const durable = this.#durable
    if (!this.state.call.isEmergency) return durable
    const { clock } = this.#around
    return new Promise<void>((resolve) => {
      const timer = clock.startTimer(emergencyPatienceMs, resolve)
      const go = (): void => {
        timer.stop()
        resolve()
      }
      durable.then(go, go)
    })
  }

  /**
   * The ledger takes nothing: what talks goes on, what does not yet is refused, as no talked second may be without a record;
   * an emergency call passes all the same.
   */
  #unrecorded(error: unknown): void {
    const { isEmergency, answeredAtMs } = this.state.call
    this.#fault(isEmergency ? 'an emergency call goes on without a record' : 'the ledger refused an entry', error)
    if (isEmergency || this.#hasTalked(answeredAtMs)) return
    this.clear({ blame: 'us', reason: 'ledger-full', sip: 503, text: 'Calls cannot be recorded at the moment.' })
  }

  /** Whether the answer has gone out to everybody who was to have it. */
  #hasTalked(answeredAtMs: number | undefined): boolean {
    return answeredAtMs !== undefined && [...this.legs.values()].every((leg) => !leg.isAnswerDue)
  }

  #withMedia(a: LegId, b: LegId, act: (a: SipLeg, b: SipLeg) => void): void {
    const first = this.legs.get(a)
    const second = this.legs.get(b)
    if (first && second) act(first, second)
  }

  #refuse(id: LegId, failure: LegFailure, termination: Termination): void {
    const headers = this.#around.headersOfRefusal?.(this.state, failure.status)
    this.legs
      .get(id)
      ?.refuse(failure.status, { ...termination, ...(failure.reason ? { text: failure.reason } : {}) }, headers)
  }

  #routeTransfer(by: LegId): void {
    const target = this.transferTarget
    this.transferTarget = undefined
    if (target === undefined) return this.clear(internalError)
    this.#around.routes
      .onward(this, by, target)
      .then((routed) => this.takeRoute(routed))
      .catch((error: unknown) => this.#routingFailed(error))
  }

  /** Feeds the outcome of routing to the machine. */
  takeRoute(routed: RoutedOnward, isSpoken = false): void {
    if (routed.kind === 'destination') return this.dispatch({ kind: 'routed', to: routed.to })
    const { explanation, decisions = [] } = routed
    if (routed.kind === 'refused')
      return this.dispatch({ kind: 'routeRefused', refusal: routed.refusal, explanation, decisions, isSpoken })
    const { service, number, diversions } = routed
    const more = diversions ? { diversions } : {}
    this.dispatch({ kind: 'routedToService', service, called: { number }, explanation, decisions, ...more })
  }

  #waitFor(leg: LegId, delayMs: number): void {
    this.#reconnectTimers ??= new Map()
    this.#reconnectTimers.get(leg)?.stop()
    const timeout = (): void => this.dispatch({ kind: 'reconnectTimeout', leg })
    this.#reconnectTimers.set(leg, this.#around.clock.startTimer(delayMs, timeout))
  }

  /** An outgoing leg of it has failed. */
  legFailed(id: LegId, end: InviteEnd): void {
    // A page that is gone while it rings may be loaded anew: it rings there again.
    const isRinging = this.state.call.legs.get(id)?.connection === 'alerting'
    if (end.by === 'transport' && isRinging && this.legs.get(id)?.isBrowser) {
      const patienceMs = this.#around.reconnectMs
      return this.dispatch({ kind: 'legSigns', leg: id, isConnected: false, patienceMs })
    }
    const status = end.status ?? (end.by === 'timeout' ? 408 : 503)
    const failure: LegFailure = {
      status: ours.has(status) ? 500 : status,
      by: end.by === 'peer' ? 'peer' : end.by === 'us' ? 'us' : end.by === 'timeout' ? 'timeout' : 'transport',
      ...(end.reasonPhrase ? { reason: end.reasonPhrase } : {}),
    }
    const isRedirected = failure.status >= 300 && failure.status < 400 && !this.#wantsPerson()
    const contacts = isRedirected ? end.response?.contacts : undefined
    const contact =
      contacts && redirectedTo(contacts, (host) => this.#around.isElsewhere(host, this.state.call.companyId))
    if (contact === undefined)
      return this.dispatch({
        kind: 'legFailed',
        leg: id,
        failure: failure.status < 400 ? { ...failure, status: 480 } : failure,
      })
    if (++this.#diversions > maxDiversions)
      return this.dispatch({
        kind: 'legFailed',
        leg: id,
        failure: { status: 483, by: 'us', reason: 'The call was forwarded too often' },
      })
    this.divert(id, contact)
  }

  /** One person is meant, whom a queue has chosen, to whom a transfer comes back or who is to be connected first: where their telephone redirects, somebody else is. */
  #wantsPerson(): boolean {
    const { state } = this
    return state.name === 'originating' || (state.name === 'alerting' && state.seat?.isForOne === true)
  }

  /** Sends an offered leg's call elsewhere. */
  divert(id: LegId, target: string): void {
    this.#around.routes
      .onward(this, id, target)
      .then((routed) => {
        if (routed.kind !== 'refused') return this.diverted(id, routed)
        const failure: LegFailure = { status: routed.refusal.sip, by: 'us', reason: routed.refusal.text }
        this.dispatch({ kind: 'legFailed', leg: id, failure })
      })
      .catch((error: unknown) => this.#routingFailed(error))
  }

  /** An offered leg's call goes elsewhere; a phone that rang already deflects it, one that did not has a rule of its own. */
  diverted(leg: LegId, routed: Exclude<RoutedOnward, { kind: 'refused' }>): void {
    const { legs, diversions: before = [] } = this.state.call
    const from = legs.get(leg)
    const reason: DiversionReason = from?.connection === 'alerting' ? 'deflection' : 'unconditional'
    const own = from && {
      number: from.party.number,
      ...(from.party.userId ? { userId: from.party.userId } : {}),
      reason,
    }
    const further = (routed.kind === 'service' ? routed : routed.to).diversions?.slice(before.length) ?? []
    const diversions = [...before, ...(own ? [own] : []), ...further]
    if (routed.kind === 'destination')
      return this.dispatch({ kind: 'diverted', leg, to: { ...routed.to, diversions }, reason })
    const { service, number, explanation, decisions = [] } = routed
    const called = { number }
    this.dispatch({ kind: 'divertedToService', leg, reason, service, called, explanation, decisions, diversions })
  }

  #routingFailed(error: unknown): void {
    this.#fault('routing failed; the call ends', error)
    this.clear(internalError)
  }

  #fault(what: string, error: unknown, more: LogFields = {}): void {
    this.#around.log.error(what, { callId: this.id, ...more, error: String(error) })
  }

  #finish(): void {
    this.#ringTimer?.stop()
    for (const timer of this.#reconnectTimers?.values() ?? []) timer.stop()
    const termination = this.state.name === 'ended' ? this.state.termination : internalError
    // A leg that came too late to be part of the call has nobody else to end it.
    for (const leg of this.legs.values()) leg.clear(termination)
    void Promise.all(
      [...this.legs.entries()].map(async ([id, leg]) => {
        const quality = await leg.released()
        if (quality && quality.received.packets + quality.sent.packets > 0 && this.legs.get(id) === leg)
          this.dispatch({ kind: 'qualityReported', leg: id, quality })
      }),
    )
      .catch((error: unknown) => this.#fault('a leg could not be released', error))
      .then(() => this.#durable)
      .catch(() => {})
      .finally(() => this.#around.finished(this))
  }
}
