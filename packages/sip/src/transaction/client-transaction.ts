import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import { serialize } from '../message/serialize.ts'
import { type Flow, isReliable } from '../ua/transport.ts'
import type { ClientEffect, EndCause } from './client-machine.ts'
import { type InviteClientEvent, type InviteClientState, inviteClient, startInviteClient } from './invite-client.ts'
import { type Step, takeStep } from './machine.ts'
import { makeFailureAck } from './make-hop-requests.ts'
import {
  type NonInviteClientEvent,
  type NonInviteClientState,
  nonInviteClient,
  startNonInviteClient,
} from './non-invite-client.ts'
import type { TimerTarget } from './timer-lists.ts'
import type { TimerLetter, Timing } from './timing.ts'
import { LetteredTimers, type TransactionEnvironment } from './transaction-environment.ts'

/** The transaction user of a request of ours. */
export interface ClientUser {
  /** Every provisional response, and the final one; for an INVITE also each further 2xx until timer M. For others it is the last word. */
  onResponse(response: SipResponse): void
  /** The transaction is gone. With `timeout`, `transport` or `abandoned` no final response has come. */
  onTransactionEnd(cause: EndCause): void
}

type ClientState = InviteClientState | NonInviteClientState
type ClientEvent = InviteClientEvent | NonInviteClientEvent

/** Runs one of the two client machines: performs its effects, keeps its timers, keeps the request's bytes for resending. */
export class ClientTransaction implements TimerTarget {
  readonly key: string
  readonly #isInvite: boolean
  #request: SipRequest | undefined
  readonly flow: Flow
  #bytes: Uint8Array | undefined
  readonly #environment: TransactionEnvironment
  readonly #timing: Timing
  #user: ClientUser | undefined
  readonly #forget: (transaction: ClientTransaction) => void
  readonly #timers = new LetteredTimers()
  #state: ClientState = { name: 'terminated', cause: 'done' }
  #isOver = false
  #ack: SipRequest | undefined

  /** @param forget called once, when the transaction is over */
  constructor(options: {
    key: string
    request: SipRequest
    bytes: Uint8Array
    flow: Flow
    environment: TransactionEnvironment
    user: ClientUser
    forget: (transaction: ClientTransaction) => void
  }) {
    this.key = options.key
    this.#request = options.request
    this.#isInvite = options.request.method === 'INVITE'
    this.flow = options.flow
    this.#bytes = options.bytes
    this.#environment = options.environment
    this.#user = options.user
    this.#forget = options.forget
    this.#timing = isReliable(options.flow.protocol)
      ? options.environment.reliableTiming
      : options.environment.unreliableTiming
  }

  get stateName(): ClientState['name'] {
    return this.#state.name
  }

  /** Sends the request. */
  start(): void {
    this.#take(this.#isInvite ? startInviteClient(this.#timing) : startNonInviteClient(this.#timing))
  }

  receive(response: SipResponse): void {
    if (response.status >= 200) this.#bytes = undefined
    const name = response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure'
    this.#event({ name, response })
  }

  /** Nobody waits for it any more: it is not sent again, and whatever still comes is `user`'s. */
  leaveTo(user: ClientUser): void {
    this.#bytes = undefined
    this.#user = user
  }

  /** Ends it without waiting any longer. */
  abandon(): void {
    this.#event({ name: 'abandon' })
  }

  /** The request surely did not leave, or its connection is gone. */
  fail(reason: string): void {
    this.#environment.log.debug('request could not be sent', { key: this.key, reason })
    this.#event({ name: 'transportFailed' })
  }

  timerFired(letter: string): void {
    this.#timers.ended(letter)
    this.#event({ name: `timer${letter}` } as ClientEvent)
  }

  #event(event: ClientEvent): void {
    const step = this.#isInvite
      ? takeStep(inviteClient, this.#state as InviteClientState, event as InviteClientEvent, this.#timing)
      : takeStep(nonInviteClient, this.#state as NonInviteClientState, event as NonInviteClientEvent, this.#timing)
    this.#take(step)
  }

  #take(step: Step<ClientState, ClientEffect>): void {
    this.#state = step.state
    let elapsed: TimerLetter | undefined
    for (const effect of step.effects) {
      // On a reliable flow D and K last no time at all (§17.1.1.2, §17.1.2.2).
      if (effect.do === 'start' && effect.delayMs === 0) elapsed = effect.timer
      else this.#perform(effect)
    }
    if (this.#state.name === 'terminated') this.#finish(this.#state.cause)
    else if (elapsed) this.timerFired(elapsed)
  }

  #finish(cause: EndCause): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#timers.stopAll()
    this.#forget(this)
    this.#user?.onTransactionEnd(cause)
  }

  #perform(effect: ClientEffect): void {
    switch (effect.do) {
      case 'sendRequest':
        if (!this.#request || !this.#bytes) return
        return this.#environment.send(this.flow, this.#request, this.#bytes, (reason) =>
          this.#environment.run(() => this.fail(reason)),
        )
      case 'sendAck':
        return this.#sendAck(effect.response)
      case 'start':
        return this.#timers.add(this.#environment.timers.start(effect.delayMs, this, effect.timer))
      case 'stop':
        return this.#timers.stop(effect.timer)
      case 'tell':
        return this.#tell(effect.response)
      case 'ignore':
        return
    }
  }

  /** The final response is the last that a non-INVITE transaction has to tell, so what it is about can go. */
  #tell(response: SipResponse): void {
    const user = this.#user
    if (!this.#isInvite && response.status >= 200) this.#user = this.#request = undefined
    else if (this.#state.name === 'accepted') this.#request = undefined
    user?.onResponse(response)
  }

  #sendAck(response: SipResponse): void {
    if (!this.#ack && this.#request) this.#ack = makeFailureAck(this.#request, response)
    if (!this.#ack) return
    this.#environment.send(this.flow, this.#ack, serialize(this.#ack))
  }
}
