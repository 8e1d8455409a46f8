import { makeResponse } from '../../message/make-response.ts'
import type { SipRequest, SipResponse } from '../../message/sip-message.ts'

/** A 401 that any digest client can answer. */
export function makeChallenge(request: SipRequest): SipResponse {
  const response = makeResponse(request, 401)
  response.headers.append('WWW-Authenticate', 'Digest realm="test", nonce="n1", qop="auth", algorithm=MD5')
  return response
}
