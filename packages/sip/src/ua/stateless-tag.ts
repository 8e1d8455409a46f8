import type { SipRequest } from '../message/sip-message.ts'

/**
 * A To tag that is the same for each retransmission of a request without anything being kept (RFC 3261 §8.2.7):
 * FNV-1a of what identifies the request and a secret of this stack, 32 bits in base 32.
 */
export function statelessTag(request: SipRequest, secret: string): string {
  const text = `${secret} ${request.via.branch ?? ''} ${request.callId} ${request.cseq.number} ${request.from.tag ?? ''}`
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return `s${(hash >>> 0).toString(32)}`
}
