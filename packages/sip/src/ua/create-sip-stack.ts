import { type Clock, type Logger, type RandomBytes, randomToken, systemRandom } from '@vaxel/base'
import { makeResponse } from '../message/make-response.ts'
import { parseMessage } from '../message/parse-message.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import { stampVia } from '../transaction/response-path.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import { TimerLists } from '../transaction/timer-lists.ts'
import type { Timing } from '../transaction/timing.ts'
import type { TransactionEnvironment } from '../transaction/transaction-environment.ts'
import { TransactionLayer, type TransactionUser } from '../transaction/transaction-layer.ts'
import { inspectRequest } from './inspect-request.ts'
import type { InviteHandlers, InviteOptions, InviteUsage } from './invite-usage.ts'
import { LegTable } from './leg-table.ts'
import { sendOutOfDialog } from './out-of-dialog-request.ts'
import { RequestSender } from './request-sender.ts'
import type { RequestOutcome, SipStack, SipStackOptions, SipUser } from './sip-stack.ts'
import type { StackCore } from './stack-core.ts'
import { statelessTag } from './stateless-tag.ts'
import type { Flow, ResolvedTarget, SipTransport } from './transport.ts'
import { Turn } from './turn.ts'
import { UacLeg } from './uac-leg.ts'
import { UasLeg } from './uas-leg.ts'

/** Server transactions at once before strangers get 503; requests within dialogs may go on to twice as many. */
const usualMaxServerTransactions = 100_000
const retryAfterSeconds = 5

/** Methods that make no sense in a dialog that nobody knows (RFC 3261 §12.2.2). */
const needsUsage: ReadonlySet<string> = new Set(['INVITE', 'REFER', 'OPTIONS', 'MESSAGE'])

/** Methods that make no sense outside dialogs at all (RFC 3261 §15.1.2, RFC 3262 §3, RFC 3311 §5.2, RFC 6086 §4.2.2, RFC 6665 §4.1.3). */
const needsDialog: ReadonlySet<string> = new Set(['BYE', 'UPDATE', 'PRACK', 'INFO', 'NOTIFY'])

/** What ends a dialog or a transaction lightens the load. */
const neverRefused: ReadonlySet<string> = new Set(['ACK', 'BYE', 'PRACK'])

/** Makes a SIP stack over a transport. It owns no socket: messages come in by `receive`, leave by the transport. */
export function createSipStack(options: SipStackOptions): SipStack {
  return new Stack(options)
}

class Stack implements SipStack, StackCore, TransactionEnvironment, TransactionUser {
  readonly clock: Clock
  readonly log: Logger
  readonly transport: SipTransport
  readonly product: string
  readonly timing: Timing
  readonly reliableTiming: Timing
  readonly unreliableTiming: Timing
  readonly timers: TimerLists
  readonly turn: Turn
  readonly transactions: TransactionLayer
  readonly sender: RequestSender
  readonly legs = new LegTable()
  readonly #random: RandomBytes
  readonly #tagSecret: string
  readonly #maxServerTransactions: number
  #user: SipUser | undefined
  /** Of the message that is being received. */
  #sizeBytes = 0
  #isClosed = false

  constructor(options: SipStackOptions) {
    this.clock = options.clock
    this.log = options.log
    this.transport = options.transport
    this.product = options.product
    this.#random = options.random ?? systemRandom
    this.#maxServerTransactions = options.maxServerTransactions ?? usualMaxServerTransactions
    const { t1Ms = 500, t2Ms = 4000, t4Ms = 5000 } = options.timers ?? {}
    this.unreliableTiming = { t1Ms, t2Ms, t4Ms, isReliable: false }
    this.reliableTiming = { t1Ms, t2Ms, t4Ms, isReliable: true }
    this.timing = this.unreliableTiming
    const onError = (error: unknown): void =>
      this.log.error('a step of the SIP stack failed', { error: describe(error) })
    this.turn = new Turn(onError)
    this.timers = new TimerLists(options.clock, (fire) => this.turn.run(fire))
    this.transactions = new TransactionLayer(this, this, () => this.token(16))
    this.sender = new RequestSender(this)
    this.#tagSecret = this.token(16)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  setUser(user: SipUser): void {
    this.#user = user
  }

