import { applyRouteSet } from '../dialog/route-set.ts'
import { parseNameAddress } from '../message/name-address.ts'
import { SipRequest, type SipResponse } from '../message/sip-message.ts'
import { ChallengeAnswers } from './answer-challenge.ts'
import { ownContact } from './own-contact.ts'
import type { RequestUser, SentRequest } from './request-sender.ts'
import type { RequestOutcome, SipStack } from './sip-stack.ts'
import { type StackCore, stampProduct } from './stack-core.ts'
import { allowValue } from './supported.ts'
import type { Flow } from './transport.ts'

type Options = Parameters<SipStack['request']>[0]

/** Methods whose Contact the peer needs to reach us later; written by us where the caller gives none. */
const needsContact: ReadonlySet<string> = new Set(['REGISTER', 'SUBSCRIBE', 'NOTIFY', 'REFER', 'OPTIONS'])
const onlyOnce: ReadonlySet<string> = new Set(['max-forwards', 'user-agent', 'contact', 'allow'])

/** Sends a request outside INVITE usages. The challenge of each realm is answered once. Never rejects. */
export function sendOutOfDialog(core: StackCore, options: Options): Promise<RequestOutcome> {
  return new Promise((resolve) => {
    new OutOfDialogRequest(core, options, resolve)
  })
}

class OutOfDialogRequest implements RequestUser {
  readonly #core: StackCore
  readonly #options: Options
  readonly #resolve: (outcome: RequestOutcome) => void
  readonly #from: string
  readonly #callId: string
  #seq: number
  readonly #answers = new ChallengeAnswers()
  #sent: SentRequest | undefined

  constructor(core: StackCore, options: Options, resolve: (outcome: RequestOutcome) => void) {
    this.#core = core
    this.#options = options
    this.#resolve = resolve
    this.#from =
      parseNameAddress(options.from)?.tag === undefined ? `${options.from};tag=${core.token(16)}` : options.from
    this.#callId = options.callId ?? core.token(26)
    this.#seq = options.cseq ?? 1
    this.#send()
  }

  onResponse(response: SipResponse): void {
    if (response.status < 200) return
    if (this.#answers.take(response, this.#options.credentials)) {
      this.#seq++
      return this.#send()
    }
    const flow = this.#sent?.flow
    this.#resolve({ kind: 'response', response, ...(flow && { flow }) })
  }

  onFailure(kind: 'timeout' | 'transport' | 'abandoned', reason: string, detail?: string): void {
    this.#resolve(kind === 'timeout' ? { kind } : { kind: 'transport', reason: detail ?? reason })
  }

  #send(): void {
    const { flow, uri, routes = [], trust, patienceMs } = this.#options
    const nextHop = this.#options.nextHop ?? applyRouteSet(uri, routes).nextHop
    this.#sent = this.#core.sender.send(
      {
        nextHop,
        build: (way) => this.#build(way),
        ...(flow && { flow, staysWithPeer: true }),
        ...(trust !== undefined && { trust }),
        ...(patienceMs !== undefined && { patienceMs }),
      },
      this,
    )
  }

  #build(flow: Flow): SipRequest {
    const { method, uri, to, routes = [], headers: extra = [], body } = this.#options
    const routed = applyRouteSet(uri, routes)
    const request = new SipRequest(method, routed.uri)
    const { headers } = request
    headers.append('Max-Forwards', '70')
    for (const route of routed.routes) headers.append('Route', route)
    headers.append('From', this.#from)
    headers.append('To', to)
    headers.append('Call-ID', this.#callId)
    headers.append('CSeq', `${this.#seq} ${method}`)
    if (needsContact.has(method)) headers.append('Contact', this.#contact(flow))
    if (method === 'OPTIONS') headers.append('Allow', allowValue)
    stampProduct(request, this.#core)
    this.#answers.addTo(request, this.#options.credentials)
    for (const [name, value] of extra) {
      if (onlyOnce.has(name.toLowerCase())) headers.set(name, value)
      else headers.append(name, value)
    }
    if (body) {
      headers.append('Content-Type', body.contentType)
      request.body = body.bytes
    }
    return request
  }

  #contact(flow: Flow): string {
    const { from, uri, contact = {} } = this.#options
    const user = contact.user ?? parseNameAddress(from)?.uri.user
    const value = ownContact(this.#core.transport, flow, user, uri.startsWith('sips:'), contact.host)
    return contact.parameters === undefined ? value : value.replace(/>$/, `${contact.parameters}>`)
  }
}
