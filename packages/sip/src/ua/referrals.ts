import { makeResponse } from '../message/make-response.ts'
import { parseNameAddress } from '../message/name-address.ts'
import { reasonPhrase } from '../message/reason-phrase.ts'
import type { SipRequest } from '../message/sip-message.ts'
import type { ServerTransaction } from '../transaction/server-transaction.ts'
import { DialogRequest } from './dialog-request.ts'
import type { ExtraHeaders, Referral } from './invite-usage.ts'
import type { LegAccess } from './leg-access.ts'
import { parseReplaces } from './parse-replaces.ts'
import { parseSipfrag } from './sipfrag.ts'
import { stampProduct } from './stack-core.ts'
import type { Flow } from './transport.ts'

const encoder = new TextEncoder()
const subscriptionSeconds = 180
/** Of the peer's, at a time: each may hold a subscription open. */
const maxOpenReferrals = 16

/** What we sent a REFER for and are told about by NOTIFY. */
interface SentReferral {
  readonly seq: number
  readonly onNotify: ((status: number) => void) | undefined
}

/** REFER in a dialog, both roles, with its implicit subscription (RFC 3515, RFC 4488, RFC 3892). */
export class Referrals {
  readonly #leg: LegAccess
  #sent: SentReferral[] = []
  #hasReceived = false
  #openCount = 0
  /** The peer's that it has not been told everything of. */
  readonly #untold = new Set<ReceivedReferral>()

  constructor(leg: LegAccess) {
    this.#leg = leg
  }

  /** Resolves with the status of the REFER: 408 when nothing came, 503 when it could not be sent. */
  send(referTo: string, headers: ExtraHeaders, onNotify: SentReferral['onNotify']): Promise<number> {
    const { dialog } = this.#leg
    if (!dialog || this.#leg.isEnded) return Promise.resolve(481)
    return new Promise((resolve) => {
      let entry: SentReferral | undefined
      new DialogRequest({
        leg: this.#leg,
        dialog,
        method: 'REFER',
        fill: (request, flow) => {
          this.#forget(entry)
          entry = { seq: request.cseq.number, onNotify }
          this.#sent.push(entry)
          request.headers.append('Contact', this.#leg.contactFor(flow))
          request.headers.append('Refer-To', referTo.includes('<') ? referTo : `<${referTo}>`)
          for (const [name, value] of headers) request.headers.append(name, value)
        },
        done: (outcome) => {
          const status = outcome.kind === 'response' ? outcome.response.status : outcome.kind === 'timeout' ? 408 : 503
          if (status >= 300) this.#forget(entry)
          resolve(status)
        },
      })
    })
  }

  /**
   * A NOTIFY of event `refer`.
   * @returns false when it is about something else
   */
  receiveNotify(request: SipRequest, transaction: ServerTransaction): boolean {
    const event = /^\s*refer\s*(?:;(.*))?$/i.exec(request.headers.get('Event') ?? '')
    if (!event) return false
    const id = /(?:^|;)\s*id\s*=\s*(\d{1,10})/i.exec(event[1] ?? '')?.[1]
    const entry = id === undefined ? this.#sent.at(0) : this.#sent.find((sent) => sent.seq === Number(id))
    if (!entry) {
      transaction.respond(makeResponse(request, 481))
      return true
    }
    transaction.respond(makeResponse(request, 200))
    const status = parseSipfrag(request.text)
    const isLast = /^\s*terminated/i.test(request.headers.get('Subscription-State') ?? '') || (status ?? 0) >= 200
    if (isLast) this.#forget(entry)
    if (status !== undefined) this.#leg.notify(() => entry.onNotify?.(status))
    return true
  }

  receiveRefer(request: SipRequest, transaction: ServerTransaction, flow: Flow): void {
    const values = request.headers.getAll('Refer-To')
    const referTo = values.length === 1 ? parseNameAddress(values[0]!) : undefined
    if (!referTo) return transaction.respond(makeResponse(request, 400, 'One Refer-To Is Needed'))
    if (this.#openCount >= maxOpenReferrals) {
      const response = makeResponse(request, 503, 'Too Many Referrals')
      response.headers.append('Retry-After', '5')
      return transaction.respond(response)
    }
    this.#openCount++
    const needsId = this.#hasReceived
    this.#hasReceived = true
    const referral = new ReceivedReferral(this.#leg, request, transaction, flow, {
      referTo,
      needsId,
      untold: this.#untold,
      over: () => {
        this.#openCount--
      },
    })
    this.#leg.notify((handlers) => {
      if (handlers.onReferral) handlers.onReferral(referral)
      else referral.refuse(603)
    })
  }

  /** The dialog is about to end: many telephones hear nothing after the BYE, and would show that the transfer has failed. */
  tellAll(): void {
    for (const referral of this.#untold) referral.tellLast()
  }

  #forget(entry: SentReferral | undefined): void {
    this.#sent = this.#sent.filter((sent) => sent !== entry)
  }
}