  receive(flow: Flow, bytes: Uint8Array): void {
    this.turn.run(() => {
      if (!this.#isClosed) this.#receive(flow, bytes)
    })
  }

  flowClosed(flow: Flow): void {
    this.turn.run(() => this.transactions.flowClosed(flow))
  }

  invite(options: InviteOptions, handlers: InviteHandlers): InviteUsage {
    this.#refuseWhenClosed()
    return new UacLeg(this, options, handlers)
  }

  request(options: Parameters<SipStack['request']>[0]): Promise<RequestOutcome> {
    if (this.#isClosed) return Promise.resolve({ kind: 'transport', reason: 'the stack is closed' })
    return sendOutOfDialog(this, options)
  }

  findUsage(callId: string, toTag: string, fromTag: string): InviteUsage | undefined {
    const leg = this.legs.find(callId, toTag)
    // RFC 3891 §3: a peer of RFC 2543 is named by the tag 0.
    const isNamed = leg?.hasRemoteTag(fromTag) || (fromTag === '0' && leg?.hasRemoteTag(''))
    return leg && isNamed && leg.usage.state !== 'ended' ? leg.usage : undefined
  }

  counts(): ReturnType<SipStack['counts']> {
    return {
      clientTransactions: this.transactions.clientCount,
      serverTransactions: this.transactions.serverCount,
      usages: this.legs.openCount,
      timers: this.timers.count,
    }
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const leg of this.legs.all()) leg.drop()
    this.transactions.close()
    this.timers.close()
  }

  run(task: () => void): void {
    this.turn.run(task)
  }

  send(flow: Flow, message: SipRequest | SipResponse, bytes: Uint8Array, onError?: (reason: string) => void): void {
    this.#observe('out', message, flow, bytes)
    try {
      this.transport.send(flow, bytes, onError)
    } catch (error) {
      this.turn.later(() => onError?.(describe(error)))
    }
  }

  connect(target: ResolvedTarget, then: (flow: Flow | undefined) => void): void {
    this.sender.connect(target, undefined, then)
  }

  token(length: number): string {
    return randomToken(length, this.#random)
  }

  randomBelow(limit: number): number {
    const [high, low] = this.#random(2)
    return Math.floor((((high! << 8) | low!) / 65_536) * limit)
  }

  onNewRequest(request: SipRequest, flow: Flow): void {
    const toTag = request.to.tag
    const leg = toTag === undefined ? undefined : this.legs.find(request.callId, toTag)
    if (leg) {
      if (!leg.hasRemoteTag(request.from.tag ?? '')) return this.#refuse(request, flow, makeResponse(request, 481))
      const overload = neverRefused.has(request.method) ? undefined : this.#refuseOverload(request)
      return overload ? this.#refuse(request, flow, overload) : leg.receiveRequest(request, flow)
    }
    if (request.method === 'ACK' || !this.#admits(request, flow)) return
    if (request.method === 'CANCEL') return this.#refuse(request, flow, makeResponse(request, 481))
    if (needsDialog.has(request.method) || (toTag !== undefined && needsUsage.has(request.method))) {
      return this.#refuse(request, flow, makeResponse(request, 481))
    }
    const refusal = this.#refuseOverload(request) ?? inspectRequest(request, this.transactions.isMerged(request))
    if (refusal) return this.#refuse(request, flow, refusal)
    this.#passUp(request, flow)
  }

  onStraySuccess(response: SipResponse, flow: Flow): void {
    this.legs.find(response.callId, response.from.tag ?? '')?.receiveStraySuccess(response, flow)
  }

  offerToUser(request: SipRequest, flow: Flow, transaction: ServerTransaction): void {
    const respond = (response: SipResponse): void => {
      this.#complete(request, response)
      transaction.respond(response)
    }
    const user = this.#user
    if (!user) return respond(makeResponse(request, 503))
    this.turn.later(() => this.#guard(() => user.onRequest({ request, flow, respond }), request, transaction))
  }

  #receive(flow: Flow, bytes: Uint8Array): void {
    const parsed = parseMessage(bytes)
    this.#sizeBytes = bytes.length
    if (!parsed.ok) {
      this.log.debug('malformed message', { at: parsed.at, reason: parsed.reason, remote: flow.remote.address })
      if (parsed.request) {
        stampVia(parsed.request, flow)
        if (!this.#admits(parsed.request, flow)) return
        this.#refuse(parsed.request, flow, makeResponse(parsed.request, parsed.status ?? 400, parsed.reason))
      }
      return
    }
    const { message } = parsed
    this.#observe('in', message, flow, bytes)
    if (message.kind === 'response') return this.transactions.receiveResponse(message, flow)
    stampVia(message, flow)
    this.transactions.receiveRequest(message, flow)
  }

  #passUp(request: SipRequest, flow: Flow): void {
    const user = this.#user
    if (!user) return this.#refuse(request, flow, makeResponse(request, 503))
    const screened = this.#screen(user, request, flow)
    if (screened === 'drop') return
    if (screened) return this.#answerStateless(request, flow, this.#tagged(request, screened))
    const transaction = this.transactions.openServer(request, flow)
    if (request.method !== 'INVITE') return this.offerToUser(request, flow, transaction)
    const leg = new UasLeg(this, request, transaction, flow, this.token(16))
    this.turn.later(() => {
      try {
        user.onInvite(leg)
      } catch (error) {
        this.log.error('the upper layer failed on an INVITE', { sipCallId: request.callId, error: describe(error) })
        leg.end({ status: 500 })
      }
    })
  }

  #admits(request: SipRequest, flow: Flow): boolean {
    try {
      return this.#user?.admits?.(request, flow) ?? true
    } catch (error) {
      this.log.error('the upper layer failed on a request', { remote: flow.remote.address, error: describe(error) })
      return true
    }
  }

  #screen(user: SipUser, request: SipRequest, flow: Flow): SipResponse | 'drop' | undefined {
    try {
      return user.screen?.(request, flow, this.#sizeBytes)
    } catch (error) {
      this.log.error('the upper layer failed on a request', { sipCallId: request.callId, error: describe(error) })
      return makeResponse(request, 500)
    }
  }

  #guard(task: () => void, request: SipRequest, transaction: ServerTransaction): void {
    try {
      task()
    } catch (error) {
      this.log.error('the upper layer failed on a request', { sipCallId: request.callId, error: describe(error) })
      if (!transaction.isAnswered) transaction.refuse(500, this.token(16))
    }
  }

  #refuseOverload(request: SipRequest): SipResponse | undefined {
    const limit = request.to.tag === undefined ? this.#maxServerTransactions : 2 * this.#maxServerTransactions
    if (this.transactions.serverCount < limit) return undefined
    const response = makeResponse(request, 503)
    response.headers.append('Retry-After', String(retryAfterSeconds))
    return response
  }

