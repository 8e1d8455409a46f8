import { makeResponse } from '../message/make-response.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import { type Flow, isReliable } from '../ua/transport.ts'
import type { EndCause } from './client-machine.ts'
import { type InviteServerEvent, type InviteServerState, inviteServer, startInviteServer } from './invite-server.ts'
import { type Step, takeStep } from './machine.ts'
import {
  type NonInviteServerEvent,
  type NonInviteServerState,
  nonInviteServer,
  startNonInviteServer,
} from './non-invite-server.ts'
import type { KeptAnswers } from './kept-answers.ts'
import { responsePath } from './response-path.ts'
import type { ServerEffect } from './server-machine.ts'
import type { TimerTarget } from './timer-lists.ts'
import { patienceMs, type TimerLetter, type Timing } from './timing.ts'
import { LetteredTimers, type TransactionEnvironment } from './transaction-environment.ts'
import { WrittenResponse } from './written-response.ts'

/** The transaction user of a request from the peer. */
export interface ServerUser {
  /** The To tag of this user's responses; a CANCEL is answered with the same one (§9.2). */
  readonly localTag?: string
  /** A CANCEL for this INVITE; it is already answered. */
  onCancel?(cancel: SipRequest): void
  /** An ACK with the INVITE's own branch after a 2xx (peers of RFC 2543). */
  onAck?(ack: SipRequest): void
  /** Gone. With `timeout` the ACK to a failure never came; with `transport` a response could not be sent. */
  onTransactionEnd?(cause: EndCause): void
}

type ServerState = InviteServerState | NonInviteServerState
type ServerEvent = InviteServerEvent | NonInviteServerEvent

/** Not a timer of the RFC: it ends a non-INVITE transaction whose user never answers. */
const unanswered = 'unanswered'

/** Runs one of the two server machines: performs its effects, keeps its timers, finds the way back. */
export class ServerTransaction implements TimerTarget {
  readonly key: string
  readonly mergeKey: string | undefined
  /** How the request came. */
  readonly flow: Flow
  user: ServerUser | undefined
  readonly #environment: TransactionEnvironment
  readonly #timing: Timing
  readonly #forget: (transaction: ServerTransaction) => void
  readonly #kept: KeptAnswers
  readonly #timers = new LetteredTimers()
  readonly #isInvite: boolean
  #request: SipRequest | undefined
  #state: ServerState
  #isOver = false
  #sent: WrittenResponse | undefined
  #returnFlow: Flow | 'connecting' | undefined

