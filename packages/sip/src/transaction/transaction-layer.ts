import { TransientMap } from '@vaxel/base'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import { writeWithin } from '../message/serialize.ts'
import { type Flow, isReliable } from '../ua/transport.ts'
import { ClientTransaction, type ClientUser } from './client-transaction.ts'
import { KeptAnswers } from './kept-answers.ts'
import { clientKey, mergeKey, serverKey } from './match-transaction.ts'
import { responsePath } from './response-path.ts'
import { ServerTransaction } from './server-transaction.ts'
import type { TransactionEnvironment } from './transaction-environment.ts'
import { transactionLimits } from './transaction-limits.ts'

/** What the layer hands up: messages that belong to no transaction of its own. */
export interface TransactionUser {
  /** A new request, also an ACK of a 2xx and a CANCEL for no INVITE that is known. */
  onNewRequest(request: SipRequest, flow: Flow): void
  /** A 2xx of an INVITE whose transaction is over. */
  onStraySuccess(response: SipResponse, flow: Flow): void
}

interface RequestKeys {
  readonly request: SipRequest
  readonly server: string
  readonly merge: string | undefined
}

/**
 * Owns the maps of transactions and finds the one a message belongs to (RFC 3261 §17.1.3, §17.2.3). CANCEL and ACK are
 * matched here too; what matches nothing goes up, or is dropped where RFC 6026 §8.9 says so.
 */
export class TransactionLayer {
  readonly #environment: TransactionEnvironment
  readonly #user: TransactionUser
  readonly #makeTag: () => string
  /** OPTIONS has a budget of its own: it is cheap to send and to answer anew, and must not push out what is not. */
  readonly #keptOptions = new KeptAnswers(transactionLimits.keptOptionsBytes)
  readonly #keptOthers = new KeptAnswers(transactionLimits.keptAnswersBytes)
  readonly #clients = new TransientMap<string, ClientTransaction>()
  /** Those on connections alone: whoever opens and closes many must not have us look through all the others. */
  readonly #clientsOfFlow = new Map<Flow, TransientMap<string, ClientTransaction>>()
  readonly #servers = new TransientMap<string, ServerTransaction>()
  readonly #merges = new TransientMap<string, ServerTransaction>()
  #latestKeys: RequestKeys | undefined

  constructor(environment: TransactionEnvironment, user: TransactionUser, makeTag: () => string) {
    this.#environment = environment
    this.#user = user
    this.#makeTag = makeTag
  }

  get clientCount(): number {
    return this.#clients.size
  }

  get serverCount(): number {
    return this.#servers.size
  }

  receiveResponse(response: SipResponse, flow: Flow): void {
    const key = clientKey(response)
    const transaction = key === undefined ? undefined : this.#clients.get(key)
    if (transaction) return transaction.receive(response)
    const isSuccess = response.status >= 200 && response.status < 300
    if (isSuccess && response.cseq.method === 'INVITE') this.#user.onStraySuccess(response, flow)
  }

  receiveRequest(request: SipRequest, flow: Flow): void {
    const known = this.#servers.get(this.#keysOf(request).server)
    if (known) return known.receive(request)
    if (request.method === 'CANCEL') return this.#cancel(request, flow)
    this.#user.onNewRequest(request, flow)
  }

  /** Whether this request already came by another way and is being dealt with (§8.2.2.2). */
  isMerged(request: SipRequest): boolean {
    const key = this.#keysOf(request).merge
    return key !== undefined && this.#merges.has(key)
  }

  /** A server transaction for a new request. */
  openServer(request: SipRequest, flow: Flow): ServerTransaction {
    const keys = this.#keysOf(request)
    const transaction = new ServerTransaction({
      key: keys.server,
      mergeKey: keys.merge,
      request,
      flow,
      environment: this.#environment,
      forget: this.#forgetServer,
      kept: request.method === 'OPTIONS' ? this.#keptOptions : this.#keptOthers,
    })
    this.#servers.set(transaction.key, transaction)
    if (transaction.mergeKey !== undefined) this.#merges.set(transaction.mergeKey, transaction)
    return transaction
  }

