import type { Dialog } from '../dialog/dialog.ts'
import { applyRouteSet } from '../dialog/route-set.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import { ChallengeAnswers } from './answer-challenge.ts'
import type { LegAccess } from './leg-access.ts'
import { reachesBy } from './next-hop.ts'
import type { OutgoingRequest, RequestUser, SentRequest } from './request-sender.ts'
import type { RequestOutcome } from './sip-stack.ts'
import { stampProduct } from './stack-core.ts'
import type { Flow } from './transport.ts'

/** Adds what the method needs: body, Contact, event … */
export type FillRequest = (request: SipRequest, flow: Flow) => void

/** The way of a request in a dialog: the dialog's own flow while it reaches the peer, else what its next hop resolves to. */
export function wayInDialog(
  leg: LegAccess,
  dialog: Dialog,
): Pick<OutgoingRequest, 'nextHop' | 'flow' | 'lastResort' | 'trust'> {
  const { nextHop } = applyRouteSet(dialog.remoteTarget, dialog.routeSet)
  const { flow, trust } = leg
  const way = trust === undefined ? { nextHop } : { nextHop, trust }
  if (!flow) return way
  return !flow.isOpen || reachesBy(flow, nextHop, leg.isPinned) ? { ...way, flow } : { ...way, lastResort: flow }
}

/** One request of ours within a dialog; the challenge of each realm is answered once. */
export class DialogRequest implements RequestUser {
  readonly #leg: LegAccess
  readonly #dialog: Dialog
  readonly #method: string
  readonly #fill: FillRequest
  readonly #done: (outcome: RequestOutcome) => void
  readonly #onRepeat: ((response: SipResponse) => void) | undefined
  #sent: SentRequest | undefined
  readonly #answers = new ChallengeAnswers()
  #isDone = false

  /**
   * @param done told once, in a turn of the stack
   * @param onRepeat told a 2xx of a re-INVITE each time it comes again
   */
  constructor(options: {
    leg: LegAccess
    dialog: Dialog
    method: string
    fill: FillRequest
    done: (outcome: RequestOutcome) => void
    onRepeat?: (response: SipResponse) => void
  }) {
    this.#leg = options.leg
    this.#dialog = options.dialog
    this.#method = options.method
    this.#fill = options.fill
    this.#done = options.done
    this.#onRepeat = options.onRepeat
    this.#send()
  }

  /** The message as it was sent last. */
  get request(): SipRequest | undefined {
    return this.#sent?.request
  }

  get flow(): Flow | undefined {
    return this.#sent?.flow
  }

  onResponse(response: SipResponse): void {
    if (response.status < 200) return
    if (this.#isDone) return this.#onRepeat?.(response)
    if (this.#answers.take(response, this.#leg.credentials)) return this.#send()
    this.#finish({ kind: 'response', response })
  }

  onFailure(kind: 'timeout' | 'transport' | 'abandoned', reason: string): void {
    this.#finish(kind === 'timeout' ? { kind } : { kind: 'transport', reason })
  }

  /** Nobody waits for the outcome any more, and the peer has had its time. */
  abandon(): void {
    if (!this.#isDone) this.#sent?.abandon()
  }

  #send(): void {
    const dialog = this.#dialog
    this.#sent = this.#leg.core.sender.send(
      {
        ...wayInDialog(this.#leg, dialog),
        build: (flow) => {
          const { request } = dialog.makeRequest(this.#method)
          this.#answers.addTo(request, this.#leg.credentials)
          this.#fill(request, flow)
          stampProduct(request, this.#leg.core)
          return request
        },
      },
      this,
    )
  }

  #finish(outcome: RequestOutcome): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#done(outcome)
  }
}
