import type { Clock, Logger } from '@vaxel/base'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import { serialize } from '../message/serialize.ts'
import { parseUri } from '../message/uri.ts'
import type { EndCause } from '../transaction/client-machine.ts'
import type { ClientTransaction, ClientUser } from '../transaction/client-transaction.ts'
import type { ListedTimer, TimerLists, TimerTarget } from '../transaction/timer-lists.ts'
import type { Timing } from '../transaction/timing.ts'
import type { TransactionLayer } from '../transaction/transaction-layer.ts'
import { branchCookie } from '../transaction/match-transaction.ts'
import { insteadOf } from './next-hop.ts'
import { ownVia } from './own-contact.ts'
import { Straggler } from './straggler.ts'
import type { Flow, ResolvedTarget, SipTransport } from './transport.ts'
import type { Turn } from './turn.ts'

/** Largest request that goes over UDP when the path is not known (RFC 3261 §18.1.1). */
export const maxUdpRequestBytes = 1300
const tcpPatienceMs = 1000
/** While another target is left, an INVITE waits so many times T1 for a first response; timer B would let the caller wait 32 s. */
const impatience = 8
const tcpRefusalMemoryMs = 600_000
const tcpRefusalMemorySize = 1000

/** What sending needs of the stack. */
export interface SenderCore {
  readonly clock: Clock
  readonly log: Logger
  readonly transport: SipTransport
  readonly timing: Timing
  readonly timers: TimerLists
  readonly turn: Turn
  readonly transactions: TransactionLayer
  /** Nothing new is sent any more. */
  readonly isClosed: boolean
  /** A random token of that many characters. */
  token(length: number): string
}

/** A request to be sent, perhaps several times to several places. */
export interface OutgoingRequest {
  /** URI whose host the request goes to: the first Route, or the Request-URI. */
  readonly nextHop: string
  /** Use this flow while it is open, before anything is resolved. A closed one still says where the peer was seen. */
  readonly flow?: Flow
  /** The flow is that of a registered phone: when it is gone, no other machine may stand in for it. */
  readonly staysWithPeer?: boolean
  /** Whose word TLS connections need. */
  readonly trust?: string
  /** How long each target may be silent. */
  readonly patienceMs?: number
  /** Use this one when nothing resolves. */
  readonly lastResort?: Flow
  /** Makes the message for a flow, without Via. Called for each attempt. */
  build(flow: Flow): SipRequest
}

/** Who hears what became of a request of ours. Exactly one final outcome comes, then nothing but further 2xx of an INVITE. */
export interface RequestUser {
  onResponse(response: SipResponse): void
  /** No final response came. Not told after `abandon`, unless no transaction had begun. `detail`: for whoever looks after the way there. */
  onFailure(kind: 'timeout' | 'transport' | 'abandoned', reason: string, detail?: string): void
  /** A 2xx to an INVITE came from a target that was given up meanwhile; what it began is to be ended. */
  onLateSuccess?(response: SipResponse): void
  /** The transaction is over after its final response: nothing more comes, and nothing has to be sent again. */
  onOver?(): void
}

/** Gives a request of ours its way: flow, DNS targets one after another (RFC 3263 §4.3), TCP for large ones (§18.1.1). */
export class RequestSender {
  readonly #core: SenderCore
  readonly #tcpRefusals = new Map<string, number>()

  constructor(core: SenderCore) {
    this.#core = core
  }