/** A REFER from the peer, and the NOTIFYs that tell it what came of it. */
class ReceivedReferral implements Referral {
  readonly request: SipRequest
  readonly referTo: Referral['referTo']
  readonly replaces: Referral['replaces']
  readonly referredBy: string | undefined
  readonly #leg: LegAccess
  readonly #transaction: ServerTransaction
  readonly #flow: Flow
  readonly #event: string
  readonly #isSilent: boolean
  readonly #over: () => void
  readonly #untold: Set<ReceivedReferral>
  #state: 'open' | 'accepted' | 'over' = 'open'
  #lastStatus: number | undefined
  #isSending = false
  readonly #waiting: Array<{ status: number; reason: string }> = []

  constructor(
    leg: LegAccess,
    request: SipRequest,
    transaction: ServerTransaction,
    flow: Flow,
    {
      referTo,
      needsId,
      untold,
      over,
    }: {
      readonly referTo: Referral['referTo']
      readonly needsId: boolean
      readonly untold: Set<ReceivedReferral>
      readonly over: () => void
    },
  ) {
    this.#leg = leg
    this.request = request
    this.#transaction = transaction
    this.#flow = flow
    this.#over = over
    this.#untold = untold
    this.referTo = referTo
    for (const [name, value] of referTo.uri.headers) {
      if (name.toLowerCase() === 'replaces') this.replaces = parseReplaces(value)
    }
    this.referredBy = request.headers.get('Referred-By')
    this.#event = needsId ? `refer;id=${request.cseq.number}` : 'refer'
    this.#isSilent = /^\s*false/i.test(request.headers.get('Refer-Sub') ?? '')
  }

  accept(): void {
    if (this.#state !== 'open') throw new Error('a referral is answered once')
    this.#state = 'accepted'
    const response = makeResponse(this.request, 202)
    response.headers.append('Contact', this.#leg.contactFor(this.#flow))
    if (this.#isSilent) response.headers.append('Refer-Sub', 'false')
    stampProduct(response, this.#leg.core)
    this.#transaction.respond(response)
    // Who wants to hear nothing more of it holds nothing open.
    if (this.#isSilent) return this.#end()
    this.notify(100)
  }

  refuse(status: number, reason?: string): void {
    if (this.#state !== 'open') throw new Error('a referral is answered once')
    this.#end()
    this.#transaction.respond(makeResponse(this.request, status, reason))
  }

  notify(status: number, reason: string = reasonPhrase(status)): void {
    if (this.#state !== 'accepted' || status === this.#lastStatus) return
    this.#lastStatus = status
    if (status >= 200) this.#end()
    this.#waiting.push({ status, reason: reason.replace(/[\r\n\0]+/g, ' ') })
    this.#sendNext()
    if (this.#waiting.length > 0) this.#untold.add(this)
  }

  /** Waits for no answer any more: what is known last goes out at once. */
  tellLast(): void {
    this.#untold.delete(this)
    this.#waiting.splice(0, this.#waiting.length - 1)
    this.#isSending = false
    this.#sendNext()
  }

  /** One NOTIFY at a time, so that they cannot overtake each other. */
  #sendNext(): void {
    const { dialog } = this.#leg
    const next = this.#isSending ? undefined : this.#waiting.shift()
    if (this.#waiting.length === 0) this.#untold.delete(this)
    if (!next || !dialog) return
    this.#isSending = true
    new DialogRequest({
      leg: this.#leg,
      dialog,
      method: 'NOTIFY',
      fill: (request, flow) => {
        const { headers } = request
        headers.append('Contact', this.#leg.contactFor(flow))
        headers.append('Event', this.#event)
        const isLast = next.status >= 200
        headers.append(
          'Subscription-State',
          isLast ? 'terminated;reason=noresource' : `active;expires=${subscriptionSeconds}`,
        )
        headers.append('Content-Type', 'message/sipfrag;version=2.0')
        request.body = encoder.encode(`SIP/2.0 ${next.status} ${next.reason}\r\n`)
      },
      done: (outcome) => {
        this.#isSending = false
        if (outcome.kind === 'response' && outcome.response.status < 300) return this.#sendNext()
        // The peer does not want to hear more (RFC 6665 §4.2.2).
        this.#end()
        this.#waiting.length = 0
        this.#untold.delete(this)
      },
    })
  }

  #end(): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#over()
  }
}
