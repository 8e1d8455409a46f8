import { silentLogger, systemClock } from '@vaxel/base'
import { createNetwork, type Network } from '@vaxel/connect'
import {
  createSipStack,
  type InviteEnd,
  type InviteHandlers,
  type InviteUas,
  type InviteUsage,
  makeResponse,
  type RequestOutcome,
  type SipStack,
} from '@vaxel/sip'
import { within } from '../program.ts'
import { RtpTalker } from './rtp-talker.ts'

/** What one phone saw of one call. */
export class NetCall {
  readonly talker: RtpTalker
  usage!: InviteUsage
  /** Our 200 was acknowledged, or the 200 came. */
  isUp = false
  end: InviteEnd | undefined
  readonly #up: Promise<void>
  readonly #ended: Promise<InviteEnd>
  /** When it came up, and when it ended, wall clock. */
  upAtMs: number | undefined
  endedAtMs: number | undefined
  #setUp!: () => void
  #setEnded!: (end: InviteEnd) => void

  constructor(talker: RtpTalker) {
    this.talker = talker
    this.#up = new Promise((resolve) => (this.#setUp = resolve))
    this.#ended = new Promise((resolve) => (this.#setEnded = resolve))
  }

  /** Resolves when it is answered on both sides; @throws when it is not in time, or ends before. */
  async isAnswered(limitMs?: number): Promise<void> {
    const over = this.#ended.then((end) => {
      throw new Error(`the call ended before it was answered: ${end.by} ${end.status ?? ''} ${end.reason ?? ''}`)
    })
    over.catch(() => {})
    await within('the call is up', Promise.race([this.#up, over]), limitMs)
  }

  /** Resolves when it is over, answered or not; @throws when it is not in time. */
  async isOver(limitMs?: number): Promise<InviteEnd> {
    return await within('the call is over', this.#ended, limitMs)
  }

  get sipCallId(): string {
    return this.usage.sipCallId
  }

  readonly handlers: InviteHandlers = {
    onAccepted: (_response, sdp) => {
      if (sdp !== undefined) this.talker.talkTo(sdp)
      this.#cameUp()
    },
    onConfirmed: () => this.#cameUp(),
    onOffer: (offer, reply) => {
      this.talker.talkTo(offer)
      reply.accept(this.talker.describe())
    },
    onOfferWanted: (reply) => reply.accept(this.talker.describe()),
    onEnded: (end) => {
      this.talker.close()
      this.end = end
      this.endedAtMs = Date.now()
      this.#setEnded(end)
    },
  }

  hangUp(): void {
    this.usage.end()
  }

  #cameUp(): void {
    this.isUp = true
    this.upAtMs ??= Date.now()
    this.#setUp()
  }
}

export interface NetPhoneOptions {
  /** SIP user of the demo company; its password is `sip-USER`. */
  readonly user: string
  /** SIP port of the server on 127.0.0.1. */
  readonly port: number
  readonly protocol?: 'udp' | 'tcp'
  readonly password?: string
  /** SSRC of the first call; each later one has the next. */
  readonly firstSsrc?: number
}

/** A phone of our own stack on a real socket, with real RTP. It answers every call at once and talks while a call is up. */
export class NetPhone {
  readonly user: string
  /** Every call of this phone, oldest first; those that are over are kept until the test takes them out. */
  readonly calls: NetCall[] = []
  readonly stack: SipStack
  /** What the last REGISTER was granted, of the first contact that is listed. */
  grantedSeconds = 0
  readonly #network: Network
  readonly #options: NetPhoneOptions
  readonly #came: ((call: NetCall) => void)[] = []
  #ssrc: number

  private constructor(network: Network, options: NetPhoneOptions) {
    this.#network = network
    this.#options = options
    this.user = options.user
    this.#ssrc = options.firstSsrc ?? Number(options.user) * 100_000
    this.stack = createSipStack({ clock: systemClock, log: silentLogger, transport: network, product: 'Test phone' })
    network.onMessage((flow, bytes) => this.stack.receive(flow, bytes))
    network.onFlowClosed((flow) => this.stack.flowClosed(flow))
    this.stack.setUser({
      onInvite: (invite) => void this.#answer(invite),
      onRequest: ({ request, respond }) => respond(makeResponse(request, 200)),
    })
  }

  static async open(options: NetPhoneOptions): Promise<NetPhone> {
    const listen = { address: '127.0.0.1', port: 0 }
    const network = await createNetwork({ clock: systemClock, log: silentLogger, udp: [listen], tcp: [listen] })
    return new NetPhone(network, options)
  }

  /** Where it listens, UDP. */
  get sipPort(): number {
    return this.#network.endpoints().find(({ protocol }) => protocol === 'udp')!.port
  }

  /** The status of the final answer; 0 when none came. */
  async register(expiresSeconds = 600): Promise<number> {
    const outcome = await this.stack.request({
      method: 'REGISTER',
      uri: `sip:127.0.0.1:${this.#options.port}${this.#transport()}`,
      from: this.#address(),
      to: this.#address(),
      headers: [['Expires', String(expiresSeconds)]],
      credentials: this.#credentials(),
    })
    if (outcome.kind === 'response') {
      const contacts = outcome.response.headers.getAll('Contact').join('\n')
      this.grantedSeconds = Number(/;expires=(\d+)/.exec(contacts)?.[1] ?? 0)
    }
    return statusOf(outcome)
  }

  /** Sends any other request to a number at the server, e.g. OPTIONS or SUBSCRIBE; the status of its final answer. */
  async ask(method: string, number: string, headers: readonly (readonly [string, string])[] = []): Promise<number> {
    const uri = this.#uriOf(number)
    const more = { from: this.#address(), to: `<${uri}>`, headers, credentials: this.#credentials() }
    return statusOf(await this.stack.request({ method, uri, ...more }))
  }

  /** Calls; the call is there at once, and up when `isAnswered` resolves. */
  async call(number: string): Promise<NetCall> {
    const call = new NetCall(await RtpTalker.open(this.#ssrc++))
    const uri = this.#uriOf(number)
    call.usage = this.stack.invite(
      {
        uri,
        from: this.#address(),
        to: `<${uri}>`,
        contactUser: this.user,
        offer: call.talker.describe(),
        credentials: this.#credentials(),
      },
      call.handlers,
    )
    this.calls.push(call)
    return call
  }

  /** The next call that comes in; @throws when none comes in time. */
  async nextCall(limitMs?: number): Promise<NetCall> {
    const coming = Promise.withResolvers<NetCall>()
    this.#came.push(coming.resolve)
    try {
      return await within(`a call to ${this.user}`, coming.promise, limitMs)
    } finally {
      const at = this.#came.indexOf(coming.resolve)
      if (at >= 0) this.#came.splice(at, 1)
    }
  }

  async close(): Promise<void> {
    for (const call of this.calls) if (!call.end) call.talker.close()
    this.stack.close()
    await this.#network.close()
  }

  async #answer(invite: InviteUas): Promise<void> {
    const call = new NetCall(await RtpTalker.open(this.#ssrc++))
    call.usage = invite
    invite.setHandlers(call.handlers)
    this.calls.push(call)
    if (invite.state === 'ended') return
    invite.progress(180)
    if (invite.offer !== undefined) call.talker.talkTo(invite.offer)
    invite.accept(call.talker.describe())
    this.#came.shift()?.(call)
  }

  #address = (): string => `<sip:${this.user}@demo.vaxel.test>`
  #transport = (): string => (this.#options.protocol === 'tcp' ? ';transport=tcp' : '')
  #uriOf = (number: string): string => `sip:${number}@127.0.0.1:${this.#options.port}${this.#transport()}`
  #credentials = () => ({ username: this.user, password: this.#options.password ?? `sip-${this.user}` })
}

const statusOf = (outcome: RequestOutcome): number => (outcome.kind === 'response' ? outcome.response.status : 0)
