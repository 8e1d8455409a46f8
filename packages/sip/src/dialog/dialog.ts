import { SipRequest, type SipResponse } from '../message/sip-message.ts'
import { applyRouteSet } from './route-set.ts'

interface DialogParts {
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
  readonly localAddress: string
  readonly remoteAddress: string
  readonly localSeq: number
  readonly remoteSeq: number | undefined
  readonly remoteTarget: string
  readonly routeSet: readonly string[]
}

/** What a dialog knows (RFC 3261 §12), of an early one as of a confirmed one. */
export class Dialog {
  readonly callId: string
  readonly localTag: string
  /** Empty for a peer of RFC 2543, which made none. */
  readonly remoteTag: string
  /** Our From value, with our tag. */
  readonly localAddress: string
  /** Our To value, with the peer's tag. */
  readonly remoteAddress: string
  /** CSeq number of our last request. */
  localSeq: number
  /** CSeq number of the peer's last request, none before the first. */
  remoteSeq: number | undefined
  /** URI of the peer's last Contact. */
  remoteTarget: string
  /** Route values, first hop first; fixed once the dialog is confirmed. */
  routeSet: readonly string[]

  private constructor(parts: DialogParts) {
    this.callId = parts.callId
    this.localTag = parts.localTag
    this.remoteTag = parts.remoteTag
    this.localAddress = parts.localAddress
    this.remoteAddress = parts.remoteAddress
    this.localSeq = parts.localSeq
    this.remoteSeq = parts.remoteSeq
    this.remoteTarget = parts.remoteTarget
    this.routeSet = parts.routeSet
  }

  /** UAS side (§12.1.1): routes as recorded, From becomes the remote address. */
  static fromRequest(request: SipRequest, localTag: string): Dialog {
    const to = request.headers.get('To')!
    return new Dialog({
      callId: request.callId,
      localTag,
      remoteTag: request.from.tag ?? '',
      localAddress: request.to.tag === undefined ? `${to};tag=${localTag}` : to,
      remoteAddress: request.headers.get('From')!,
      localSeq: 0,
      remoteSeq: request.cseq.number,
      remoteTarget: request.contacts[0]?.uri.toString() ?? request.from.uri.toString(),
      routeSet: request.headers.getAll('Record-Route'),
    })
  }

  /** UAC side (§12.1.2): recorded routes in reverse; the response's To becomes the remote address. */
  static fromResponse(request: SipRequest, response: SipResponse): Dialog {
    return new Dialog({
      callId: request.callId,
      localTag: request.from.tag ?? '',
      remoteTag: response.to.tag ?? '',
      localAddress: request.headers.get('From')!,
      remoteAddress: response.headers.get('To')!,
      localSeq: request.cseq.number,
      remoteSeq: undefined,
      remoteTarget: response.contacts[0]?.uri.toString() ?? request.uri,
      routeSet: [...response.headers.getAll('Record-Route')].reverse(),
    })
  }

  /** The 2xx that confirms an early dialog sets route set and target anew (§13.2.2.4). */
  confirm(response: SipResponse): void {
    this.routeSet = [...response.headers.getAll('Record-Route')].reverse()
    this.refreshTarget(response)
  }

  /** A target refresh request or its 2xx names where the peer is now (§12.2). */
  refreshTarget(message: SipRequest | SipResponse): void {
    const contact = message.contacts[0]
    if (contact) this.remoteTarget = contact.uri.toString()
  }

  /**
   * Takes the CSeq number of a request from the peer (§12.2.2).
   * @returns false when it is older than one already seen: the request is answered 500
   */
  acceptRemoteSeq(number: number): boolean {
    if (this.remoteSeq !== undefined && number < this.remoteSeq) return false
    this.remoteSeq = number
    return true
  }

  /**
   * The next request of ours in this dialog, without Via and Contact; also says whose host it goes to.
   * @param seq for ACK: the CSeq number of its INVITE (§13.2.2.4); others take the next one
   */
  makeRequest(method: string, seq?: number): { request: SipRequest; nextHop: string } {
    const routed = applyRouteSet(this.remoteTarget, this.routeSet)
    const request = new SipRequest(method, routed.uri)
    const headers = request.headers
    headers.append('Max-Forwards', '70')
    for (const route of routed.routes) headers.append('Route', route)
    headers.append('From', this.localAddress)
    headers.append('To', this.remoteAddress)
    headers.append('Call-ID', this.callId)
    headers.append('CSeq', `${seq ?? ++this.localSeq} ${method}`)
    return { request, nextHop: routed.nextHop }
  }
}