  /** Answers without a transaction; retransmissions get the same To tag (RFC 3261 §8.2.7). */
  #refuse(request: SipRequest, flow: Flow, response: SipResponse): void {
    if (request.method === 'ACK') return
    this.#complete(request, this.#tagged(request, response))
    this.#answerStateless(request, flow, response)
  }

  /** Nobody gets more bytes by another's address than he sent. */
  #answerStateless(request: SipRequest, flow: Flow, response: SipResponse): void {
    const mostBytes = this.#user?.mayBeForged?.(flow) ? this.#sizeBytes : Number.POSITIVE_INFINITY
    this.transactions.respondStateless(request, flow, response, mostBytes)
  }

  #tagged(request: SipRequest, response: SipResponse): SipResponse {
    if (request.to.tag === undefined) addToTag(response, statelessTag(request, this.#tagSecret))
    return response
  }

  #complete(request: SipRequest, response: SipResponse): void {
    if (response.status > 100 && request.to.tag === undefined && response.to.tag === undefined) {
      addToTag(response, statelessTag(request, this.#tagSecret))
    }
    if (!response.headers.has('Server')) response.headers.append('Server', this.product)
  }

  #observe(direction: 'in' | 'out', message: SipRequest | SipResponse, flow: Flow, bytes: Uint8Array): void {
    try {
      this.#user?.onWire?.(direction, message, flow, bytes)
    } catch (error) {
      this.log.error('the observer of messages failed', { error: describe(error) })
    }
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new Error('the SIP stack is closed')
  }
}

function addToTag(response: SipResponse, tag: string): void {
  const to = response.headers.get('To')
  if (to !== undefined && response.to.tag === undefined) response.headers.set('To', `${to};tag=${tag}`)
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
