import type { Dialog } from '../dialog/dialog.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import type { ListedTimer, TimerTarget } from '../transaction/timer-lists.ts'
import { patienceMs } from '../transaction/timing.ts'
import { DialogRequest } from './dialog-request.ts'
import type { ExtraHeaders, MakeOffer, ReofferOutcome } from './invite-usage.ts'
import type { LegAccess } from './leg-access.ts'
import { glareDelayMs, retryAfterSeconds } from './retry-delay.ts'
import { parseMinSe } from './session-expires.ts'
import { sessionDescriptionOf, setSessionDescription } from './session-description.ts'
import type { RequestOutcome } from './sip-stack.ts'
import { allowValue, supportedValue } from './supported.ts'
import type { Flow } from './transport.ts'

const maxTries = 6
const longestRetryAfterSeconds = 10

interface Reoffer {
  readonly method: 'INVITE' | 'UPDATE'
  /** None for an UPDATE that only refreshes. */
  readonly offer: string | MakeOffer | undefined
  readonly headers: ExtraHeaders
  readonly isRefresh: boolean
  readonly settle: (outcome: ReofferOutcome) => void
  tries: number
}

/** re-INVITE and UPDATE of ours, one at a time (RFC 3261 §14.1, RFC 3311 §5.1); the others wait. */
export class Reoffers implements TimerTarget {
  readonly #leg: LegAccess
  readonly #isPeerBusy: () => boolean
  readonly #waiting: Reoffer[] = []
  #running: Reoffer | undefined
  #request: DialogRequest | undefined
  #retry: ListedTimer | undefined
  #lastAck: { seq: number; ack: SipRequest; flow: Flow } | undefined
  #minSe: number | undefined

  constructor(leg: LegAccess, isPeerBusy: () => boolean) {
    this.#leg = leg
    this.#isPeerBusy = isPeerBusy
  }

  /** Whether an INVITE of ours is under way. */
  get isInviteOpen(): boolean {
    return this.#running?.method === 'INVITE' && this.#request !== undefined
  }

  /** Whether an offer of ours is under way. */
  get isOfferOpen(): boolean {
    return this.#running?.offer !== undefined && this.#request !== undefined
  }

  add(reoffer: Omit<Reoffer, 'tries'>): void {
    this.#waiting.push({ ...reoffer, tries: 0 })
    this.pump()
  }

