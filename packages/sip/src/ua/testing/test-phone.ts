import { type LogFields, type Logger, silentLogger } from '@vaxel/base'
import { makeResponse } from '../../message/make-response.ts'
import type { SipResponse } from '../../message/sip-message.ts'
import { createSipStack } from '../create-sip-stack.ts'
import type { InviteEnd, InviteHandlers, InviteOptions, InviteUas, InviteUsage, OfferReply } from '../invite-usage.ts'
import type { IncomingRequest, SipStack, SipStackOptions } from '../sip-stack.ts'
import type { Host } from './in-memory-network.ts'

/** What one usage was told, in order, with what was given along. */
export class Told implements InviteHandlers {
  readonly lines: string[] = []
  readonly ends: InviteEnd[] = []
  readonly provisionals: SipResponse[] = []
  readonly replies: OfferReply[] = []
  /** What is done with an offer; `undefined` keeps it for the test. */
  answer: string | undefined = 'answer'
  accepted: SipResponse | undefined
  onProvisional = (response: SipResponse, sdp: string | undefined): void => {
    this.provisionals.push(response)
    this.lines.push(`provisional ${response.status}${sdp ? ` ${sdp}` : ''}`)
  }
  onAccepted = (response: SipResponse, sdp: string | undefined, reply?: OfferReply): void => {
    this.accepted = response
    this.lines.push(`accepted ${sdp}`)
    if (reply && this.answer !== undefined) reply.accept(this.answer)
    else if (reply) this.replies.push(reply)
  }
  onConfirmed = (sdp: string | undefined): void => {
    this.lines.push(`confirmed${sdp ? ` ${sdp}` : ''}`)
  }
  onOffer = (offer: string, reply: OfferReply): void => {
    this.lines.push(`offer ${offer}`)
    if (this.answer !== undefined) reply.accept(this.answer)
    else this.replies.push(reply)
  }
  onOfferWanted = (reply: OfferReply): void => {
    this.lines.push('offer wanted')
    if (this.answer !== undefined) reply.accept('new offer')
    else this.replies.push(reply)
  }
  onAnswer = (sdp: string): void => {
    this.lines.push(`answer ${sdp}`)
  }
  onInfo = (contentType: string, body: string): boolean => {
    this.lines.push(`info ${contentType} ${body}`)
    return contentType === 'application/dtmf-relay'
  }
  onEnded = (end: InviteEnd): void => {
    this.ends.push(end)
    this.lines.push(`ended ${end.by}${end.status ? ` ${end.status}` : ''}`)
  }
}

/** A stack on a host that keeps what it is told. */
export class TestPhone {
  readonly stack: SipStack
  readonly host: Host
  readonly invites: InviteUas[] = []
  readonly requests: IncomingRequest[] = []
  readonly errors: string[] = []
  /** Handlers of the incoming calls, in order. */
  readonly told: Told[] = []
  /** What is done with a new call. */
  onInvite: (invite: InviteUas) => void = () => {}
  onRequest: (incoming: IncomingRequest) => void = ({ request, respond }) => respond(makeResponse(request, 200))

  constructor(host: Host, options: Partial<SipStackOptions> & Pick<SipStackOptions, 'clock'>) {
    this.host = host
    this.stack = createSipStack({ log: this.#log(), transport: host, product: 'Vaxel-Test', ...options })
    host.receive = (flow, bytes) => this.stack.receive(flow, bytes)
    host.onClosed = (flow) => this.stack.flowClosed(flow)
    this.stack.setUser({
      onInvite: (invite) => {
        this.invites.push(invite)
        const told = new Told()
        this.told.push(told)
        invite.setHandlers(told)
        this.onInvite(invite)
      },
      onRequest: (incoming) => {
        this.requests.push(incoming)
        this.onRequest(incoming)
      },
    })
  }

  call(address: string, told: InviteHandlers, options: Partial<InviteOptions> = {}): InviteUsage {
    return this.stack.invite(
      {
        uri: `sip:callee@${address}`,
        from: '<sip:caller@test>',
        to: `<sip:callee@${address}>`,
        offer: 'offer',
        ...options,
      },
      told,
    )
  }

  #log(): Logger {
    const keep = (message: string, fields?: LogFields): void => {
      this.errors.push(`${message} ${JSON.stringify(fields)}`)
    }
    return { ...silentLogger, error: keep, with: () => this.#log() }
  }
}