  /** Starts sending; the outcome is always told later than this call returns, but the message may already have left. */
  send(request: OutgoingRequest, user: RequestUser): SentRequest {
    const sent = new SentRequest(this.#core, this, request, user)
    sent.start()
    return sent
  }

  /** Sends an ACK to a 2xx, which has no transaction. `sentBy` is told the message as it left. */
  sendAck(request: OutgoingRequest, sentBy: (ack: SipRequest, flow: Flow) => void): void {
    const go = (flow: Flow): void => {
      const ack = this.addVia(request.build(flow), flow)
      sentBy(ack, flow)
      this.resend(ack, flow)
    }
    if (request.flow?.isOpen) return go(request.flow)
    this.resolve(request, (targets) => {
      const first = targets[0]
      const lastResort = request.lastResort?.isOpen ? request.lastResort : undefined
      if (!first) return lastResort ? go(lastResort) : undefined
      this.connect(first, undefined, (flow) => {
        const way = flow ?? lastResort
        if (way) go(way)
      })
    })
  }

  /** Sends a message of ours once more, as it is. */
  resend(message: SipRequest, flow: Flow): void {
    const core = this.#core
    core.transactions.sendOutside(flow, message, serialize(message))
  }

  addVia(request: SipRequest, flow: Flow): SipRequest {
    const branch = branchCookie + this.#core.token(16)
    request.headers.prepend('Via', ownVia(this.#core.transport, flow, branch))
    return request
  }

  resolve(request: OutgoingRequest, then: (targets: readonly ResolvedTarget[]) => void): void {
    const uri = parseUri(request.nextHop)
    if (!uri) return this.#core.turn.later(() => then([]))
    const seenBy = request.flow ?? request.lastResort
    this.#core.transport.resolve(uri).then(
      (targets) =>
        this.#core.turn.run(() => then(trusting(request, insteadOf(seenBy, targets, request.staysWithPeer)))),
      () => this.#core.turn.run(() => then([])),
    )
  }

  /** @param patienceMs gives up waiting, not connecting */
  connect(
    target: ResolvedTarget,
    patienceMs: number | undefined,
    then: (flow: Flow | undefined, reason?: string) => void,
  ): void {
    let isWaiting = true
    const tell = (flow: Flow | undefined, reason?: string): void => {
      if (!isWaiting) return
      isWaiting = false
      timer?.stop()
      then(flow, reason)
    }
    const timer =
      patienceMs === undefined
        ? undefined
        : this.#core.timers.start(
            patienceMs,
            { timerFired: () => this.#core.turn.run(() => tell(undefined)) },
            'connect',
          )
    this.#core.transport.connect(target).then(
      (flow) => this.#core.turn.run(() => tell(flow)),
      (error: unknown) => {
        this.#core.log.debug('no connection', { ...target, reason: String(error) })
        this.#core.turn.run(() => tell(undefined, error instanceof Error ? error.message : String(error)))
      },
    )
  }

  /** Whether a large request to this UDP address may be tried over TCP; an address that refused is left alone for a while. */
  mayTryTcp(address: string): boolean {
    const until = this.#tcpRefusals.get(address)
    if (until === undefined) return true
    if (until > this.#core.clock.monotonicMs()) return false
    this.#tcpRefusals.delete(address)
    return true
  }

  connectTcpFor(flow: Flow, then: (flow: Flow | undefined) => void): void {
    const { address, port } = flow.remote
    this.connect({ protocol: 'tcp', address, port }, tcpPatienceMs, (tcp) => {
      if (!tcp) this.#rememberTcpRefusal(`${address} ${port}`)
      then(tcp)
    })
  }

  #rememberTcpRefusal(address: string): void {
    if (this.#tcpRefusals.size >= tcpRefusalMemorySize) this.#tcpRefusals.clear()
    this.#tcpRefusals.set(address, this.#core.clock.monotonicMs() + tcpRefusalMemoryMs)
  }
}

function trusting({ trust }: OutgoingRequest, targets: readonly ResolvedTarget[]): readonly ResolvedTarget[] {
  return trust === undefined ? targets : targets.map((target) => ({ ...target, trust }))
}

/** One request on its way: the attempt that is running, and the targets that are left. */
export class SentRequest implements ClientUser, TimerTarget {
  readonly #core: SenderCore
  readonly #sender: RequestSender
  readonly #outgoing: OutgoingRequest
  readonly #user: RequestUser
  #transaction: ClientTransaction | undefined
  #request: SipRequest | undefined
  #flow: Flow | undefined
  #targets: readonly ResolvedTarget[] = []
  #nextTarget = 0
  /** What the running attempt goes to, where it was resolved. */
  #target: ResolvedTarget | undefined
  /** Why targets were not connected to. */
  #whyNot: string | undefined
  /** When the running attempt began to connect. */
  #startedMs: number | undefined
  #isResolved = false
  #impatience: ListedTimer | undefined
  #isDone = false
  #hasProvisional = false

  constructor(core: SenderCore, sender: RequestSender, outgoing: OutgoingRequest, user: RequestUser) {
    this.#core = core
    this.#sender = sender
    this.#outgoing = outgoing
    this.#user = user
  }

  /** The message of the last attempt; none before a flow is found. */
  get request(): SipRequest | undefined {
    return this.#request
  }

  get flow(): Flow | undefined {
    return this.#flow
  }

  /** Whether the running attempt has had a provisional response, so that it may be cancelled (RFC 3261 §9.1). */
  get hasProvisional(): boolean {
    return this.#hasProvisional && !this.#isDone
  }

  start(): void {
    const flow = this.#outgoing.flow
    if (flow?.isOpen) this.#attempt(flow, true)
    else this.#resolve()
  }

  /** Goes to no further target. */
  stayHere(): void {
    this.#targets = []
    this.#impatience?.stop()
  }

  /** Stops trying. A running transaction ends without a word to the peer. */
  abandon(): void {
    this.#impatience?.stop()
    if (!this.#isDone) {
      this.#isDone = true
      this.#core.turn.later(() => this.#user.onFailure('abandoned', 'given up'))
    }
    this.#transaction?.abandon()
  }

  /** No response from this target yet. Should it wake up, it is cancelled, and a 2xx from it is met with ACK and BYE. */
  timerFired(): void {
    const silent = this.#transaction
    const { request, flow } = this
    if (!silent || !request || !flow || this.#isDone) return
    this.#targetFailed()
    this.#transaction = undefined
    if (request.method === 'INVITE')
      silent.leaveTo(
        new Straggler(this.#core.transactions, request, flow, (response) => this.#user.onLateSuccess?.(response)),
      )
    else silent.abandon()
    if (this.#hasTargets()) this.#next()
    else this.#fail('timeout', 'no answer')
  }

  onResponse(response: SipResponse): void {
    this.#impatience?.stop()
    if (response.status < 200) {
      if (this.#isDone) return
      this.#hasProvisional = true
      return this.#user.onResponse(response)
    }
    if (response.status === 503 && !this.#isDone) this.#targetFailed()
    if (response.status === 503 && !this.#isDone && this.#hasTargets()) {
      this.#transaction = undefined
      this.#hasProvisional = false
      return this.#next()
    }
    if (this.#isDone && (response.status >= 300 || response.cseq.method !== 'INVITE')) return
    this.#isDone = true
    this.#user.onResponse(response)
  }

  onTransactionEnd(cause: EndCause): void {
    if (this.#isDone && cause === 'done') return this.#letGo()
    if (this.#isDone || cause === 'done' || !this.#transaction) return
    this.#impatience?.stop()
    if (!this.#hasProvisional && (cause === 'timeout' || cause === 'transport')) {
      this.#transaction = undefined
      this.#targetFailed()
      if (cause === 'transport' && !this.#isResolved) return this.#resolve()
      if (this.#hasTargets()) return this.#next()
    }
    this.#fail(cause === 'timeout' ? 'timeout' : 'transport', cause === 'timeout' ? 'no answer' : 'could not be sent')
  }

  #letGo(): void {
    this.#transaction = undefined
    this.#request = undefined
    this.#user.onOver?.()
  }

  #hasTargets(): boolean {
    return this.#nextTarget < this.#targets.length
  }

  #resolve(): void {
    this.#isResolved = true
    this.#sender.resolve(this.#outgoing, (targets) => {
      if (this.#isDone) return
      this.#targets = targets
      const lastResort = this.#outgoing.lastResort
      if (targets.length > 0) this.#next()
      else if (lastResort?.isOpen) this.#attempt(lastResort, true)
      else this.#fail('transport', this.#whyNowhere())
    })
  }

  #whyNowhere(): string {
    const { log, transport } = this.#core
    const fault = transport.resolvingFault?.()
    log.debug('nothing resolves', { nextHop: this.#outgoing.nextHop, fault })
    return `The address of the other side could not be found: ${fault ?? 'its name is not known'}.`
  }

  #next(): void {
    const target = this.#targets[this.#nextTarget++]
    this.#target = target
    if (!target) return this.#fail('transport', 'No address of the other side could be reached.')
    this.#startedMs = this.#core.clock.monotonicMs()
    this.#sender.connect(target, this.#outgoing.patienceMs, (flow, reason) => {
      if (this.#isDone) return
      if (flow) return this.#attempt(flow, false)
      if (reason !== undefined) this.#whyNot = this.#whyNot === undefined ? reason : `${this.#whyNot}; ${reason}`
      this.#targetFailed()
      this.#next()
    })
  }

  /** So that the next request goes to another one first. */
  #targetFailed(): void {
    if (this.#target) this.#core.transport.targetFailed?.(this.#target)
    this.#target = undefined
  }

  /** @param isPinned a flow that was given is kept whatever the size: the peer may be reached by nothing else */
  #attempt(flow: Flow, isPinned: boolean): void {
    if (this.#core.isClosed) return this.#fail('transport', 'the stack is closed')
    const request = this.#sender.addVia(this.#outgoing.build(flow), flow)
    const bytes = serialize(request)
    const isLarge = flow.protocol === 'udp' && bytes.length > maxUdpRequestBytes
    if (isLarge && !isPinned && this.#sender.mayTryTcp(`${flow.remote.address} ${flow.remote.port}`)) {
      return this.#sender.connectTcpFor(flow, (tcp) => {
        if (this.#isDone) return
        if (tcp) this.#attempt(tcp, true)
        else this.#begin(request, bytes, flow)
      })
    }
    this.#begin(request, bytes, flow)
  }

  #begin(request: SipRequest, bytes: Uint8Array, flow: Flow): void {
    this.#hasProvisional = false
    this.#request = request
    this.#flow = flow
    this.#transaction = this.#core.transactions.openClient(request, bytes, flow, this)
    this.#transaction.start()
    const waitMs = this.#waitMs(request)
    if (waitMs !== undefined) this.#impatience = this.#core.timers.start(waitMs, this, 'impatience')
  }

  /** How long to wait for a first response; undefined: as long as the transaction does. Connecting has taken its share. */
  #waitMs({ method }: SipRequest): number | undefined {
    const { patienceMs } = this.#outgoing
    if (patienceMs === undefined)
      return method === 'INVITE' && this.#hasTargets() ? impatience * this.#core.timing.t1Ms : undefined
    const spentMs = this.#startedMs === undefined ? 0 : this.#core.clock.monotonicMs() - this.#startedMs
    return Math.max(patienceMs / 4, patienceMs - spentMs)
  }

  #fail(kind: 'timeout' | 'transport', reason: string): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#core.turn.later(() => this.#user.onFailure(kind, reason, this.#whyNot))
  }
}