  /** Sends the next one, if the dialog is free for it. */
  pump(): void {
    if (this.#running || this.#leg.isEnded || !this.#leg.dialog || !this.#leg.isConfirmed) return
    if (this.#isPeerBusy() || this.#leg.offers.pending !== undefined) return
    this.#running = this.#waiting.shift()
    if (this.#running) this.#begin(this.#running)
  }

  /** The usage is over. */
  stop(): void {
    this.#retry?.stop()
    const open = this.isInviteOpen ? this.#request : undefined
    // A peer that had said 100 and whose final response was lost would keep the transaction for ever (RFC 3261 §17.1.1.2 has no timer there).
    if (open) {
      const { timers, timing } = this.#leg.core
      timers.start(patienceMs(timing), { timerFired: () => open.abandon() }, 'linger')
    }
    const all = this.#running ? [this.#running, ...this.#waiting] : this.#waiting
    this.#running = undefined
    for (const reoffer of all.splice(0)) reoffer.settle({ kind: 'ended' })
    this.#waiting.length = 0
  }

  timerFired(): void {
    this.#retry = undefined
    const running = this.#running
    if (!running || !this.#leg.dialog) return
    if (!this.#givesWay(running)) this.#begin(running)
  }

  /** Where the peer was faster its change goes first. */
  #givesWay(running: Reoffer): boolean {
    if (!this.#isPeerBusy() && this.#leg.offers.pending === undefined) return false
    this.#waiting.unshift(running)
    this.#running = undefined
    return true
  }

  #begin(reoffer: Reoffer): void {
    const { offer } = reoffer
    if (typeof offer !== 'function') return this.#send(reoffer, offer)
    // What was answered before is told first: the next offer builds on it.
    this.#leg.core.turn.later(() => {
      if (this.#running !== reoffer) return
      const { fromPeer } = this.#leg.offers
      void offer()
        .catch((error: unknown) => {
          this.#leg.core.log.error('an offer could not be made', { error: String(error) })
          return undefined
        })
        .then((made) => this.#made(reoffer, made, fromPeer))
    })
  }

  /** @param fromPeer how many offers of the peer there were when it was begun */
  #made(reoffer: Reoffer, offer: string | undefined, fromPeer: number): void {
    if (this.#running !== reoffer) return
    if (offer === undefined) return this.#finish(reoffer, { kind: 'refused', status: 488 })
    if (this.#givesWay(reoffer)) return
    if (this.#leg.offers.fromPeer === fromPeer) this.#send(reoffer, offer)
    else this.#begin(reoffer)
  }

  #send(reoffer: Reoffer, offer: string | undefined): void {
    const { dialog } = this.#leg
    if (!dialog) return
    reoffer.tries++
    if (offer !== undefined) this.#leg.offers.pending = 'ours'
    this.#request = new DialogRequest({
      leg: this.#leg,
      dialog,
      method: reoffer.method,
      fill: (request, flow) => this.#fill(request, flow, reoffer, offer),
      done: (outcome) => this.#onOutcome(reoffer, offer, dialog, outcome),
      onRepeat: (response) => this.#repeatAck(response),
    })
  }

  #fill(request: SipRequest, flow: Flow, reoffer: Reoffer, offer: string | undefined): void {
    const { headers } = request
    headers.append('Contact', this.#leg.contactFor(flow))
    headers.append('Allow', allowValue)
    headers.append('Supported', supportedValue)
    this.#leg.askSessionTimer(request, this.#minSe)
    for (const [name, value] of reoffer.headers) headers.append(name, value)
    if (offer !== undefined) setSessionDescription(request, offer)
  }

  #onOutcome(reoffer: Reoffer, offer: string | undefined, dialog: Dialog, outcome: RequestOutcome): void {
    const sent = this.#request
    this.#request = undefined
    const isSuccess = outcome.kind === 'response' && outcome.response.status < 300
    if (isSuccess && reoffer.method === 'INVITE') this.#acknowledge(dialog, sent?.request, outcome.response)
    if (this.#running !== reoffer) return
    if (offer !== undefined) this.#leg.offers.withdraw()
    if (isSuccess) return this.#succeed(reoffer, offer, outcome.response, sent?.flow)
    const delayMs = this.#retryDelayMs(reoffer, outcome)
    if (delayMs !== undefined) {
      this.#retry = this.#leg.core.timers.start(delayMs, this, 'retry')
      return
    }
    this.#fail(reoffer, outcome)
  }

  #succeed(reoffer: Reoffer, offer: string | undefined, response: SipResponse, flow: Flow | undefined): void {
    this.#leg.refreshFrom(response, flow)
    this.#leg.agreeSessionTimer(response)
    const answer = sessionDescriptionOf(response)
    if (offer !== undefined && answer !== undefined) {
      const { offers } = this.#leg
      const isNews = reoffer.isRefresh && (offer !== offers.local || answer !== offers.remote)
      offers.local = offer
      offers.receivedAnswer(answer)
      if (isNews) this.#leg.notify((handlers) => handlers.onAnswer?.(answer))
    }
    this.#finish(reoffer, answer === undefined ? { kind: 'refused', status: 488 } : { kind: 'answered', answer })
  }

  #fail(reoffer: Reoffer, outcome: RequestOutcome): void {
    const status = outcome.kind === 'response' ? outcome.response.status : outcome.kind === 'timeout' ? 408 : 503
    if (status === 481 || status === 408) {
      // RFC 3261 §14.1, RFC 5057 §5.1: the dialog is gone over there.
      const by = reoffer.isRefresh ? 'session-timer' : outcome.kind === 'response' ? 'peer' : 'timeout'
      return this.#leg.hangUp({ by, status })
    }
    this.#finish(reoffer, { kind: 'refused', status })
  }

  #finish(reoffer: Reoffer, outcome: ReofferOutcome): void {
    this.#running = undefined
    reoffer.settle(outcome)
    this.#leg.settled()
  }

  /** Undefined when there is no use in trying again. */
  #retryDelayMs(reoffer: Reoffer, outcome: RequestOutcome): number | undefined {
    if (outcome.kind !== 'response' || reoffer.tries >= maxTries) return undefined
    const { response } = outcome
    if (response.status === 491) return glareDelayMs(this.#leg.core, this.#leg.ownsCallId)
    if (response.status === 422) {
      this.#minSe = parseMinSe(response.headers.get('Min-SE')) ?? this.#minSe
      return reoffer.tries === 1 ? 0 : undefined
    }
    const seconds = response.status === 500 ? retryAfterSeconds(response) : undefined
    return seconds !== undefined && seconds <= longestRetryAfterSeconds ? seconds * 1000 : undefined
  }

  #acknowledge(dialog: Dialog, invite: SipRequest | undefined, response: SipResponse): void {
    const seq = response.cseq.number
    this.#leg.sendAck(dialog, seq, invite, undefined, (ack, flow) => {
      this.#lastAck = { seq, ack, flow }
    })
  }

  #repeatAck(response: SipResponse): void {
    const last = this.#lastAck
    if (last?.seq === response.cseq.number) this.#leg.core.sender.resend(last.ack, last.flow)
  }
}
