import { makeResponse } from '../message/make-response.ts'
import type { SipRequest, SipResponse } from '../message/sip-message.ts'
import { hasSessionDescription } from './session-description.ts'
import { parseSessionExpires } from './session-expires.ts'
import { acceptValue, allowValue, isAllowedMethod, notUnderstood } from './supported.ts'

/** Smallest session interval that we take (RFC 4028 §5), seconds. */
export const minSessionSeconds = 90

/**
 * What a UAS looks at before it makes anything of a request, in the order of RFC 3261 §8.2: method, Request-URI, merged
 * request, Require, content; then hops (§16.3, as we pass calls on) and the session interval (RFC 4028 §9).
 * @param isMerged whether the request already came by another way
 * @returns the refusal, without a To tag, or undefined when all is well
 */
export function inspectRequest(request: SipRequest, isMerged: boolean): SipResponse | undefined {
  if (request.cseq.method !== request.method) return makeResponse(request, 400, 'CSeq Method Differs')
  if (!isAllowedMethod(request.method)) return withHeader(makeResponse(request, 405), 'Allow', allowValue)
  if (!/^(sips?|tel):/i.test(request.uri)) return makeResponse(request, 416)
  if (isMerged) return makeResponse(request, 482, 'Merged Request')
  const unknown = notUnderstood(request.headers.getAll('Require'))
  if (unknown.length > 0) return withHeader(makeResponse(request, 420), 'Unsupported', unknown.join(', '))
  return inspectContent(request) ?? inspectInvite(request)
}

function inspectContent(request: SipRequest): SipResponse | undefined {
  if (request.body.length === 0) return undefined
  const encoding = request.headers.get('Content-Encoding')
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return withHeader(makeResponse(request, 415), 'Accept-Encoding', 'identity')
  }
  if (request.method !== 'INVITE' && request.method !== 'UPDATE' && request.method !== 'PRACK') return undefined
  if (hasSessionDescription(request) || isOptional(request)) return undefined
  return withHeader(makeResponse(request, 415), 'Accept', acceptValue)
}

const isOptional = (request: SipRequest): boolean =>
  /;\s*handling\s*=\s*optional/i.test(request.headers.get('Content-Disposition') ?? '')

function inspectInvite(request: SipRequest): SipResponse | undefined {
  if (request.method !== 'INVITE') return undefined
  if (request.to.tag === undefined && request.maxForwards === 0) return makeResponse(request, 483)
  if (request.contacts.length === 0) return makeResponse(request, 400, 'Missing Contact')
  return tooBrief(request)
}

/** 422 when the session interval is below ours and the peer knows session timers (RFC 4028 §9). */
export function tooBrief(request: SipRequest): SipResponse | undefined {
  const wanted = parseSessionExpires(request.headers.get('Session-Expires'))
  if (!wanted || wanted.seconds >= minSessionSeconds || !request.headers.lists('Supported', 'timer')) return undefined
  return withHeader(makeResponse(request, 422), 'Min-SE', String(minSessionSeconds))
}

function withHeader(response: SipResponse, name: string, value: string): SipResponse {
  response.headers.set(name, value)
  return response
}
