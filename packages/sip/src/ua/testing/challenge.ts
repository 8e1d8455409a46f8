import { makeResponse } from '../../message/make-response.ts'
import type { SipRequest, SipResponse } from '../../message/sip-message.ts'

/** A 401 or 407 that any digest client can answer. */
export function makeChallenge(request: SipRequest, status: 401 | 407 = 401, realm = 'test'): SipResponse {
  const response = makeResponse(request, status)
  const field = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate'
  response.headers.append(field, `Digest realm="${realm}", nonce="n1", qop="auth", algorithm=MD5`)
  return response
}
