import type { SipRequest, SipResponse } from '../message/sip-message.ts'

/** Branches that begin so are unique by themselves (RFC 3261 §8.1.1.7). */
export const branchCookie = 'z9hG4bK'

/** Key of a client transaction (§17.1.3): our own branch and the method. Undefined when the response names none. */
export function clientKey(response: SipResponse): string | undefined {
  const branch = response.via.branch
  return branch === undefined ? undefined : `${branch} ${response.cseq.method}`
}

/**
 * Key of a server transaction (§17.2.3): branch, sent-by and method, where an ACK belongs to its INVITE. A peer of RFC 2543
 * sends no unique branch; there Request-URI, From tag, Call-ID, CSeq number and the whole top Via make the key, To tag left
 * out, as the ACK has one that its INVITE had not.
 * @param method the method looked for: `INVITE` to find what a CANCEL or ACK means
 */
export function serverKey(request: SipRequest, method: string = request.method): string {
  const via = request.via
  const named = method === 'ACK' ? 'INVITE' : method
  if (via.branch?.startsWith(branchCookie)) return `${via.branch} ${via.host}:${via.port ?? ''} ${named}`
  const sentBy = `${via.host}:${via.port ?? ''};${via.branch ?? ''}`
  return `2543 ${request.uri} ${request.from.tag ?? ''} ${request.callId} ${request.cseq.number} ${sentBy} ${named}`
}

/**
 * What copies of one request that came over several ways have in common (§8.2.2.2). Undefined inside a dialog,
 * where the rule does not apply.
 */
export function mergeKey(request: SipRequest): string | undefined {
  if (request.to.tag !== undefined || request.method === 'ACK' || request.method === 'CANCEL') return undefined
  const cseq = request.cseq
  return `${request.from.tag ?? ''} ${request.callId} ${cseq.number} ${cseq.method}`
}
