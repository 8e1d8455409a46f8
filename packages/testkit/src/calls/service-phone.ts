import type { Clock, Logger } from '@vaxel/base'
import type { CodecName, Direction } from '@vaxel/core'
import {
  createSipStack,
  type ExtraHeaders,
  type Flow,
  type InviteEnd,
  type InviteHandlers,
  type InviteOptions,
  type InviteUas,
  type InviteUsage,
  makeResponse,
  parseMessage,
  serialize,
  type SipResponse,
  type SipStack,
} from '@vaxel/sip'
import type { MemorySipHost } from './memory-sip-network.ts'
import { mirrored, readSdp, writeSdp } from './phone-sdp.ts'

/** One call as its phone sees it. */
export class PhoneCall implements InviteHandlers {
  readonly phone: ServicePhone
  usage!: InviteUsage
  readonly invite: InviteUas | undefined
  /** What was told, in order: `180`, `183 audio`, `200`, `offer sendonly`, `info …`, `ended peer`. */
  readonly lines: string[] = []
  readonly ends: InviteEnd[] = []
  readonly responses: SipResponse[] = []
  /** The last session description of the platform. */
  sdp: string | undefined
  /** Sipfrags of a transfer that this phone asked for. */
  readonly notified: number[] = []
  codecs: readonly CodecName[] = ['PCMA', 'PCMU']
  hasEvents = true
  #version = 1

  constructor(phone: ServicePhone, invite?: InviteUas) {
    this.phone = phone
    this.invite = invite
    if (invite) {
      this.usage = invite
      this.sdp = invite.offer
    }
  }

  get isUp(): boolean {
    return this.usage.state === 'confirmed'
  }

  get isOver(): boolean {
    return this.usage.state === 'ended'
  }

  /** Status of the failure that ended it. */
  get failure(): number | undefined {
    return this.ends[0]?.status
  }

  /** How the platform's own audio is described in its last description. */
  get direction(): Direction | undefined {
    return this.sdp === undefined ? undefined : readSdp(this.sdp)?.direction
  }

  describe(direction: Direction = 'sendrecv'): string {
    const { codecs, hasEvents } = this
    return writeSdp({ address: this.phone.address, codecs, direction, hasEvents, version: this.#version++ })
  }

  ring(): void {
    this.invite!.progress(180)
  }

  ringWithAudio(): void {
    this.invite!.progress(183, { sdp: this.describe() })
  }

  answer(direction: Direction = 'sendrecv'): void {
    this.invite!.accept(this.describe(direction))
  }

  refuse(status: number, headers: ExtraHeaders = []): void {
    this.invite!.refuse(status, { headers })
  }

  hangUp(): void {
    this.usage.end()
  }

  async offer(direction: Direction): Promise<string> {
    const outcome = await this.usage.reoffer(this.describe(direction))
    if (outcome.kind === 'answered') this.sdp = outcome.answer
    return outcome.kind === 'refused' ? String(outcome.status) : outcome.kind
  }

  /** Blind transfer; resolves with the status of the REFER. */
  transferTo(uri: string): Promise<number> {
    return this.usage.refer(uri, { onNotify: (status) => this.notified.push(status) })
  }

  /** Attended transfer to the counterpart of another call of this phone. */
  joinWith(other: PhoneCall, number: string): Promise<number> {
    const replaces = encodeURIComponent(
      `${other.usage.sipCallId};to-tag=${other.usage.remoteTag};from-tag=${other.usage.localTag}`,
    )
    return this.transferTo(`sip:${number}@${this.phone.domain}?Replaces=${replaces}`)
  }

  onProvisional = (response: SipResponse, sdp: string | undefined): void => {
    this.responses.push(response)
    if (sdp !== undefined) this.sdp = sdp
    this.lines.push(sdp === undefined ? String(response.status) : `${response.status} audio`)
  }
  onAccepted = (response: SipResponse, sdp: string | undefined, reply?: { accept(answer: string): void }): void => {
    this.responses.push(response)
    this.sdp = sdp
    this.lines.push(String(response.status))
    reply?.accept(this.describe())
  }
  onConfirmed = (): void => {
    this.lines.push('confirmed')
  }
  onOffer = (offer: string, reply: { accept(answer: string): void }): void => {
    this.sdp = offer
    const direction = readSdp(offer)?.direction ?? 'sendrecv'
    this.lines.push(`offer ${direction}`)
    reply.accept(this.describe(mirrored(direction)))
  }
  onInfo = (contentType: string, body: string): boolean => {
    this.lines.push(`info ${contentType} ${/Signal=(\S+)/.exec(body)?.[1]}`)
    return true
  }
  onEnded = (end: InviteEnd): void => {
    this.ends.push(end)
    this.lines.push(`ended ${end.by}`)
  }
}

/** A telephone on the network in memory. New calls wait in `calls` unless `onCall` does something with them. */
export class ServicePhone {
  readonly stack: SipStack
  readonly address: string
  readonly domain: string
  readonly name: string
  readonly calls: PhoneCall[] = []
  onCall: (call: PhoneCall) => void = (call) => call.ring()
  /** A phone that can be told by events in the dialog of a call (`talk`, `hold`); any other one refuses them. */
  onEvent: ((event: string, call: PhoneCall) => void) | undefined
  readonly #server: string

  constructor(options: {
    host: MemorySipHost
    clock: Clock
    log: Logger
    name: string
    domain: string
    server: string
  }) {
    const { host, clock, log } = options
    this.address = host.address
    this.name = options.name
    this.domain = options.domain
    this.#server = options.server
    this.stack = createSipStack({ clock, log, transport: host, product: 'Phone' })
    host.receive = (flow, bytes) => {
      if (!this.#takeEvent(host, flow, bytes)) this.stack.receive(flow, bytes)
    }
    this.stack.setUser({
      onInvite: (invite) => {
        const call = new PhoneCall(this, invite)
        this.calls.push(call)
        invite.setHandlers(call)
        this.onCall(call)
      },
      onRequest: ({ request, respond }) => respond(makeResponse(request, 200)),
    })
  }

  #takeEvent(host: MemorySipHost, flow: Flow, bytes: Uint8Array): boolean {
    const parsed = this.onEvent && parseMessage(bytes)
    if (!parsed?.ok || parsed.message.kind !== 'request' || parsed.message.method !== 'NOTIFY') return false
    const { message } = parsed
    const event = message.headers.get('Event') ?? ''
    const call = this.calls.find(({ usage }) => usage.sipCallId === message.callId)
    if (!call || (event !== 'talk' && event !== 'hold')) return false
    host.send(flow, serialize(makeResponse(message, 200)))
    this.onEvent?.(event, call)
    return true
  }

  /** The last call that came. */
  get last(): PhoneCall {
    const call = this.calls.at(-1)
    if (!call) throw new Error(`${this.name} got no call`)
    return call
  }

  call(
    number: string,
    options: Partial<InviteOptions> & { direction?: Direction; prepare?: (call: PhoneCall) => void } = {},
  ): PhoneCall {
    const { direction, prepare, ...invite } = options
    const call = new PhoneCall(this)
    prepare?.(call)
    call.usage = this.stack.invite(
      {
        uri: `sip:${number}@${this.domain}`,
        routes: [`<sip:${this.#server};lr>`],
        from: `<sip:${this.name}@${this.domain}>`,
        to: `<sip:${number}@${this.domain}>`,
        offer: call.describe(direction),
        ...invite,
      },
      call,
    )
    return call
  }
}