  /**
   * @param forget called once, when the transaction is over
   * @param kept where it is counted while it is kept for retransmissions alone; it may be abandoned there
   */
  constructor(options: {
    key: string
    mergeKey: string | undefined
    request: SipRequest
    flow: Flow
    environment: TransactionEnvironment
    forget: (transaction: ServerTransaction) => void
    kept: KeptAnswers
  }) {
    this.key = options.key
    this.mergeKey = options.mergeKey
    this.#request = options.request
    this.#isInvite = options.request.method === 'INVITE'
    this.flow = options.flow
    this.#environment = options.environment
    this.#forget = options.forget
    this.#kept = options.kept
    this.#timing = isReliable(options.flow.protocol)
      ? options.environment.reliableTiming
      : options.environment.unreliableTiming
    this.#state = this.#isInvite ? startInviteServer().state : startNonInviteServer().state
    if (!this.#isInvite) this.#await()
  }

  /** The request; a non-INVITE one is let go of with its final response, as all that may be sent again is that. */
  get request(): SipRequest {
    if (!this.#request) throw new Error('the request was answered and is no longer kept')
    return this.#request
  }

  get stateName(): ServerState['name'] {
    return this.#state.name
  }

  /** Whether a final response was given. */
  get isAnswered(): boolean {
    return this.#state.name !== 'trying' && this.#state.name !== 'proceeding'
  }

  /** Sends a response; one that comes after the final one is ignored, but for the 2xx of an INVITE, which is sent again. */
  respond(response: SipResponse): void {
    const name = response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure'
    const written = this.#sent?.isOf(response) ? this.#sent : new WrittenResponse(response)
    this.#event({ name, response: written })
  }

  /** Answers with nothing but a status (and a To tag). */
  refuse(status: number, toTag: string, reason?: string): void {
    const response = makeResponse(this.request, status, reason)
    if (this.request.to.tag === undefined) response.headers.set('To', `${response.headers.get('To')};tag=${toTag}`)
    this.respond(response)
  }

  /** The same request, or its ACK. */
  receive(request: SipRequest): void {
    if (request.method !== 'ACK') this.#event({ name: 'request' })
    else if (this.#isInvite) this.#event({ name: 'ack', request })
  }

  fail(reason: string): void {
    this.#environment.log.debug('response could not be sent', { key: this.key, reason })
    this.#event({ name: 'transportFailed' })
  }

  timerFired(letter: string): void {
    this.#timers.ended(letter)
    if (letter === unanswered) return this.#finish('timeout')
    this.#event({ name: `timer${letter}` } as ServerEvent)
  }

  /** Ends it at once (the stack closes). */
  abandon(): void {
    this.#finish('abandoned')
  }

  /** The peer waits so long and no longer (timer F there); an answer after that would only be noise (RFC 4320 §4). */
  #await(): void {
    this.#timers.add(this.#environment.timers.start(patienceMs(this.#timing), this, unanswered))
  }

  #event(event: ServerEvent): void {
    const step = this.#isInvite
      ? takeStep(inviteServer, this.#state as InviteServerState, event as InviteServerEvent, this.#timing)
      : takeStep(nonInviteServer, this.#state as NonInviteServerState, event as NonInviteServerEvent, this.#timing)
    this.#take(step)
  }

  #take(step: Step<ServerState, ServerEffect>): void {
    const wasAnswered = this.isAnswered
    this.#state = step.state
    let elapsed: TimerLetter | undefined
    for (const effect of step.effects) {
      // On a reliable flow I and J last no time at all (§17.2.1, §17.2.2).
      if (effect.do === 'start' && effect.delayMs === 0) elapsed = effect.timer
      else this.#perform(effect)
    }
    if (!this.#isInvite && this.isAnswered) this.#release()
    if (this.#state.name === 'completed') this.#sent?.settle()
    if (this.#state.name === 'terminated') this.#finish(this.#state.cause)
    else if (elapsed) this.timerFired(elapsed)
    else if (!this.#isInvite && !wasAnswered && this.isAnswered && !this.#isOver)
      this.#kept.add(this, this.#sent?.bytes.length ?? 0)
  }

  /** The user is gone: an accepted INVITE has nothing more to send, it only absorbs retransmissions. */
  letGo(): void {
    this.user = undefined
    if (this.#state.name === 'accepted') this.#request = this.#sent = undefined
  }

  #release(): void {
    this.#timers.stop(unanswered)
    this.user = undefined
    const known = this.#returnFlow
    if (known !== undefined && known !== 'connecting' && known.isOpen) this.#request = undefined
  }

  #finish(cause: EndCause): void {
    if (this.#isOver) return
    this.#isOver = true
    if (this.#returnFlow !== 'connecting') this.#sent = undefined
    this.#timers.stopAll()
    this.#kept.remove(this)
    this.#forget(this)
    this.user?.onTransactionEnd?.(cause)
  }

  #perform(effect: ServerEffect): void {
    switch (effect.do) {
      case 'sendResponse':
        return this.#send(effect.response)
      case 'start':
        return this.#timers.add(this.#environment.timers.start(effect.delayMs, this, effect.timer))
      case 'stop':
        return this.#timers.stop(effect.timer)
      case 'tellAck':
        return this.user?.onAck?.(effect.request)
      case 'ignore':
        return
    }
  }

  #send(response: WrittenResponse): void {
    this.#sent = response
    const known = this.#returnFlow
    if (known === 'connecting') return
    if (known?.isOpen) return this.#sendBy(known, response)
    if (!this.#request) return this.fail('the connection has closed')
    const path = responsePath(this.#request, this.flow)
    if ('isOpen' in path) {
      this.#returnFlow = path
      return this.#sendBy(path, response)
    }
    this.#returnFlow = 'connecting'
    this.#environment.connect(path, (flow) => {
      this.#returnFlow = flow
      if (flow) this.#sendBy(flow, this.#sent!)
      else this.fail('no way back to the peer')
    })
  }

  #sendBy(flow: Flow, { message, bytes }: WrittenResponse): void {
    this.#environment.send(flow, message, bytes, (reason) => this.#environment.run(() => this.fail(reason)))
  }
}