  /** A client transaction for a request whose top Via is ours. It sends nothing before `start`. */
  openClient(request: SipRequest, bytes: Uint8Array, flow: Flow, user: ClientUser): ClientTransaction {
    const key = `${request.via.branch} ${request.method}`
    const environment = this.#environment
    const transaction = new ClientTransaction({
      key,
      request,
      bytes,
      flow,
      environment,
      user,
      forget: this.#forgetClient,
    })
    this.#clients.set(key, transaction)
    if (isReliable(flow.protocol)) {
      const others = this.#clientsOfFlow.get(flow) ?? new TransientMap()
      this.#clientsOfFlow.set(flow, others.set(key, transaction))
    }
    return transaction
  }

  /**
   * Answers without keeping anything (§8.2.7): the To tag is the same for each retransmission.
   * @param mostBytes a longer answer goes out in the compact form (§7.3.3), and not at all if that is too long as well
   */
  respondStateless(request: SipRequest, flow: Flow, response: SipResponse, mostBytes = Number.POSITIVE_INFINITY): void {
    if (request.method === 'ACK') return
    const environment = this.#environment
    const bytes = writeWithin(response, mostBytes)
    if (bytes === undefined) return
    const path = responsePath(request, flow)
    if ('isOpen' in path) return environment.send(path, response, bytes)
    // A connection that closed meanwhile is not made anew for what a stranger may have asked.
    if (path.protocol !== 'udp') return
    environment.connect(path, (way) => {
      if (way) environment.send(way, response, bytes)
    })
  }

  /** Sends what has no transaction of its own: the ACK of a 2xx. */
  sendOutside(flow: Flow, message: SipRequest, bytes: Uint8Array): void {
    this.#environment.send(flow, message, bytes)
  }

  /** A connection has closed: requests of ours that wait on it fail (§18.4). */
  flowClosed(flow: Flow): void {
    const waiting = this.#clientsOfFlow.get(flow)
    if (!waiting) return
    for (const transaction of [...waiting.values()]) transaction.fail('the connection has closed')
  }

  close(): void {
    for (const transaction of [...this.#clients.values()]) transaction.abandon()
    for (const transaction of [...this.#servers.values()]) transaction.abandon()
  }

  #cancel(cancel: SipRequest, flow: Flow): void {
    const invite = this.#servers.get(serverKey(cancel, 'INVITE'))
    if (!invite) return this.#user.onNewRequest(cancel, flow)
    const transaction = this.openServer(cancel, flow)
    transaction.refuse(200, invite.user?.localTag ?? this.#makeTag())
    if (!invite.isAnswered) invite.user?.onCancel?.(cancel)
  }

  /** Each request is looked up, checked and opened in a row, so its keys are made once. */
  #keysOf(request: SipRequest): RequestKeys {
    if (this.#latestKeys?.request !== request) {
      this.#latestKeys = { request, server: serverKey(request), merge: mergeKey(request) }
    }
    return this.#latestKeys
  }

  readonly #forgetClient = (transaction: ClientTransaction): void => {
    if (this.#clients.get(transaction.key) === transaction) this.#clients.delete(transaction.key)
    const others = this.#clientsOfFlow.get(transaction.flow)
    if (others?.get(transaction.key) === transaction) others.delete(transaction.key)
    if (others?.size === 0) this.#clientsOfFlow.delete(transaction.flow)
  }

  readonly #forgetServer = (transaction: ServerTransaction): void => {
    if (this.#servers.get(transaction.key) === transaction) this.#servers.delete(transaction.key)
    const merge = transaction.mergeKey
    if (merge !== undefined && this.#merges.get(merge) === transaction) this.#merges.delete(merge)
  }
}
